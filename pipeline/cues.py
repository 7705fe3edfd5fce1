"""Cues: the turns of phrase by which a rubric knows a step or an offer when it hears one."""

import re
from collections.abc import Sequence
from functools import lru_cache

GAP_WORDS = 4
"""How many words `...` may stand for."""


def plain(text: str) -> str:
    """Lower case, single spaces, no punctuation; apostrophes close up, so that “I'm” and “im” are one."""
    closed = re.sub(r"['’]", "", text.casefold())
    return " ".join(re.findall(r"\w+", closed))


def holds_cue(text: str, cues: Sequence[str]) -> bool:
    """Whether the text holds one of the cues, punctuated and capitalised or not; never for no cues.

    A cue is words in order; `*` at the end of a word stands for any ending, `...` for up to four words.
    A mark standing alone counts as nothing, as it does in the text.
    """
    return bool(cues) and _pattern(tuple(cues)).search(plain(text)) is not None


def is_cue(cue: str) -> bool:
    """Whether a cue holds a word at all."""
    return bool(re.search(r"\w", cue))


@lru_cache(maxsize=256)
def _pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_one(cue) for cue in cues))


def _one(cue: str) -> str:
    parts = [list(filter(plain, part.split())) for part in cue.casefold().replace("…", "...").split("...")]
    return rf"(?: \w+){{0,{GAP_WORDS}}} ".join(" ".join(map(_word, part)) for part in parts if part)


def _word(word: str) -> str:
    spoken = re.escape(plain(word))
    return rf"\b{spoken}\w*" if word.endswith("*") else rf"\b{spoken}\b"
