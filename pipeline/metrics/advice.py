"""How much the manager tells, how soon, and whether anything was explored first."""

import numpy as np
from numpy.typing import NDArray

from pipeline.codes import Code
from pipeline.metrics.observed import Observed
from pipeline.metrics.orientation import Orientation
from pipeline.metrics.questions import Times
from pipeline.metrics.tally import Ratio, rows_of

EXPLORED_WITHIN_MS = 120_000
Counts = NDArray[np.int32]

EXPLORING = frozenset({Code.OPEN_QUESTION, Code.REFLECTION})


def non_directive_ratio(seen: Observed, orientation: Orientation) -> Ratio:
    """Non-directive units among those that are either; neutral ones count for neither."""
    asking, telling = seen.count(orientation.non_directive), seen.count(orientation.directive)
    return Ratio(asking, asking + telling)


def non_directive_time_ratio(seen: Observed, orientation: Orientation) -> Ratio:
    """The same by the time the units take."""
    took_ms = (seen.ends_ms - seen.starts_ms).astype(np.float64)
    asking = seen.are(orientation.non_directive) @ took_ms
    telling = seen.are(orientation.directive) @ took_ms
    return Ratio(rows_of(asking), rows_of(asking + telling), timed=True)


def advice_latency(seen: Observed) -> Ratio:
    """When the first advice begins, from the start of the session; over sessions, the mean of those with any."""
    advice = seen.are({Code.DIRECTIVE_ADVICE})
    given = advice.any(axis=1)
    first_ms = np.where(advice, seen.starts_ms, np.iinfo(np.int64).max).min(axis=1, initial=np.iinfo(np.int64).max)
    return Ratio(rows_of(np.where(given, first_ms / 1000, 0.0)), rows_of(given))


def unexplored_advice(seen: Observed) -> Ratio:
    """Advice with no open question or reflection in the two minutes before it began.

    One counts as before where it began earlier than the advice and ended at most 120 s before the advice began.
    """
    advice = seen.are({Code.DIRECTIVE_ADVICE})
    explored = explorations_before(seen) > 0
    return Ratio(rows_of((advice & ~explored).sum(axis=1)), rows_of(advice.sum(axis=1)))


def explorations_before(seen: Observed) -> Counts:
    """How many open questions and reflections stand in the 120 s before each unit, shape (1 + draws, units)."""
    exploring = seen.are(EXPLORING)
    # Beginning before the advice and ending in its window = ending in the window or later − beginning with it or later.
    ended_earlier = _running(exploring, seen.ends_ms, seen.starts_ms - EXPLORED_WITHIN_MS)
    begun_earlier = _running(exploring, seen.starts_ms, seen.starts_ms)
    return begun_earlier - ended_earlier


def _running(marked: NDArray[np.bool_], times_ms: Times, before_ms: Times) -> Counts:
    """For each moment how many marked units have a time earlier than it, shape (rows, moments)."""
    order = np.argsort(times_ms, kind="stable")
    zero = np.zeros((len(marked), 1), dtype=np.int32)
    so_far = np.concatenate([zero, np.cumsum(marked[:, order], axis=1, dtype=np.int32)], axis=1)
    counted: Counts = so_far[:, np.searchsorted(times_ms[order], before_ms)]
    return counted
