"""Plain text: `Name  0:12` above each turn (Otter, Teams, Rev), `0:12 Name: text`, or `Name: text` (Google Meet)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise

from pipeline.transcripts.clock import CLOCK, clock_ms, shows_no_seconds
from pipeline.transcripts.cues import Cue, Document, Format, Imported
from pipeline.transcripts.days import day_in
from pipeline.transcripts.names import is_short, looks_like_name, name_key, speaker_names
from pipeline.transcripts.text_lines import Line, moments_in, read_line
from pipeline.transcripts.wording import tidy_name

_NOTICE = re.compile(
    r"transcribed by https?://otter\.ai.*|this editable transcript was computer generated.*|"
    r"people can also change the text after it was created\.?|.{1,80} (?:started|stopped) transcription\.?|"
    rf"(?:transcription|meeting|recording) ended after {CLOCK}.*",
    re.IGNORECASE,
)
_ENDED = re.compile(rf"(?:transcription|meeting|recording) ended after (?P<time>{CLOCK})", re.IGNORECASE)
_OPENING = 20_000
"""Characters that show whether a file names speakers, in nearly all that do."""


@dataclass(frozen=True, slots=True)
class _Names:
    """Keys of the names that head turns, by where they stand."""

    beside_times: frozenset[str]
    before_colons: frozenset[str]
    alone: frozenset[str]

    def on(self, line: Line) -> str | None:
        """The speaker that the line names, or None."""
        if line.name:
            return line.name if name_key(line.name) in self._where(line) else None
        alone = tidy_name(line.whole)
        return alone if line.start_ms is None and name_key(alone) in self.alone else None

    def _where(self, line: Line) -> frozenset[str]:
        return self.beside_times if line.beside_time else self.before_colons


def recognises(document: Document) -> bool:
    """By lines that name speakers; never JSON."""
    if document.data is not None:
        return False
    return any(_cues(_lines(text))[1] for text in (document.text[:_OPENING], document.text))


def read(document: Document) -> Imported:
    """Turns under the names that head them. What stands before the first of them is no speech."""
    preamble, cues = _cues(_lines(document.text))
    ended = _ENDED.search(document.text)
    return Imported(
        tuple(cues),
        duration_ms=clock_ms(ended["time"]) if ended else None,
        recorded_on=day_in(preamble),
        no_seconds=shows_no_seconds(document.text),
    )


def _lines(text: str) -> list[Line]:
    # A tab at the start of a table's row is an empty cell.
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    moments = moments_in(text)
    return [read_line(line, moments) for line in lines if not _NOTICE.fullmatch(line.strip("*_# \t"))]


def _cues(lines: Sequence[Line]) -> tuple[str, list[Cue]]:
    """What stands before the first turn, and the turns."""
    names = _names(lines)
    timed_text = _times_open_text(lines)
    heads = [
        index
        for index, line in enumerate(lines)
        if names.on(line) or line.only_time or (timed_text and line.time_first)
    ]
    bodies = [(lines[head], lines[head + 1 : end]) for head, end in pairwise([*heads, len(lines)])]
    cues = _joined(_cue(head, names.on(head), body) for head, body in bodies)
    before = lines[: heads[0]] if heads else lines
    return "\n".join(line.whole for line in before), list(_carried(dropwhile(lambda cue: cue.speaker is None, cues)))


def _cue(head: Line, name: str | None, body: Iterable[Line]) -> Cue:
    said = (head.said if name else head.rest, *(line.whole for line in body))
    return Cue(" ".join(part for part in said if part), name, head.start_ms, head.end_ms)


def _joined(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Cues, where a line of only a time or only a name stands for what comes after it."""
    waiting: Cue | None = None
    for cue in cues:
        if waiting and not waiting.text and _complete_each_other(waiting, cue):
            timed = cue if cue.start_ms is not None else waiting
            waiting = Cue(cue.text, cue.speaker or waiting.speaker, timed.start_ms, timed.end_ms)
            continue
        if waiting:
            yield waiting
        waiting = cue
    if waiting:
        yield waiting


def _carried(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Cues with a speaker each: a time without a name is how these files say that someone speaks on."""
    speaker: str | None = None
    for cue in cues:
        speaker = cue.speaker or speaker
        yield replace(cue, speaker=speaker)


def _complete_each_other(first: Cue, second: Cue) -> bool:
    return (first.speaker is None or second.speaker is None) and (first.start_ms is None or second.start_ms is None)


def _names(lines: Sequence[Line]) -> _Names:
    beside = _names_beside_times(lines)
    alone = _names_alone(lines)
    timed = [line for line in lines if line.time_first and not line.only_time]
    among = timed if sum(line.name is not None and not line.beside_time for line in timed) > 1 else lines
    before = speaker_names([None if line.beside_time else line.name for line in among])
    # Where times set the names off, a word before a colon is a name only if it is one of those.
    headed = beside | alone
    return _Names(beside, before & headed if headed and among is lines else before, alone)


def _names_beside_times(lines: Sequence[Line]) -> frozenset[str]:
    """Names above turns: those after their time only if text follows on the next line, else it is itself the text."""
    candidates = [
        (line, following.start_ms is None)
        for line, following in pairwise([*lines, Line("", "")])
        if line.beside_time and line.name
    ]
    headings = [line for line, text_follows in candidates if text_follows or not line.time_first]
    if len(headings) < 0.8 * len(candidates):
        return frozenset()
    counts = Counter(name_key(line.name) for line in headings if line.name)
    likely = {name_key(line.name) for line in headings if line.name and looks_like_name(line.name)}
    return frozenset(key for key, count in counts.items() if key in likely or (count > 1 and is_short(key)))


def _names_alone(lines: Sequence[Line]) -> frozenset[str]:
    """Names on lines of their own, above the lines of times or below them."""
    for neighbour in (-1, 1):
        places = [index + neighbour for index, line in enumerate(lines) if line.only_time]
        beside = [lines[place] for place in places if 0 <= place < len(lines)]
        names = [
            tidy_name(line.whole) for line in beside if line.name is None and looks_like_name(tidy_name(line.whole))
        ]
        keys = frozenset(map(name_key, names))
        if len(places) > 1 and names and len(names) >= 0.8 * len(places) and len(keys) <= max(2, len(names) // 2):
            return keys
    return frozenset()


def _times_open_text(lines: Sequence[Line]) -> bool:
    """Whether a time before text starts a turn, as on a fifth of the lines or more, or is one somebody mentions."""
    opened = sum(line.time_first and not line.only_time for line in lines)
    return opened > 1 and opened >= 0.2 * len(lines)


FORMAT = Format("text", (".txt", ".docx"), recognises, read, general=True)
