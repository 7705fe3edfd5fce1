"""Who keeps the floor: words that only show listening, and what a speaker was saying when they fell."""

import re
from collections.abc import Sequence
from typing import NamedTuple

HUMMING = frozenset("ah aha hm hmm huh mhm mm mmhm mmhmm mmm uhhuh uhuh".split())
ASSENTING = frozenset("alright oh ok okay right sure yeah yep yes yup".split())
"""Words of somebody who only listens, hyphens left out; assent also serves as an answer."""

_LONGEST_ASSENT = 3
_KEPT_CHARACTERS = 400
_TURNS_BACK = 8


class Said(NamedTuple):
    """A turn's speaker and text."""

    speaker: str
    text: str


def spoken_words(text: str) -> list[str]:
    """The words in lower case without marks; a hum is one word, however it is spelt: "mm-hm", "mm hm" are `mmhm`."""
    words: list[str] = []
    for raw in text.split():
        word = re.sub(r"[^\w\s]", "", raw).casefold()
        if words and words[-1] + word in HUMMING:
            words[-1] += word
        elif word:
            words.append(word)
    return words


def only_listens(text: str) -> bool:
    """Whether the text is at most three words, all humming or assent; false for a text without words."""
    words = spoken_words(text)
    return 0 < len(words) <= _LONGEST_ASSENT and set(words) <= HUMMING | ASSENTING


def still_saying(turns: Sequence[Said], place: int) -> str:
    """The end of what the speaker of turn `place` said before it while the others only listened; "" where they spoke.

    "So you felt rushed" - "Mm-hm." - "and that's why you skipped it": the last goes on with the first.
    """
    speaker = turns[place].speaker
    parts: list[str] = []
    for turn in reversed(turns[:place]):
        if turn.speaker == speaker:
            parts.append(turn.text)
        elif not only_listens(turn.text):
            break
        if sum(map(len, parts)) > _KEPT_CHARACTERS:
            break
    return going_on("", " ".join(reversed(parts)))


def last_said(turns: Sequence[Said], place: int) -> str:
    """What the others last said before turn `place`, back to where they did more than listen; "" where nobody spoke.

    "It was my fault, I froze" - "Okay." - "Yeah." - "You blame yourself": what is given back stands before the
    "Yeah". At most eight turns of everybody's are looked at.
    """
    parts: list[str] = []
    for turn in reversed(turns[max(0, place - _TURNS_BACK) : place]):
        if turn.speaker != turns[place].speaker:
            parts.append(turn.text)
            if not only_listens(turn.text):
                break
    return " ".join(reversed(parts))


def going_on(before: str, said: str) -> str:
    """Both as one text, cut to its last 400 characters and the beginning of the word they start in.

    The classifier reads the last 32 word pieces of it; a whole turn before each of its units would take time
    that grows with the square of the turn.
    """
    text = f"{before} {said}".strip()
    return text[text.rfind(" ", 0, max(len(text) - _KEPT_CHARACTERS, 0) + 1) + 1 :]
