"""Names that another mark than a colon sets off: `Dana | Fine.`, `<Dana> Fine.`, `**Dana** Fine.`, `Dana - Fine.`

Such marks stand in lists of tasks and in tables, too. So a file is judged as a whole, and more strictly than with
colons: a wrong name is worse than a file that somebody has to write anew.
"""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.transcripts.clock import BETWEEN, CLOCK
from pipeline.transcripts.names import is_short, looks_like_name, name_key
from pipeline.transcripts.wording import is_noise, tidy_name, visible

_BEFORE = (
    r"\s?(?:(?:#{1,6}|[-•>])\s)*(?:\|\s?)?"
    rf"(?P<time>(?:[\[(`]?{CLOCK}(?:{BETWEEN}{CLOCK})?[\])`]?(?=[\s|–—-]))?)[\s,|–—-]{{0,9}}"
)
_NAME = r"(?P<name>[^\s|<>()\[\]{};:*_=–—-][^|<>()\[\]{};:*=\t]{0,49}?)"
_TEXT = r"(?P<text>\S.*)"
_CLOSED, _OPEN = 0.4, 0.8
_MARKS = tuple(
    (re.compile(_BEFORE + mark), share)
    for mark, share in (
        (rf"\(\s?{_NAME}\s?\)\s?{_TEXT}", _CLOSED),
        # No tag of HTML, such as <b> or <i>, though "B" may be a speaker's label.
        (rf"<\s?(?![bisup]\b){_NAME}\s?>\s?(?!.*</){_TEXT}", _CLOSED),
        (rf"\{{\s?{_NAME}\s?\}}\s?{_TEXT}", _CLOSED),
        (rf"(?P<fence>\*{{1,3}}|_{{1,2}}){_NAME}(?P=fence)\s{_TEXT}", _CLOSED),
        (rf"[Ff]rom\s{_NAME}\sto\s[^:]{{1,60}}:(?!\d)(?P<text>.*)", _CLOSED),
        (rf"{_NAME}\s?[|\t]+\s?{_TEXT}", _OPEN),
        (rf"{_NAME}\s[-–—]{{1,2}}\s{_TEXT}", _OPEN),
        (rf"{_NAME}(?:;|\s?(?:=>|->|→|>{{1,2}}))\s{_TEXT}", _OPEN),
        (rf"(?P<name>[QA]|[A-Z]{{3,20}}(?: [A-Z]{{3,20}})?)\.\s{_TEXT}", _OPEN),
    )
)
"""Each mark, and the share of the lines that it has to open: less where it closes behind the name."""
_MOST_NAMES = 4
_LISTED = re.compile(
    r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|weekdays?|weekends?|mornings?|noon|afternoons?|evenings?|nights?|[ap]m|"
    r"hours?|days?|weeks?|months?|quarters?|years?|phases?|stages?|rounds?|sprints?|parts?|sections?|chapters?|pages?|"
    r"levels?|versions?|teams?|groups?|items?|cases?|ideas?|options?|plans?|steps?|tasks?|goals?|pros?|cons?|good|bad|"
    r"better|worse|best|worst|high|low|medium|big|small|old|new|hot|cold|easy|hard|red|green|blue|yellow|orange|amber|"
    r"black|white|left|right|top|bottom|up|down|in|out|on|off|yes|no|true|false|to ?do|doing|done|open|closed|"
    r"start|stop|keep|continue|before|after|then|now|later|past|future|inside|outside|wins?|loss(?:es)?|"
    r"do|dont|don't|problems?|solutions?|questions?|answers?|strengths?|weakness(?:es)?|inputs?|outputs?)"
    r"(?: (?:\d{1,3}|[a-z]|one|two|three|four|five))?"
)
"""What heads the lines of lists, though it looks like a name: "Mon", "Team A", "Week 2"."""
_TALK = re.compile(r"\?|\b(?:I|you|we|me|my|your|our)\b", re.IGNORECASE)
_TALK_SHARE = 0.2
"""Lines in which somebody asks, or speaks of themselves or of the other; lists of tasks have hardly any."""


def with_colons(lines: Sequence[str]) -> Sequence[str] | None:
    """The lines with a colon after each name that another mark sets off; None where no mark does.

    Two to four names must open two in five of the lines, from the first of them on, or four in five where nothing
    closes the mark, and each must come back. Where other short words come back in the same mark, or words that look
    like a name or head lists stand in it once, nobody can tell who speaks, and it is not taken.
    """
    # On one space each, as `read_line` has them: runs would make the patterns' time grow with their square.
    spaced = [re.sub(r"[^\S\t]+", " ", visible(line)) for line in lines]
    return next((read for mark, share in _MARKS if (read := _read(spaced, mark, share))), None)


def _read(lines: Sequence[str], mark: re.Pattern[str], share: float) -> list[str] | None:
    found = [mark.fullmatch(line) for line in lines]
    openings = [_opening(match) for match in found]
    keys = [name_key(opening) if opening else None for opening in openings]
    names = {name_key(opening) for opening in openings if opening and looks_like_name(opening)}
    counts = Counter(key for key in keys if key)
    if any(_LISTED.fullmatch(key) for key in counts):
        return None
    if not 2 <= len(names) <= _MOST_NAMES or any((count > 1) is not (key in names) for key, count in counts.items()):
        return None
    named = [
        match["text"] or below
        for match, key, below in zip(found, keys, [*lines[1:], ""], strict=True)
        if match and key in names
    ]
    first = next(place for place, key in enumerate(keys) if key in names)
    talk = sum(bool(_TALK.search(said)) for said in named)
    if len(named) < share * (len(lines) - first) or talk < max(2, _TALK_SHARE * len(named)):
        return None
    return [
        f"{match['time']} {opening}: {match['text'].strip(' |')}".strip()
        if match and opening and key in names
        else line
        for line, match, opening, key in zip(lines, found, openings, keys, strict=True)
    ]


def _opening(match: re.Match[str] | None) -> str | None:
    """What stands in the mark; None where it is a sound, or too long for a name."""
    opening = tidy_name(match["name"]) if match else ""
    fits = looks_like_name(opening) or is_short(name_key(opening))
    return opening if opening and fits and not is_noise(opening) else None
