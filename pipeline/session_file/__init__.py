"""Session files: what `asktell score --json` prints, read back, or written by hand or by another program."""

from pathlib import Path

from pipeline.errors import RecordingError
from pipeline.session_file.build import build_session
from pipeline.session_file.entries import entries
from pipeline.values import Session

__all__ = ["is_session_file", "read_session", "read_sessions"]

MARKS = frozenset({"session_id", "source", "duration_s", "units"})
"""Keys of which a session file has at least one beside `turns`, unless its turns say `start_s`."""


def is_session_file(path: Path) -> bool:
    """Whether a file reads as a session file: JSON, or JSON lines, whose first object has turns and a mark of one."""
    if path.suffix.lower() not in (".json", ".jsonl"):
        return False
    try:
        first = next(iter(entries(path)), None)
    except RecordingError:
        return False
    return first is not None and _is_session(first.content)


def _is_session(content: object) -> bool:
    turns = content.get("turns") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(turns, list):
        return False
    timed = bool(turns) and isinstance(turns[0], dict) and "start_s" in turns[0]
    return timed or bool(MARKS & content.keys())


def read_session(path: Path) -> Session:
    """The one session of a file.

    Only `turns` are needed. Units with a `code` keep it with certainty, units without stay uncoded; without
    `units` the session has none yet. Turns are put in order of start and numbered anew, and so are the units.
    Raises RecordingError naming the file, the field and the fix.
    """
    sessions = read_sessions(path)
    if len(sessions) != 1:
        raise RecordingError(
            f"{path}: holds {len(sessions)} sessions where one is wanted. Put each in a file of its own."
        )
    return sessions[0]


def read_sessions(path: Path) -> list[Session]:
    """All sessions of a file, in order: one JSON object, a list of them, or one on each line.

    A session without `session_id` is known by the sha256 of the file, or of its own line or list item.
    Raises RecordingError as `read_session` does, also for a file without any. The same session twice is one;
    two that differ under one id are an error.
    """
    found = entries(path)
    if not found:
        raise RecordingError(f"{path}: is empty. Give it a session as `asktell score --json` prints it.")
    sessions: dict[str, Session] = {}
    for each in found:
        session = build_session(each, path.name)
        if sessions.get(session.session_id, session) != session:
            each.place.key("session_id").fail("is that of an earlier session", "Give each its own, or leave it out")
        sessions[session.session_id] = session
    return list(sessions.values())
