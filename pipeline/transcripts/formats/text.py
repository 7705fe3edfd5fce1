"""Plain text: `Name  0:12` above each turn (Otter, Teams, Rev), `0:12 Name: text`, or `Name: text` (Google Meet)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise

from pipeline.transcripts.clock import CLOCK, clock_ms, shows_no_seconds
from pipeline.transcripts.cues import Cue, Document, Format, Imported
from pipeline.transcripts.days import day_in
from pipeline.transcripts.names import looks_like_name, name_key
from pipeline.transcripts.text_lines import Line, Moments, moments_in, opened, read_bare, read_line
from pipeline.transcripts.text_marks import with_colons
from pipeline.transcripts.text_names import named, without_parts
from pipeline.transcripts.text_rewriting import plain_marks, rewritten, turns_apart
from pipeline.transcripts.wording import tidy_name

_NOTICE = re.compile(
    r"transcribed by https?://otter\.ai.*|this editable transcript was computer generated.*|"
    r"people can also change the text after it was created\.?|.{1,80} (?:started|stopped) transcription\.?|"
    rf"(?:transcription|meeting|recording) ended after {CLOCK}.*|"
    r"\W*(?:end|start) of (?:the )?(?:transcript(?:ion)?|recording|interview|audio|call|meeting)\W*|"
    r"(?-i:(?:ACTION ITEM|SCREEN SHARING): .*|[A-Z][A-Z ]{2,40}: .* - WATCH: https?://\S+)",
    re.IGNORECASE,
)
_ENDED = re.compile(rf"(?:transcription|meeting|recording) ended after (?P<time>{CLOCK})", re.IGNORECASE)
_TITLE = re.compile(r"\W*(?:full |meeting |call )?transcript(?:ion)?[\s:*_#=–—-]*", re.IGNORECASE)
"""A line that says that all above it is something else: a summary, chapters, tasks."""
_SECTION = re.compile(
    r"\W*(?:(?:ai |call |meeting )?(?:summary|notes|outline)|action items?|next steps|(?:key )?takeaways)[\s:*_#=–—-]*",
    re.IGNORECASE,
)
"""A line that says that all below it is something else."""
_MOST_SECTIONS = 20
"""Lines that are tried as either: more are words that somebody says."""
_OPENING = 20_000
"""Characters that show whether a file names speakers, in nearly all that do."""


def recognises(document: Document) -> bool:
    """By lines that name speakers; never JSON."""
    if document.data is not None:
        return False
    return bool(_plainly_named(*_written(document.text[:_OPENING]))[1] or _turns(document.text)[1])


def read(document: Document) -> Imported:
    """Turns under the names that head them. What stands before the first of them is no speech."""
    preamble, cues = _turns(document.text)
    ended = _ENDED.search(document.text)
    return Imported(
        tuple(cues),
        duration_ms=clock_ms(ended["time"]) if ended else None,
        recorded_on=day_in(preamble),
        no_seconds=shows_no_seconds(document.text),
    )


def _turns(text: str) -> tuple[str, list[Cue]]:
    """What stands before the first turn, and the turns; none where nobody is named."""
    written, gaps = _written(text)
    preamble, cues = _plainly_named(written, gaps)
    if not cues and (marked := with_colons(written)):
        return _plainly_named(marked, gaps)
    return preamble, cues


def _plainly_named(written: Sequence[str], gaps: Sequence[bool]) -> tuple[str, list[Cue]]:
    """What stands before the first turn, and the turns, where names stand before colons, beside times or alone."""
    moments = moments_in("\n".join(written))
    lines = [replace(read_line(line, moments), after_gap=gap) for line, gap in zip(written, gaps, strict=True)]
    preamble, cues = _transcribed(lines)
    bare = lines if _speakers(cues) > 1 else _bare(lines, moments)
    return (preamble, cues) if bare is lines else _cues(bare)


def _written(text: str) -> tuple[list[str], list[bool]]:
    """The lines with anything on them, and whether each stands below a blank one."""
    # A tab at the start of a table's row is an empty cell.
    lines = [line.rstrip() for line in plain_marks(turns_apart(text)).split("\n")]
    gaps = [not line for line in ("", *lines)]
    kept = [
        (line, gap)
        for line, gap in zip(lines, gaps, strict=False)
        if line and not _NOTICE.fullmatch(line.strip("*_#-• \t"))
    ]
    plain = rewritten([line for line, _ in kept])
    filled = [(line, gap) for line, (_, gap) in zip(plain, kept, strict=True) if line]
    return [line for line, _ in filled], [gap for _, gap in filled]


def _bare(lines: Sequence[Line], moments: Moments) -> Sequence[Line]:
    """The lines with bare times after names, where half of them or more look so, of two names or more, one of which
    comes back."""
    read = [read_bare(line, moments) for line in lines]
    fits = [line.said != "" and line.name is not None and looks_like_name(line.name) for line in read]
    counts = Counter(name_key(line.name or "") for line, fit in zip(read, fits, strict=True) if fit)
    if not 1 < len(counts) < counts.total() or 2 * counts.total() < len(lines):
        return lines
    return [new if fit else old for old, new, fit in zip(lines, read, fits, strict=True)]


def _transcribed(lines: Sequence[Line]) -> tuple[str, list[Cue]]:
    """What stands before the first turn, and the turns, without what a file has above a transcript or below it."""
    titles = [index for index, line in enumerate(lines, 1) if _TITLE.fullmatch(line.whole)]
    for start in titles if len(titles) <= _MOST_SECTIONS else ():
        before, cues = _until_section(lines[start:])
        if _speakers(cues) > 1 and not _is_said(lines[: start - 1], cues):
            return "\n".join([*(line.whole for line in lines[:start]), before]), cues
    return _until_section(lines)


def _is_said(above: Sequence[Line], cues: Iterable[Cue]) -> bool:
    """Whether the line below stands right under the name and the time of somebody who speaks in the cues."""
    heads = [line for line in above[-1:] if line.beside_time]
    if not heads and any(line.only_time for line in above[-2:]):
        heads = [line for line in above[-2:] if not line.time_first and not line.beside_time]
    keys = {name_key(cue.speaker) for cue in cues if cue.speaker}
    return any(name_key(line.name or tidy_name(line.whole)) in keys for line in heads)


def _until_section(lines: Sequence[Line]) -> tuple[str, list[Cue]]:
    """What stands before the first turn, and the turns up to a summary or tasks below the last exchange.

    Times set turns off from what is below them; where there are none, two who speak below still speak.
    """
    gaps = any(line.after_gap for line in lines[1:])
    sections = [
        index
        for index, line in enumerate(lines)
        if _SECTION.fullmatch(line.whole) and line.after_gap is gaps and not _headed(lines, index)
    ]
    for section in sections if len(sections) <= _MOST_SECTIONS else ():
        before, cues = _cues(lines[:section])
        if _speakers(cues) > 1 and not _exchange_follows(lines, section):
            return before, cues
    return _cues(lines)


def _headed(lines: Sequence[Line], index: int) -> bool:
    """Whether the line stands right under a turn's name or time, and so is what somebody says."""
    above = lines[index - 1] if index else None
    return above is not None and (above.only_time or (above.beside_time and not above.said))


def _exchange_follows(lines: Sequence[Line], section: int) -> bool:
    """Whether two of those who speak above the section speak below it as well, in the same layout."""
    above, names = named(lines[:section])
    timed = sum(line.start_ms is not None for line in above if names.on(line) or line.only_time)
    has_times = 2 * timed >= sum(names.on(line) is not None for line in above)
    below = [line if names.beside_times else opened(line) for line in lines[section:]]
    if names.alone and has_times and not any(line.only_time for line in below):
        return False
    heads = [line for line in below if names.on(line) and (not has_times or names.alone or line.start_ms is not None)]
    return len({name_key(names.on(line) or "") for line in heads}) > 1


def _speakers(cues: Iterable[Cue]) -> int:
    return len({name_key(cue.speaker) for cue in cues if cue.speaker})


def _cues(lines: Sequence[Line]) -> tuple[str, list[Cue]]:
    """What stands before the first turn, and the turns."""
    lines, names = named(lines)
    names = without_parts(lines, names)
    timed_text = _times_open_text(lines)
    heads = []
    above: Line | None = None
    for index, line in enumerate(lines):
        # Right below a name and its time stands what is said, though it may begin with a time: "10:30 is fine."
        said = above is not None and above.beside_time and not above.said and names.on(above) is not None
        if names.on(line) or line.only_time or (timed_text and line.time_first and not said):
            heads.append(index)
        above = line
    bodies = [(lines[head], lines[head + 1 : end]) for head, end in pairwise([*heads, len(lines)])]
    cues = _joined(_cue(head, names.on(head), body) for head, body in bodies)
    first = next((index for index, line in enumerate(lines) if names.on(line)), len(lines))
    before = lines[:first]
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


def _times_open_text(lines: Sequence[Line]) -> bool:
    """Whether a time before text starts a turn, as on a fifth of the lines or more, or is one somebody mentions."""
    opened = sum(line.time_first and not line.only_time for line in lines)
    return opened > 1 and opened >= 0.2 * len(lines)


FORMAT = Format("text", (".txt", ".docx", ".md", ".markdown"), recognises, read, general=True)
