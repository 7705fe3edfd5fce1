"""The test part as most of three coders see it: its writers, and two coders who saw neither codes nor answers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from eval.coding.second_coding import SECOND, Place, by_place, placed
from models.training.corpus import Conversation, CorpusUnit, read_all, test_files
from pipeline.codes import ATTRIBUTE_CODES

CODERS = ("the writer", "coder a", "coder b")


def every_coding(folder: Path = SECOND) -> dict[str, list[Conversation]]:
    """The test part as each of `CODERS` coded it, unit for unit the same text."""
    written = read_all(test_files())
    seconds = [by_place(read_all([folder / f"test-{letter}.txt"])) for letter in "ab"]
    return dict(zip(CODERS, [written, *(_recoded(written, second) for second in seconds)], strict=True))


def gold() -> list[Conversation]:
    """The test part with the codes most of its coders gave, the truth it is scored by."""
    return agreed(list(every_coding().values()))


def agreed(codings: Sequence[Sequence[Conversation]]) -> list[Conversation]:
    """Every manager unit with the code most coders gave it and the attributes most of them set beside it.

    Where no code has more than another, the first coder's stands. `codings` are of the same conversations.
    """
    first, *others = map(by_place, codings)
    most = {place: _most([unit, *(each[place] for each in others)]) for place, unit in first.items()}
    return [_with_units(conversation, most) for conversation in codings[0]]


def _most(units: Sequence[CorpusUnit]) -> CorpusUnit:
    counted = Counter(unit.code for unit in units)
    first = units[0]
    code = first.code if counted[first.code] == max(counted.values()) else counted.most_common(1)[0][0]
    set_by = Counter(attribute for unit in units for attribute in unit.attributes)
    kept = {each for each, times in set_by.items() if 2 * times > len(units) and code in ATTRIBUTE_CODES[each]}
    return CorpusUnit(first.text, code, frozenset(kept))


def _recoded(written: Sequence[Conversation], second: Mapping[Place, CorpusUnit]) -> list[Conversation]:
    """The written conversations with the second coder's codes; the rep's units stay as they are."""
    return [_with_units(each, {place: second[place] for place, _ in placed(each)}) for each in written]


def _with_units(conversation: Conversation, units: Mapping[Place, CorpusUnit]) -> Conversation:
    turns = tuple(
        replace(
            turn,
            units=tuple(units.get((conversation.id, number, place), unit) for place, unit in enumerate(turn.units)),
        )
        for number, turn in enumerate(conversation.turns)
    )
    return replace(conversation, turns=turns)
