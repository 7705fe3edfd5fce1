"""The pieces of a rubric file, each checking itself."""

from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from pipeline.codes import CODES, Attribute, Code
from pipeline.cues import is_cue
from pipeline.metrics import METRIC_IDS
from pipeline.rubric_text import closest, fill
from pipeline.rules import Rule
from pipeline.values import Role


def _known_code(value: Any) -> Any:
    return _one_of(value, [code.value for code in CODES], "code")


def _known_attribute(value: Any) -> Any:
    return _one_of(value, [attribute.value for attribute in Attribute], "attribute")


def _known_metric(value: Any) -> Any:
    return _one_of(value, METRIC_IDS, "metric")


def _known_rule(value: Any) -> Any:
    return _one_of(value, [rule.value for rule in Rule], "rule")


def _one_of(value: Any, known: tuple[str, ...] | list[str], what: str) -> Any:
    if value not in known:
        raise ValueError(f"'{value}' is no {what}{closest(str(value), known)}")
    return value


def _with_known_places(text: str) -> str:
    fill(text, value="", n="", count="")
    return text


def _without_places(text: str) -> str:
    return fill(text)


RubricCode = Annotated[Code, BeforeValidator(_known_code)]
RubricAttribute = Annotated[Attribute, BeforeValidator(_known_attribute)]
RuleName = Annotated[Rule, BeforeValidator(_known_rule)]
MetricId = Annotated[str, BeforeValidator(_known_metric)]
Sentence = Annotated[str, Field(min_length=1), AfterValidator(_with_known_places)]
"""Text shown to a person; `{value}`, `{n}` and `{count}` stand for what `pipeline.wording` says of the metric."""
PlainSentence = Annotated[str, Field(min_length=1), AfterValidator(_without_places)]
"""Text shown to a person where there is no metric to take a value from."""


def _with_words(cue: str) -> str:
    if not is_cue(cue):
        raise ValueError(f"'{cue}' holds no word. Write the words the step or offer is known by")
    return cue


Cue = Annotated[str, AfterValidator(_with_words)]
"""Words as `pipeline.cues` reads them."""


class Part(BaseModel):
    """A piece of a rubric file: unknown keys are errors, nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sorting(Part):
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


class Target(Part):
    """Where the metric that leads, ask : tell, should be: from `low` to `high`, both included."""

    low: float
    high: float

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.low >= self.high:
            raise ValueError(f"low ({self.low:g}) is not below high ({self.high:g}). Exchange them")
        return self


class Band(Part):
    """A band of a criterion. It holds values from `starts_at` on, up to the next band's; the weakest has no start."""

    name: str
    score: float = Field(ge=0, le=1)
    starts_at: float | None = Field(default=None, allow_inf_nan=False)
    feedback: Sentence


class Focus(Part):
    """What to work on where a criterion is the weakest: the skill's name, and how to practise it."""

    skill: str
    practise: Sentence


class Criterion(Part):
    """One thing that is judged: a metric, its bands from weakest to strongest, and what is said about it.

    `evidence` are the codes the metric rests on; a unit of `best` stands as the example where the criterion
    goes well, one of `worst` where it is what to work on.
    """

    id: str
    title: str
    metric: MetricId
    better: Literal["higher", "lower"] = "higher"
    weight: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    bands: tuple[Band, ...] = Field(min_length=2)
    focus: Focus
    evidence: tuple[RubricCode, ...] = ()
    best: tuple[RubricCode, ...] = ()
    worst: tuple[RubricCode, ...] = ()

    @model_validator(mode="after")
    def _bands_in_order(self) -> Self:
        if self.bands[0].starts_at is not None:
            raise ValueError(
                f"band '{self.bands[0].name}' is the weakest and holds everything short of the next. "
                "Remove its starts_at"
            )
        for weaker, stronger in pairwise(self.bands):
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


class Step(Part):
    """A step of the coaching process: who takes it, in which words or with which codes it shows.

    It is seen in a unit of `by` that holds one of `cues` or carries one of `attributes`, and, where `codes` are
    given, is coded one of them; with neither cues nor attributes the codes alone decide. `missing` is said of it
    where it is not seen.
    """

    id: str
    title: str
    by: Role = Role.MANAGER
    cues: tuple[Cue, ...] = ()
    attributes: tuple[RubricAttribute, ...] = ()
    codes: tuple[RubricCode, ...] = ()
    missing: PlainSentence | None = None

    @model_validator(mode="after")
    def _can_be_seen(self) -> Self:
        if not (self.cues or self.attributes or self.codes):
            raise ValueError("nothing to know the step by. Add cues, attributes or codes")
        if self.codes and self.by is not Role.MANAGER:
            raise ValueError("only the manager's units have codes. Use cues, or by: manager")
        return self


class Opening(Part):
    """Something a rep offers, known by its cues; missed where the manager tells before asking or giving it back."""

    id: str
    cues: tuple[Cue, ...] = Field(min_length=1)
    text: Sentence
    instead: tuple[Sentence, ...] = ()


class RuleText(Part):
    """A rule the rubric uses: its sentence, and from how many words or seconds it fires where it measures."""

    text: Sentence
    at_least: float = Field(default=0, ge=0)
