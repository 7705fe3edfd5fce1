"""What coding errors do to the numbers people read: a session's metrics by the coder's codes and by the true ones."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.coding.scores import Judged
from pipeline.metrics import Orientation, measure, tally
from pipeline.rubric import load_rubric
from pipeline.values import Coding, Metric, Role, Session, Span, Speaker, TranscriptSource, Turn, Unit, certain

COUNTED = ("non_directive_ratio", "open_question_share", "reflection_to_question", "praise_count", "judgment_count")
"""Metrics that rest on codes alone, not on when something was said."""


@dataclass(frozen=True, slots=True)
class MetricScore:
    """One metric over the sessions where both are defined: mean distance from the truth, the share of sessions whose
    90 % interval holds the truth, and the interval's mean width."""

    metric: str
    sessions: int
    distance: float
    held: float
    width: float


def score_sessions(units: Sequence[Judged]) -> list[MetricScore]:
    """The metrics of `COUNTED`, each conversation a session; those defined in none are left out."""
    orientation = load_rubric().orientation
    conversations: dict[str, list[Judged]] = defaultdict(list)
    for unit in units:
        conversations[unit.conversation].append(unit)
    pairs: dict[str, list[tuple[Metric, Metric]]] = defaultdict(list)
    for each in conversations.values():
        given = _metrics([Coding(unit.probabilities) for unit in each], orientation)
        truth = _metrics([certain(unit.truth) for unit in each], orientation)
        for name in COUNTED:
            if given[name].value is not None and truth[name].value is not None:
                pairs[name].append((given[name], truth[name]))
    return [_score(name, pairs[name]) for name in COUNTED if pairs[name]]


def _score(name: str, pairs: Sequence[tuple[Metric, Metric]]) -> MetricScore:
    values = np.array([[given.value, given.low, given.high, truth.value] for given, truth in pairs], dtype=float)
    value, low, high, truth = values.T
    held = (low <= truth) & (truth <= high)
    return MetricScore(
        name, len(pairs), float(np.abs(value - truth).mean()), float(held.mean()), float((high - low).mean())
    )


def _metrics(codings: Sequence[Coding], orientation: Orientation) -> dict[str, Metric]:
    """The metrics of a session in which the manager says one coded unit a second."""
    spans = [Span(second * 1000, second * 1000 + 1000) for second in range(len(codings))]
    session = Session(
        "session",
        "session",
        len(codings) * 1000,
        TranscriptSource("session", "text"),
        (Speaker("S1", None, Role.MANAGER),),
        tuple(Turn(place, "S1", span, "word") for place, span in enumerate(spans)),
        tuple(
            Unit(place, place, span, "word", coding)
            for place, (span, coding) in enumerate(zip(spans, codings, strict=True))
        ),
    )
    return {metric.id: metric for metric in measure(tally(session, orientation))}
