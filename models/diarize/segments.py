"""Scores in time to who speaks when."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.values import Span, SpeakerSpan

STEP_MS = 100

Scores = NDArray[np.float32]
Path = NDArray[np.intp]


def best_path(scores: Scores, switch: float) -> Path:
    """The likeliest voice for each step (Viterbi): the sum of scores less `switch` for every change.

    `scores` has shape (steps, voices) with at least one step; ties stay with the voice that speaks, then the first.
    """
    steps, voices = scores.shape
    total = scores[0].astype(np.float64)
    came = np.zeros((steps, voices), np.intp)
    for step in range(1, steps):
        best = int(total.argmax())
        stay = total >= total[best] - switch
        came[step] = np.where(stay, np.arange(voices), best)
        total = np.where(stay, total, total[best] - switch) + scores[step]
    path = np.zeros(steps, np.intp)
    path[-1] = int(total.argmax())
    for step in range(steps - 1, 0, -1):
        path[step - 1] = came[step, path[step]]
    return path


def path_spans(stretch: Span, path: Path) -> list[SpeakerSpan]:
    """The stretch cut where the path changes voice; speakers are the voices' numbers."""
    changes = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    times = [min(stretch.end_ms, stretch.start_ms + change * STEP_MS) for change in changes]
    times[-1] = stretch.end_ms
    return [
        SpeakerSpan(Span(start, end), str(path[change]))
        for change, (start, end) in zip(changes[:-1], pairwise(times), strict=True)
    ]


def close_pauses(spans: Sequence[SpeakerSpan], longest_ms: int) -> list[SpeakerSpan]:
    """Spans of one speaker joined over pauses of at most `longest_ms` in which nobody else speaks.

    Spans must be in order of start.
    """
    joined: list[SpeakerSpan] = []
    for each in spans:
        last = joined[-1] if joined else None
        if last and last.speaker == each.speaker and each.span.start_ms - last.span.end_ms <= longest_ms:
            end_ms = max(last.span.end_ms, each.span.end_ms)
            joined[-1] = SpeakerSpan(Span(last.span.start_ms, end_ms), each.speaker)
        else:
            joined.append(each)
    return joined


def laid_over(spans: Sequence[SpeakerSpan], more: Sequence[SpeakerSpan]) -> list[SpeakerSpan]:
    """All spans in order of start, those of one speaker that touch joined; two speakers' may overlap."""
    joined: list[SpeakerSpan] = []
    for each in sorted([*spans, *more], key=lambda each: (each.speaker, each.span)):
        if joined and joined[-1].speaker == each.speaker and each.span.start_ms <= joined[-1].span.end_ms:
            last = joined[-1].span
            joined[-1] = SpeakerSpan(Span(last.start_ms, max(last.end_ms, each.span.end_ms)), each.speaker)
        else:
            joined.append(each)
    return sorted(joined, key=lambda each: (each.span, each.speaker))


def in_order_of_appearance(spans: Sequence[SpeakerSpan]) -> list[SpeakerSpan]:
    """The same spans sorted by start, their speakers renamed S1, S2, … as they first appear."""
    ordered = sorted(spans, key=lambda each: (each.span, each.speaker))
    names = {old: f"S{place}" for place, old in enumerate(dict.fromkeys(each.speaker for each in ordered), start=1)}
    return [SpeakerSpan(each.span, names[each.speaker]) for each in ordered]
