"""What a recogniser invents, taken out again."""

from collections.abc import Sequence

from pipeline.values import Word

LONGEST_PHRASE = 8
SAID_AGAIN = 4
"""People say "no, no, no"; the same phrase four times in a row is a decoder caught in a loop."""


def collapse_repeats(words: Sequence[Word]) -> list[Word]:
    """The words in order, with a phrase of up to eight words said four times or more in a row kept once.

    Case and punctuation at a word's edges do not tell phrases apart. The shortest phrase that repeats counts.
    """
    keys = [word.text.strip(".,!?;:\"'…-").lower() for word in words]
    kept: list[Word] = []
    place = 0
    while place < len(words):
        length, times = _loop(keys, place)
        kept.extend(words[place : place + length])
        place += length * times
    return kept


def _loop(keys: Sequence[str], place: int) -> tuple[int, int]:
    """Length and count of the phrase that starts at `place`; (1, 1) where it does not loop."""
    for length in range(1, LONGEST_PHRASE + 1):
        phrase = keys[place : place + length]
        times = 1
        while keys[place + times * length : place + (times + 1) * length] == phrase:
            times += 1
        if times >= SAID_AGAIN:
            return length, times
    return 1, 1
