"""From windows to steps: what windows tell of every tenth of a second of a stretch."""

import numpy as np
from numpy.typing import NDArray

from models.diarize.segments import STEP_MS
from pipeline.values import Span

PART_STEPS = 600
# Weights fade as a Gaussian: windows this many reaches farther than the nearest weigh less than a float can show.
BEYOND_REACHES = 12

Told = NDArray[np.float32]
Times = NDArray[np.floating]


def windows_by_step(
    stretch: Span, starts_ms: NDArray[np.intp], lengths_ms: tuple[int, ...], told: Told, reach_ms: int
) -> Told:
    """What windows tell, for every step of a stretch by window length, near windows first.

    `starts_ms` are where its windows start, in order, at least one; `told` is what each tells by length, shape
    (windows, lengths, things). A window's say fades with the distance of its middle as a Gaussian of `reach_ms`, less
    that of the nearest. Taken a minute at a time, so memory grows with the stretch and not with its square.
    Shape (steps, lengths, things).
    """
    times = np.arange(stretch.start_ms, stretch.end_ms, STEP_MS) + STEP_MS / 2
    by_step = np.zeros((len(times), *told.shape[1:]), np.float32)
    for place, length_ms in enumerate(lengths_ms):
        middles = starts_ms + length_ms / 2
        for first in range(0, len(times), PART_STEPS):
            part = slice(first, first + PART_STEPS)
            near = _within_reach(times[part], middles, reach_ms)
            away = np.square((times[part, None] - middles[near]) / reach_ms)
            weights = np.exp(away.min(axis=1, keepdims=True) - away)
            by_step[part, place] = (weights / weights.sum(axis=1, keepdims=True)) @ told[near, place]
    return by_step


def _within_reach(times: Times, middles: Times, reach_ms: int) -> slice:
    """The windows that have a say at any of the times: those near them, and the nearest however far."""
    nearest_first = np.abs(middles - times[0]).min()
    nearest_last = np.abs(middles - times[-1]).min()
    beyond = BEYOND_REACHES * reach_ms
    first = int(np.searchsorted(middles, times[0] - nearest_first - beyond))
    last = int(np.searchsorted(middles, times[-1] + nearest_last + beyond, side="right"))
    return slice(first, last)
