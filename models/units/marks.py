"""Sentences of punctuated text, by their closing marks and their lines."""

import re
from collections.abc import Sequence

_CLOSING = re.compile(r"(?<![.?!…])[.?!…]++[\"')\]]*+(?=\s)")
_INNER = re.compile(r"(?<!\d)[,;:]|[,;:](?!\d)|[-–—](?=\s|-|$)|\s[–—]")
_ITEM = r"(?:[-–—*•‣◦·]|\d{1,2}[.)])(?=\s)"
_LINE_END = re.compile(rf"\n(?=[^\S\n]*(?:\n|{_ITEM}))")
_ITEM_MARK = re.compile(rf"^[^\S\n]*{_ITEM}", re.M)
_NEXT_WORD = re.compile(r"[\"'(\[\s–—-]*+([^\W_]*)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"])(?:mr|mrs|ms|dr|prof|sr|jr|st|vs|etc|inc|ltd|co|corp|dept|approx|e\.g|i\.e|[ap]\.m)\.$", re.I
)
_NUMBER = re.compile(r"(?:^|[\s(\"])no\.$", re.I)
_LISTED = re.compile(r"(?P<opens>(?:^|\n)\s*|[.?!…:;][\"')\]]*\s+)(?P<number>\d{1,2})\.$")
_LETTER = re.compile(r"[(\"]*[A-HJ-Z]\.")
_TAIL = 24
"""Characters before a mark that tell what it closes: more than any abbreviation has, or a word and an initial."""

_LETTERED = frozenset(
    "a an and or the plan option series grade group type class section part point team tier level".split()
)
"""Words that a letter follows without being an initial: "plan B."."""

_OPENERS = frozenset(
    "a all and are as at but can could couldn did didn do does doesn don for have he how i if in is isn it let maybe "
    "my no not now of okay on one or right she should shouldn so some tell that the then there they this was we well "
    "what when where which who why will with would wouldn yeah yes you your".split()
)
"""Words that open a sentence rather than being a name.

A letter with a full stop, "I" left out, ends its unit all 17 times in the coded conversations; none holds an initial.
"""


def sentence_ends(text: str) -> list[int]:
    """Offsets just after each sentence but the last, in order; none for text without closing marks.

    A mark ends no sentence after an abbreviation, initial or list number, or where the text goes on in lower case
    after a full stop, dots or a closed quotation, unless its sentences mostly do; a bare question or exclamation
    mark always ends one. Quotes and apostrophes are typed ones.
    """
    marks = _sentence_marks(text)
    capitals = _capitals_open_sentences(text, marks)
    return [
        mark.end()
        for mark in marks
        if mark[0][-1] in "?!" or not (capitals and _word_after(text, mark.end())[:1].islower())
    ]


def line_ends(text: str) -> list[int]:
    """Offsets of the line breaks before blank lines and before the bullets and numbers of a list, in order."""
    return [match.start() for match in _LINE_END.finditer(text)]


def without_item_marks(text: str) -> str:
    """The text with spaces for the bullets and numbers that open its lines, all else in its place."""
    return _ITEM_MARK.sub(lambda mark: " " * len(mark[0]), text)


def inner_marks(text: str) -> int:
    """How many commas, colons, semicolons and dashes between words the text has; "10,000" and "10:30" have none."""
    return len(_INNER.findall(text))


def _sentence_marks(text: str) -> list[re.Match[str]]:
    marks: list[re.Match[str]] = []
    listed = 0
    for mark in _CLOSING.finditer(text):
        number = _list_number(text, mark, listed)
        listed = number or listed
        if not number and not (mark[0] == "." and _is_shortened(text, mark)):
            marks.append(mark)
    return marks


def _list_number(text: str, mark: re.Match[str], listed: int) -> int | None:
    """The list number that the mark closes: one that opens a line, or that counts on from the last one listed."""
    found = _LISTED.search(text[max(0, mark.start() - _TAIL) : mark.end()])
    if not found:
        return None
    number = int(found["number"])
    opens_line = "\n" in found["opens"] or not found["opens"].strip()
    return number if opens_line or number == listed + 1 else None


def _is_shortened(text: str, mark: re.Match[str]) -> bool:
    before = text[max(0, mark.start() - _TAIL) : mark.end()]
    following = _word_after(text, mark.end())
    if _ABBREVIATION.search(before):
        return not (before.lower().endswith((".m.", "etc.")) and following[:1].isupper())
    return bool(_NUMBER.search(before) and following[:1].isdigit()) or _is_initial(before.split(), following)


def _is_initial(words: Sequence[str], following: str) -> bool:
    """Whether the last word is a capital before a name."""
    return (
        _LETTER.fullmatch(words[-1]) is not None
        and following[:1].isupper()
        and following.lower() not in _OPENERS
        and (len(words) == 1 or words[-2].lower() not in _LETTERED)
    )


def _capitals_open_sentences(text: str, marks: Sequence[re.Match[str]]) -> bool:
    """Whether at least half of what follows bare marks but dots opens with a capital.

    "I" is a capital anywhere; where nothing tells, any capital in the text does.
    """
    words = [_word_after(text, mark.end()) for mark in marks if mark[0] == "." or mark[0][-1] in "?!"]
    capitals = [word[0].isupper() for word in words if word not in ("", "I") and word[0].lower() != word[0].upper()]
    return 2 * sum(capitals) >= len(capitals) if capitals else any(letter.isupper() for letter in text)


def _word_after(text: str, place: int) -> str:
    match = _NEXT_WORD.match(text, place)
    return match[1] if match else ""
