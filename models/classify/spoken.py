"""What of a transcript's text was spoken, as the models read it."""

import re

_NOTE = re.compile(r"\[[^\]]{0,40}\]|\((?:laughs?|chuckles?|sighs?|pause|crosstalk|inaudible)\)", re.IGNORECASE)
_BROKEN = re.compile(r"-{2,}|[–—]|(?<!\w)-|-(?!\w)")
_TYPED = str.maketrans("’‘“”", "''\"\"")


def straight(text: str) -> str:
    """The text with typographic apostrophes and quotes as typed ones, every character in its place.

    No conversation the models learnt from has typographic ones.
    """
    return text.translate(_TYPED)


def without_notes(text: str) -> str:
    """The text with spaces for a transcriber's notes in brackets ("[laughs]"), all else in its place."""
    return _NOTE.sub(lambda note: " " * len(note[0]), text)


def spoken(text: str) -> str:
    """The text straight, without notes, and with dashes of broken speech as spaces."""
    return _BROKEN.sub(" ", without_notes(straight(text)))
