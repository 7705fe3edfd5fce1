"""Who keeps the floor: words that only show listening, and what a speaker was saying when they fell."""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from pipeline.ports import UnitInContext

HUMMING = frozenset("ah aha hm hmm huh mhm mm mmhm mmhmm mmm uhhuh uhuh".split())
ASSENTING = frozenset("alright oh ok okay right sure yeah yep yes yup".split())
"""Words of somebody who only listens, hyphens left out; assent also serves as an answer."""

_LONGEST_ASSENT = 3
_KEPT_CHARACTERS = 400
_TURNS_BACK = 8
_TURNS_EARLIER = 6

TELLING_WORDS = 5
"""From as many words on, what somebody says tells enough that one need not look further back."""


class Said(NamedTuple):
    """A turn's speaker and text."""

    speaker: str
    text: str


class Talk(NamedTuple):
    """What was said around something, as `UnitInContext` names it."""

    before: str = ""
    previous: str = ""
    earlier: tuple[str, ...] = ()
    reply: str = ""

    def put_around(self, texts: Sequence[str]) -> list[UnitInContext]:
        """The units that make up a turn, in order: each after the ones before it; the reply is to the last."""
        befores = accumulate(texts, going_on, initial=self.before)
        replies = [""] * (len(texts) - 1) + [self.reply]
        return [
            UnitInContext(text, before, self.previous, self.earlier, reply)
            for text, before, reply in zip(texts, befores, replies, strict=False)
        ]


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


def talk_around(turns: Sequence[Said], place: int) -> Talk:
    """What was said before turn `place`, at its speaker's end and at the others', and what is said to it."""
    return Talk(still_saying(turns, place), last_said(turns, place), said_earlier(turns, place), reply_to(turns, place))


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
    return " ".join(turns[each].text for each in _last_turns(turns, place))


def said_earlier(turns: Sequence[Said], place: int) -> tuple[str, ...]:
    """The talk before what `last_said` gives for turn `place`, oldest first, the two sides by turns.

    The last text is the speaker's own, "" where another spoke in between; () where nothing was said earlier, or the
    others have only listened, for then the speaker is still saying it. It goes back to where the others said five
    words or more, at most six turns: "I froze, and he saw it" - "When was that?" - "Monday." - "And nobody has spoken
    of it since" gives back what was said before the "Monday".
    """
    speaker = turns[place].speaker
    first = next(iter(_last_turns(turns, place)), 0)
    if only_listens(turns[first].text):
        return ()
    sides: list[str] = []
    for turn in reversed(turns[max(0, first - _TURNS_EARLIER) : first]):
        own = turn.speaker == speaker
        if own != (len(sides) % 2 == 1):
            sides.append(turn.text)
        elif sides:
            sides[-1] = f"{turn.text} {sides[-1]}"
        else:
            sides += ["", turn.text]
        if not own and sum(len(side.split()) for side in sides[1::2]) >= TELLING_WORDS:
            break
    return tuple(reversed(sides))


def reply_to(turns: Sequence[Said], place: int) -> str:
    """What another says next after turn `place`, be it a mere "mm-hm"; "" where nobody or its own speaker does."""
    following = turns[place + 1 : place + 2]
    return "".join(turn.text for turn in following if turn.speaker != turns[place].speaker)


def _last_turns(turns: Sequence[Said], place: int) -> list[int]:
    """The others' turns that `last_said` joins, in order."""
    places: list[int] = []
    for back in reversed(range(max(0, place - _TURNS_BACK), place)):
        if turns[back].speaker != turns[place].speaker:
            places.append(back)
            if not only_listens(turns[back].text):
                break
    return places[::-1]


def going_on(before: str, said: str) -> str:
    """Both as one text, cut to its last 400 characters and the beginning of the word they start in.

    The classifier reads the last 32 word pieces of it; a whole turn before each of its units would take time
    that grows with the square of the turn.
    """
    text = f"{before} {said}".strip()
    return text[text.rfind(" ", 0, max(len(text) - _KEPT_CHARACTERS, 0) + 1) + 1 :]
