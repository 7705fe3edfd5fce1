"""Seams between the pipeline and the models that fill it, one method each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipeline.values import Coding, Span, SpeakerSpan, Turn, Word

if TYPE_CHECKING:
    from pipeline.audio import Audio


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a recogniser heard: words in order of time, the language (ISO 639-1) and how sure it was of it."""

    words: tuple[Word, ...]
    language: str | None = None
    language_probability: float | None = None


class Recogniser(Protocol):
    """Speech to words. `engine`, `model` and `draft` are what the scorecard says of the transcript."""

    engine: str
    model: str
    draft: bool

    def recognise(self, audio: "Audio", channel: int | None = None) -> Recognised:
        """Words of one channel, or of the mix where `channel` is None; no words for silence."""
        ...


@dataclass(frozen=True, slots=True)
class Diarization:
    """Who speaks when, and what to doubt.

    `spans` are in order of start, labelled S1, S2, … in order of first appearance; those of two speakers may
    overlap, those of one never do. `by_channel` holds the labels in order of channels where each channel is
    one speaker, else it is empty; `leaked` then says where each channel, in their order, holds nothing but what it
    catches of the other speaker. `warnings` are sentences for the scorecard.
    """

    spans: tuple[SpeakerSpan, ...]
    by_channel: tuple[str, ...] = ()
    leaked: tuple[tuple[Span, ...], ...] = ()
    warnings: tuple[str, ...] = ()


class Diarizer(Protocol):
    """Who speaks when. Stored recordings are heard again when `name` changes."""

    name: str

    def diarize(self, audio: "Audio", speakers: int) -> Diarization:
        """At most `speakers` of them; no spans for a recording in which nobody speaks."""
        ...


@dataclass(frozen=True, slots=True)
class TextPart:
    """A stretch of a turn's text, as offsets in characters, end excluded."""

    start: int
    end: int


class UnitSplitter(Protocol):
    """A turn's text into units, punctuated or not."""

    def split(self, texts: Sequence[str]) -> list[list[TextPart]]:
        """For each text its units in order, covering every non-space character; none for an empty text."""
        ...


@dataclass(frozen=True, slots=True)
class UnitInContext:
    """A manager's unit as the classifier reads it.

    `before` is what the manager was saying up to it: earlier in the turn, and in the turns before where the others
    only put in an "mm-hm". `previous` is what the others said last, back to where they said something. `earlier` is
    the talk before that, oldest first, the sides by turns: the last is the manager's, the one before it the others'.
    `reply` is the other's next turn, be it a mere "mm-hm", where the unit ends its own, else "".
    """

    text: str
    before: str = ""
    previous: str = ""
    earlier: tuple[str, ...] = ()
    reply: str = ""


class UnitClassifier(Protocol):
    """Codes and attributes for units."""

    def classify(self, units: Sequence[UnitInContext]) -> list[Coding]:
        """One coding a unit, in order."""
        ...

    def rep_commitments(self, units: Sequence[str]) -> list[bool]:
        """Whether each unit of the rep's states a definite next action with a when, a who or a check."""
        ...


@dataclass(frozen=True, slots=True)
class RoleGuess:
    """Which speaker is the manager, and how sure (0.5 to 1); `reason` says what it rests on.

    `misplaced` is the share of words, 0 to 1, in turns that by what is said belong to the other side.
    """

    manager: str
    confidence: float
    reason: str
    misplaced: float = 0.0


class RoleFinder(Protocol):
    """Manager against rep from what is said, never from talk time."""

    def find(self, turns: Sequence[Turn]) -> RoleGuess:
        """The guess for turns of at least one speaker. Raises ValueError for no turns."""
        ...
