"""The index of scorecards: one row a session, sortable and filterable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.pages.names import BALANCE
from pipeline.pages.render import relative_link, render
from pipeline.pages.scorecard import made_on_text, warnings_of
from pipeline.pages.wording import day, interval_text, length
from pipeline.transcripts.names import name_key
from pipeline.values import Metric, Role, Scored
from pipeline.wording import NONE, value_text


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A session on the index; `href` is its scorecard's path relative to the index, None where there is none."""

    title: str
    href: str | None
    recorded_on: date | None
    manager: str | None
    rep: str | None
    balance: Metric | None
    overall: float | None
    duration_ms: int
    draft: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A row in words, beside the plain keys it is sorted by ("" sorts last)."""

    title: str
    href: str
    day: str
    day_key: str
    manager: str
    manager_key: str
    rep: str
    rep_key: str
    balance: str
    interval: str
    balance_key: str
    ask: float | None
    thin: bool
    overall: str
    overall_key: str
    length: str
    duration_ms: int
    draft: bool
    warnings: tuple[str, ...]


def index_row(scored: Scored, href: str | None) -> IndexRow:
    """The index row of a scored session whose scorecard is at `href`."""
    session = scored.session
    manager, rep = session.speaker(Role.MANAGER), session.speaker(Role.REP)
    return IndexRow(
        title=session.source,
        href=href,
        recorded_on=session.recorded_on,
        manager=manager.name if manager else None,
        rep=rep.name if rep else None,
        balance=scored.metric(BALANCE),
        overall=scored.scores.overall,
        duration_ms=session.duration_ms,
        draft=session.transcript.draft,
        warnings=warnings_of(scored),
    )


def index_lines(rows: Sequence[IndexRow]) -> tuple[IndexLine, ...]:
    """The rows in words: the latest first, undated last, ties by title."""
    ordered = sorted(rows, key=lambda row: (-(row.recorded_on or date.min).toordinal(), row.title))
    return tuple(_line(row) for row in ordered)


def _line(row: IndexRow) -> IndexLine:
    value = row.balance.value if row.balance else None
    return IndexLine(
        title=row.title,
        href=relative_link(row.href) if row.href else "",
        day=day(row.recorded_on),
        day_key=row.recorded_on.isoformat() if row.recorded_on else "",
        manager=row.manager or NONE,
        manager_key=name_key(row.manager or ""),
        rep=row.rep or NONE,
        rep_key=name_key(row.rep or ""),
        balance=value_text(row.balance),
        interval=interval_text(row.balance) if row.balance else "",
        balance_key="" if value is None else f"{value:.6f}",
        ask=None if value is None else round(value * 100, 2),
        thin=bool(row.balance and value is not None and not row.balance.enough_evidence),
        overall=NONE if row.overall is None else f"{row.overall:.0f}",
        overall_key="" if row.overall is None else f"{row.overall:.4f}",
        length=length(row.duration_ms),
        duration_ms=row.duration_ms,
        draft=row.draft,
        warnings=row.warnings,
    )


def index_html(rows: Sequence[IndexRow], made_on: datetime) -> str:
    """The index page; without rows it says that nothing has been scored."""
    lines = index_lines(rows)
    managers = sorted({line.manager_key: line.manager for line in reversed(lines) if line.manager_key}.items())
    return render("index.html", lines=lines, managers=managers, made_on=made_on_text(made_on))
