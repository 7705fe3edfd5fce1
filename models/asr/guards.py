"""What a recogniser invents, taken out again."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.values import Word

LONGEST_PHRASE = 8
SAID_AGAIN = 4
"""People say "no, no, no"; the same phrase four times in a row is a decoder caught in a loop."""

LONGEST_PAUSE_MS = 1500
"""A loop goes on without a pause; a listener's "okay" comes back whenever the other has said something."""


def collapse_repeats(words: Sequence[Word]) -> list[Word]:
    """The words in order, with a phrase of up to eight words said four times or more without a pause kept once.

    Case and punctuation at a word's edges do not tell phrases apart. The shortest phrase that repeats counts.
    """
    return [word for stretch in _stretches(words) for word in _without_loops(stretch)]


def _stretches(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The words from one pause to the next."""
    pauses = [
        place
        for place, (before, after) in enumerate(pairwise(words), start=1)
        if after.span.start_ms - before.span.end_ms > LONGEST_PAUSE_MS
    ]
    for first, last in pairwise([0, *pauses, len(words)]):
        yield words[first:last]


def _without_loops(words: Sequence[Word]) -> list[Word]:
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
