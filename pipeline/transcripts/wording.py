"""The words of a cue: markup taken off, noise left out."""

import html
import re
import unicodedata

from pipeline.transcripts.clock import BETWEEN, CLOCK, HALF_OF_DAY

# Only tags that are markup in some subtitle dialect: "<the client>" is something a person may have said.
_TAGS = re.compile(
    r"</?(?:b|i|u|s|em|strong|c|v|lang|ruby|rt|font|span)(?:[.\s/][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}", re.IGNORECASE
)
_BREAKS = re.compile(r"</?(?:p|div|br)(?:[\s/][^<>]*)?>", re.IGNORECASE)
_NOISE_WORDS = (
    "music|inaudible|unintelligible|indiscernible|unclear|crosstalk|cross talk|cross-talk|silence|pause|noise|laughter|"
    "laughs|laughing|laugh|chuckles|chuckling|chuckle|applause|coughs|coughing|cough|sighs|sigh|blank_audio|"
    "blank audio|background noise|background conversation|overlapping|overlapping speech|overlapping talk|"
    "talking over each other|both talking|foreign|foreign language|static|beep|ringing|phone rings|clears throat|"
    "sneezes|breathing|typing|no audio|audio cuts out|hold music"
)
_SOUND = (
    r"(?:[\w'-]{1,20}\s){1,2}(?:music|laughter|laughing|laughs|applause|chatter|noise|noises|ringing|beeping|singing)"
    r"(?:\s(?:playing|continues|stops|fades|ends))?"
)
"""A sound and what kind of it: "upbeat music", "audience laughing". In square brackets nobody says it; in round ones
somebody may, so there it is one only where it is all there is."""
_NOISE = re.compile(
    rf"[\[(*<](?:{_NOISE_WORDS})(?:[\s,:]+(?:at\s)?[\d:.]+(?:{HALF_OF_DAY})?)?[\])*>]|\[{_SOUND}\]|"
    r"[♪♫]+[^♪♫]*[♪♫]+|[♪♫]+",
    re.IGNORECASE,
)
# In round brackets only with hours: "(2:30)" may be how somebody wrote down what was said.
_MARKED_TIME = re.compile(rf"\[{CLOCK}(?:{BETWEEN}{CLOCK})?\]|\(\d{{1,2}}:\d\d:\d\d(?:[.,]\d+)?\)")
_BRACKETS_ONLY = re.compile(rf"(?:(?:\[[^\[\]]*\]|\({_SOUND}\))[\s.,]*)+", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")
_LEADING = re.compile(r"^[:–—-]{1,3}\s")
"""What parts a name from what is said, or opens a line of dialogue."""
_LETTER = re.compile(r"\w")


def without_markup(text: str) -> str:
    """The text with subtitle tags taken off and entities decoded; tags that part lines become line breaks."""
    return html.unescape(_TAGS.sub("", _BREAKS.sub("\n", text))).strip("\n")


def visible(text: str) -> str:
    """The text without marks of writing direction, soft hyphens and other characters that nobody sees."""
    return _INVISIBLE.sub("", text)


def spoken(text: str) -> str:
    """What is said in the text, on one line, without times in brackets; empty where all is noise such as `[Music]`."""
    text = " ".join(visible(text).split())
    if _BRACKETS_ONLY.fullmatch(text):
        return ""
    text = " ".join(_NOISE.sub(" ", _MARKED_TIME.sub(" ", text)).split())
    text = _LEADING.sub("", text)
    return text if _LETTER.search(text) else ""


def is_noise(text: str) -> bool:
    """Whether words in brackets name a sound, as "Music" and "inaudible 00:12" do, and not a speaker."""
    return bool(_NOISE.fullmatch(f"[{text}]"))


def tidy_name(name: str) -> str:
    """A speaker's name on one line, without invisible characters and without punctuation at its ends."""
    name = " ".join(visible(unicodedata.normalize("NFC", name)).split())
    return name.strip(" :;,-–—*•·→/").strip()
