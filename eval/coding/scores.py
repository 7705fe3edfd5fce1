"""Scores of coded units against their writers' codes, from counts that add."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.codes import CODES, Attribute, Code

Counts = NDArray[np.int64]
"""Shape (12, 12): how often a unit of the row's code was given the column's, in the order of `CODES`."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One unit: its true code, the probabilities it was given, its true and its given attributes."""

    conversation: str
    text: str
    truth: Code
    probabilities: tuple[float, ...]
    true_attributes: frozenset[Attribute] = frozenset()
    attributes: frozenset[Attribute] = frozenset()

    @property
    def code(self) -> Code:
        return CODES[int(np.argmax(self.probabilities))]


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the bounds of its 90 % interval; None where the value is undefined."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class CodeScore:
    """Precision, recall and F1 of one code; `n` units truly have it."""

    code: Code
    precision: float | None
    recall: float | None
    f1: Interval
    n: int


def crossed(true: Iterable[Code], given: Iterable[Code]) -> Counts:
    """How often each code of the one stands where each of the other does; as many of both."""
    counts = np.zeros((len(CODES), len(CODES)), np.int64)
    for one, other in zip(true, given, strict=True):
        counts[CODES.index(one), CODES.index(other)] += 1
    return counts


def confusion(units: Sequence[Judged]) -> Counts:
    """How often each code was given for each; all zero for no units."""
    return crossed((unit.truth for unit in units), (unit.code for unit in units))


def f1_of(counts: Counts) -> NDArray[np.float64]:
    """F1 of every code, 2·hits ÷ (given + true); nan for a code neither given nor true."""
    total = counts.sum(0) + counts.sum(1)
    with np.errstate(invalid="ignore"):
        return np.where(total > 0, 2 * np.diag(counts) / total, np.nan)


def macro_f1(counts: Counts) -> float:
    """The mean of the F1 of all codes given or true; nan without units."""
    scores = f1_of(counts)
    return float(np.nanmean(scores)) if not np.isnan(scores).all() else float("nan")


def accuracy(counts: Counts) -> float | None:
    """Share of units given their true code; None without units."""
    return float(np.trace(counts) / counts.sum()) if counts.sum() else None


def resampled(units: Sequence[Judged], draws: int, seed: int) -> NDArray[np.int64]:
    """Confusion counts of `draws` bootstrap samples of whole conversations, shape (draws, 12, 12)."""
    groups: dict[str, list[Judged]] = {}
    for unit in units:
        groups.setdefault(unit.conversation, []).append(unit)
    each = np.stack([confusion(group) for group in groups.values()])
    random = np.random.default_rng(seed)
    return np.stack([each[random.integers(0, len(each), len(each))].sum(0) for _ in range(draws)])


def code_scores(units: Sequence[Judged], draws: int = 1000, seed: int = 1) -> list[CodeScore]:
    """Scores of the twelve codes in the order of `CODES`; at least one unit."""
    counts, samples = confusion(units), resampled(units, draws, seed)
    spread = np.stack([f1_of(sample) for sample in samples])
    hits, given, true = np.diag(counts), counts.sum(0), counts.sum(1)
    return [
        CodeScore(
            code,
            float(hits[place] / given[place]) if given[place] else None,
            float(hits[place] / true[place]) if true[place] else None,
            _interval(float(f1_of(counts)[place]), spread[:, place]),
            int(true[place]),
        )
        for place, code in enumerate(CODES)
    ]


def macro_interval(units: Sequence[Judged], draws: int = 1000, seed: int = 1) -> Interval:
    """Macro-F1 with its interval over conversations; at least one unit."""
    samples = resampled(units, draws, seed)
    return _interval(macro_f1(confusion(units)), np.array([macro_f1(sample) for sample in samples]))


def calibration_error(units: Sequence[Judged], bins: int = 10) -> float | None:
    """Expected calibration error (Naeini 2015): mean gap between confidence and accuracy over equal-width bins,
    weighted by their units; None without units."""
    table = reliability(units, bins)
    total = sum(row.n for row in table)
    return sum(row.n * abs(row.confidence - row.accuracy) for row in table) / total if total else None


@dataclass(frozen=True, slots=True)
class Bin:
    """Units whose confidence falls into one bin: their mean confidence and the share coded right."""

    confidence: float
    accuracy: float
    n: int


def reliability(units: Sequence[Judged], bins: int = 10) -> list[Bin]:
    """The filled bins of equal width, in order of confidence."""
    sure = np.array([max(unit.probabilities) for unit in units])
    right = np.array([unit.code is unit.truth for unit in units], float)
    place = np.minimum((sure * bins).astype(int), bins - 1)
    return [
        Bin(float(sure[place == each].mean()), float(right[place == each].mean()), int((place == each).sum()))
        for each in range(bins)
        if (place == each).any()
    ]


def attribute_f1(units: Sequence[Judged], attribute: Attribute) -> float | None:
    """F1 of an attribute over all units, a wrong code counting as it falls; None where it is neither true nor given."""
    return set_f1(units, lambda unit: attribute in unit.true_attributes, lambda unit: attribute in unit.attributes)


def set_f1(units: Sequence[Judged], truth: Callable[[Judged], bool], given: Callable[[Judged], bool]) -> float | None:
    """F1 of one yes-or-no property; None where no unit has or is given it."""
    hits = sum(truth(unit) and given(unit) for unit in units)
    total = sum(map(truth, units)) + sum(map(given, units))
    return 2 * hits / total if total else None


def kappa(first: Sequence[bool], second: Sequence[bool]) -> float | None:
    """Cohen's kappa of two raters' yes and no; None without units or where chance alone would agree always."""
    if not first:
        return None
    one, other = np.array(first, bool), np.array(second, bool)
    chance = one.mean() * other.mean() + (1 - one.mean()) * (1 - other.mean())
    return float(((one == other).mean() - chance) / (1 - chance)) if chance < 1 else None


def _interval(value: float, spread: NDArray[np.float64]) -> Interval:
    if np.isnan(value):
        return Interval(None, None, None)
    low, high = np.nanpercentile(spread, [5, 95])
    return Interval(value, float(low), float(high))
