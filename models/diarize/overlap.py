"""Where two known voices talk at once in one channel."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.diarize.segments import STEP_MS, Path, Scores
from models.diarize.together import Together, pair_number
from pipeline.values import Span, SpeakerSpan


@dataclass(frozen=True, slots=True)
class OverlapRules:
    """The log odds of overlap for a step, and what makes steps a span.

    `odds` and `nearer` weigh what speaks for both voices (`heard_together`), by window length. `inside` weighs the
    steps to the nearest silence, `farthest` at most: people talk across each other in the thick of it. Fitted by
    `python -m eval.hearing.overlap`.
    A span reaches `start` somewhere and stays above `end`, both averaged over `smooth` steps, for `shortest` steps.
    """

    odds: tuple[float, ...] = (0.12, 0.01, 0.02)
    nearer: tuple[float, ...] = (2.24, -0.09, 9.82)
    inside: float = 0.11
    constant: float = -2.11
    farthest: int = 15
    start: float = 0.5
    end: float = 0.0
    smooth: int = 3
    shortest: int = 3


def overlap_spans(stretch: Span, together: Together, path: Path, other: Path, rules: OverlapRules) -> list[SpeakerSpan]:
    """Spans of the second voice where two talk at once; speakers are the voices' numbers.

    `together` is what speaks for each pair of voices, shape (steps, lengths, pairs, 2); `path` is who speaks by step
    and `other` who may speak besides. None for fewer than two voices.
    """
    if not together.shape[2]:
        return []
    weights = np.array([*rules.odds, *rules.nearer, rules.inside])
    odds = overlap_features(together, path, other, rules.farthest) @ weights
    odds = _smooth(odds + rules.constant, rules.smooth)
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


def overlap_features(together: Together, path: Path, other: Path, farthest: int) -> NDArray[np.float64]:
    """For each step what speaks for the voice that speaks and the other together: odds by length, how much nearer
    by length, and steps to silence.
    """
    steps = np.arange(len(path))
    both = together[steps, :, pair_number(path, other)]
    inside = np.minimum(np.minimum(steps, steps[::-1]), farthest)
    features: NDArray[np.float64] = np.column_stack([both[:, :, 0], both[:, :, 1], inside]).astype(np.float64)
    return features


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
