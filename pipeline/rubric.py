"""A rubric: which codes ask and which tell, what counts as good, and in which words it is said. Data, not code."""

import hashlib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, ValidationError, field_validator

from pipeline.errors import RubricError
from pipeline.metrics import Orientation
from pipeline.rubric_parts import (
    Band,
    Criterion,
    Focus,
    MetricId,
    Opening,
    Part,
    RubricCode,
    RuleName,
    RuleText,
    Sentence,
    Sorting,
    Step,
    Target,
)
from pipeline.rubric_text import explain, parse_yaml

__all__ = ["SHIPPED", "Band", "Criterion", "Focus", "Opening", "Rubric", "Step", "load_rubric", "read_rubric"]

SHIPPED = ("non-directive-coaching", "grow", "feedback-conversation")
"""Rubrics that come with the package, by name; the first is the default."""

SHIPPED_FOLDER = "rubrics"


class Rubric(Part):
    """A rubric as loaded; `text` is its file's, word for word, and `digest` that text's sha256."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    version: int = Field(ge=1)
    title: str
    about: str = ""
    lead: Literal["non_directive_ratio"] = "non_directive_ratio"
    target: Target
    sorting: Sorting = Field(alias="orientation")
    min_evidence: Mapping[MetricId, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    process: tuple[Step, ...] = ()
    instead: Mapping[RubricCode, tuple[Sentence, ...]] = Field(default_factory=dict)
    strength_from: float = Field(default=0.7, ge=0, le=1)
    openings: tuple[Opening, ...] = ()
    findings: Mapping[RuleName, RuleText] = Field(default_factory=dict)
    _text: str = PrivateAttr(default="")

    @field_validator("criteria", "process", "openings")
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
