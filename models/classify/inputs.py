"""Units in context as the encoder reads them: rows of token ids, cut to length and batched by length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol

import torch
from tokenizers import Encoding, Tokenizer

from models.classify.spoken import spoken
from pipeline.ports import UnitInContext

_PADDING = 1000
"""The block of what stands behind a row's end, beyond any unit's."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Most tokens kept of each part: the end of the context, the start of the unit."""

    previous: int = 48
    before: int = 32
    unit: int = 112


@dataclass(frozen=True, slots=True)
class Row:
    """Token ids of units of one turn, in order, after what was said before them.

    `blocks` numbers each token's part: 0 the previous turn, 1 this turn so far, 2 and on the units. Tokens see
    their own part and earlier ones. Each unit opens with a mark that only its own tokens see; `marks` are their places.
    """

    ids: tuple[int, ...]
    blocks: tuple[int, ...]
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows padded on the right, shape (rows, longest), and their units one after another.

    `sees` (rows, 1, longest, longest) says which token sees which; `rows` (units,) the row of each unit, `marks`
    (units,) its mark's place in it, `members` (units, longest) the unit's own tokens there.
    """

    ids: torch.Tensor
    types: torch.Tensor
    sees: torch.Tensor
    rows: torch.Tensor
    marks: torch.Tensor
    members: torch.Tensor

    def to(self, device: str) -> "Batch":
        return Batch(*(getattr(self, each.name).to(device) for each in fields(self)))


class RowMaker(Protocol):
    """Turns units into rows."""

    def rows(self, units: Sequence[UnitInContext]) -> list[Row]:
        """One row a unit, in order."""
        ...

    def turn_row(self, units: Sequence[UnitInContext]) -> Row:
        """One row for consecutive units of a turn."""
        ...


class WordPieces:
    """The encoder's own tokenizer, laying units out as: previous turn, this turn so far, the units."""

    def __init__(self, tokenizer_file: Path, lengths: Lengths) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._lengths = lengths
        self._open, self._close = self._tokenizer.encode("").ids

    def rows(self, units: Sequence[UnitInContext]) -> list[Row]:
        """One row a unit, in order; an empty unit gets a row whose unit is its mark alone."""
        texts = sorted({text for unit in units for text in (unit.text, unit.before, unit.previous)})
        encoded = self._encode(texts)
        ids = {text: each.ids for text, each in zip(texts, encoded, strict=True)}
        return [self._row(ids[unit.previous], ids[unit.before], [ids[unit.text]]) for unit in units]

    def turn_row(self, units: Sequence[UnitInContext]) -> Row:
        """One row for consecutive units of a turn: each sees the earlier ones as it would see them in `before`."""
        first = units[0]
        texts = [first.previous, first.before, *(unit.text for unit in units)]
        encoded = [each.ids for each in self._encode(texts)]
        return self._row(encoded[0], encoded[1], encoded[2:])

    def _encode(self, texts: Sequence[str]) -> list[Encoding]:
        return list(self._tokenizer.encode_batch([spoken(text) for text in texts], add_special_tokens=False))

    def _row(self, previous: list[int], before: list[int], units: Sequence[list[int]]) -> Row:
        keep = self._lengths
        ids = [self._open, *previous[-keep.previous :], self._close]
        blocks = [0] * len(ids)
        earlier = before[-keep.before :]
        ids += earlier
        blocks += [1] * len(earlier)
        marks = []
        for number, unit in enumerate(units):
            marks.append(len(ids))
            kept = unit[: keep.unit]
            ids += [self._close, *kept]
            blocks += [number + 2] * (len(kept) + 1)
        return Row(tuple(ids), tuple(blocks), tuple(marks))


def make_batch(rows: Sequence[Row]) -> Batch:
    """The rows side by side; at least one row."""
    longest = max(len(row.ids) for row in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    blocks = torch.full((len(rows), longest), _PADDING)
    marked = torch.zeros(len(rows), longest, dtype=torch.bool)
    for place, row in enumerate(rows):
        ids[place, : len(row.ids)] = torch.tensor(row.ids)
        blocks[place, : len(row.ids)] = torch.tensor(row.blocks)
        marked[place, list(row.marks)] = True
    own, other = blocks[:, :, None], blocks[:, None, :]
    # Padding sees everything that is no padding: a token that sees nothing would make its row not a number.
    sees = (other < own) & ~marked[:, None, :] | (other == own) & (other != _PADDING)
    in_rows, marks = marked.nonzero(as_tuple=True)
    members = (blocks[in_rows] == blocks[in_rows, marks][:, None]).float()
    return Batch(ids, (blocks.clamp_max(_PADDING - 1) > 0).long(), sees[:, None], in_rows, marks, members)


def by_length(rows: Sequence[Row], size: int) -> Iterator[list[int]]:
    """Indexes of the rows in groups of at most `size`, shortest rows first; ties keep their order."""
    order = sorted(range(len(rows)), key=lambda place: len(rows[place].ids))
    for start in range(0, len(order), size):
        yield order[start : start + size]
