"""Attributes by spaCy patterns: what the classifier's second head is compared with."""

from collections.abc import Sequence

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from models.units.words import strip_marks
from pipeline.codes import Attribute

_WHEN = (
    "today tonight tomorrow monday tuesday wednesday thursday friday saturday sunday morning afternoon noon week month "
    "quarter january february march april may june july august september october november december o'clock end"
).split()
_RESULTS = (
    "quota forecast pipeline revenue target targets number numbers deal deals sign signed close closing renewal margin "
    "budget commit sold sales order orders contract"
).split()
_EMPTY_PRAISE = (
    "good great nice brilliant excellent lovely superb fantastic perfect well done job work it that's very really "
    "proud you i'm so a an the of"
).split()
_WILL = ["i'll", "we'll", "you'll", "will"]
_LABELS = ["are", "never", "always", "a", "so", "just"]
_PATTERNS: dict[Attribute, list[list[dict[str, object]]]] = {
    Attribute.COMMITMENT: [
        [{"LOWER": {"IN": [*_WILL, "by", "before"]}}, {"OP": "{0,12}"}, {"LOWER": {"IN": _WHEN}}],
        [{"LOWER": {"IN": _WHEN}}, {"OP": "{0,8}"}, {"LOWER": {"IN": _WILL}}],
    ],
    Attribute.ABOUT_RESULTS: [[{"LOWER": {"IN": _RESULTS}}]],
    Attribute.ABOUT_PERSON: [
        [{"LOWER": "you're"}],
        [{"LOWER": "you"}, {"LOWER": {"IN": _LABELS}}],
        [{"LOWER": {"IN": ["than", "unlike"]}}],
        [{"LOWER": "would"}, {"LOWER": "have"}],
    ],
    Attribute.SPECIFIC: [[{"LOWER": {"NOT_IN": _EMPTY_PRAISE}}] * 4],
}


class PatternAttributes:
    """Finds attributes in a unit's words alone."""

    def __init__(self) -> None:
        self._language = spacy.blank("en")
        self._matcher = Matcher(self._language.vocab)
        for attribute, patterns in _PATTERNS.items():
            self._matcher.add(attribute.value, patterns)

    def find(self, texts: Sequence[str]) -> list[frozenset[Attribute]]:
        """For each unit the attributes whose pattern it shows, whatever its code."""
        return [self._of(doc) for doc in (self._words(text) for text in texts)]

    def _words(self, text: str) -> Doc:
        return Doc(self._language.vocab, strip_marks(text).split())

    def _of(self, doc: Doc) -> frozenset[Attribute]:
        names = {self._language.vocab.strings[found[0]] for found in self._matcher(doc)}
        return frozenset(Attribute(name) for name in names)
