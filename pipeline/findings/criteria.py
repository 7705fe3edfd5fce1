"""What went well, and the one skill to work on next."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.findings.evidence import Evidence, finding
from pipeline.findings.examples import best_example, worst_example
from pipeline.findings.instead import ask_instead
from pipeline.rubric import Criterion, Rubric
from pipeline.values import CriterionScore, Finding, Metric, Unit
from pipeline.wording import worded


def strengths(
    evidence: Evidence, rubric: Rubric, metrics: Sequence[Metric], scores: Sequence[CriterionScore], limit: int
) -> list[Finding]:
    """At most `limit` criteria that went well and have a unit to show it, the weightiest first; never the focus."""
    chosen = _chosen_focus(evidence, rubric, metrics, scores)
    going_well = [
        (criterion.weight * scored, criterion, metric)
        for criterion, metric, scored in _judged(rubric, metrics, scores)
        if scored >= rubric.strength_from and not (chosen and criterion.id == chosen.criterion.id)
    ]
    found: list[Finding] = []
    shown: set[int] = set()
    for _, criterion, metric in sorted(going_well, key=lambda each: -each[0]):
        units = best_example(criterion, evidence, shown)
        if units and metric.value is not None and len(found) < limit:
            found.append(finding("strength", criterion.id, _feedback(criterion, metric), units))
            shown.add(units[0].index)
    return found


def focus(
    evidence: Evidence, rubric: Rubric, metrics: Sequence[Metric], scores: Sequence[CriterionScore]
) -> list[Finding]:
    """The criterion with most to gain, weight times what its score lacks, among those with a unit to show it.

    One that is a strength only where nothing else is left; ties go to the one the rubric names first. None where
    every judged criterion is full.
    """
    chosen = _chosen_focus(evidence, rubric, metrics, scores)
    if chosen is None:
        return []
    text, instead = _focus_text(chosen.criterion, chosen.metric), _instead(rubric, chosen.units[0])
    return [finding("focus", chosen.criterion.id, text, chosen.units, instead)]


@dataclass(frozen=True, slots=True)
class _ToWorkOn:
    """The criterion of the focus, its metric, and the units that show it."""

    criterion: Criterion
    metric: Metric
    units: tuple[Unit, ...]


def _chosen_focus(
    evidence: Evidence, rubric: Rubric, metrics: Sequence[Metric], scores: Sequence[CriterionScore]
) -> _ToWorkOn | None:
    lacking = [
        (scored >= rubric.strength_from, -criterion.weight * (1 - scored), criterion, metric)
        for criterion, metric, scored in _judged(rubric, metrics, scores)
        if scored < criterion.bands[-1].score
    ]
    for _, _, criterion, metric in sorted(lacking, key=lambda each: each[:2]):
        units = worst_example(criterion, evidence)
        if units and metric.value is not None:
            return _ToWorkOn(criterion, metric, units)
    return None


def _focus_text(criterion: Criterion, metric: Metric) -> str:
    return f"{criterion.focus.skill}. {_feedback(criterion, metric)} {worded(criterion.focus.practise, metric)}"


def _feedback(criterion: Criterion, metric: Metric) -> str:
    return "" if metric.value is None else worded(criterion.band(metric.value).feedback, metric)


def _instead(rubric: Rubric, unit: Unit) -> str | None:
    if unit.code is None or rubric.orientation.of(unit.code) != "directive":
        return None
    return ask_instead(rubric, unit.code, 0)


def _judged(
    rubric: Rubric, metrics: Sequence[Metric], scores: Sequence[CriterionScore]
) -> list[tuple[Criterion, Metric, float]]:
    by_id = {metric.id: metric for metric in metrics}
    return [
        (criterion, by_id[criterion.metric], scored.score)
        for criterion, scored in zip(rubric.criteria, scores, strict=True)
        if scored.score is not None
    ]
