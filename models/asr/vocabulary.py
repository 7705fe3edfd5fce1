"""Domain words a person lists for the recogniser: product names, rivals, terms of the trade."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import AsktellError


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase as it is written, and the plain words it sounds like, where the file says so."""

    written: str
    sounds_like: str | None = None


def read_vocabulary(path: Path) -> tuple[Term, ...]:
    """The terms of a file in their order, each once; none for an empty file.

    One term a line, `Term` or `Term = sounds like these words`; blank lines and lines from `#` are skipped.
    Raises AsktellError where the file cannot be read as text.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise AsktellError(
            f"{path}: the vocabulary cannot be read: {reason}. Give a text file with one term a line."
        ) from None
    terms: dict[str, Term] = {}
    for line in lines:
        written, _, sounds_like = (part.strip() for part in line.split("#", 1)[0].partition("="))
        if written:
            terms.setdefault(written.lower(), Term(written, sounds_like or None))
    return tuple(terms.values())
