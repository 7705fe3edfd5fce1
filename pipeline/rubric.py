"""A rubric: which codes ask and which tell, what counts as good, and in which words it is said. Data, not code."""

import hashlib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    field_validator,
    model_validator,
)

from pipeline.codes import CODES, Code
from pipeline.errors import RubricError
from pipeline.metrics import METRIC_IDS, Orientation
from pipeline.rubric_text import closest, explain, fill, parse_yaml
from pipeline.values import Role

SHIPPED = ("non-directive-coaching",)
"""Rubrics that come with the package, by name; the first is the default."""

SHIPPED_FOLDER = "rubrics"


def _known_code(value: Any) -> Any:
    return _one_of(value, [code.value for code in CODES], "code")


def _known_metric(value: Any) -> Any:
    return _one_of(value, METRIC_IDS, "metric")


def _one_of(value: Any, known: tuple[str, ...] | list[str], what: str) -> Any:
    if value not in known:
        raise ValueError(f"'{value}' is no {what}{closest(str(value), known)}")
    return value


def _with_known_places(text: str) -> str:
    fill(text, value="", n="")
    return text


RubricCode = Annotated[Code, BeforeValidator(_known_code)]
MetricId = Annotated[str, BeforeValidator(_known_metric)]
Sentence = Annotated[str, Field(min_length=1), AfterValidator(_with_known_places)]
"""Text shown to a person; `{value}` and `{n}` stand for the metric's value and its denominator."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sorting(_Part):
    """The rubric's orientation as its file lists it; every code stands in exactly one list."""

    non_directive: tuple[RubricCode, ...]
    directive: tuple[RubricCode, ...]
    neutral: tuple[RubricCode, ...]

    @model_validator(mode="after")
    def _each_code_once(self) -> Self:
        listed = [*self.non_directive, *self.directive, *self.neutral]
        for code in CODES:
            if listed.count(code) != 1:
                times = "in no list" if code not in listed else "more than once"
                raise ValueError(f"'{code.value}' stands {times}. Put it in one of non_directive, directive, neutral")
        return self


class Target(_Part):
    """Where the lead metric should be: from `low` to `high`, both included."""

    low: float
    high: float

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.low >= self.high:
            raise ValueError(f"low ({self.low:g}) is not below high ({self.high:g}). Exchange them")
        return self


class Band(_Part):
    """A band of a criterion. It holds values from `starts_at` on, up to the next band's; the weakest has no start."""

    name: str
    score: float = Field(ge=0, le=1)
    starts_at: float | None = None
    feedback: Sentence


class Focus(_Part):
    """What to work on where a criterion is the weakest: the skill's name, and how to practise it."""

    skill: str
    practise: Sentence


class Criterion(_Part):
    """One thing that is judged: a metric, its bands from weakest to strongest, and what is said about it."""

    id: str
    title: str
    metric: MetricId
    better: Literal["higher", "lower"] = "higher"
    weight: float = Field(default=1.0, gt=0)
    bands: tuple[Band, ...] = Field(min_length=2)
    focus: Focus
    evidence: tuple[RubricCode, ...] = ()

    @model_validator(mode="after")
    def _bands_in_order(self) -> Self:
        if self.bands[0].starts_at is not None:
            raise ValueError(
                f"band '{self.bands[0].name}' is the weakest and holds everything short of the next. "
                "Remove its starts_at"
            )
        for weaker, stronger in zip(self.bands, self.bands[1:], strict=False):
            self._check_start(weaker, stronger)
            if stronger.score <= weaker.score:
                raise ValueError(
                    f"band '{stronger.name}' scores {stronger.score:g}, not above '{weaker.name}' "
                    f"({weaker.score:g}). Scores must rise"
                )
        return self

    def _check_start(self, weaker: Band, stronger: Band) -> None:
        if stronger.starts_at is None:
            raise ValueError(f"band '{stronger.name}' does not say where it starts. Add starts_at")
        if weaker.starts_at is None:
            return
        if self.better == "higher" and stronger.starts_at <= weaker.starts_at:
            raise ValueError(
                f"band '{stronger.name}' starts at {stronger.starts_at:g}, "
                f"{_beside(stronger.starts_at, weaker.starts_at)} '{weaker.name}' "
                f"({weaker.starts_at:g}). Bands must rise"
            )
        if self.better == "lower" and stronger.starts_at >= weaker.starts_at:
            raise ValueError(
                f"band '{stronger.name}' starts at {stronger.starts_at:g}, "
                f"{_beside(stronger.starts_at, weaker.starts_at)} '{weaker.name}' "
                f"({weaker.starts_at:g}). Bands must fall where lower is better"
            )

    def band(self, value: float) -> Band:
        """The strongest band whose start the value reaches; a value exactly at a start is in that band."""
        found = self.bands[0]
        for band in self.bands[1:]:
            start = band.starts_at
            if start is not None and (value >= start if self.better == "higher" else value <= start):
                found = band
        return found


def _beside(one: float, other: float) -> str:
    if one == other:
        return "the same as"
    return "below" if one < other else "above"


class Step(_Part):
    """A step of the coaching process: who takes it, in which words or with which codes it shows.

    It is seen where a unit of `by` holds one of `cues` and, where `codes` are given, is coded one of them;
    with no cues the codes alone decide.
    """

    id: str
    title: str
    by: Role = Role.MANAGER
    cues: tuple[str, ...] = ()
    codes: tuple[RubricCode, ...] = ()
    missing: Sentence | None = None

    @model_validator(mode="after")
    def _can_be_seen(self) -> Self:
        if not self.cues and not self.codes:
            raise ValueError("nothing to know the step by. Add cues or codes")
        if self.codes and self.by is not Role.MANAGER:
            raise ValueError("only the manager's units have codes. Use cues, or by: manager")
        return self


class Rubric(_Part):
    """A rubric as loaded; `text` is its file's, word for word, and `digest` that text's sha256."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    version: int = Field(ge=1)
    title: str
    about: str = ""
    lead: MetricId = "non_directive_ratio"
    target: Target
    sorting: Sorting = Field(alias="orientation")
    min_evidence: Mapping[MetricId, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    process: tuple[Step, ...] = ()
    instead: Mapping[RubricCode, tuple[Sentence, ...]] = Field(default_factory=dict)
    findings: Mapping[str, Sentence] = Field(default_factory=dict)
    _text: str = PrivateAttr(default="")

    @field_validator("criteria", "process")
    @classmethod
    def _ids_differ(cls, parts: tuple[Any, ...]) -> tuple[Any, ...]:
        ids = [part.id for part in parts]
        for id in ids:
            if ids.count(id) > 1:
                raise ValueError(f"two have the id '{id}'. Ids must differ")
        return parts

    @property
    def text(self) -> str:
        return self._text

    @property
    def digest(self) -> str:
        return hashlib.sha256(self._text.encode()).hexdigest()

    @property
    def orientation(self) -> Orientation:
        return Orientation(frozenset(self.sorting.non_directive), frozenset(self.sorting.directive))


def load_rubric(name_or_path: str | Path = SHIPPED[0]) -> Rubric:
    """A shipped rubric by its name, or a rubric file by its path.

    Raises RubricError naming the file, the key and what to do where the file is missing or breaks a rule.
    """
    if str(name_or_path) in SHIPPED:
        folder = resources.files("pipeline") / SHIPPED_FOLDER
        return read_rubric((folder / f"{name_or_path}.yaml").read_text(encoding="utf-8"), f"{name_or_path}.yaml")
    path = Path(name_or_path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise RubricError(f"{path}: no such rubric file. Name a file or one of {', '.join(SHIPPED)}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise RubricError(f"{path}: cannot be read as text ({type(error).__name__}). Save it as UTF-8.") from None
    return read_rubric(text, path.name)


def read_rubric(text: str, source: str) -> Rubric:
    """The rubric of a YAML text; `source` is what error messages call it. Raises RubricError."""
    content = parse_yaml(text, source)
    try:
        rubric = Rubric.model_validate(content)
    except ValidationError as error:
        raise RubricError(explain(error, content, source, Rubric)) from None
    rubric._text = text
    return rubric
