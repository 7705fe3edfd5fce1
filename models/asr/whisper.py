"""faster-whisper, set up for coaching talk: short answers kept, silence left silent, loops broken."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from faster_whisper import BatchedInferencePipeline, WhisperModel
from faster_whisper.transcribe import Segment, TranscriptionInfo
from numpy.typing import NDArray

from models.asr.blocks import quiet_blocks
from models.asr.guards import collapse_repeats
from models.asr.hub import Weights
from models.asr.vocabulary import Term
from models.asr.whisper_load import WhisperOptions, load
from pipeline.audio import RATE, Audio
from pipeline.ports import Recognised
from pipeline.values import Span, Word

READABLE = "en"
Samples = NDArray[np.float32]


class WhisperRecogniser:
    """The port `Recogniser` over one faster-whisper model, loaded at the first call and shared by threads."""

    engine = "faster-whisper"
    draft = False

    def __init__(
        self, weights: Weights, vocabulary: Sequence[Term] = (), options: WhisperOptions | None = None
    ) -> None:
        self.model = weights.name
        self._weights = weights
        self._hotwords = ", ".join(term.written for term in vocabulary) or None
        self._options = options or WhisperOptions()
        self._lock = threading.Lock()
        self._loaded: tuple[WhisperModel, int] | None = None

    def recognise(self, audio: Audio, channel: int | None = None) -> Recognised:
        """Words with punctuation as the model writes them; none for silence, none where the language is not English.

        The language is the model's guess from the first speech; an English-only model has no guess, but calls it
        English. A guess below `sure_language` counts as English. Raises MissingModelError where the weights cannot
        be fetched or read.
        """
        heard: Recognised | None = None
        words: list[Word] = []
        for block in quiet_blocks(audio, channel):
            samples = audio.block(block.start_ms, block.end_ms, channel)
            segments, info = self._transcribe(samples, heard.language if heard else None)
            if not info.duration_after_vad:
                continue
            if heard is None:
                heard = _language(info, self._options.sure_language)
                if heard.language != READABLE:
                    return heard
                if info.language != READABLE:
                    segments, info = self._transcribe(samples, READABLE)
            words.extend(_words(self._spoken(segments, samples), block))
        return replace(heard, words=tuple(collapse_repeats(words))) if heard else Recognised(())

    def _transcribe(self, samples: Samples, language: str | None) -> tuple[Iterable[Segment], TranscriptionInfo]:
        model, batch = self._model()
        settings = self._settings(language)
        if batch > 1:
            segments, info = BatchedInferencePipeline(model).transcribe(samples, batch_size=batch, **settings)
        else:
            segments, info = model.transcribe(samples, **settings)
        return segments, info

    def _settings(self, language: str | None) -> dict[str, Any]:
        options = self._options
        return {
            "language": language,
            "language_detection_segments": options.language_windows,
            "beam_size": options.beam,
            "temperature": options.temperatures,
            "compression_ratio_threshold": options.most_compression,
            "log_prob_threshold": options.worst_log_probability,
            "no_speech_threshold": options.no_speech,
            "condition_on_previous_text": False,
            "word_timestamps": True,
            "vad_filter": True,
            "vad_parameters": {
                "threshold": options.speech_threshold,
                "min_silence_duration_ms": options.silence_ms,
                "speech_pad_ms": options.pad_ms,
            },
            "hotwords": self._hotwords,
        }

    def _spoken(self, segments: Iterable[Segment], samples: Samples) -> Iterator[Segment]:
        """Segments worth keeping. What batched decoding got wrong is decoded again, alone, with rising temperature."""
        for segment in segments:
            if _looks_silent(segment, self._options):
                continue
            if self._model()[1] > 1 and _looks_wrong(segment, self._options):
                yield from self._again(segment, samples)
            else:
                yield segment

    def _again(self, segment: Segment, samples: Samples) -> Iterator[Segment]:
        part = samples[int(segment.start * RATE) : int(segment.end * RATE)]
        again, _ = self._model()[0].transcribe(part, **self._settings(READABLE))
        for found in again:
            if not _looks_silent(found, self._options):
                yield _moved(found, segment.start)

    def _model(self) -> tuple[WhisperModel, int]:
        """The model and how many windows it takes at once, loaded by whoever comes first."""
        with self._lock:
            if self._loaded is None:
                self._loaded = load(self._weights, self._options)
            return self._loaded


def _language(info: TranscriptionInfo, sure: float) -> Recognised:
    """The language, without words; English where the model was not sure of another."""
    if info.all_language_probs is None:
        return Recognised((), READABLE)
    if info.language == READABLE or info.language_probability >= sure:
        return Recognised((), info.language, info.language_probability)
    return Recognised((), READABLE, dict(info.all_language_probs).get(READABLE))


def _looks_silent(segment: Segment, options: WhisperOptions) -> bool:
    unlikely = segment.avg_logprob < options.worst_log_probability
    return bool(unlikely and segment.no_speech_prob > options.no_speech)


def _looks_wrong(segment: Segment, options: WhisperOptions) -> bool:
    unlikely = segment.avg_logprob < options.worst_log_probability
    return bool(unlikely or segment.compression_ratio > options.most_compression)


def _moved(segment: Segment, by_s: float) -> Segment:
    words = [replace(word, start=word.start + by_s, end=word.end + by_s) for word in segment.words or ()]
    return replace(segment, start=segment.start + by_s, end=segment.end + by_s, words=words)


def _words(segments: Iterable[Segment], block: Span) -> Iterator[Word]:
    """Words with times in the recording, kept within their block; those without a letter or digit are left out."""
    for segment in segments:
        for word in segment.words or ():
            text = word.word.strip()
            if any(character.isalnum() for character in text):
                start_ms = min(block.start_ms + max(0, round(word.start * 1000)), block.end_ms)
                end_ms = min(block.start_ms + round(word.end * 1000), block.end_ms)
                yield Word(Span(start_ms, max(start_ms, end_ms)), text, float(min(1.0, max(0.0, word.probability))))
