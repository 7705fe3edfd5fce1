"""Where anyone speaks: the Silero model that comes with faster-whisper, in blocks, so hours stay bounded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.audio import Audio
from pipeline.values import Span

FRAME_MS = 32
"""Milliseconds one probability stands for: 512 samples."""

FRAME_SAMPLES = 512
BLOCK_FRAMES = 1875  # a minute
# The model remembers what it heard; a block hears this much of the one before, so that none starts deaf.
LEAD_FRAMES = 63


@dataclass(frozen=True, slots=True)
class SpeechRules:
    """From probabilities to spans: speech starts at `start`, ends below `end`; short gaps close, short bursts go."""

    start: float = 0.5
    end: float = 0.35
    shortest_ms: int = 120
    shortest_gap_ms: int = 160
    edge_ms: int = 30


class SileroSpeechDetector:
    """Fills the SpeechDetector port; the model is loaded on first use and kept by faster-whisper itself."""

    def __init__(self, rules: SpeechRules | None = None) -> None:
        self._rules = rules or SpeechRules()

    def detect(self, audio: Audio, channel: int | None = None) -> list[Span]:
        """Stretches of speech in order, none overlapping nor touching; none for silence or an empty recording."""
        return speech_spans(self.probabilities(audio, channel), audio.duration_ms, self._rules)

    def probabilities(self, audio: Audio, channel: int | None = None) -> NDArray[np.float32]:
        """Probability of speech for every 32 ms, shape (frames,); the last frame is padded with silence."""
        model = _model()
        parts = [model(block)[lead:] for block, lead in _blocks(audio, channel)]
        return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)


def speech_spans(probabilities: NDArray[np.float32], duration_ms: int, rules: SpeechRules) -> list[Span]:
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


def _runs(probabilities: NDArray[np.float32], rules: SpeechRules) -> Iterator[tuple[int, int]]:
    """Runs of frames that reach `start` somewhere and stay above `end` throughout, as half-open frame numbers."""
    above = np.concatenate(([False], probabilities >= rules.end, [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(above))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        reached = np.flatnonzero(probabilities[first:last] >= rules.start)
        if len(reached):
            yield int(first + reached[0]), int(last)


def _blocks(audio: Audio, channel: int | None) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Blocks of whole frames and how many frames at their head were already heard."""
    frames = -(-audio.samples.shape[1] // FRAME_SAMPLES)
    for first in range(0, frames, BLOCK_FRAMES):
        lead = min(first, LEAD_FRAMES)
        last = min(frames, first + BLOCK_FRAMES)
        block = audio.block((first - lead) * FRAME_MS, last * FRAME_MS, channel)
        missing = (last - first + lead) * FRAME_SAMPLES - len(block)
        yield np.pad(block, (0, missing)), lead


def _model() -> Any:
    from faster_whisper.vad import get_vad_model

    return get_vad_model()
