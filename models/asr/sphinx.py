"""Pocketsphinx: a small recogniser whose English model comes inside its wheel. Draft quality."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue

import numpy as np
from faster_whisper.vad import VadOptions, get_speech_timestamps
from pocketsphinx import Config, Decoder

from models.asr.blocks import quiet_blocks
from models.asr.options import POCKETSPHINX
from models.asr.pronounce import add_terms, written
from models.asr.vocabulary import Term
from pipeline.audio import RATE, Audio
from pipeline.ports import Recognised
from pipeline.values import Span, Word

FRAME_MS = 10
VARIANT = re.compile(r"\(\d+\)$")
NOISE = ("<", "[", "+")
FEWER_PATHS = (("maxhmmpf", 5_000), ("maxwpf", 40))
"""Fewer paths a frame than pocketsphinx keeps by itself: a quarter less time, no more words wrong."""


@dataclass(frozen=True, slots=True)
class SphinxOptions:
    """How speech is cut before decoding, and what is passed to the decoder as it is."""

    silence_ms: int = 300
    pad_ms: int = 200
    longest_s: float = 20.0
    decoder: tuple[tuple[str, float | str | bool], ...] = FEWER_PATHS


class SphinxRecogniser:
    """The port `Recogniser` over pocketsphinx; may be shared by threads, each call borrows a decoder of its own."""

    engine = POCKETSPHINX
    model = "en-us"
    draft = True

    def __init__(self, vocabulary: Sequence[Term] = (), options: SphinxOptions | None = None) -> None:
        self._vocabulary = tuple(vocabulary)
        self._options = options or SphinxOptions()
        self._idle: SimpleQueue[Decoder] = SimpleQueue()

    def recognise(self, audio: Audio, channel: int | None = None) -> Recognised:
        """Lower-case words without punctuation, in order of time; none where nobody speaks. Language is unknown."""
        with self._decoder() as decoder:
            return Recognised(tuple(self._words(decoder, audio, channel)))

    def _words(self, decoder: Decoder, audio: Audio, channel: int | None) -> Iterator[Word]:
        for block in quiet_blocks(audio, channel):
            samples = audio.block(block.start_ms, block.end_ms, channel)
            for start, end in speech(samples, self._options):
                offset_ms = block.start_ms + start * 1000 // RATE
                limit = Span(offset_ms, block.start_ms + end * 1000 // RATE)
                yield from decode_region(decoder, samples[start:end], limit)

    @contextmanager
    def _decoder(self) -> Iterator[Decoder]:
        try:
            decoder = self._idle.get_nowait()
        except Empty:
            decoder = build_decoder(self._options)
            add_terms(decoder, self._vocabulary)
        decoder.reinit_feat()  # forget the noise of the last recording, so that the same sound gives the same words
        try:
            yield decoder
        finally:
            self._idle.put(decoder)


def build_decoder(options: SphinxOptions) -> Decoder:
    """A decoder with the wheel's own acoustic model, dictionary and language model, silent on stderr."""
    return Decoder(Config(loglevel="FATAL", **dict(options.decoder)))


def speech(samples: np.ndarray, options: SphinxOptions) -> list[tuple[int, int]]:
    """Stretches of speech as sample offsets, padded so that a short "yes" keeps its edges."""
    found = get_speech_timestamps(
        samples,
        VadOptions(
            min_silence_duration_ms=options.silence_ms,
            speech_pad_ms=options.pad_ms,
            max_speech_duration_s=options.longest_s,
        ),
    )
    return [(stretch["start"], stretch["end"]) for stretch in found]


def decode_region(decoder: Decoder, samples: np.ndarray, where: Span) -> list[Word]:
    """The words of one stretch of speech, their times moved to `where` it lies."""
    decoder.start_utt()
    decoder.process_raw((samples * 32768.0).astype(np.int16).tobytes(), full_utt=True)
    decoder.end_utt()
    return [
        Word(_span(segment, where), written(VARIANT.sub("", segment.word)), min(1.0, segment.prob))
        for segment in decoder.seg() or ()
        if not segment.word.startswith(NOISE)
    ]


def _span(segment: object, where: Span) -> Span:
    start_ms = where.start_ms + segment.start_frame * FRAME_MS  # type: ignore[attr-defined]
    end_ms = where.start_ms + (segment.end_frame + 1) * FRAME_MS  # type: ignore[attr-defined]
    return Span(min(start_ms, where.end_ms), min(end_ms, where.end_ms))
