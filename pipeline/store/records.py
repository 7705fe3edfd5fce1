"""What the store keeps beside the sessions themselves."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.codes import Attribute, Code
from pipeline.values import Scored


@dataclass(frozen=True, slots=True)
class StageKeys:
    """A digest for each stage of what its result depends on; equal keys, nothing to do again."""

    heard: str
    coded: str
    scored: str


@dataclass(frozen=True, slots=True)
class RunRecord:
    """How a session was processed. `started_at` has a time zone; stages that were up to date have no timing.

    `versions` holds pairs of a software or model and its version, `timings_ms` pairs of a stage and its milliseconds;
    a name stands once in each. `recording` is where the recording lay, None for text.
    Raises ValueError for a start without a time zone.
    """

    started_at: datetime
    device: str = "cpu"
    versions: tuple[tuple[str, str], ...] = ()
    timings_ms: tuple[tuple[str, int], ...] = ()
    recording: str | None = None

    def __post_init__(self) -> None:
        _check_zone(self.started_at)


@dataclass(frozen=True, slots=True)
class RubricText:
    """A rubric file word for word."""

    name: str
    version: int
    text: str

    @property
    def hash(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SavedSession:
    """One session to save: its result, the keys it stands under, the run that made it, its rubric."""

    scored: Scored
    keys: StageKeys
    run: RunRecord
    rubric: RubricText | None = None


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A session as a list of them shows it. `saved_at` is in UTC."""

    session_id: str
    source: str
    recorded_on: date | None
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Annotation:
    """The code a rater gave a unit, whose words were `text` when they saw it; `rated_at` has a time zone.

    `blind` is true where the rater saw neither the model's code nor another rater's.
    """

    session_id: str
    unit_index: int
    rater: str
    text: str
    code: Code
    rated_at: datetime
    blind: bool = True
    attributes: frozenset[Attribute] = frozenset()

    def __post_init__(self) -> None:
        _check_zone(self.rated_at)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a session, measured elsewhere: an expert's grade, the deal won (1) or lost (0)."""

    session_id: str
    name: str
    value: float
    noted_on: date | None = None


def _check_zone(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
