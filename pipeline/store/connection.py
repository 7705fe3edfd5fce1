"""Opening the database file: one writer or many readers at a time, whoever comes second waits a while."""

import time
import uuid
from pathlib import Path

import duckdb

from pipeline.errors import StoreError

LOCKED = (
    "Could not set lock",
    "being used by another process",
    "different configuration than existing connections",
    "Unique file handle conflict",
)
"""How DuckDB says that someone else has the file open: on Linux and macOS, on Windows, and twice in this process."""

FIRST_PAUSE_S = 0.02
LONGEST_PAUSE_S = 0.5


def open_database(path: Path, read_only: bool, wait_s: float) -> duckdb.DuckDBPyConnection:
    """A connection to the file, made if absent (not where `read_only`); waits up to `wait_s` for others to finish.

    Raises StoreError, naming the file and what to do, where it stays locked or cannot be opened at all.
    """
    try:
        _check_place(path, read_only)
    except PermissionError:
        raise _forbidden(path) from None
    give_up_at = time.monotonic() + wait_s
    pause_s = FIRST_PAUSE_S
    while True:
        try:
            return duckdb.connect(path, read_only=read_only, config=_configuration(read_only))
        except duckdb.Error as error:
            if not _is_locked(error):
                raise _unopenable(path, error) from None
        if time.monotonic() >= give_up_at:
            raise StoreError(
                f"{path}: another program has been using the database for more than {wait_s:g} s. "
                "Wait until it is done, or close it, and try again."
            )
        time.sleep(pause_s)
        pause_s = min(pause_s * 1.5, LONGEST_PAUSE_S)


def _configuration(read_only: bool) -> dict[str, str | bool | int | float | list[str]]:
    # DuckDB lets one process open a file twice for writing only where both ask for the same configuration. A
    # configuration of its own makes a second writer wait, from this process as from another, instead of conflicting.
    agent = "asktell" if read_only else f"asktell-{uuid.uuid4().hex}"
    return {"autoinstall_known_extensions": False, "custom_user_agent": agent}


def _check_place(path: Path, read_only: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: this is a folder, not a database. Name a file with --db.")
    if read_only and not path.exists():
        raise StoreError(f"{path}: there is no such database. Score something first, or name another with --db.")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder '{path.parent}'. Create it, or name another file with --db.")


def _is_locked(error: duckdb.Error) -> bool:
    return any(sign in str(error) for sign in LOCKED)


def _unopenable(path: Path, error: duckdb.Error) -> StoreError:
    text = str(error)
    if "not a valid DuckDB database" in text:
        return StoreError(f"{path}: this is no asktell database. Name another file with --db, or move this one away.")
    if "Permission denied" in text or "Read-only file system" in text:
        return _forbidden(path)
    first_line = text.splitlines()[0]
    return StoreError(f"{path}: the database cannot be opened ({first_line}). Name another with --db.")


def _forbidden(path: Path) -> StoreError:
    return StoreError(f"{path}: this may not be opened. Change its permissions, or name another with --db.")
