"""Words of a text with their places, and what they are without case and marks."""

import re
from dataclasses import dataclass

from models.classify.spoken import straight

_MARKS = re.compile(r"[^\w\s']|_")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word from `start` to `end` (excluded) in its text; `plain` has no capitals and no marks, and may be empty."""

    start: int
    end: int
    plain: str


def strip_marks(text: str) -> str:
    """The text in lower case without punctuation but apostrophes, as a plain recogniser would write it."""
    return " ".join(_MARKS.sub(" ", straight(text.lower())).split())


def placed_words(text: str) -> list[PlacedWord]:
    """The words between spaces, in order."""
    return [PlacedWord(match.start(), match.end(), strip_marks(match[0])) for match in _WORD.finditer(text)]
