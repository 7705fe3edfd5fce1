"""Coders against the coded conversations: what each gives for every unit, as written and without case and marks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eval.coding.baselines import Coder
from eval.coding.scores import Judged
from models.classify.classifier import EncoderClassifier
from models.training.augment import strip_unit
from models.training.corpus import Conversation, Example, rep_examples
from pipeline.codes import Attribute
from pipeline.ports import UnitInContext
from pipeline.values import Coding


@dataclass(frozen=True, slots=True)
class ShippedCoder:
    """The shipped classifier as a coder like the baselines."""

    classifier: EncoderClassifier

    def probabilities(self, units: Sequence[UnitInContext]) -> NDArray[np.float64]:
        """Shape (units, 12), calibrated."""
        return np.array([reading.codes for reading in self.classifier.read(units)]).reshape(-1, 12)


@dataclass(frozen=True, slots=True)
class NarrowCoder:
    """A coder told less, much like `asktell classify`: the unit's own turn and what the other said last.

    With `unit_by_unit`, as for `--units`, nothing of the own turn but the unit.
    """

    coder: Coder
    unit_by_unit: bool = False

    def probabilities(self, units: Sequence[UnitInContext]) -> NDArray[np.float64]:
        """Shape (units, 12)."""
        told = [replace(unit, earlier=(), reply="") for unit in units]
        if self.unit_by_unit:
            # Units that go on nothing share no row, so none of them sees the next.
            told = [replace(unit, before="") for unit in told]
        return self.coder.probabilities(told)


@dataclass(frozen=True, slots=True)
class CommitmentCounts:
    """Rep units that truly are, were taken for, and both, a commitment."""

    true: int
    given: int
    hits: int

    @property
    def f1(self) -> float | None:
        total = self.true + self.given
        return 2 * self.hits / total if total else None


def judge(coder: Coder, examples: Sequence[Example], stripped: bool) -> list[Judged]:
    """Every example with the coder's probabilities; attributes are left out."""
    units = _units(examples, stripped)
    return [
        Judged(example.conversation, example.unit.text, example.code, tuple(row), example.attributes)
        for example, row in zip(examples, coder.probabilities(units).tolist(), strict=True)
        if example.code is not None
    ]


def judge_whole(classifier: EncoderClassifier, examples: Sequence[Example], stripped: bool) -> list[Judged]:
    """Every example with the classifier's probabilities and attributes."""
    codings: list[Coding] = classifier.classify(_units(examples, stripped))
    return [
        Judged(
            example.conversation,
            example.unit.text,
            example.code,
            coding.probabilities,
            example.attributes,
            coding.attributes,
        )
        for example, coding in zip(examples, codings, strict=True)
        if example.code is not None
    ]


def judge_rep(classifier: EncoderClassifier, conversations: Sequence[Conversation]) -> CommitmentCounts:
    """How the classifier finds the rep's commitments."""
    examples = rep_examples(conversations)
    given = classifier.rep_commitments([example.unit.text for example in examples])
    truth = [Attribute.COMMITMENT in example.attributes for example in examples]
    return CommitmentCounts(sum(truth), sum(given), sum(a and b for a, b in zip(truth, given, strict=True)))


def _units(examples: Sequence[Example], stripped: bool) -> list[UnitInContext]:
    return [strip_unit(example.unit) if stripped else example.unit for example in examples]
