"""From a coded session and a rubric to everything a scorecard says."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.findings import find
from pipeline.metrics import Tallies, add, definition_of, measure, tally
from pipeline.process import find_steps
from pipeline.rubric import Criterion, Rubric
from pipeline.values import CriterionScore, Metric, Role, Scored, Scores, Session

BATCH = 32
"""So many sessions are added up at once; a session's draws take about a megabyte until they are."""


DOUBTFUL_ROLE = 0.75
"""Below this confidence in who is the manager, the scorecard carries a warning."""

NOBODY_SPEAKS = "nobody speaks in this session: there is nothing to score"
NO_MANAGER = "nobody in this session is known to be the manager: nothing of the manager's can be scored"
NO_REP = "nobody in this session is known to be the rep: only the manager is heard"
UNCERTAIN_MANAGER = (
    "it is not certain who the manager is ({confidence:.0%}): read a little of the transcript, "
    "and exchange the two with --swap-speakers if they are the wrong way round"
)
NO_OVERLAP = "this transcript's turns never overlap: interruptions cannot be counted"
TOO_LITTLE = "too little to judge by: '{name}' rests on {n}, and the rubric wants at least {least}"


@dataclass(frozen=True, slots=True)
class ScoringOptions:
    """How many times the codes are drawn for the intervals, and the seed of the drawing."""

    draws: int = 2_000
    seed: int = 0


def score(session: Session, rubric: Rubric, options: ScoringOptions = ScoringOptions()) -> Scored:
    """Metrics, scores, findings and steps of a coded session under a rubric; the same for the same input."""
    metrics = measure(session_tally(session, rubric, options), rubric.min_evidence)
    scores = score_criteria(metrics, session, rubric)
    return Scored(
        session=session,
        rubric_name=rubric.name,
        rubric_version=rubric.version,
        metrics=metrics,
        scores=scores,
        findings=find(session, rubric, metrics, scores),
        steps=find_steps(session, rubric),
        warnings=tuple(dict.fromkeys((*session.warnings, *warnings_for(session, metrics, rubric)))),
    )


def session_tally(session: Session, rubric: Rubric, options: ScoringOptions = ScoringOptions()) -> Tallies:
    """What the session's metrics count, to be added with other sessions' for a roll-up."""
    return tally(session, rubric.orientation, options.draws, options.seed)


def roll_up(
    sessions: Iterable[Session], rubric: Rubric, options: ScoringOptions = ScoringOptions()
) -> tuple[Metric, ...]:
    """The metrics of several sessions as of one: counts added, ratios and intervals computed anew, nothing averaged.

    Order makes no difference. Raises ValueError for no sessions.
    """
    tallies = (session_tally(session, rubric, options) for session in sessions)
    sums: list[Tallies] = []
    while batch := list(islice(tallies, BATCH)):
        sums.append(add(batch))
    return measure(add(sums), rubric.min_evidence)


def score_criteria(metrics: Sequence[Metric], session: Session, rubric: Rubric) -> Scores:
    """Each criterion's band, and 100 times the weighted mean of the scores of those with enough evidence.

    A criterion without enough evidence has neither band nor score and does not count, nor has one that sets the
    manager against a rep who was not heard; the overall is None where none has.
    """
    by_id = {metric.id: metric for metric in metrics}
    criteria = tuple(_score_criterion(each, by_id[each.metric], session) for each in rubric.criteria)
    counted = [
        (each.weight, scored.score)
        for each, scored in zip(rubric.criteria, criteria, strict=True)
        if scored.score is not None
    ]
    weight = sum(each for each, _ in counted)
    overall = math.fsum(100 * reached * each for each, reached in counted) / weight if counted else None
    return Scores(overall, criteria)


def _score_criterion(criterion: Criterion, metric: Metric, session: Session) -> CriterionScore:
    of_both = definition_of(metric.id).of_both
    alone = of_both and not any(session.role_of(turn) is Role.REP for turn in session.turns)
    if metric.value is None or not metric.enough_evidence or alone:
        return CriterionScore(criterion.id, None, None)
    band = criterion.band(metric.value)
    evidence = tuple(unit.index for unit in session.units if unit.code in criterion.evidence)
    return CriterionScore(criterion.id, band.name, band.score, evidence)


def warnings_for(session: Session, metrics: Sequence[Metric], rubric: Rubric) -> list[str]:
    """What a reader must know before trusting the numbers, one sentence each."""
    found: list[str] = []
    manager = session.speaker(Role.MANAGER)
    if not session.turns:
        found.append(NOBODY_SPEAKS)
    elif manager is None:
        found.append(NO_MANAGER)
    elif session.speaker(Role.REP) is None:
        found.append(NO_REP)
    if manager and manager.role_confidence < DOUBTFUL_ROLE:
        found.append(UNCERTAIN_MANAGER.format(confidence=manager.role_confidence))
    if session.turns and not session.turns_can_overlap:
        found.append(NO_OVERLAP)
    lead = next(metric for metric in metrics if metric.id == rubric.lead)
    if session.turns and not lead.enough_evidence:
        name, least = definition_of(lead.id).name, rubric.min_evidence.get(lead.id, 1)
        found.append(TOO_LITTLE.format(name=name, n=lead.n, least=least))
    return found


def is_made_anew(warning: str) -> bool:
    """Whether the warning is one that scoring makes, by its words up to the first number or name in it."""
    made = (NOBODY_SPEAKS, NO_MANAGER, NO_REP, UNCERTAIN_MANAGER, NO_OVERLAP, TOO_LITTLE)
    return any(warning.startswith(sentence.partition("{")[0]) for sentence in made)
