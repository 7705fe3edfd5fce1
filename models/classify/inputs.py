"""Units in context as the encoder reads them: rows of token ids, cut to length and batched by length."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol

import torch
from tokenizers import Tokenizer

from models.classify.spoken import spoken
from pipeline.floor import going_on
from pipeline.ports import UnitInContext

_ROW_UNITS = 8
_ROW_TOKENS = 192
_BEFORE = 0
"""The block of what stands before the units."""
_PADDING = 1000
"""The block of what stands behind a row's end, beyond any unit's."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Most tokens kept of each part: the end of what comes before, the start of the unit and of the reply.

    `earlier_own` and `earlier_other` are those of each side's part of the earlier talk.
    """

    earlier_own: int = 16
    earlier_other: int = 40
    previous: int = 48
    before: int = 32
    unit: int = 112
    reply: int = 24


@dataclass(frozen=True, slots=True)
class Row:
    """Token ids of units of one turn, in order, between what was said before them and the reply.

    `types` is 1 for what the speaker of the units says, 0 for what the others say. `blocks` numbers each token's
    part: 0 what was said before, 1 and on the units, the one after the last unit's the reply. Each unit opens with a
    mark that only its own tokens see; `marks` are their places.
    """

    ids: tuple[int, ...]
    types: tuple[int, ...]
    blocks: tuple[int, ...]
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows padded on the right, shape (rows, longest), and their units one after another.

    `sees` (rows, 1, longest, longest) says which token sees which; `rows` (units,) the row of each unit, `marks`
    (units,) its mark's place in it, `parts` (3, units, longest) the unit's own tokens there, those of the unit
    right after it and those of the reply to it.
    """

    ids: torch.Tensor
    types: torch.Tensor
    sees: torch.Tensor
    rows: torch.Tensor
    marks: torch.Tensor
    parts: torch.Tensor

    def to(self, device: str) -> "Batch":
        return Batch(*(getattr(self, each.name).to(device) for each in fields(self)))


class RowMaker(Protocol):
    """Turns units into rows."""

    def rows(self, units: Sequence[UnitInContext]) -> list[Row]:
        """Rows that hold the units in order; those that go on one another in a turn share one."""
        ...

    def turn_row(self, units: Sequence[UnitInContext]) -> Row:
        """One row for consecutive units of a turn."""
        ...


class WordPieces:
    """The encoder's own tokenizer, laying units out between the talk before them and the reply."""

    def __init__(self, tokenizer_file: Path, lengths: Lengths) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._lengths = lengths
        self._open, self._close = self._tokenizer.encode("").ids

    def rows(self, units: Sequence[UnitInContext]) -> list[Row]:
        """Rows that hold the units in order: at most eight units of a turn, of 192 tokens, share one."""
        ids = self._encode(units)
        packs: list[list[UnitInContext]] = []
        room = 0
        for unit in units:
            length = min(len(ids[unit.text]), self._lengths.unit) + 1
            if packs and len(packs[-1]) < _ROW_UNITS and length <= room and _goes_on(packs[-1][-1], unit):
                packs[-1].append(unit)
            else:
                packs.append([unit])
                room = _ROW_TOKENS
            room -= length
        return [self._row(pack, ids) for pack in packs]

    def turn_row(self, units: Sequence[UnitInContext]) -> Row:
        """One row for consecutive units of a turn, with the reply to the last.

        An empty unit is its mark alone.
        """
        return self._row(units, self._encode(units))

    def _encode(self, units: Sequence[UnitInContext]) -> dict[str, list[int]]:
        texts = sorted(
            {text for unit in units for text in (unit.text, unit.before, unit.previous, *unit.earlier, unit.reply)}
        )
        encoded = self._tokenizer.encode_batch([spoken(text) for text in texts], add_special_tokens=False)
        return {text: each.ids for text, each in zip(texts, encoded, strict=True)}

    def _row(self, units: Sequence[UnitInContext], encoded: Mapping[str, list[int]]) -> Row:
        keep = self._lengths
        first = units[0]
        turns = [*first.earlier, first.previous]
        ids, types, marks = [self._open], [0], list[int]()
        for back in range(len(turns), 0, -1):
            own = back % 2 == 0
            most = keep.previous if back == 1 else keep.earlier_own if own else keep.earlier_other
            kept = [*encoded[turns[-back]][-most:], self._close]
            ids += kept
            types += [int(own)] * len(kept)
        ids += encoded[first.before][-keep.before :]
        blocks = [_BEFORE] * len(ids)
        for number, unit in enumerate(units, _BEFORE + 1):
            marks.append(len(ids))
            kept = encoded[unit.text][: keep.unit]
            ids += [self._close, *kept]
            blocks += [number] * (len(kept) + 1)
        types += [1] * (len(ids) - len(types))
        if reply := encoded[units[-1].reply][: keep.reply]:
            ids += [self._close, *reply]
        types += [0] * (len(ids) - len(types))
        blocks += [_BEFORE + len(units) + 1] * (len(ids) - len(blocks))
        return Row(tuple(ids), tuple(types), tuple(blocks), tuple(marks))


def _goes_on(unit: UnitInContext, following: UnitInContext) -> bool:
    here, there = ((each.previous, each.earlier) for each in (unit, following))
    goes_on = bool(unit.text) and not unit.reply
    return goes_on and here == there and following.before == going_on(unit.before, unit.text)


def make_batch(rows: Sequence[Row]) -> Batch:
    """The rows side by side; at least one row."""
    longest = max(len(row.ids) for row in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    types = torch.zeros(len(rows), longest, dtype=torch.long)
    blocks = torch.full((len(rows), longest), _PADDING)
    marked = torch.zeros(len(rows), longest, dtype=torch.bool)
    for place, row in enumerate(rows):
        ids[place, : len(row.ids)] = torch.tensor(row.ids)
        types[place, : len(row.ids)] = torch.tensor(row.types)
        blocks[place, : len(row.ids)] = torch.tensor(row.blocks)
        marked[place, list(row.marks)] = True
    own, other = blocks[:, :, None], blocks[:, None, :]
    # Padding sees as well: a token that sees nothing would make its row not a number.
    sees = (other != _PADDING) & (~marked[:, None, :] | (other == own))
    in_rows, marks = marked.nonzero(as_tuple=True)
    its_own = blocks[in_rows, marks][:, None]
    follows, said_by_speaker = blocks[in_rows] == its_own + 1, types[in_rows] == 1
    parts = torch.stack([blocks[in_rows] == its_own, follows & said_by_speaker, follows & ~said_by_speaker])
    return Batch(ids, types, sees[:, None], in_rows, marks, parts.float())


def by_length(rows: Sequence[Row], tokens: int) -> Iterator[list[int]]:
    """Indexes of the rows, shortest rows first, in groups of at most `tokens` with padding, or of one longer row.

    Ties keep their order.
    """
    group: list[int] = []
    for place in sorted(range(len(rows)), key=lambda place: len(rows[place].ids)):
        if group and (len(group) + 1) * len(rows[place].ids) > tokens:
            yield group
            group = []
        group.append(place)
    if group:
        yield group
