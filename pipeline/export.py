"""The whole database as files for other programs."""

import csv
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
from pipeline.tables import safe_cell

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
            _write_csv(reader, name, path)
        case ExportFormat.PARQUET:
            reader.copy_table(name, path, "parquet")
        case ExportFormat.JSON:
            reader.copy_table(name, path, "json")


def _write_csv(reader: Reader, name: str, path: Path) -> None:
    columns, batches = reader.table_in_batches(name)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(columns)
        for batch in batches:
            writer.writerows([_cell(value) for value in row] for row in batch)


def _cell(value: Any) -> Any:
    match value:
        case str():
            return safe_cell(value)
        case bool():
            return "true" if value else "false"
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
        case date():
            return value.isoformat()
        case _:
            return value
