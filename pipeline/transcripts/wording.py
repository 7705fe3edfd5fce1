"""The words of a cue: markup taken off, noise left out."""

import html
import re
import unicodedata

from pipeline.transcripts.clock import HALF_OF_DAY

# Only tags that are markup in some subtitle dialect: "<the client>" is something a person may have said.
_TAGS = re.compile(
    r"</?(?:b|i|u|s|em|strong|c|v|lang|ruby|rt|font|span|p|div|br)(?:[.\s/][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}",
    re.IGNORECASE,
)
_NOISE_WORDS = (
    "music|inaudible|unintelligible|indiscernible|crosstalk|cross talk|cross-talk|silence|pause|noise|laughter|laughs|"
    "laughing|laugh|chuckles|chuckling|chuckle|applause|coughs|coughing|cough|sighs|sigh|blank_audio|blank audio|"
    "background noise|background conversation|overlapping speech|foreign|foreign language|static|beep|ringing|"
    "phone rings|clears throat|sneezes|breathing|typing|no audio|audio cuts out|hold music"
)
_NOISE = re.compile(
    rf"[\[(*<](?:{_NOISE_WORDS})(?:[\s,:]+[\d:.]+(?:{HALF_OF_DAY})?)?[\])*>]|[♪♫]+[^♪♫]*[♪♫]+|[♪♫]+", re.IGNORECASE
)
_BRACKETS_ONLY = re.compile(r"(?:\[[^\[\]]*\][\s.,]*)+")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")
_LETTER = re.compile(r"\w")


def without_markup(text: str) -> str:
    """The text with subtitle tags taken off and entities decoded; line breaks stay."""
    return html.unescape(_TAGS.sub("", text))


def visible(text: str) -> str:
    """The text without marks of writing direction, soft hyphens and other characters that nobody sees."""
    return _INVISIBLE.sub("", text)


def spoken(text: str) -> str:
    """What is said in the text, on one line; empty where it is all noise such as `[Music]` or `(inaudible)`."""
    text = " ".join(visible(text).split())
    if _BRACKETS_ONLY.fullmatch(text):
        return ""
    text = " ".join(_NOISE.sub(" ", text).split())
    return text if _LETTER.search(text) else ""


def is_noise(text: str) -> bool:
    """Whether words in brackets name a sound, as "Music" and "inaudible 00:12" do, and not a speaker."""
    return bool(_NOISE.fullmatch(f"[{text}]"))


def tidy_name(name: str) -> str:
    """A speaker's name on one line, without invisible characters and without punctuation at its ends."""
    name = " ".join(visible(unicodedata.normalize("NFC", name)).split())
    return name.strip(" :;,-–—*").strip()
