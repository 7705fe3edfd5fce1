"""Subtitle files as blocks of lines under a line of times, the shape WebVTT, SubRip and SubViewer share.

pysubs2 reads these too, but drops the `<v Name>` of WebVTT and turns text into another format's markup, which
cannot be undone where someone says a backslash; and it needs six seconds for 100,000 cues.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.transcripts.clock import HALF_OF_DAY, clock_ms
from pipeline.transcripts.cues import Cue
from pipeline.transcripts.names import name_cues
from pipeline.transcripts.text_marks import with_colons

# With a colon: "10 -> 20 percent" is something a person may have said.
_TIME = rf"-?\d+:[\d:.,]+(?:{HALF_OF_DAY})?"
# Those of WebVTT, and the corners of SubRip.
_SETTING = r"(?i:vertical|line|position|size|align|region|[xy][12]):\S+"
# Word turns "-->" into an arrow of its own, in the font Wingdings (U+F0E0), or into a dash and a bracket.
ARROW = re.compile(
    rf"\s*(?P<start>{_TIME})\s*(?:--?>|[–—]>|→|\uf0e0)\s*(?P<end>{_TIME})(?:\s+{_SETTING})*(?:\s+(?P<text>\S.*)|\s*)"
)
"""A line of times in WebVTT or SubRip: `00:00:01.000 --> 00:00:04.000 align:start`, hours optional, the arrow as
written or as a word processor corrects it. What follows on the line and is no setting is text."""
NAMED_ID = re.compile(r'\d+\s+"(?P<name>.*)"\s+\(\d+\)')
"""Webex's id of a cue, with the speaker: `1 "Dana Okafor" (1262511360)`; the name is empty where it knows none."""
_ID = re.compile(
    rf"\d+|[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}(?:/\d+-\d+)?(?:-\d+)?|{NAMED_ID.pattern}", re.IGNORECASE
)
_ASIDE = re.compile(r"\s*(?:NOTE|STYLE|REGION)\b")


@dataclass(frozen=True, slots=True)
class Block:
    """The lines under one line of times. `before` holds the lines since the block before: an id, notes, nothing."""

    start_ms: int | None
    end_ms: int | None
    lines: tuple[str, ...]
    before: tuple[str, ...] = ()


def has_times(text: str, times: re.Pattern[str]) -> bool:
    """Whether any line of the text is one of times."""
    return any(times.fullmatch(line) for line in text.split("\n"))


def blocks(text: str, times: re.Pattern[str], until_blank: bool) -> Iterator[Block]:
    """Blocks in the file's order; `times` has the groups `start` and `end`, and may have `text` for what it leaves.

    A block's text goes on to the next line of times. Where `until_blank`, what stands below a blank line is text only
    if it is no note, style or region; the id that stands before the next line of times is no text either way.
    """
    lines = text.split("\n")
    heads = [(index, match) for index, line in enumerate(lines) if (match := times.fullmatch(line))]
    ends = [*(index for index, _ in heads), len(lines)][1:]
    after = 0
    for (head, match), end in zip(heads, ends, strict=False):
        before = lines[after:head]
        body = lines[head + 1 : end]
        if end < len(lines) and body and _ID.fullmatch(body[-1].strip()):
            body = body[:-1]
        blank = next((index for index, line in enumerate(body) if not line.strip()), len(body))
        after = head + 1 + (blank if until_blank else len(body))
        if until_blank:
            body = [*body[:blank], *_strayed(body[blank:], end < len(lines))]
        said = (match.groupdict().get("text") or "", *body)
        yield Block(clock_ms(match["start"]), clock_ms(match["end"]), _filled(said), _filled(before))


def _strayed(lines: Sequence[str], id_follows: bool) -> list[str]:
    """Lines of text that a blank line parts from their cue, though the format has no place for them there."""
    kept = [*lines[:-1], ""] if id_follows and lines and lines[-1].strip() else lines
    paragraphs = [list(group) for filled, group in groupby(kept, key=lambda line: bool(line.strip())) if filled]
    return [line for paragraph in paragraphs if not _ASIDE.match(paragraph[0]) for line in paragraph]


def with_speakers(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """The cues as `name_cues` names them. Where nobody is, another mark may set the names off: `(Dana) Fine.`"""
    found = name_cues(cues)
    lines = [line for cue in cues for line in cue.text.split("\n")]
    if any(cue.speaker for cue in found) or (marked := with_colons(lines)) is None:
        return found
    rest = iter(marked)
    return name_cues([replace(cue, text="\n".join(next(rest) for _ in cue.text.split("\n"))) for cue in cues])


def _filled(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line.strip())
