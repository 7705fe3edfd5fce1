"""The three steps from sessions to numbers: tally each, add them, measure."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.metrics.observed import observe
from pipeline.metrics.orientation import Orientation
from pipeline.metrics.registry import METRICS, MetricDefinition
from pipeline.metrics.tally import Tally
from pipeline.values import Metric, Session

INTERVAL = (5.0, 95.0)
"""The percentiles of the draws that bound a 90 % interval."""

Tallies = Mapping[str, Tally]
"""What was counted, by metric id."""


def tally(session: Session, orientation: Orientation, draws: int = 2_000, seed: int = 0) -> Tallies:
    """Everything the metrics count in a session, for the likeliest codes and for every draw."""
    seen = observe(session, draws, seed)
    return {metric.id: metric.count(seen, orientation) for metric in METRICS}


def add(tallies: Sequence[Tallies]) -> Tallies:
    """Several sessions' counts as those of one long session, draw by draw.

    Counts, time and pairs add; medians are taken of everyone's gaps together; the longest stays the longest.
    All must have been drawn equally often. Raises ValueError for no tallies.
    """
    if not tallies:
        raise ValueError("nothing to add")
    return {id: _sum([each[id] for each in tallies]) for id in tallies[0]}


def _sum(parts: Sequence[Any]) -> Any:
    """The sum by halves: medians keep all their gaps, and one by one the first would be copied each time."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return _sum(parts[:middle]) + _sum(parts[middle:])


def measure(tallies: Tallies, min_evidence: Mapping[str, int] | None = None) -> tuple[Metric, ...]:
    """The metrics of what was counted, in the registry's order.

    `min_evidence` gives the smallest denominator by metric id, 1 for those it does not name. An undefined
    metric has neither value nor interval and never enough evidence.
    """
    needed = min_evidence or {}
    return tuple(_metric(metric, tallies[metric.id], needed.get(metric.id, 1)) for metric in METRICS)


def _metric(metric: MetricDefinition, counted: Tally, needed: int) -> Metric:
    rows = counted.rows()
    if np.isnan(rows[0]):
        return Metric(metric.id, None, counted.n, metric.unit, enough_evidence=False)
    value = float(rows[0])
    low, high = _interval(rows) if metric.coded else (None, None)
    return Metric(metric.id, value, counted.n, metric.unit, low, high, counted.n >= needed)


def _interval(rows: NDArray[np.float64]) -> tuple[float, float]:
    """The 5th and 95th percentile of the draws in which the metric is defined, stretched to hold its value.

    The likeliest codes together can be less likely than what most draws show, as with ten units that are
    each advice with probability .4; an interval beside its own value would read as an error.
    """
    drawn = rows[1:][~np.isnan(rows[1:])]
    if not drawn.size:
        return float(rows[0]), float(rows[0])
    low, high = np.percentile(drawn, INTERVAL)
    return min(float(low), float(rows[0])), max(float(high), float(rows[0]))
