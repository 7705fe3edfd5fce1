"""Sentences of punctuated text, by their closing marks."""

import re

_CLOSING = re.compile(r"[.?!…]+[\"'”’)\]]*(?=\s)")
_INNER = re.compile(r"[,;:]|[-–—](?=\s|-|$)|\s[–—]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:mr|mrs|ms|dr|prof|sr|jr|st|vs|etc|no|inc|ltd|co|corp|dept|approx|e\.g|i\.e|[ap]\.m|[a-z])\.$",
    re.I,
)


def sentence_ends(text: str) -> list[int]:
    """Offsets just after each sentence but the last, in order; none for text without closing marks.

    A mark ends no sentence after an abbreviation or initial, or where the text goes on in lower case after
    a full stop, dots or a closed quotation; a bare question or exclamation mark always ends one.
    """
    has_capitals = any(letter.isupper() for letter in text)
    return [
        match.end()
        for match in _CLOSING.finditer(text)
        if _ends_sentence(text, match.start(), match.end(), has_capitals)
    ]


def inner_marks(text: str) -> int:
    """How many commas, colons, semicolons and dashes between words the text has."""
    return len(_INNER.findall(text))


def _ends_sentence(text: str, start: int, end: int, has_capitals: bool) -> bool:
    marks, rest = text[start:end], text[end:].lstrip("\"'“‘([ \t\r\n-–—")
    goes_on_low = has_capitals and rest[:1].islower()
    if marks[-1] in "?!":
        return True
    if marks == "." and _ABBREVIATION.search(text[:end]):
        return text[:end].lower().endswith((".m.", "etc.")) and rest[:1].isupper()
    return not goes_on_low
