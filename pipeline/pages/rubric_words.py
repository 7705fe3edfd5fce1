"""What a page needs of a rubric, as plain values in the order it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.codes import CODES, Code
from pipeline.rubric import Criterion, Rubric, Step
from pipeline.values import Role

ASK, TELL, NEUTRAL = "ask", "tell", "neutral"
SHADES = 4
"""Shades of one colour family that stay apart on a page; a fifth code of a family begins again."""


@dataclass(frozen=True, slots=True)
class BandWords:
    """A band of a criterion: the metric's value it starts at (None for the weakest) and what is said of it."""

    name: str
    starts_at: float | None = None
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class CriterionWords:
    """A criterion as the page names it; `bands` from weakest to strongest."""

    id: str
    name: str
    metric: str
    bands: tuple[BandWords, ...] = ()
    lower_is_better: bool = False
    skill: str = ""


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step as the page names it: who takes it, and what is said where it is not seen; "" for the usual words."""

    id: str
    name: str
    by: Role = Role.MANAGER
    missing: str = ""


@dataclass(frozen=True, slots=True)
class RubricWords:
    """A rubric as the page tells it. `target` is the band in which the ask : tell balance should lie."""

    title: str
    version: int
    orientation: Mapping[Code, str]
    target: tuple[float, float] | None = None
    criteria: tuple[CriterionWords, ...] = ()
    steps: tuple[StepWords, ...] = ()
    min_evidence: Mapping[str, int] = field(default_factory=dict)

    def tone(self, code: Code | None) -> str:
        """`ask`, `tell` or `neutral`; a unit without a code is neutral."""
        return self.orientation.get(code, NEUTRAL) if code else NEUTRAL

    def shade(self, code: Code | None) -> int:
        """1 to 4: the code's place among those of its orientation, so that neighbours differ."""
        if code is None:
            return SHADES
        family = [each for each in CODES if self.tone(each) == self.tone(code)]
        return family.index(code) % SHADES + 1


def rubric_words(rubric: Rubric) -> RubricWords:
    """The rubric as pages tell it."""
    tones = {"non_directive": ASK, "directive": TELL, "neutral": NEUTRAL}
    return RubricWords(
        title=rubric.title,
        version=rubric.version,
        orientation={code: tones[rubric.orientation.of(code)] for code in CODES},
        target=(rubric.target.low, rubric.target.high),
        criteria=tuple(_criterion(criterion) for criterion in rubric.criteria),
        steps=tuple(_step(step) for step in rubric.process),
        min_evidence=rubric.min_evidence,
    )


def _criterion(criterion: Criterion) -> CriterionWords:
    return CriterionWords(
        id=criterion.id,
        name=criterion.title,
        metric=criterion.metric,
        bands=tuple(BandWords(band.name, band.starts_at, band.feedback) for band in criterion.bands),
        lower_is_better=criterion.better == "lower",
        skill=criterion.focus.skill,
    )


def _step(step: Step) -> StepWords:
    return StepWords(step.id, step.title, step.by, step.missing or "")
