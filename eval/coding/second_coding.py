"""`python -m eval.coding.second_coding`: how far coders who saw no codes agree with the writers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.coding.scores import kappa
from models.training.corpus import CORPUS, Conversation, CorpusUnit, read_all
from pipeline.codes import CODES, Attribute

SECOND = CORPUS.parent / "second_coding"

Place = tuple[str, int, int]
"""Where a unit stands: its conversation's id, the turn's number, its own number within the turn."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kappa of one code or attribute between two coders; `first` and `second` count who gave it."""

    name: str
    kappa: float | None
    first: int
    second: int


def twice_coded(first: Sequence[Conversation], second: Sequence[Conversation]) -> list[tuple[CorpusUnit, CorpusUnit]]:
    """The manager's units both coders coded, in the second's order.

    Conversations are matched by id, units by turn, place and text; what only one of them has is left out.
    """
    known = by_place(first)
    pairs = [(known[place], unit) for each in second for place, unit in placed(each) if place in known]
    return [(one, other) for one, other in pairs if one.text == other.text]


def placed(conversation: Conversation) -> Iterator[tuple[Place, CorpusUnit]]:
    """The manager's coded units with their places, in order."""
    for turn, said in enumerate(conversation.turns):
        for place, unit in enumerate(said.units):
            if unit.code is not None:
                yield (conversation.id, turn, place), unit


def by_place(conversations: Iterable[Conversation]) -> dict[Place, CorpusUnit]:
    """The manager's coded units of all the conversations."""
    return {place: unit for each in conversations for place, unit in placed(each)}


def agreements(pairs: Sequence[tuple[CorpusUnit, CorpusUnit]]) -> list[Agreement]:
    """Agreement on each code, then on each attribute."""
    codes = [_agreement(code.value, [(one.code is code, other.code is code) for one, other in pairs]) for code in CODES]
    attributes = [
        _agreement(each.value, [(each in one.attributes, each in other.attributes) for one, other in pairs])
        for each in Attribute
    ]
    return [*codes, *attributes]


def overall_kappa(pairs: Sequence[tuple[CorpusUnit, CorpusUnit]]) -> float:
    """Cohen's kappa over all twelve codes at once; nan without pairs."""
    if not pairs:
        return float("nan")
    agreed = sum(one.code is other.code for one, other in pairs) / len(pairs)
    shares = [
        sum(one.code is code for one, _ in pairs) * sum(other.code is code for _, other in pairs) for code in CODES
    ]
    chance = sum(shares) / len(pairs) ** 2
    return (agreed - chance) / (1 - chance)


def main() -> None:
    """Prints, for every file of second codings, kappa overall, by code and by attribute."""
    first = read_all(sorted(CORPUS.glob("*.txt")))
    for path in sorted(Path(SECOND).glob("*.txt")):
        pairs = twice_coded(first, read_all([path]))
        print(f"{path.stem}: {len(pairs)} units, kappa over the twelve codes {overall_kappa(pairs):.3f}")
        for each in agreements(pairs):
            value = "   –" if each.kappa is None else f"{each.kappa:.2f}"
            print(f"  {value}  {each.name} (given {each.first} and {each.second} times)")


def _agreement(name: str, given: Sequence[tuple[bool, bool]]) -> Agreement:
    first, second = [one for one, _ in given], [other for _, other in given]
    return Agreement(name, kappa(first, second), sum(first), sum(second))


if __name__ == "__main__":
    main()
