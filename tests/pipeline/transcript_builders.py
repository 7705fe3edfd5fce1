"""Transcript files for tests, and what a session says, in short."""

import json
from pathlib import Path
from typing import Any

from pipeline.transcripts import read_transcript
from pipeline.values import Session

COUNTED = "times of a clock, a calendar or a time code were counted from the transcript's first turn"
"""The warning where times did not count from the first turn."""


def write(folder: Path, name: str, content: str | bytes | dict[str, Any] | list[Any]) -> Path:
    """A file of that name; objects are written as JSON."""
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8", newline="")
    return path


def read(folder: Path, name: str, content: str | bytes | dict[str, Any] | list[Any]) -> Session:
    return read_transcript(write(folder, name, content))


def said(session: Session) -> list[tuple[str | None, int, int, str]]:
    """Who said what from when to when, by name, in milliseconds."""
    names = {speaker.label: speaker.name for speaker in session.speakers}
    return [(names[turn.speaker], turn.span.start_ms, turn.span.end_ms, turn.text) for turn in session.turns]


def begun(session: Session) -> list[tuple[str | None, int, str]]:
    """Who said what from when, for formats that do not say until when."""
    return [(name, start_ms, text) for name, start_ms, _, text in said(session)]


def texts(session: Session) -> list[tuple[str | None, str]]:
    return [(name, text) for name, _, _, text in said(session)]


def clock(ms: int, mark: str = ".") -> str:
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}{mark}{ms % 1000:03d}"
