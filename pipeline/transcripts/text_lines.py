"""Lines of a plain-text transcript taken apart: a time, a name that may be a speaker's, and what is said."""

import re
from dataclasses import dataclass, replace

from pipeline.transcripts.clock import BETWEEN, CLOCK, DAYTIME, FRAMES, clock_ms, clocks_in, stretch_ms
from pipeline.transcripts.names import MAX_NAME, looks_like_name, name_key, split_prefix
from pipeline.transcripts.wording import tidy_name, visible, without_markup

_SECONDS = rf"(?:(?<=\[)\d+\.\d+(?={BETWEEN}\d+\.\d)|\d+\.\d+(?=\s*\]))"
"""Seconds without a unit: only in square brackets."""
_SPELLED = r"(?<=[\[(])(?:\d{1,2}h\s?)?\d{1,3}m\s?\d{1,2}s(?=[\])])"
"""Units beside their numbers, as in `1m03s`: only in brackets."""
_POINT = rf"(?:{FRAMES}|{CLOCK}|{_SPELLED}|\d+(?:\.\d+)?s|{_SECONDS})"
_DAY = r"(?:20\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:20)?\d\d)(?:T|,?\s)"
_ANY_DAYTIME = re.compile(DAYTIME)
_DATED = re.compile(rf"{_DAY}\s*{CLOCK}")
_IMAGE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()]*\)")
_LINK = re.compile(r"\[(?P<shown>[^\[\]]{1,200})\]\(https?:[^\s()]*\)")
_STRONG = re.compile(r"\*\*|(?<!\w)__|__(?!\w)")
_SLANTED_TIME = re.compile(rf"(?<!\w)[`*_]{{1,3}}(?P<time>[\[(]?{CLOCK}[\])]?)[`*_]{{1,3}}(?!\w)")
_DECORATION = re.compile(r"(?:#{1,6}\s+|[-•*]\s+|>\s+)+")


@dataclass(frozen=True, slots=True)
class Moments:
    """How the times of a text stand on its lines: before all else, after a name, in brackets inside, or bare there."""

    first: re.Pattern[str]
    last: re.Pattern[str]
    inside: re.Pattern[str]
    amid: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, taken apart as far as it can be without the others.

    `name` is the speaker's if it turns out to be a name, and `said` what is said then. If it is none, `rest` is
    said where a time opens a turn, and `whole` where the line is nothing but text. A name that stands
    `beside_time` has no text on its line, or a time to set it off. A line `after_gap` stands below a blank one.
    """

    whole: str
    rest: str = ""
    said: str = ""
    name: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    time_first: bool = False
    beside_time: bool = False
    after_gap: bool = False

    @property
    def only_time(self) -> bool:
        """Whether there is a time on the line and nothing else."""
        return self.time_first and not self.rest


def moments_in(text: str) -> Moments:
    """Patterns for the times of the text; they read AM and PM where half of its times or more have one.

    Where fewer have, "10:00 AM" is the hour somebody mentions, and "1:05 Am I late?" a time and what is said. Days
    before times are read where they stand before half of the times, too, and before two or more.
    """
    times = len(clocks_in(text))
    by_halves = 2 * len(_ANY_DAYTIME.findall(text)) >= times
    dated = len(_DATED.findall(text))
    day = rf"(?:{_DAY}\s*)?" if dated > 1 and 2 * dated >= times else ""
    return _moments(rf"(?:{DAYTIME}|{_POINT})" if by_halves else _POINT, day)


def _moments(point: str, day: str) -> Moments:
    moment = rf"[\[(@]?\s*{day}(?P<start>{point})(?:{BETWEEN}{day}(?P<end>{point}))?Z?\s*[\])]?(?!\w|:\d)"
    # A name may end in more of these; without a limit the time grows with the square of their number.
    between = r"[\s,|:→–—-]{0,20}"
    # What follows digits and a colon is the rest of a longer time.
    after = r"(?<=[\s,|:–—-])(?<!\d:)"
    return Moments(
        re.compile(rf"{moment}[\s,|:→–—-]*(?P<rest>.*)"),
        re.compile(rf"(?P<name>.{{1,{MAX_NAME}}}?){between}{after}{moment}\s*:?"),
        re.compile(
            rf"(?P<name>\[?[^\[:\]]{{1,{MAX_NAME}}}?\]?)\s*:?\s*(?=[\[(]){moment}[\s|:–—-]*(?P<rest>[^\s|:–—\])-].*)"
        ),
        re.compile(rf"(?P<name>[^:]{{1,{MAX_NAME}}}?){between}{after}{moment}[\s,|:–—-]+(?P<rest>\S.*)"),
    )


def read_line(line: str, moments: Moments) -> Line:
    """The line taken apart; markdown and markup are taken off."""
    # Runs of spaces become one (tabs stay): they would make the patterns' time grow with their square.
    spaced = re.sub(r"[^\S\t]+", " ", _without_markdown(visible(without_markup(line))))
    line = spaced.strip(" \t_")
    line = line[match.end() :] if (match := _DECORATION.match(line)) else line
    if "\t" in line and (tabbed := _tabbed(spaced) or _tabbed(line)):
        return tabbed
    first = moments.first.fullmatch(line)
    if first:
        return _timed(line, first)
    for pattern in (moments.last, moments.inside):
        match = pattern.fullmatch(line)
        if match and _may_name(match["name"]):
            said = match["rest"] if pattern is moments.inside else ""
            return Line(line, line, said, _bare(match["name"]), *_times(match), beside_time=True)
    opening = split_prefix(line)
    return Line(line, line, opening[1], opening[0]) if opening else Line(line, line)


def read_bare(line: Line, moments: Moments) -> Line:
    """The line read as a name, a time without brackets and what is said, where it can be; else as it is."""
    match = moments.amid.fullmatch(line.whole)
    if not match or not _may_name(match["name"]):
        return line
    return Line(line.whole, line.whole, match["rest"], _bare(match["name"]), *_times(match), beside_time=True)


def opened(line: Line) -> Line:
    """The line read as a name before its first colon, where there is one; a time that stood after it is said."""
    if line.time_first or not line.beside_time or (opening := split_prefix(line.whole)) is None:
        return line
    if line.said and line.name and name_key(line.name) == name_key(opening[0]):
        return replace(line, beside_time=False)
    return Line(line.whole, line.whole, opening[1], opening[0])


def _without_markdown(line: str) -> str:
    line = _STRONG.sub("", _LINK.sub(r"\g<shown>", _IMAGE.sub("", line)))
    return _SLANTED_TIME.sub(r"\g<time>", line).rstrip("\\ ")


def _may_name(words: str) -> bool:
    if clocks_in(words):
        return False
    return any(letter.isalpha() for letter in words) or looks_like_name(_bare(words))


def _tabbed(line: str) -> Line | None:
    """A line of a name, one or two times and a text with tabs between, the text last; None for any other.

    A table's row may lack the time.
    """
    cells = [cell.strip() for cell in re.split(r"\t+", line.strip())]
    times = [stretch_ms(cell) if ":" in cell else (None, None) for cell in cells[:-1]]
    names = [cell for cell, (start_ms, _) in zip(cells, times, strict=False) if start_ms is None]
    if len(cells) in (3, 4) and len(names) == 1:
        (start_ms, end_ms), *ends = [time for time in times if time[0] is not None]
        end_ms = ends[0][0] if ends else end_ms
        return Line(line, " ".join(cells), cells[-1], _bare(names[0]), start_ms, end_ms, time_first=True)
    row = [cell.strip() for cell in line.split("\t")]
    if len(row) == 3 and len(cells) == 2 and row[2] and times[0][0] is None:
        return Line(" ".join(cells), " ".join(cells), row[2], _bare(cells[0]))
    return None


def _timed(line: str, match: re.Match[str]) -> Line:
    rest = match["rest"].strip()
    opening = split_prefix(rest)
    if opening:
        return Line(line, rest, opening[1], opening[0], *_times(match), time_first=True)
    name = _bare(rest) if 0 < len(rest) <= MAX_NAME else ""
    return Line(line, rest, "", name or None, *_times(match), time_first=True, beside_time=bool(name))


def _times(match: re.Match[str]) -> tuple[int | None, int | None]:
    return clock_ms(match["start"]), clock_ms(match["end"]) if match["end"] else None


def _bare(name: str) -> str:
    name = tidy_name(name)
    return tidy_name(name[1:-1]) if name[:1] + name[-1:] in ("[]", "()", '""', "“”") else name
