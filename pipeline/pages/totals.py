"""Each coach's sessions added up, and which coaches the evidence can tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.pages.names import BALANCE
from pipeline.pages.reports import Moves, ReportOptions, by_coach, coach_name, moves
from pipeline.pages.rubric_words import RubricWords, rubric_words
from pipeline.rubric import Rubric
from pipeline.scoring import roll_up
from pipeline.values import Metric, Scored


@dataclass(frozen=True, slots=True)
class CoachTotal:
    """A coach's sessions together; `name` is None for sessions whose manager is not known."""

    name: str | None
    sessions: int
    drafts: int
    last: date | None
    spoken_ms: int
    moves: Moves
    metrics: dict[str, Metric]

    @property
    def balance(self) -> Metric:
        return self.metrics[BALANCE]


def coach_totals(ordered: Sequence[Scored], rubric: Rubric, options: ReportOptions) -> list[CoachTotal]:
    """Each coach's sessions added up, by name, those without a name last."""
    words = rubric_words(rubric)
    return [_total(sessions, rubric, words, options) for sessions in by_coach(ordered).values()]


def _total(sessions: Sequence[Scored], rubric: Rubric, words: RubricWords, options: ReportOptions) -> CoachTotal:
    return CoachTotal(
        name=coach_name(sessions),
        sessions=len(sessions),
        drafts=sum(scored.session.transcript.draft for scored in sessions),
        last=sessions[-1].session.recorded_on,
        spoken_ms=sum(scored.session.duration_ms for scored in sessions),
        moves=sum((moves(scored, words) for scored in sessions), Moves(0, 0)),
        metrics=_by_id(roll_up((scored.session for scored in sessions), rubric, options.scoring)),
    )


def _by_id(metrics: Sequence[Metric]) -> dict[str, Metric]:
    return {metric.id: metric for metric in metrics}


def tiers(totals: Sequence[CoachTotal]) -> list[list[CoachTotal]]:
    """Groups from the most to the least asking, each apart from the next by a gap between their intervals.

    Within a group they are in order of name, for chains of overlapping intervals rank nobody. Those without
    enough evidence, or without a balance, are a group of their own at the end.
    """
    known = [total for total in totals if total.balance.value is not None and total.balance.enough_evidence]
    groups: list[list[CoachTotal]] = []
    lowest = 0.0
    for total in sorted(known, key=lambda total: -high(total)):
        if groups and high(total) >= lowest:
            groups[-1].append(total)
            lowest = min(lowest, low(total))
        else:
            groups.append([total])
            lowest = low(total)
    rest = [total for total in totals if total not in known]
    by_place = {id(total): place for place, total in enumerate(totals)}
    return [sorted(group, key=lambda total: by_place[id(total)]) for group in [*groups, rest] if group]


def low(total: CoachTotal) -> float:
    """The lower end of the balance's interval; the value where it has none."""
    metric = total.balance
    return metric.low if metric.low is not None else metric.value or 0.0


def high(total: CoachTotal) -> float:
    """The upper end of the balance's interval; the value where it has none."""
    metric = total.balance
    return metric.high if metric.high is not None else metric.value or 0.0


def sure(group: Sequence[CoachTotal]) -> bool:
    """Whether a group of `tiers` is one with enough evidence."""
    return group[0].balance.value is not None and group[0].balance.enough_evidence
