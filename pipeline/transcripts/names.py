"""Which words before a colon are a speaker's name.

"Dana Okafor: How did it go?" names a speaker, "Two things: price and timing." does not. A file is judged as a whole:
words before a colon are a name when they look like one and come back, or when (nearly) every cue begins with such a
name. `speaker_names` holds the rules.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile

from pipeline.transcripts.cues import Cue
from pipeline.transcripts.wording import is_noise, tidy_name

MAX_NAME = 80
"""Characters; longer words before a colon are a sentence."""

_PREFIX = re.compile(
    rf"\s*(?:>>+|[-–—•])?\s*(?:\*\*)?"
    rf"(?:\[(?P<bracketed>[^\[\]]{{1,{MAX_NAME}}})\]\s*:?|(?P<plain>[^:：\n]{{1,{MAX_NAME}}}?)\s*[:：](?![\d/]))"
    rf"(?:\*\*)?\s*(?P<text>.*)",
    re.DOTALL,
)
_LABEL = re.compile(
    r"(?:(?:unknown|unidentified) )?(?:speaker|spk|participant|person|voice|channel|ch|guest|caller)"
    r"[ _#-]*(?:\d+|[a-z])?"
    r"|(?:sales )?(?:manager|coach|rep|salesperson|seller|employee|interviewer|interviewee|agent|customer|client|host|"
    r"moderator|trainer)(?: ?\d+)?|me|you|them|s\d+|[a-hj-z]",
    re.IGNORECASE,
)
_NO_HANDLE = r"(?:20)?\d\d([-/.])\d\d?\1(?:20)?\d\d?\b|\d+\.\d{1,3}(?:\s*-|$)"
"""Pattern of digits that are no phone number: a date, seconds or a range of them."""
_HANDLE = re.compile(
    rf"(?!{_NO_HANDLE})\+?[\d()*x. -]{{5,}}\d|[^\s@]+@[^\s@]+\.[a-z]+|[a-z]+[._][a-z]+\d*", re.IGNORECASE
)
_AFFILIATION = re.compile(r"\s*[|(\[,/@].*|\s[-–—]\s.*")
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(rf"\b(?:19|20)\d\d\b|\b{_MONTH}\.? \d|\d {_MONTH}\b|\d:\d\d", re.IGNORECASE)
_TITLES = "asst|assoc|capt|corp|prof|supt"
_SENTENCE = re.compile(rf"[?!;\"“”…<>=]|\b(?!(?:{_TITLES})\.)\w{{4,}}\.(?:\s|$)", re.IGNORECASE)
_NICKNAME = re.compile(r"(?<=\w )[\"“][^\"“”]{1,20}[\"”](?= \w)")
_PARTICLES = frozenset("al bin da das de del der di do dos du e el ibn la le of st ten ter the van von y zu".split())
_NOT_NAMES = frozenset(
    """
    a account action actually additionally advice after agenda also although and another answer anyway as ask
    attendee attendees background basically because before besides bottom but call caution cc company conclusion
    cons consequently content context created date day decision definitely detail details do dont duration each
    either email every everything exactly example examples explanation fact fair feedback few file finally first
    firstly five focus follow followup for four friday from goal goals guess hence here hint honestly how however
    http https i id idea if important in instead invited invitees is issue it item just key language last lastly
    later lesson let like link list listen location look maybe meaning meanwhile meeting message monday more my name
    namely never new next no nope note notes nothing now number objective objectives obviously of oh ok okay on once
    one only opportunity option options or organiser organizer other our outcome outcomes overall participants
    perhaps phone plan please plus point points price pricing problem process pros purpose question questions quote
    reason reasons recap recorded recording remember reminder result results right risk role rule same saturday say
    scenario second secondly see sent session show similarly simple simply so solution some something sometimes
    specifically stage start step steps still stop strength strengths subject such sum summary sunday sure takeaway
    takeaways target task tasks text thanks that the then there therefore these they thing things think third this
    those three thursday time timestamp tip title to today tomorrow topic topics transcribed transcript translation
    true tuesday two update updates url usually version warning we weakness weaknesses wednesday well what whatever
    when where whether which while who why with words yeah yep yes yesterday yet you your
    """.split()
)


def split_prefix(line: str) -> tuple[str, str] | None:
    """The name-like opening of a line (before its first colon, or in brackets) and the rest; None without one."""
    # On one space each: runs of them would make the pattern's time grow with their square.
    match = _PREFIX.fullmatch(" ".join(line.split()))
    if not match or is_noise(match["bracketed"] or ""):
        return None
    name = tidy_name(match["bracketed"] or match["plain"])
    return (name, match["text"].strip()) if any(letter.isalnum() for letter in name) else None


def name_key(name: str) -> str:
    """What makes two spellings one person: neither case nor spaces count."""
    return " ".join(name.casefold().split())


def looks_like_name(name: str) -> bool:
    """Whether words could name a speaker: a label ("Speaker 1"), a phone number, an address, or capitalised words.

    At most five words up to a bracket, bar or comma ("Jane Doe | Acme"), each capitalised or a particle ("van"),
    no number first, and no date or time.
    """
    if _LABEL.fullmatch(name) or _HANDLE.fullmatch(name):
        return True
    if _DATE.search(name):
        return False
    words = _AFFILIATION.sub("", name).split()
    if not 1 <= len(words) <= 5 or is_sentence(" ".join(words)):
        return False
    if words[0].casefold() in _NOT_NAMES and len(words) == 1:
        return False
    if any(char.isdigit() for char in name) and not any(char.isalpha() for char in name):
        return False
    return all(_capitalised(word) for word in words) and not words[0].strip("#().,[]").replace(".", "").isdigit()


def key_of_name(text: str) -> str:
    """The key of a text that is nothing but what looks like a name; empty for any other."""
    name = tidy_name(text)
    return name_key(name) if looks_like_name(name) else ""


def is_short(key: str) -> bool:
    """Whether words could name somebody if they keep coming back: at most four, and not the opening of a sentence."""
    return len(key.split()) <= 4 and key not in _NOT_NAMES and not is_sentence(key)


def is_sentence(words: str) -> bool:
    """Whether words have marks that a name has not; a title's dot and quotation marks about a nickname are none."""
    return bool(_SENTENCE.search(_NICKNAME.sub("", words)))


def speaker_names(openings: Sequence[str | None]) -> frozenset[str]:
    """Keys (`name_key`) of the openings that name speakers; `openings` has one entry a line, None for a bare line.

    Of the words that look like a name, those that come back are names. Where half of the lines open with such
    words, so is what stands once, if it is of two words or more, or nobody else, or only one, comes back; where
    nine in ten do, all are. Other words of at most four are names where they come back and nine in ten lines
    open with words before a colon ("dana: …"), or beside such words, where they open a tenth of the lines, three
    or more. A single name that opens fewer than half of the lines, or names that open fewer than one in twenty,
    are taken for ordinary text: such a file does not say who speaks.
    Lines before the first that looks named are titles; they count only for that.
    """
    likely = {name_key(opening) for opening in set(openings) if opening and looks_like_name(opening)}
    # Alone before a colon it is an interviewer; anywhere else it is a word.
    likely |= {"i"} & {opening.casefold() for opening in openings if opening}
    keys = [name_key(opening) if opening else None for opening in openings]
    keys = list(dropwhile(lambda key: key not in likely, keys)) if likely else keys
    counts = Counter(key for key in keys if key)
    lines = max(len(keys), 1)
    likely_share = sum(counts[key] for key in likely) / lines
    returning = sum(counts[key] > 1 for key in likely)
    any_share = sum(counts.values()) / lines

    def named(key: str) -> bool:
        if key in likely:
            once = likely_share >= 0.9 or (likely_share >= 0.5 and (returning < 2 or " " in key))
            return counts[key] > 1 or (once and key.split()[0] not in _NOT_NAMES)
        often = bool(likely) and counts[key] >= max(3, 0.1 * lines) and key.split()[0] not in _NOT_NAMES
        return (often or (any_share >= 0.9 and (counts[key] > 1 or lines <= 4))) and is_short(key)

    names = frozenset(filter(named, counts))
    share = sum(counts[key] for key in names) / max(len(openings), 1)
    return names if share >= (0.5 if len(names) == 1 else 0.05) else frozenset()


def name_cues(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Cues with the speakers that their lines name; a cue with two speakers' lines is cut, its time shared by length.

    Where no line does, but the first line of (nearly) every cue is a name that comes back, it is the speaker.
    Cues that have a speaker already stay as they are.
    """
    openings = [_opening(line) for cue in cues if not cue.speaker for line in _lines(cue)]
    names = speaker_names(openings)
    if not names and not any(cue.speaker for cue in cues):
        return _named_by_first_line(cues)
    return tuple(part for cue in cues for part in ([cue] if cue.speaker else _parts(cue, names)))


def _named_by_first_line(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Cues of the shape that older Teams files have: a line with the name, then lines with the text."""
    firsts = [tidy_name(_lines(cue)[0]) for cue in cues if len(_lines(cue)) > 1]
    keys = {name_key(first) for first in firsts}
    named = sum(looks_like_name(first) for first in firsts)
    if named < 0.8 * len(cues) or not named or len(keys) > max(2, len(firsts) // 2):
        return tuple(cues)
    return tuple(
        replace(cue, text=cue.text.partition("\n")[2], speaker=cue.text.partition("\n")[0])
        if name_key(tidy_name(cue.text.partition("\n")[0])) in keys
        else cue
        for cue in cues
    )


def cut(cue: Cue, pieces: Sequence[tuple[str | None, str]]) -> Iterator[Cue]:
    """The cue as one cue for each (speaker, text), its time shared in proportion to the texts' lengths."""
    total = sum(len(text) for _, text in pieces) or 1
    spoken = 0
    for speaker, text in pieces:
        start_ms, end_ms = _share(cue, spoken / total), _share(cue, (spoken + len(text)) / total)
        spoken += len(text)
        yield Cue(text, speaker, start_ms, end_ms)


def _share(cue: Cue, part: float) -> int | None:
    # An end before its start may be a clock past midnight: half the way there would be noon.
    if cue.start_ms is None or cue.end_ms is None or cue.end_ms < cue.start_ms:
        return cue.start_ms if part == 0 else cue.end_ms
    return cue.start_ms + round((cue.end_ms - cue.start_ms) * part)


def _parts(cue: Cue, names: frozenset[str]) -> Iterator[Cue]:
    pieces: list[tuple[str | None, str]] = []
    for line in _lines(cue):
        opening = split_prefix(line)
        if opening and name_key(opening[0]) in names:
            pieces.append(opening)
        elif pieces:
            pieces[-1] = (pieces[-1][0], f"{pieces[-1][1]}\n{line}")
        else:
            pieces.append((None, line))
    return cut(cue, pieces)


def _lines(cue: Cue) -> list[str]:
    return [line for line in cue.text.split("\n") if line.strip()] or [""]


def _opening(line: str) -> str | None:
    opening = split_prefix(line)
    return opening[0] if opening else None


def _capitalised(word: str) -> bool:
    letter = next((letter for letter in word if letter.isalpha()), None)
    return letter is None or not letter.islower() or word in _PARTICLES
