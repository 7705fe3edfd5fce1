"""`asktell report`: one manager's sessions over time, or a team's side by side."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.console import confirm
from flows.files import write_whole
from flows.publish import page_name
from flows.settings import Settings, load_settings
from pipeline.errors import AsktellError
from pipeline.pages import ReportOptions, coach_html, coach_report, team_html, team_report
from pipeline.pages.reports import by_coach, coach_name, in_order
from pipeline.rubric import load_rubric
from pipeline.store import Store
from pipeline.tables import Cell, csv_text
from pipeline.transcripts.names import name_key
from pipeline.values import Scored

LONGEST_SLUG = 50
"""Characters of a name in a file's name: in the widest script still within what file systems take."""

app = typer.Typer(no_args_is_help=True, help="Reports over the sessions in the database: page, JSON and CSV.")

Db = Annotated[Path | None, typer.Option(help="The database file.  \\[asktell.duckdb]")]
Out = Annotated[Path | None, typer.Option(help="Where reports go, beside the scorecards.  \\[scorecards]")]
RubricName = Annotated[str | None, typer.Option(help="A rubric file, or the name of one that ships.")]


@app.command("coach")
def coach(
    name: Annotated[str, typer.Argument(help="The manager's name, as scorecards show it.")],
    db: Db = None,
    out: Out = None,
    rubric: RubricName = None,
) -> None:
    """One manager: every session with its interval, what changed, and the skill to work on."""
    settings = load_settings(db=db, out=out, rubric=rubric)
    sessions = _stored(settings)
    named = {key: theirs for key, theirs in by_coach(in_order(sessions)).items() if key}
    theirs = named.get(name_key(name))
    if not theirs:
        known = [coach_name(each) or "" for each in named.values()]
        names = f"Managers there: {', '.join(known)}." if known else "Name managers with: asktell score --manager NAME."
        raise AsktellError(f"{settings.db}: no session is managed by '{name}'. {names}")
    report = coach_report(coach_name(theirs) or name, theirs, load_rubric(settings.rubric), _options(theirs))
    _write(settings.out / f"coach-{_slug(name)}", coach_html(report), report.rows)


@app.command("team")
def team(db: Db = None, out: Out = None, rubric: RubricName = None) -> None:
    """Everyone who manages: side by side where the evidence tells them apart, together where it does not."""
    settings = load_settings(db=db, out=out, rubric=rubric)
    sessions = _stored(settings)
    report = team_report(sessions, load_rubric(settings.rubric), _options(sessions))
    _write(settings.out / "team", team_html(report), report.rows)


def _stored(settings: Settings) -> list[Scored]:
    with Store(settings.db).reading() as reader:
        return reader.all_scored()


def _options(sessions: Sequence[Scored]) -> ReportOptions:
    return ReportOptions(datetime.now(), {scored.session.session_id: page_name(scored) for scored in sessions})


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")[:LONGEST_SLUG].strip("-") or "unnamed"


def _write(stem: Path, html: str, rows: Sequence[Mapping[str, Cell]]) -> None:
    page = stem.with_name(f"{stem.name}.html")
    write_whole(page, html)
    write_whole(stem.with_name(f"{stem.name}.json"), json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    write_whole(stem.with_name(f"{stem.name}.csv"), csv_text(rows, list(rows[0]) if rows else []))
    confirm(f"{page}, with its data as .json and .csv beside it")
