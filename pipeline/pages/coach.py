"""One manager's sessions over time: every session a point, the rolling share, what changed, the focus skill."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.metrics import Tallies
from pipeline.pages.change import COMPARED, Change, changes
from pipeline.pages.charts import Drawing, Point, trend
from pipeline.pages.names import BALANCE, TALK
from pipeline.pages.numbers import MetricRow, metric_row
from pipeline.pages.render import relative_link, render
from pipeline.pages.reports import ReportOptions, in_order, metric_facts, moves, rolled_up, tallies
from pipeline.pages.rubric_words import RubricWords, rubric_words
from pipeline.pages.scorecard import made_on_text, warnings_of
from pipeline.pages.skill import focus_of, focus_skill, followed_up
from pipeline.pages.verdict import Balance, balance, balance_sentence
from pipeline.pages.wording import day, interval_text, several
from pipeline.rubric import Rubric
from pipeline.tables import Cell
from pipeline.values import Metric, Role, Scored
from pipeline.wording import NONE, value_text

WINDOW = 5
"""Sessions whose counts are added for the rolling share."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session of the coach's in words, and what became of the skill the session before asked to work on."""

    title: str
    href: str
    day: str
    rep: str
    balance: str
    interval: str
    thin: bool
    moves: str
    rolling: str
    rolling_moves: str
    talk: str
    overall: str
    focus: str
    followed_up: str
    draft: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoachReport:
    """The report's data: worded for the page, and `rows` plain for JSON and CSV."""

    name: str
    sentence: str
    balance: Balance | None
    chart: Drawing | None
    changes: tuple[Change, ...]
    changed_since: str
    lines: tuple[SessionLine, ...]
    totals: tuple[MetricRow, ...]
    warnings: tuple[str, ...]
    window: int
    made_on: str
    rows: tuple[dict[str, Cell], ...]


def coach_report(name: str, sessions: Sequence[Scored], rubric: Rubric, options: ReportOptions) -> CoachReport:
    """The report on the sessions given, which are the coach's; without any it says so."""
    ordered, words = in_order(sessions), rubric_words(rubric)
    counted = [tallies(scored, rubric, options) for scored in ordered]
    rolling = _rolling(counted, rubric)
    total = rolled_up(counted, rubric)
    overall = total.get(BALANCE)
    known = overall if overall and overall.value is not None else None
    target = words.target
    return CoachReport(
        name=name,
        sentence=_sentence(name, len(ordered), known, target),
        balance=balance(known, target) if known else None,
        chart=_chart(ordered, rolling, name, target),
        changes=changes(ordered),
        changed_since=day(ordered[-2].session.recorded_on) if len(ordered) > 1 else "",
        lines=tuple(reversed(_lines(ordered, rolling, words, options))),
        totals=tuple(metric_row(total[id], words) for id in COMPARED if id in total),
        warnings=_warnings(ordered),
        window=WINDOW,
        made_on=made_on_text(options.made_on),
        rows=tuple(_row(scored, rolled, words) for scored, rolled in zip(ordered, rolling, strict=True)),
    )


def coach_html(report: CoachReport) -> str:
    """The report as one self-contained page."""
    return render("coach.html", report=report)


def _rolling(counted: Sequence[Tallies], rubric: Rubric) -> list[Metric]:
    window: deque[Tallies] = deque(maxlen=WINDOW)
    found = []
    for each in counted:
        window.append(each)
        found.append(rolled_up(list(window), rubric)[BALANCE])
    return found


def _sentence(name: str, count: int, total: Metric | None, target: tuple[float, float] | None) -> str:
    if not count:
        return f"No sessions of {name} have been scored."
    across = f"Across {several(count, 'session')}"
    if total is None:
        return f"{across}, {name} neither asked nor told."
    sentence = balance_sentence(name, total, target)
    return f"{across}: {sentence[0].lower()}{sentence[1:]}" if sentence.startswith("Not ") else f"{across}, {sentence}"


def _chart(
    ordered: Sequence[Scored], rolling: Sequence[Metric], name: str, target: tuple[float, float] | None
) -> Drawing | None:
    if not ordered:
        return None
    points = [
        _point(_short_day(scored), scored.metric(BALANCE), rolled)
        for scored, rolled in zip(ordered, rolling, strict=True)
    ]
    description = (
        f"{several(len(ordered), 'session')} from left to right. Each point is the share of asks with its 90 % "
        f"interval; the line adds the counts of the last {WINDOW} sessions; the band is the target. "
        "The table below has every number."
    )
    return trend(points, target, f"Asking by {name}, session by session", description)


def _point(label: str, metric: Metric | None, rolled: Metric) -> Point:
    if metric is None:
        return Point(label, None, rolling=rolled.value)
    return Point(label, metric.value, metric.low, metric.high, rolled.value, metric.enough_evidence)


def _short_day(scored: Scored) -> str:
    recorded = scored.session.recorded_on
    return f"{recorded.day} {recorded:%b %y}" if recorded else "no date"


def _lines(
    ordered: Sequence[Scored], rolling: Sequence[Metric], words: RubricWords, options: ReportOptions
) -> list[SessionLine]:
    earlier: list[Scored | None] = [None, *ordered][: len(ordered)]
    recent = [moves(scored, words) for scored in ordered]
    lines = []
    for place, (scored, rolled, before) in enumerate(zip(ordered, rolling, earlier, strict=True)):
        window = recent[max(0, place - WINDOW + 1) : place + 1]
        counts = f"{sum(each.asks for each in window)} : {sum(each.tells for each in window)}"
        lines.append(_line(scored, rolled, counts, before, words, options))
    return lines


def _line(
    scored: Scored, rolled: Metric, counts: str, before: Scored | None, words: RubricWords, options: ReportOptions
) -> SessionLine:
    session, metric, own = scored.session, scored.metric(BALANCE), moves(scored, words)
    href = options.hrefs.get(session.session_id)
    rep = session.speaker(Role.REP)
    return SessionLine(
        title=session.source,
        href=relative_link(href) if href else "",
        day=day(session.recorded_on),
        rep=rep.name if rep and rep.name else NONE,
        balance=value_text(metric),
        interval=interval_text(metric) if metric else "",
        thin=bool(metric and metric.value is not None and not metric.enough_evidence),
        moves=f"{own.asks} : {own.tells}",
        rolling=value_text(rolled),
        rolling_moves=counts,
        talk=value_text(scored.metric(TALK)),
        overall=NONE if scored.scores.overall is None else f"{scored.scores.overall:.0f}",
        focus=focus_skill(scored, words),
        followed_up=followed_up(before, scored, words) if before else "",
        draft=session.transcript.draft,
        warnings=warnings_of(scored),
    )


def _warnings(ordered: Sequence[Scored]) -> tuple[str, ...]:
    drafts = sum(scored.session.transcript.draft for scored in ordered)
    undated = sum(scored.session.recorded_on is None for scored in ordered)
    balances = [scored.metric(BALANCE) for scored in ordered]
    thin = sum(metric is None or not metric.enough_evidence for metric in balances)
    said = (
        (drafts, f"{several(drafts, 'session')} with a draft transcript: those numbers are first estimates."),
        (undated, f"{several(undated, 'session')} without a date, put first: their order is a guess."),
        (thin, f"{several(thin, 'session')} with too little evidence for a balance of its own."),
    )
    return tuple(sentence for count, sentence in said if count)


def _row(scored: Scored, rolled: Metric, words: RubricWords) -> dict[str, Cell]:
    session, own, rep = scored.session, moves(scored, words), scored.session.speaker(Role.REP)
    focus = focus_of(scored)
    talk = scored.metric(TALK)
    return {
        "session_id": session.session_id,
        "source": session.source,
        "recorded_on": session.recorded_on.isoformat() if session.recorded_on else None,
        "rep": rep.name if rep else None,
        "duration_s": session.duration_ms / 1000,
        "asks": own.asks,
        "tells": own.tells,
        **metric_facts(scored.metric(BALANCE), BALANCE),
        **metric_facts(rolled, f"rolling_{BALANCE}"),
        "talk_share_manager": talk.value if talk else None,
        "overall": scored.scores.overall,
        "focus": focus.rule if focus else None,
        "draft": session.transcript.draft,
        "warnings": " ".join(warnings_of(scored)) or None,
    }
