"""`asktell rescore`: a new rubric over stored units; no audio, no model."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from flows.cli.console import confirm, progress, shown, warn
from flows.desk import rubric_text
from flows.files import ready_folder
from flows.publish import Publisher
from flows.settings import load_settings
from flows.stored import Rescored, rescore_all
from pipeline.rubric import load_rubric
from pipeline.store import Store
from pipeline.values import Scored


def rescore(
    db: Annotated[Path | None, typer.Option(help="The database file.  \\[asktell.duckdb]")] = None,
    out: Annotated[Path | None, typer.Option(help="Where scorecards go.  \\[scorecards]")] = None,
    rubric: Annotated[str | None, typer.Option(help="A rubric file, or the name of one that ships.")] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Only show what would change; write nothing.")] = False,
) -> None:
    """Score all stored sessions under a rubric, without listening to anything again."""
    settings = load_settings(db=db, out=out, rubric=rubric)
    store, chosen = Store(settings.db), load_rubric(settings.rubric)
    with store.reading() as reader:
        recordings = reader.recordings()
        count = len(reader.session_ids())
    rescored: list[Rescored] = []
    with progress(count, "rescoring") as bar:
        for each in rescore_all(store, chosen, settings):
            rescored.append(each)
            bar.advance(bar.task_ids[0])
    if diff:
        Console(highlight=False).print(changes(rescored))
        return
    ready_folder(settings.out)
    with store.writing() as writer:
        changed = set(writer.save_scores([(each.after, each.keys) for each in rescored], rubric_text(chosen)))
    written = [each.after for each in rescored if each.after.session.session_id not in changed]
    publisher = Publisher(settings.out, chosen, settings.embed_audio)
    for after in written:
        recording = recordings.get(after.session.session_id)
        publisher.page(after, Path(recording) if recording else None)
    with store.reading() as reader:
        index = publisher.index(reader.all_scored())
    if changed:
        names = ", ".join(each.after.session.source for each in rescored if each.after.session.session_id in changed)
        warn(f"scored or swapped anew meanwhile, and left as they are: {names}. Run the same command again for them.")
    confirm(f"{len(written)} sessions scored by {chosen.name} version {chosen.version}. Scorecards: {index}")


def changes(rescored: Sequence[Rescored]) -> Table:
    """What each session scored and what it scores now."""
    table = Table("session", "rubric", "overall", "bands that change", box=None, pad_edge=False)
    for each in rescored:
        table.add_row(
            shown(each.after.session.source),
            f"{_rubric(each.before)} → {_rubric(each.after)}",
            f"{_shown(each.before.scores.overall)} → {_shown(each.after.scores.overall)}",
            ", ".join(_band_changes(each.before, each.after)) or "none",
        )
    return table


def _shown(overall: float | None) -> str:
    return "—" if overall is None else f"{overall:.0f}"


def _band_changes(before: Scored, after: Scored) -> list[str]:
    was = {criterion.id: criterion.band for criterion in before.scores.criteria}
    return [
        f"{criterion.id}: {was.get(criterion.id) or '—'} → {criterion.band or '—'}"
        for criterion in after.scores.criteria
        if was.get(criterion.id) != criterion.band
    ]


def _rubric(scored: Scored) -> str:
    return shown(f"{scored.rubric_name} {scored.rubric_version}")
