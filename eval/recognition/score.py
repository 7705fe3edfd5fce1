"""Word errors as counts that add."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import jiwer
from meeteval.wer.wer.cp import cp_word_error_rate

NOT_SPOKEN = re.compile(r"[^a-z0-9' ]+")


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Words put in another's place, left out and made up, against the words that were spoken."""

    substituted: int = 0
    deleted: int = 0
    inserted: int = 0
    spoken: int = 0

    def __add__(self, other: "WordErrors") -> "WordErrors":
        return WordErrors(
            self.substituted + other.substituted,
            self.deleted + other.deleted,
            self.inserted + other.inserted,
            self.spoken + other.spoken,
        )

    @property
    def wer(self) -> float | None:
        """Errors by spoken words; can exceed 1; None where nothing was spoken."""
        return (self.substituted + self.deleted + self.inserted) / self.spoken if self.spoken else None


def plain(text: str) -> str:
    """The text as it is compared: lower case, no punctuation, hyphens as spaces, apostrophes inside words kept."""
    words = NOT_SPOKEN.sub(" ", text.lower().replace("’", "'").replace("-", " ")).split()
    return " ".join(word for word in (each.strip("'") for each in words) if word)


def word_errors(spoken: str, heard: str) -> WordErrors:
    """The fewest errors that turn what was spoken into what was heard."""
    spoken, heard = plain(spoken), plain(heard)
    if not spoken:
        return WordErrors(inserted=len(heard.split()))
    found = jiwer.process_words(spoken, heard)
    return WordErrors(found.substitutions, found.deletions, found.insertions, len(spoken.split()))


def speaker_word_errors(spoken: Mapping[str, str], heard: Mapping[str, str]) -> WordErrors:
    """Errors where each speaker's words stand together and labels are matched as well as they can be (cpWER).

    A speaker nobody matches counts in full: as words made up, or as words left out.
    """
    found = cp_word_error_rate(
        {speaker: plain(text) for speaker, text in spoken.items()},
        {speaker: plain(text) for speaker, text in heard.items()},
        reference_sort=False,
        hypothesis_sort=False,
    )
    return WordErrors(found.substitutions, found.deletions, found.insertions, found.length)
