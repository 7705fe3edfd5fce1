"""`asktell export`: the store as files for other tools."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.console import confirm
from flows.settings import load_settings
from pipeline.export import ExportFormat
from pipeline.export import export as export_store
from pipeline.store import Store


def export(
    out: Annotated[Path, typer.Option(help="The folder the files go to.")],
    format: Annotated[ExportFormat, typer.Option(help="csv, parquet or json.")] = ExportFormat.CSV,
    db: Annotated[Path | None, typer.Option(help="The database file.  \\[asktell.duckdb]")] = None,
) -> None:
    """Write every table and view to files, with a data dictionary beside them."""
    written = export_store(Store(load_settings(db=db).db), format, out)
    confirm(f"{len(written)} files in {out}")
