"""Findings: what a session shows, each with the units it rests on and the rule that found it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.findings.criteria import focus, strengths
from pipeline.findings.evidence import gather
from pipeline.findings.moments import moments
from pipeline.findings.openings import missed_openings
from pipeline.rubric import Rubric
from pipeline.values import Finding, Metric, Scores, Session

__all__ = ["FindingLimits", "find"]


@dataclass(frozen=True, slots=True)
class FindingLimits:
    """How many of each kind a scorecard can hold before nobody reads them; the focus is always one."""

    strengths: int = 3
    moments: int = 5
    missed_openings: int = 5


def find(
    session: Session,
    rubric: Rubric,
    metrics: Sequence[Metric],
    scores: Scores,
    limits: FindingLimits = FindingLimits(),
) -> tuple[Finding, ...]:
    """Strengths, the focus, moments and missed openings, in that order; none for a session that shows nothing.

    Nothing rests on a unit whose code is less than half sure.
    """
    evidence = gather(session)
    return (
        *strengths(evidence, rubric, metrics, scores.criteria, limits.strengths),
        *focus(evidence, rubric, metrics, scores.criteria),
        *moments(evidence, rubric, limits.moments),
        *missed_openings(evidence, rubric, limits.missed_openings),
    )
