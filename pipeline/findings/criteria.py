"""What went well, and the one skill to work on next."""

from collections.abc import Sequence

from pipeline.findings.evidence import Evidence, finding
from pipeline.findings.examples import best_example, worst_example
from pipeline.findings.wording import ask_instead, worded
from pipeline.rubric import Criterion, Rubric
from pipeline.values import CriterionScore, Finding, Metric, Unit


def strengths(
    evidence: Evidence, rubric: Rubric, metrics: Sequence[Metric], scores: Sequence[CriterionScore], limit: int
) -> list[Finding]:
    """At most `limit` criteria that went well and have a unit to show it, the weightiest first."""
    going_well = [
        (criterion.weight * scored, criterion, metric)
        for criterion, metric, scored in _judged(rubric, metrics, scores)
        if scored >= rubric.strength_from
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

    None where every judged criterion is full; ties go to the one the rubric names first.
    """
    lacking = [
        (criterion.weight * (1 - scored), criterion, metric)
        for criterion, metric, scored in _judged(rubric, metrics, scores)
        if scored < criterion.bands[-1].score
    ]
    for _, criterion, metric in sorted(lacking, key=lambda each: -each[0]):
        units = worst_example(criterion, evidence)
        if units and metric.value is not None:
            return [finding("focus", criterion.id, _focus_text(criterion, metric), units, _instead(rubric, units[0]))]
    return []


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
