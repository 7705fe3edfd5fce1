"""Frozen values that travel between the stages. Times are whole milliseconds."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pipeline.codes import CODES, Attribute, Code


class Role(StrEnum):
    """Who a speaker is in the session."""

    MANAGER = "manager"
    REP = "rep"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of time, `start_ms` included, `end_ms` not; may be empty, never negative."""

    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_ms <= self.end_ms:
            raise ValueError(f"span from {self.start_ms} to {self.end_ms} ms")

    @property
    def duration_ms(self) -> int:
        return self.end_ms - self.start_ms

    def overlap_ms(self, other: "Span") -> int:
        """Milliseconds both spans share; 0 where they only touch."""
        return max(0, min(self.end_ms, other.end_ms) - max(self.start_ms, other.start_ms))


@dataclass(frozen=True, slots=True)
class SpeakerSpan:
    """A stretch in which one diarized speaker talks; spans of two speakers may overlap."""

    span: Span
    speaker: str


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word; `probability` is the recogniser's own, 0 to 1, uncalibrated."""

    span: Span
    text: str
    probability: float = 1.0
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until the other takes the floor. `words` is empty where times per word are unknown."""

    index: int
    speaker: str
    span: Span
    text: str
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """What the classifier says of one unit: calibrated probabilities in the order of `CODES`, and attributes."""

    probabilities: tuple[float, ...]
    attributes: frozenset[Attribute] = frozenset()

    def __post_init__(self) -> None:
        if len(self.probabilities) != len(CODES):
            raise ValueError(f"{len(self.probabilities)} probabilities for {len(CODES)} codes")

    @property
    def code(self) -> Code:
        """The likeliest code; ties go to the one that stands first in `CODES`."""
        return CODES[self.probabilities.index(max(self.probabilities))]

    @property
    def confidence(self) -> float:
        return max(self.probabilities)


def certain(code: Code, attributes: frozenset[Attribute] = frozenset()) -> Coding:
    """The coding of a unit whose code is known, as from a person."""
    return Coding(tuple(1.0 if each is code else 0.0 for each in CODES), attributes)


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence or standing fragment of a turn. A rep's unit has no coding but may carry `attributes`."""

    index: int
    turn: int
    span: Span
    text: str
    coding: Coding | None = None
    rep_attributes: frozenset[Attribute] = frozenset()

    @property
    def code(self) -> Code | None:
        return self.coding.code if self.coding else None

    @property
    def attributes(self) -> frozenset[Attribute]:
        return self.coding.attributes if self.coding else self.rep_attributes


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice in the session. `role_confidence` is 0 to 1; 1 where a person named the role."""

    label: str
    name: str | None = None
    role: Role = Role.OTHER
    role_confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class TranscriptSource:
    """Which recogniser or import made the words; `draft` marks words not to be trusted silently."""

    engine: str
    model: str
    draft: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation, heard, told apart and coded; everything a scorecard is computed from.

    Turns are in order of start; units in order of turn and start. `turns_can_overlap` is false for
    transcripts whose turns never overlap, where interruptions cannot be counted.
    """

    session_id: str
    source: str
    duration_ms: int
    transcript: TranscriptSource
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    units: tuple[Unit, ...] = ()
    recorded_on: date | None = None
    turns_can_overlap: bool = True
    warnings: tuple[str, ...] = field(default=())

    def role_of(self, turn: Turn) -> Role:
        """The role of the one who speaks the turn; `OTHER` for a speaker the session does not list."""
        for speaker in self.speakers:
            if speaker.label == turn.speaker:
                return speaker.role
        return Role.OTHER

    def speaker(self, role: Role) -> Speaker | None:
        """The first speaker of that role, or None."""
        return next((speaker for speaker in self.speakers if speaker.role is role), None)


@dataclass(frozen=True, slots=True)
class Metric:
    """A number on a scorecard. `value` is None where undefined; `low` and `high` bound a 90 % interval.

    `n` is the denominator. Metrics that rest on no codes have no interval (`low` and `high` are None).
    """

    id: str
    value: float | None
    n: int
    unit: str
    low: float | None = None
    high: float | None = None
    enough_evidence: bool = True


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """How the session did on one criterion of the rubric; `evidence` holds indexes of units."""

    id: str
    band: str | None
    score: float | None
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """Criteria with bands, and the weighted overall, 0 to 100 or None where nothing could be scored."""

    overall: float | None
    criteria: tuple[CriterionScore, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the session shows: which rule fired, where, and in whose words.

    `kind` is one of `strength`, `focus`, `moment`, `missed_opening`; `units` are indexes; `instead`
    is the rubric's wording of what to ask in place of a directive unit, or None.
    """

    kind: str
    rule: str
    text: str
    span: Span
    units: tuple[int, ...] = ()
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class StepSeen:
    """A step of the rubric's coaching process; `span` and `units` are empty where it is missing."""

    id: str
    span: Span | None
    units: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """A session with everything computed from it under one rubric."""

    session: Session
    rubric_name: str
    rubric_version: int
    metrics: tuple[Metric, ...]
    scores: Scores
    findings: tuple[Finding, ...] = ()
    steps: tuple[StepSeen, ...] = ()
    warnings: tuple[str, ...] = ()

    def metric(self, id: str) -> Metric | None:
        """The metric of that id, or None where the session has none."""
        return next((metric for metric in self.metrics if metric.id == id), None)
