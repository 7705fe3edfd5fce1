"""Scripted stand-ins for the models, for tests of what is around them."""

from collections.abc import Sequence

from flows.code import Coder
from pipeline.codes import Code
from pipeline.ports import RoleGuess, TextPart, UnitInContext
from pipeline.values import Coding, Turn, certain


class SentenceSplitter:
    """Splits at full stops."""

    def split(self, texts: Sequence[str]) -> list[list[TextPart]]:
        return [self._parts(text) for text in texts]

    def _parts(self, text: str) -> list[TextPart]:
        parts: list[TextPart] = []
        start = 0
        for sentence in text.split("."):
            end = min(start + len(sentence) + 1, len(text))
            if text[start:end].strip():
                parts.append(TextPart(start, end))
            start = end
        return parts


class FirstWordClassifier:
    """Codes a unit by its first word, `other` where that names no code; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[UnitInContext] = []

    def classify(self, units: Sequence[UnitInContext]) -> list[Coding]:
        self.asked.extend(units)
        return [certain(self._code(unit.text)) for unit in units]

    def _code(self, text: str) -> Code:
        first = text.split()[0].strip(".").lower()
        return Code(first) if first in set(Code) else Code.OTHER

    def rep_commitments(self, units: Sequence[str]) -> list[bool]:
        return ["tomorrow" in unit for unit in units]


class FirstSpeakerLeads:
    """The manager is whoever speaks first."""

    def find(self, turns: Sequence[Turn]) -> RoleGuess:
        return RoleGuess(turns[0].speaker, 0.9, "speaks first")


def fake_coder() -> Coder:
    """A coder of the three."""
    return Coder(SentenceSplitter(), FirstWordClassifier(), FirstSpeakerLeads())
