"""The classifier beside others who coded the same units: how far they agree with one another, and it with them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from eval.coding.scores import Judged, attribute_f1, confusion, crossed, f1_of, macro_f1
from models.training.corpus import Conversation, manager_examples
from pipeline.codes import CODES, Attribute, Code


@dataclass(frozen=True, slots=True)
class ByCoder:
    """The classifier by one coder's codes: macro-F1 as written and stripped, F1 of judgment and of `about_person`."""

    coder: str
    written: float
    stripped: float
    judgment: float
    about_person: float | None


@dataclass(frozen=True, slots=True)
class Beside:
    """F1 of one code, or their mean: between two coders, and between the classifier and one of them, means of all."""

    name: str
    coders: float
    classifier: float


def by_coder(
    coder: str, conversations: Sequence[Conversation], written: Sequence[Judged], stripped: Sequence[Judged]
) -> ByCoder:
    """Scores by the codes in the conversations of what was given for the same units."""
    own, bare = _by_codes_of(conversations, written), _by_codes_of(conversations, stripped)
    counts = confusion(own)
    return ByCoder(
        coder,
        macro_f1(counts),
        macro_f1(confusion(bare)),
        float(f1_of(counts)[CODES.index(Code.JUDGMENT)]),
        attribute_f1(own, Attribute.ABOUT_PERSON),
    )


def beside_coders(codings: Sequence[Sequence[Conversation]], given: Sequence[Judged]) -> list[Beside]:
    """Every code in the order of `CODES`, then their mean; at least two codings of the units that were given codes."""
    coders = [_codes(each) for each in codings]
    shipped = [unit.code for unit in given]
    between = _mean([f1_of(crossed(one, other)) for one, other in combinations(coders, 2)])
    with_one = _mean([f1_of(crossed(one, shipped)) for one in coders])
    rows = [Beside(code.value, *map(float, pair)) for code, *pair in zip(CODES, between, with_one, strict=True)]
    return [*rows, Beside("mean", float(np.nanmean(between)), float(np.nanmean(with_one)))]


def _by_codes_of(conversations: Sequence[Conversation], given: Sequence[Judged]) -> list[Judged]:
    examples = manager_examples(conversations)
    return [
        replace(unit, truth=example.code, true_attributes=example.attributes)
        for unit, example in zip(given, examples, strict=True)
        if example.code is not None
    ]


def _codes(conversations: Sequence[Conversation]) -> list[Code]:
    return [example.code for example in manager_examples(conversations) if example.code is not None]


def _mean(rows: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.asarray(np.stack(rows).mean(0), dtype=np.float64)
