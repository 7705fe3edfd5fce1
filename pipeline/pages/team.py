"""The coaches of a team beside each other: shares with intervals, in tiers that the evidence can tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.pages.charts import Drawing, Point, comparison
from pipeline.pages.names import BALANCE, TALK
from pipeline.pages.numbers import MetricRow, metric_row
from pipeline.pages.render import render
from pipeline.pages.reports import ReportOptions, in_order, metric_facts
from pipeline.pages.rubric_words import RubricWords, rubric_words
from pipeline.pages.scorecard import made_on_text
from pipeline.pages.totals import CoachTotal, coach_totals, high, low, sure, tiers
from pipeline.pages.wording import band_text, day, interval_text, length, several
from pipeline.rubric import Rubric
from pipeline.tables import Cell
from pipeline.values import Scored
from pipeline.wording import NONE, value_text

NAMELESS = "Name not known"
SHOWN = ("open_question_share", "reflection_to_question", "unexplored_advice", "specific_praise_share")


@dataclass(frozen=True, slots=True)
class CoachLine:
    """A coach in words; `place` says which side of the target the whole interval lies, if any."""

    name: str
    sessions: int
    drafts: int
    last: str
    length: str
    balance: str
    interval: str
    thin: bool
    moves: str
    place: str
    talk: str
    shown: tuple[MetricRow, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """Coaches whose intervals run into each other, by name: the evidence does not rank them."""

    title: str
    lines: tuple[CoachLine, ...]


@dataclass(frozen=True, slots=True)
class TeamReport:
    """The report's data: worded for the page, and `rows` plain for JSON and CSV."""

    sentence: str
    ranking: str
    facts: tuple[tuple[str, str], ...]
    chart: Drawing | None
    tiers: tuple[Tier, ...]
    warnings: tuple[str, ...]
    headings: tuple[MetricRow, ...]
    made_on: str
    rows: tuple[dict[str, Cell], ...]


def team_report(sessions: Sequence[Scored], rubric: Rubric, options: ReportOptions) -> TeamReport:
    """The report on everyone who manages in the sessions given; without any it says so."""
    ordered, words = in_order(sessions), rubric_words(rubric)
    totals = coach_totals(ordered, rubric, options)
    target = words.target
    grouped = tiers(totals)
    lines = tuple(
        Tier(_tier_title(place, group, len(grouped)), tuple(_line(total, words, target) for total in group))
        for place, group in enumerate(grouped, start=1)
    )
    return TeamReport(
        sentence=f"{several(len(ordered), 'session')} by {several(len(totals), 'manager')}".capitalize(),
        ranking=_ranking(grouped),
        facts=_facts(ordered, target),
        chart=_chart([total for group in grouped for total in group], target),
        tiers=lines,
        warnings=_warnings(totals, ordered),
        headings=lines[0].lines[0].shown if lines else (),
        made_on=made_on_text(options.made_on),
        rows=tuple(_row(total) for total in totals),
    )


def team_html(report: TeamReport) -> str:
    """The report as one self-contained page."""
    return render("team.html", report=report)


def _tier_title(place: int, group: Sequence[CoachTotal], count: int) -> str:
    if not sure(group):
        return "Not enough evidence"
    if len(group) == 1 and count == 1:
        return "One manager"
    return f"Group {place}" if count > 1 else "All managers"


def _ranking(grouped: Sequence[Sequence[CoachTotal]]) -> str:
    told_apart = [group for group in grouped if sure(group)]
    if not told_apart or sum(map(len, told_apart)) < 2:
        return "There are not two managers with enough evidence to compare."
    if len(told_apart) == 1:
        return "The intervals overlap: on this evidence nobody asks more than anybody else. The order is by name."
    return (
        f"The intervals part into {len(told_apart)} groups, the most asking first. "
        "Within a group they overlap and rank nobody: there the order is by name."
    )


def _facts(ordered: Sequence[Scored], target: tuple[float, float] | None) -> tuple[tuple[str, str], ...]:
    days = [scored.session.recorded_on for scored in ordered if scored.session.recorded_on]
    period = (("Period", f"{day(min(days))} to {day(max(days))}"),) if days else ()
    talked = (("Recorded", length(sum(scored.session.duration_ms for scored in ordered))),) if ordered else ()
    return (*period, *talked, *((("Target", band_text(*target)),) if target else ()))


def _chart(totals: Sequence[CoachTotal], target: tuple[float, float] | None) -> Drawing | None:
    if not totals:
        return None
    points = [
        Point(total.name or NAMELESS, metric.value, metric.low, metric.high, sure=metric.enough_evidence)
        for total in totals
        for metric in [total.balance]
    ]
    description = (
        "Each line is a manager: a point for the share of asks in all sessions together, a line for its 90 % "
        "interval; a hollow point has too little evidence; the band is the target. The table below has every number."
    )
    return comparison(points, target, "Asking, manager by manager", description)


def _line(total: CoachTotal, words: RubricWords, target: tuple[float, float] | None) -> CoachLine:
    metric = total.balance
    return CoachLine(
        name=total.name or NAMELESS,
        sessions=total.sessions,
        drafts=total.drafts,
        last=day(total.last),
        length=length(total.spoken_ms),
        balance=value_text(metric),
        interval=interval_text(metric),
        thin=metric.value is not None and not metric.enough_evidence,
        moves=f"{total.moves.asks} : {total.moves.tells}",
        place=_place(total, target),
        talk=value_text(total.metrics[TALK]),
        shown=tuple(metric_row(total.metrics[id], words) for id in SHOWN),
    )


def _place(total: CoachTotal, target: tuple[float, float] | None) -> str:
    if target is None or total.balance.value is None or not total.balance.enough_evidence:
        return NONE
    if high(total) < target[0]:
        return "below the target"
    if low(total) > target[1]:
        return "above the target"
    return "within the target" if target[0] <= low(total) and high(total) <= target[1] else "not clear"


def _warnings(totals: Sequence[CoachTotal], ordered: Sequence[Scored]) -> tuple[str, ...]:
    drafts = sum(total.drafts for total in totals)
    nameless = sum(total.sessions for total in totals if total.name is None)
    once = [total.name or NAMELESS for total in totals if total.sessions == 1]
    said = (
        (drafts, f"{several(drafts, 'session')} of {len(ordered)} with a draft transcript: first estimates."),
        (nameless, f"{several(nameless, 'session')} whose manager’s name is not known."),
        (len(once), f"Only one session each: {', '.join(once)}."),
    )
    return tuple(sentence for count, sentence in said if count)


def _row(total: CoachTotal) -> dict[str, Cell]:
    return {
        "manager": total.name,
        "sessions": total.sessions,
        "draft_sessions": total.drafts,
        "last_recorded_on": total.last.isoformat() if total.last else None,
        "duration_s": total.spoken_ms / 1000,
        "asks": total.moves.asks,
        "tells": total.moves.tells,
        **metric_facts(total.balance, BALANCE),
        **metric_facts(total.metrics[TALK], TALK),
        **{key: value for id in SHOWN for key, value in metric_facts(total.metrics[id], id).items()},
    }
