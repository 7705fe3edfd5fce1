"""What a transcript file holds before it becomes a session: cues as written, and the format that reads them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.values import Word

WORD = ".docx"
"""The suffix of a document whose content is Word's, whatever its file is called."""

JsonValue = object
"""What `json.loads` gives: taken apart with `isinstance`, never trusted."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of text as its file gives it.

    `speaker` is None where the file names nobody here, which means whoever spoke before speaks on. Times are
    whole milliseconds, None where the file has none; they may still be negative, backwards or out of order.
    """

    text: str
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    words: tuple[Word, ...] = ()


def by_start(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """The cues in order of start; those without one count as starting at 0, and ties keep their order."""
    return tuple(sorted(cues, key=lambda cue: cue.start_ms or 0))


@dataclass(frozen=True, slots=True)
class Imported:
    """A transcript as read: cues in the file's order, and what the file says of the whole.

    `no_seconds` where times read as minutes and seconds could as well be the hours and minutes of a clock.
    """

    cues: tuple[Cue, ...]
    duration_ms: int | None = None
    recorded_on: date | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()
    no_seconds: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript file, decoded. `data` is its content where it is JSON, else None; lines end in a bare newline."""

    name: str
    suffix: str
    text: str
    data: JsonValue | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing transcripts, and the suffixes its files usually have.

    `recognises` looks at content, not only at the suffix, and is asked of every document. Formats that are
    `general` are asked last, after all that look for one product's marks.
    """

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Document], bool]
    read: Callable[[Document], Imported]
    general: bool = False
