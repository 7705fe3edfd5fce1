"""Where anyone speaks: the Silero model that comes with faster-whisper, in blocks, so hours stay bounded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from pipeline.audio import RATE, Audio
from pipeline.values import Span

FRAME_MS = 32
"""Milliseconds one probability and one level stand for: 512 samples."""

FRAME_SAMPLES = 512
SILENCE_DB = -100.0
BLOCK_FRAMES = 1875  # a minute
# The model remembers what it heard; a block hears this much of the one before, so that none starts deaf.
LEAD_FRAMES = 63
RUMBLE_HZ = 100
SURE = 0.5

Frames = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SpeechRules:
    """From probabilities to spans: speech starts at `start`, ends below `end`; short gaps close, short bursts go.

    The usual 0.5 and 0.35 miss a fifth of the speech in table-top recordings of meetings; 0.3 and 0.15 miss a
    ninth, and still find none in noise, music, tones or coughs. Loud frames are brought to `target_db` first, by
    `largest_gain_db` at most; frames `gate_db` below loud speech are talk in the next room, not in this one.
    """

    start: float = 0.3
    end: float = 0.15
    shortest_ms: int = 120
    shortest_gap_ms: int = 160
    edge_ms: int = 30
    target_db: float = -20.0
    largest_gain_db: float = 30.0
    gate_db: float = 30.0


class SileroSpeechDetector:
    """The model is loaded on first use and kept by faster-whisper itself."""

    def __init__(self, rules: SpeechRules | None = None) -> None:
        self._rules = rules or SpeechRules()

    def detect(self, audio: Audio, channel: int | None = None) -> list[Span]:
        """Stretches of speech in order, none overlapping nor touching; none for silence or an empty recording."""
        levels = frame_levels(audio, channel)
        probabilities = self._probabilities(audio, channel, levels)
        sure = probabilities >= SURE
        if sure.any():
            gate = np.percentile(levels[sure], 90) - self._rules.gate_db
            probabilities = np.where(_smooth(levels) >= gate, probabilities, np.float32(0))
        return speech_spans(probabilities, audio.duration_ms, self._rules)

    def _probabilities(self, audio: Audio, channel: int | None, levels: Frames) -> Frames:
        """Probability of speech for every 32 ms, shape (frames,)."""
        if not len(levels):
            return np.zeros(0, np.float32)
        model = _model()
        gain_db = self._rules.target_db - float(np.percentile(levels, 95))
        gain = 10 ** (min(gain_db, self._rules.largest_gain_db) / 20)
        parts = [
            model(np.clip(block * gain, -1, 1).astype(np.float32))[lead:] for block, lead in _blocks(audio, channel)
        ]
        return np.concatenate(parts).astype(np.float32)


def frame_levels(audio: Audio, channel: int | None = None) -> Frames:
    """Level of every 32 ms in dB below full scale without rumble, never below -100, shape (frames,)."""
    parts = [
        10
        * np.log10(np.maximum(np.square(block).reshape(-1, FRAME_SAMPLES).mean(axis=1), 10 ** (SILENCE_DB / 10)))[lead:]
        for block, lead in _blocks(audio, channel)
    ]
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)


def speech_spans(probabilities: Frames, duration_ms: int, rules: SpeechRules) -> list[Span]:
    """Spans of speech from one probability for every 32 ms, widened by `edge_ms` and cut to the recording."""
    spans: list[Span] = []
    for start, end in _runs(probabilities, rules):
        start_ms = max(0, start * FRAME_MS - rules.edge_ms)
        end_ms = min(duration_ms, end * FRAME_MS + rules.edge_ms)
        if spans and start_ms - spans[-1].end_ms < rules.shortest_gap_ms:
            spans[-1] = Span(spans[-1].start_ms, max(end_ms, spans[-1].end_ms))
        elif start_ms < end_ms:
            spans.append(Span(start_ms, end_ms))
    return [span for span in spans if span.duration_ms >= rules.shortest_ms + 2 * rules.edge_ms]


def _runs(probabilities: Frames, rules: SpeechRules) -> Iterator[tuple[int, int]]:
    """Runs of frames that reach `start` somewhere and stay above `end` throughout, as half-open frame numbers."""
    above = np.concatenate(([False], probabilities >= rules.end, [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(above))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        reached = np.flatnonzero(probabilities[first:last] >= rules.start)
        if len(reached):
            yield int(first + reached[0]), int(last)


def _smooth(levels: Frames) -> Frames:
    smooth: Frames = np.convolve(levels, np.full(5, 0.2, np.float32), "same")
    return smooth


def _blocks(audio: Audio, channel: int | None) -> Iterator[tuple[Frames, int]]:
    """Blocks of whole frames without rumble, and how many frames at their head belong to the block before."""
    frames = -(-audio.samples.shape[1] // FRAME_SAMPLES)
    rumble = butter(2, RUMBLE_HZ, "highpass", fs=RATE, output="sos")
    for first in range(0, frames, BLOCK_FRAMES):
        lead = min(first, LEAD_FRAMES)
        last = min(frames, first + BLOCK_FRAMES)
        block = sosfilt(rumble, audio.block((first - lead) * FRAME_MS, last * FRAME_MS, channel))
        missing = (last - first + lead) * FRAME_SAMPLES - len(block)
        yield np.pad(block, (0, missing)).astype(np.float32), lead


def _model() -> Any:
    from faster_whisper.vad import get_vad_model

    return get_vad_model()
