"""Where two known voices talk at once in one channel, from the same window vectors that tell them apart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.diarize.segments import STEP_MS, Path, Scores
from pipeline.values import Span, SpeakerSpan


@dataclass(frozen=True, slots=True)
class OverlapRules:
    """The log odds of overlap for a step, and what makes steps a span.

    `alone` weighs the cosine to the voice that speaks, `together` how much nearer the window comes to the middle
    of that voice and the next likeliest one; both by window length. `inside` weighs the steps to the nearest
    silence, `farthest` at most: people talk across each other in the thick of it. Fitted by
    `python -m eval.hearing.overlap`.
    A span reaches `start` somewhere and stays above `end`, both averaged over `smooth` steps, for `shortest` steps.
    """

    alone: tuple[float, ...] = (-14.85, 1.42, -2.48)
    together: tuple[float, ...] = (17.14, -9.13, 19.64)
    inside: float = 0.18
    constant: float = 10.21
    farthest: int = 15
    start: float = 0.5
    end: float = 0.0
    smooth: int = 3
    shortest: int = 3


def overlap_spans(
    stretch: Span, likeness: NDArray[np.float32], path: Path, between: NDArray[np.float32], rules: OverlapRules
) -> list[SpeakerSpan]:
    """Spans of the second voice where two talk at once; speakers are the voices' numbers.

    `likeness` is the cosine to each voice, shape (steps, lengths, voices); `path` who speaks by step; `between` the
    cosines between voices, shape (lengths, voices, voices). None for fewer than two voices.
    """
    if likeness.shape[2] < 2:
        return []
    other = second_voices(likeness.mean(axis=1), path)
    odds = _smooth(overlap_features(likeness, path, other, between, rules.farthest) @ _weights(rules), rules.smooth)
    odds += rules.constant
    edges = np.flatnonzero(np.diff(np.concatenate(([False], odds >= rules.end, [False])).astype(np.int8)))
    spans = []
    for first, last in edges.reshape(-1, 2).tolist():
        if last - first >= rules.shortest and odds[first:last].max() >= rules.start:
            spans += _second_spans(stretch, other, first, last)
    return spans


def second_voices(scores: Scores, path: Path) -> Path:
    """The likeliest voice besides the one that speaks, for each step."""
    others = scores.copy()
    others[np.arange(len(path)), path] = -np.inf
    second: Path = others.argmax(axis=1)
    return second


def overlap_features(
    likeness: NDArray[np.float32], path: Path, other: Path, between: NDArray[np.float32], farthest: int
) -> NDArray[np.float64]:
    """For each step: likeness to the voice alone and the gain of both together by length, then steps to silence."""
    steps = np.arange(len(path))
    alone = likeness[steps, :, path]
    # Two vectors of length 1 with cosine c add to one of length sqrt(2 + 2c).
    both = (alone + likeness[steps, :, other]) / np.sqrt(2 + 2 * between[:, path, other].T)
    inside = np.minimum(np.minimum(steps, steps[::-1]), farthest)
    features: NDArray[np.float64] = np.column_stack([alone, both - alone, inside]).astype(np.float64)
    return features


def _weights(rules: OverlapRules) -> NDArray[np.float64]:
    return np.array([*rules.alone, *rules.together, rules.inside])


def _smooth(odds: NDArray[np.float64], steps: int) -> NDArray[np.float64]:
    """The mean over so many steps (an odd number), the first and last repeated beyond the ends."""
    padded = np.pad(odds, steps // 2, mode="edge")
    smooth: NDArray[np.float64] = np.convolve(padded, np.full(steps, 1 / steps), "valid")
    return smooth


def _second_spans(stretch: Span, other: Path, first: int, last: int) -> list[SpeakerSpan]:
    """Steps `first` to `last` as spans of whoever is second there."""
    changes = [first, *(first + 1 + np.flatnonzero(np.diff(other[first:last]))).tolist(), last]
    times = [min(stretch.end_ms, stretch.start_ms + step * STEP_MS) for step in changes]
    return [
        SpeakerSpan(Span(start_ms, end_ms), str(other[step]))
        for step, start_ms, end_ms in zip(changes, times, times[1:], strict=False)
        if start_ms < end_ms
    ]
