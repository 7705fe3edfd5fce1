"""The whole database as files for other programs."""

import json
import os
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.errors import AsktellError
from pipeline.store import Store
from pipeline.store.reader import Reader
from pipeline.tables import Cell, csv_text

DICTIONARY_FILE = "data-dictionary.md"


class ExportFormat(StrEnum):
    """What the files are written as."""

    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"


def export(store: Store, format: ExportFormat, out_dir: Path) -> list[Path]:
    """Writes every table and view to a file of its own, and the data dictionary; gives the files in order of name.

    Rows are in order of their columns from left to right, so the same database gives the same files. All files are
    finished before the first takes its place; files of the same name are replaced, others are left alone. In CSV,
    lists and maps are JSON and texts cannot run as formulas. The folder is made if absent.

    Raises StoreError for a database that cannot be read, AsktellError for a folder that cannot be written.
    """
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=out_dir, prefix=".export-") as unfinished, store.reading() as reader:
            for name in reader.tables():
                _write(reader, name, format, Path(unfinished, f"{name}.{format.value}"))
            Path(unfinished, DICTIONARY_FILE).write_text(reader.dictionary(), encoding="utf-8")
            return [_put(path, out_dir) for path in sorted(Path(unfinished).iterdir())]
    except OSError as error:
        raise AsktellError(f"{out_dir}: files cannot be put here ({error.strerror}). Name another folder.") from None


def _put(path: Path, out_dir: Path) -> Path:
    target = out_dir / path.name
    os.replace(path, target)
    return target


def _write(reader: Reader, name: str, format: ExportFormat, path: Path) -> None:
    match format:
        case ExportFormat.CSV:
            columns, rows = reader.table(name)
            cells = [dict(zip(columns, map(_cell, row), strict=True)) for row in rows]
            path.write_text(csv_text(cells, columns), encoding="utf-8", newline="")
        case ExportFormat.PARQUET:
            reader.copy_table(name, path, "parquet")
        case ExportFormat.JSON:
            reader.copy_table(name, path, "json")


def _cell(value: Any) -> Cell:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
