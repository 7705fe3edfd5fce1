"""A file's bytes as JSON, session by session."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import RecordingError
from pipeline.session_file.fields import Place
from pipeline.text import parse_json


@dataclass(frozen=True, slots=True)
class Entry:
    """One session as it stands in a file: its JSON, the bytes it is known by, and where it is."""

    content: Any
    data: bytes
    place: Place


def entries(path: Path) -> list[Entry]:
    """The sessions of one JSON value, of a list, or one on each line; none for a blank file. Raises RecordingError."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        raise RecordingError(f"{path}: no such file. Check the name.") from None
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read ({error.strerror}). Check its permissions.") from None
    except UnicodeDecodeError:
        raise RecordingError(f"{path}: is not UTF-8 text. Save it as UTF-8.") from None
    whole = Place(str(path))
    try:
        content = parse_json(text) if text.strip() else []
    except json.JSONDecodeError as error:
        return _lines(text, path, error)
    except ValueError as error:
        raise RecordingError(f"{path}: cannot be read as JSON ({error}). Check what wrote it.") from None
    if isinstance(content, list):
        items = [(each, json.dumps(each, sort_keys=True).encode()) for each in content]
        return [Entry(each, own, Place(str(path), f"[{number}]")) for number, (each, own) in enumerate(items)]
    return [Entry(content, data, whole)]


def _lines(text: str, path: Path, as_one: json.JSONDecodeError) -> list[Entry]:
    found: list[Entry] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            content = parse_json(line)
        except json.JSONDecodeError as error:
            at = (number, error) if found else (as_one.lineno, as_one)
            raise RecordingError(f"{path}: line {at[0]} is not JSON ({at[1].msg}). Mend it there.") from None
        except ValueError as error:
            raise RecordingError(f"{path}: line {number} cannot be read ({error}). Check what wrote it.") from None
        found.append(Entry(content, line.strip().encode(), Place(f"{path}: line {number}")))
    return found
