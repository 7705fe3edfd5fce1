"""What a metric counts in one session: values that add over sessions, so that a roll-up never averages ratios.

Every array has a row for the likeliest codes first, then one for each draw of codes; a tally that looks
at no codes has the first row alone. Rows of two tallies add one to one.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Rows = NDArray[np.float64]
"""One number for the likeliest codes and one for each draw, shape (1 + draws,) or (1,)."""


class Tally(Protocol):
    """Something counted in a session."""

    def rows(self) -> Rows:
        """The metric's value in every row; NaN where undefined."""
        ...

    @property
    def n(self) -> int:
        """The denominator under the likeliest codes; whole seconds where it is time."""
        ...


def rows_of(numbers: ArrayLike) -> Rows:
    """Numbers as rows; a single number becomes a single row."""
    return np.atleast_1d(np.asarray(numbers, dtype=np.float64))


def whole_seconds(ms: float) -> int:
    """Milliseconds as the nearest whole second, but 1 where there is any time at all."""
    return max(round(ms / 1000), 1) if ms > 0 else 0


@dataclass(frozen=True, slots=True, eq=False)
class Ratio:
    """`scale` × hits ÷ total; undefined where the total is 0. `timed` says that the total is milliseconds."""

    hits: Rows
    total: Rows
    scale: float = 1.0
    timed: bool = False

    def rows(self) -> Rows:
        hits, total = np.broadcast_arrays(self.hits, self.total)
        found: Rows = np.divide(hits * self.scale, total, out=np.full(hits.shape, np.nan), where=total > 0)
        return found

    @property
    def n(self) -> int:
        return whole_seconds(float(self.total[0])) if self.timed else int(self.total[0])

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.hits + other.hits, self.total + other.total, self.scale, self.timed)


@dataclass(frozen=True, slots=True, eq=False)
class Count:
    """How many among so many units: none of none is zero, and undefined only where the person is not `known`."""

    hits: Rows
    among: int
    known: bool

    def rows(self) -> Rows:
        return self.hits if self.known else np.full(self.hits.shape, np.nan)

    @property
    def n(self) -> int:
        return self.among

    def __add__(self, other: "Count") -> "Count":
        return Count(self.hits + other.hits, self.among + other.among, self.known or other.known)


@dataclass(frozen=True, slots=True, eq=False)
class Longest:
    """The longest of so many stretches, in milliseconds, given in seconds; undefined where there are none."""

    longest_ms: int
    stretches: int

    def rows(self) -> Rows:
        return rows_of(self.longest_ms / 1000 if self.stretches else np.nan)

    @property
    def n(self) -> int:
        return self.stretches

    def __add__(self, other: "Longest") -> "Longest":
        return Longest(max(self.longest_ms, other.longest_ms), self.stretches + other.stretches)


def _middle(ordered_ms: NDArray[np.int64]) -> float:
    size = len(ordered_ms)
    return (int(ordered_ms[(size - 1) // 2]) + int(ordered_ms[size // 2])) / 2000 if size else np.nan


@dataclass(frozen=True, slots=True, eq=False)
class Median:
    """The median of those of `values_ms`, shape (values,), that each row takes; in seconds.

    Of an even number it is the mean of the middle two; undefined where none is taken. Which row takes which value
    is kept as bits, eight rows a byte, as a roll-up of a thousand sessions holds them all at once.
    """

    values_ms: NDArray[np.int64]
    taken: NDArray[np.uint8]
    row_count: int

    @classmethod
    def of(cls, values_ms: NDArray[np.int64], taken: NDArray[np.bool_]) -> "Median":
        """The median of the values where `taken`, shape (rows, values), says so."""
        ever = taken.any(axis=0)
        return cls(values_ms[ever], np.packbits(taken[:, ever], axis=0), len(taken))

    def rows(self) -> Rows:
        order = np.argsort(self.values_ms, kind="stable")
        values = self.values_ms[order]
        eights = (np.unpackbits(eight[None], axis=0).view(np.bool_) for eight in self.taken[:, order])
        return rows_of([_middle(values[row]) for eight in eights for row in eight][: self.row_count])

    @property
    def n(self) -> int:
        return int((self.taken[0] >> 7).sum())

    def __add__(self, other: "Median") -> "Median":
        values = np.concatenate([self.values_ms, other.values_ms])
        return Median(values, np.concatenate([self.taken, other.taken], axis=1), self.row_count)
