"""`asktell score` and `asktell demo`: recordings and transcripts in, scorecards out."""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.batch import Quarantined, Result, attempt, run_batch, settle
from flows.cli.console import complain, confirm, console, emit, progress, say, shown, summary, warn
from flows.desk import QUARANTINE, Desk, outcomes_of
from flows.files import ready_folder
from flows.inputs import Kind, few_of, gather, kind_of
from flows.items import Item, without_copies
from flows.publish import Publisher
from flows.run import Job, Outcome, bring_up_to_date, is_current, look_up
from flows.settings import Settings, load_settings
from flows.stopwatch import Stopwatch
from flows.stored import swap_speakers as swap_speakers_of
from flows.workbench import Workbench
from pipeline.contract import scored_object
from pipeline.rubric import load_rubric
from pipeline.store import Store

FINISHED_WITH_QUARANTINE = 3
FEW = 30
"""Up to so many sessions each get a line of their own in the terminal."""


def score(
    paths: Annotated[
        list[Path] | None,
        # One that cannot be read is told of with the others and stops none.
        typer.Argument(help="Recordings, transcripts, session files, or folders of them.", readable=False),
    ] = None,
    db: Annotated[Path | None, typer.Option(help="The database file.  \\[asktell.duckdb]")] = None,
    out: Annotated[Path | None, typer.Option(help="Where scorecards go.  \\[scorecards]")] = None,
    rubric: Annotated[str | None, typer.Option(help="A rubric file, or the name of one that ships.")] = None,
    asr: Annotated[str | None, typer.Option(help="Whisper size, model folder, hub id, or pocketsphinx.")] = None,
    device: Annotated[str | None, typer.Option(help="auto, cpu or cuda.")] = None,
    manager: Annotated[str | None, typer.Option(help="The manager's name, or the channel: left or right.")] = None,
    rep: Annotated[str | None, typer.Option(help="The salesperson's name.")] = None,
    speakers: Annotated[int | None, typer.Option(help="How many people speak.  [2]")] = None,
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When it was recorded.")] = None,
    vocabulary: Annotated[Path | None, typer.Option(help="A file of domain words, one a line.")] = None,
    embed_audio: Annotated[bool | None, typer.Option("--embed-audio", help="Put the audio inside the page.")] = None,
    workers: Annotated[int | None, typer.Option(help="Recordings worked on at once.  [1]")] = None,
    swap_speakers: Annotated[
        str | None,
        typer.Option(metavar="SESSION", help="Exchange manager and rep of a stored session, without listening again."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a session on stdout.")] = False,
) -> None:
    """Score recordings, transcripts or folders of them; a re-run does only what is new."""
    settings = load_settings(
        db=db,
        out=out,
        rubric=rubric,
        asr=asr,
        device=device,
        manager=manager,
        rep=rep,
        speakers=speakers,
        date=date.date() if date else None,
        vocabulary=vocabulary,
        embed_audio=embed_audio,
        workers=workers,
    )
    if swap_speakers is not None:
        unheeded = {
            "PATHS": paths,
            "--asr": asr,
            "--manager": manager,
            "--rep": rep,
            "--speakers": speakers,
            "--date": date,
            "--vocabulary": vocabulary,
            "--workers": workers,
        }
        if given := [name for name, value in unheeded.items() if value]:
            raise typer.BadParameter(
                f"exchanges a stored session; leave out {' and '.join(given)}", param_hint="--swap-speakers"
            )
        raise typer.Exit(swap(swap_speakers, settings, as_json))
    if not paths:
        raise typer.BadParameter("name recordings, transcripts or folders to score", param_hint="PATHS")
    raise typer.Exit(run(paths, settings, as_json))


def demo(
    db: Annotated[Path, typer.Option(help="The database file.")] = Path("demo/asktell.duckdb"),
    out: Annotated[Path, typer.Option(help="Where scorecards go.")] = Path("demo/scorecards"),
    asr: Annotated[str | None, typer.Option(help="Whisper size, model folder, hub id, or pocketsphinx.")] = None,
    device: Annotated[str | None, typer.Option(help="auto, cpu or cuda.")] = None,
) -> None:
    """Score the bundled role-play recordings, from their audio, and say where the scorecards are."""
    from eval.roleplays import recordings

    db.parent.mkdir(parents=True, exist_ok=True)
    raise typer.Exit(run(recordings(), load_settings(db=db, out=out, asr=asr, device=device), as_json=False))


def run(paths: Sequence[Path], settings: Settings, as_json: bool) -> int:
    """Score everything below `paths`; the exit code: 0 done, 1 nothing could be scored, 3 some could not."""
    gathered = gather(paths)
    for line in gathered.skipped:
        warn(line)
    store = Store(settings.db)
    store.prepare()
    ready_folder(settings.out)
    job = Job(settings, load_rubric(settings.rubric), Workbench(settings))
    desk = Desk(store, Publisher(settings.out, job.rubric, settings.embed_audio), settings.device)
    if settings.manager_channel is not None and any(kind_of(path) is Kind.TRANSCRIPT for path in gathered.files):
        warn(f"manager '{settings.manager}' names a channel, and a transcript has none: it says nothing there.")
    items, copies = without_copies(look_up(gathered.files, job, store))
    if copies:
        warn(_copies_line(copies))
    alone = len(items) == 1 and not os.path.isdir(paths[0])
    results = _score_one(items[0], job, desk) if alone else _score_many(items, job, desk)
    for each in results:
        if isinstance(each, Quarantined):
            complain(each.reason)
    index = desk.close(results, gathered.files)
    if as_json:
        for outcome in outcomes_of(results):
            emit(json.dumps(scored_object(outcome.scored), ensure_ascii=False))
    return _report(results, index)


def _copies_line(copies: Sequence[Path]) -> str:
    what = "1 file holds" if len(copies) == 1 else f"{len(copies)} files hold"
    return f"{what} the same as another of this run, scored once: {few_of([str(path) for path in copies])}"


def swap(session: str, settings: Settings, as_json: bool) -> int:
    """Exchange manager and rep of the stored session named, and score it again; the exit code, always 0."""
    store, rubric = Store(settings.db), load_rubric(settings.rubric)
    ready_folder(settings.out)
    watch = Stopwatch()
    with watch.stage("code"):
        swapped = swap_speakers_of(store, session, rubric, settings, Workbench(settings).coder)
    desk = Desk(store, Publisher(settings.out, rubric, settings.embed_audio), settings.device)
    with store.reading() as reader:
        # What a session calls its source may be anything: only a recording that was heard is one to play.
        lay = reader.recordings().get(swapped.after.session.session_id)
    path = Path(lay) if lay else None
    desk.keep([Outcome(path, swapped.after, swapped.keys, True, watch.seconds, watch.started_at, by_models=True)])
    index = desk.close([], [])
    if as_json:
        emit(json.dumps(scored_object(swapped.after), ensure_ascii=False))
    confirm(summary(swapped.after))
    say(f"Manager and rep are exchanged. Scorecards: {index}")
    return 0


def _score_one(item: Item, job: Job, desk: Desk) -> list[Result]:
    """One file, without the orchestrator; what is wrong with it is raised."""
    _announce([item], job)
    with console.status(shown(f"scoring {item.path.name}")):
        outcomes = bring_up_to_date(item, job)
    desk.keep(outcomes)
    return [outcomes]


def _score_many(items: Sequence[Item], job: Job, desk: Desk) -> list[Result]:
    """Many files: those up to date are only read, the others go through the flow."""
    current = {item.path: attempt(item, job) for item in items if is_current(item, job)}
    left = [item for item in items if item.path not in current]
    current = {item.path: settle(item, current[item.path], desk.keep) for item in items if item.path in current}
    if left:
        _announce(left, job)
        with progress(len(left), "scoring") as bar:

            def keep(result: Result) -> None:
                bar.advance(bar.task_ids[0])
                desk.keep(result)

            current |= dict(zip([item.path for item in left], run_batch(left, job, keep), strict=True))
    return [current[item.path] for item in items]


def _announce(items: Sequence[Item], job: Job) -> None:
    """Say in one line where another recogniser than the one asked for will listen."""
    note = job.bench.choice.note if any(kind_of(item.path) is Kind.RECORDING for item in items) else None
    if note:
        warn(note)


def _report(results: Sequence[Result], index: Path) -> int:
    outcomes = outcomes_of(results)
    quarantined = [result for result in results if isinstance(result, Quarantined)]
    for outcome in outcomes if len(outcomes) <= FEW else []:
        confirm(summary(outcome.scored))
    new = sum(outcome.fresh for outcome in outcomes)
    say(_tally(len(outcomes), new, len(quarantined)))
    say(f"Scorecards: {index}")
    if not quarantined:
        return 0
    return FINISHED_WITH_QUARANTINE if outcomes else 1


def _tally(scored: int, new: int, quarantined: int) -> str:
    parts = [f"{scored} {'session' if scored == 1 else 'sessions'} scored"]
    if new < scored:
        parts.append(f"{scored - new} of them before")
    if quarantined:
        parts.append(f"{quarantined} could not be (listed in {QUARANTINE})")
    return ", ".join(parts) + "."
