"""faster-whisper, set up for coaching talk: short answers kept, silence left silent, loops broken."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from faster_whisper import BatchedInferencePipeline, WhisperModel
from faster_whisper.transcribe import Segment, TranscriptionInfo

from models.asr.blocks import quiet_blocks
from models.asr.guards import collapse_repeats
from models.asr.hub import Weights
from models.asr.vocabulary import Term
from models.asr.whisper_load import load
from models.asr.whisper_rules import (
    READABLE,
    Samples,
    WhisperOptions,
    Window,
    decoding,
    looks_silent,
    looks_wrong,
    moved,
    vad,
    windows,
)
from pipeline.audio import RATE, Audio
from pipeline.ports import Recognised
from pipeline.values import Span, Word


@dataclass(frozen=True, slots=True)
class Transcript:
    """What the model made of one block: segments, and faster-whisper's word on the language."""

    segments: Iterable[Segment]
    info: TranscriptionInfo


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
            transcript = self._transcribe(samples, heard.language if heard else None)
            if transcript is None:
                continue
            if heard is None:
                heard = _language(transcript.info, self._options.sure_language)
                if heard.language != READABLE:
                    return heard
                if transcript.info.language != READABLE:
                    transcript = self._transcribe(samples, READABLE) or transcript
            words.extend(_words(transcript.segments, block, self._options))
        return replace(heard, words=tuple(collapse_repeats(words))) if heard else Recognised(())

    def _transcribe(self, samples: Samples, language: str | None) -> Transcript | None:
        """Segments, decoded as they are asked for, and what was found of the language; None where nobody speaks."""
        model, batch = self._model()
        if batch > 1:
            return self._transcribe_windows(model, batch, samples, language)
        settings = decoding(self._options, language, self._hotwords)
        segments, info = model.transcribe(samples, vad_filter=True, vad_parameters=vad(self._options), **settings)
        return Transcript(segments, info) if info.duration_after_vad else None

    def _transcribe_windows(
        self, model: WhisperModel, batch: int, samples: Samples, language: str | None
    ) -> Transcript | None:
        found = windows(samples, self._options)
        if not found:
            return None
        # Half a sample more, because faster-whisper turns seconds back into samples by cutting off the fraction.
        clips = [{"start": (start + 0.5) / RATE, "end": (end + 0.5) / RATE} for start, end in found]
        settings = decoding(self._options, language, self._hotwords)
        pipeline = BatchedInferencePipeline(model)
        segments, info = pipeline.transcribe(samples, batch_size=batch, clip_timestamps=clips, **settings)
        return Transcript(self._repaired(model, segments, samples, found), info)

    def _repaired(
        self, model: WhisperModel, segments: Iterable[Segment], samples: Samples, found: Sequence[Window]
    ) -> Iterator[Segment]:
        """Segments, but a window that batched decoding got wrong is decoded again alone, with rising temperature."""
        by_seek = {int(start / RATE * model.frames_per_second): (start, end) for start, end in found}
        settings = decoding(self._options, READABLE, self._hotwords)
        for segment in segments:
            if not looks_wrong(segment, self._options):
                yield segment
                continue
            start, end = by_seek[segment.seek]
            again, _ = model.transcribe(samples[start:end], **settings)
            yield from (moved(each, start / RATE) for each in again)

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


def _words(segments: Iterable[Segment], block: Span, options: WhisperOptions) -> Iterator[Word]:
    """Words with times in the recording, in order and within their block.

    Segments that are silence to the model itself, and words without a letter or digit, are left out.
    """
    earliest_ms = block.start_ms
    for segment in segments:
        if looks_silent(segment, options):
            continue
        for word in segment.words or ():
            text = word.word.strip()
            if any(character.isalnum() for character in text):
                start_ms = min(max(earliest_ms, block.start_ms + round(word.start * 1000)), block.end_ms)
                end_ms = min(max(start_ms, block.start_ms + round(word.end * 1000)), block.end_ms)
                earliest_ms = start_ms
                yield Word(Span(start_ms, end_ms), text, float(min(1.0, max(0.0, word.probability))))
