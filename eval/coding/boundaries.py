"""Are turns cut where their writers cut them?"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.training.corpus import Conversation
from models.units.words import strip_marks
from pipeline.ports import UnitSplitter


@dataclass(frozen=True, slots=True)
class CutCounts:
    """Ends of units inside turns: how many are true, how many were given, how many both."""

    true: int
    given: int
    hits: int

    @property
    def f1(self) -> float | None:
        """2·hits ÷ (true + given); None where there was nothing to cut."""
        total = self.true + self.given
        return 2 * self.hits / total if total else None


def count_cuts(splitter: UnitSplitter, conversations: Sequence[Conversation], stripped: bool) -> CutCounts:
    """The splitter's cuts in every turn of either side, in words; a turn's own end does not count."""
    turns = [
        [strip_marks(unit.text) if stripped else unit.text for unit in turn.units]
        for each in conversations
        for turn in each.turns
    ]
    texts = [" ".join(units) for units in turns]
    true = given = hits = 0
    for units, text, parts in zip(turns, texts, splitter.split(texts), strict=True):
        wanted = _word_ends(units)
        found = _word_ends([text[part.start : part.end] for part in parts])
        true, given, hits = true + len(wanted), given + len(found), hits + len(wanted & found)
    return CutCounts(true, given, hits)


def _word_ends(units: Sequence[str]) -> set[int]:
    ends, words = [], 0
    for unit in units:
        words += len(unit.split())
        ends.append(words)
    return set(ends) - {words, 0}
