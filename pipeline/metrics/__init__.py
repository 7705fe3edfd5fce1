"""Metrics: what each number means, counted so that sessions add."""

from pipeline.metrics.measure import Tallies, add, measure, tally
from pipeline.metrics.orientation import Orientation
from pipeline.metrics.registry import METRIC_IDS, METRICS, MetricDefinition, definition_of

__all__ = [
    "METRICS",
    "METRIC_IDS",
    "MetricDefinition",
    "Orientation",
    "Tallies",
    "add",
    "definition_of",
    "measure",
    "tally",
]
