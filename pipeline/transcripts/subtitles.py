"""Subtitle files as blocks of lines under a line of times, the shape WebVTT, SubRip and SubViewer share.

pysubs2 reads these too, but drops the `<v Name>` of WebVTT and turns text into another format's markup, which
cannot be undone where someone says a backslash; and it needs six seconds for 100,000 cues.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.transcripts.clock import HALF_OF_DAY, clock_ms

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

    A block's text ends at a blank line where `until_blank`, else at the next line of times; the id that stands
    before the next line of times is no text either way.
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
        if until_blank:
            body = body[: next((index for index, line in enumerate(body) if not line.strip()), len(body))]
        after = head + 1 + len(body)
        said = (match.groupdict().get("text") or "", *body)
        yield Block(clock_ms(match["start"]), clock_ms(match["end"]), _filled(said), _filled(before))


def _filled(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line.strip())
