"""Which names head the turns of a plain-text transcript, and where they stand on its lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.transcripts.clock import stretch_ms
from pipeline.transcripts.names import is_sentence, is_short, key_of_name, looks_like_name, name_key, speaker_names
from pipeline.transcripts.origin import ROUND_MS
from pipeline.transcripts.text_lines import Line, opened
from pipeline.transcripts.wording import tidy_name

NOBODY: frozenset[str] = frozenset()
_HALF = 0.45
"""About half: what stands above the first turn heads paragraphs, too."""
_OFTEN = 3
"""Times that words beside a time come back until they are a name however many they are."""
_LABELS_OF_TIMES = frozenset("duration end start time timestamp".split())
"""Words that say what the time beside them is: `Time: 0:12`."""


@dataclass(frozen=True, slots=True)
class Names:
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


def named(lines: Sequence[Line]) -> tuple[Sequence[Line], Names]:
    """The lines, read as their names stand, and the names.

    Where more turns open with a name and a colon than stand under a name beside a time, and no fewer names come
    back, a time after such a name is one that somebody mentions. Where there are neither, or fewer, names may
    stand on lines of their own.
    """
    by_time = _by_time(lines)
    read = [opened(line) for line in lines]
    by_colon = Names(NOBODY, _names_before_colons(read)[0], NOBODY)
    set_off = Counter(by_time.on(line) for line in lines if line.beside_time or not line.name)
    opening = Counter(by_colon.on(line) for line in read if line.said and stretch_ms(line.said)[0] is None)
    del set_off[None], opening[None]
    returning = sum(count > 1 for count in set_off.values())
    if opening.total() > set_off.total() and len(opening) >= returning:
        return read, by_colon
    above = Names(NOBODY, NOBODY, _names_above_paragraphs(lines))
    paragraphs = sum(above.on(line) is not None for line in lines)
    if by_time.before_colons or set_off.total() >= max(paragraphs, 1):
        return lines, by_time
    return lines, above


def without_parts(lines: Sequence[Line], names: Names) -> Names:
    """The names without those that stand once, above the first turn, and only say whose part it is: `Coach: Dana`."""
    counts = Counter(name_key(name) for line in lines if (name := names.on(line)))
    parts: set[str] = set()
    for line in lines:
        key = name_key(names.on(line) or "")
        if key and (counts[key] > 1 or line.beside_time or not _is_one_of(line.said, frozenset(counts) - {key})):
            break
        parts.add(key)
    return replace(names, before_colons=names.before_colons - parts)


def _is_one_of(said: str, keys: frozenset[str]) -> bool:
    """Whether the words are a name of which one of the keys is all or the beginning."""
    name = key_of_name(said)
    return any(name == key or name.startswith((f"{key} ", f"{key},")) for key in keys)


def _by_time(lines: Sequence[Line]) -> Names:
    alone = _names_alone(lines)
    # Where names stand above times, other words beside a time are a title, or said.
    beside = _names_beside_times(lines)
    beside = beside & alone if alone else beside
    before, among_times = _names_before_colons(lines)
    # Where times set the names off, a word before a colon is a name only if it is one of those.
    headed = beside | alone
    return Names(beside, before & headed if headed and not among_times else before, alone)


def _names_before_colons(lines: Sequence[Line]) -> tuple[frozenset[str], bool]:
    """Names before colons, and whether they stand after times; where some do, none without a time counts."""
    timed = [line for line in lines if line.time_first and not line.only_time]
    among_times = sum(line.name is not None and not line.beside_time for line in timed) > 1
    among = timed if among_times else lines
    return speaker_names([None if line.beside_time else line.name for line in among]), among_times


def _names_beside_times(lines: Sequence[Line]) -> frozenset[str]:
    """Names above turns: those after their time only if text follows on the next line, else it is itself the text."""
    candidates = [
        (line, following.start_ms is None)
        for line, following in pairwise([*lines, Line("", "")])
        if line.beside_time and line.name
    ]
    headings = [line for line, text_follows in candidates if text_follows or not line.time_first]
    if len(headings) < 0.8 * len(candidates):
        return NOBODY
    counts = Counter(name_key(line.name) for line in headings if line.name)
    likely = {name_key(line.name) for line in headings if line.name and looks_like_name(line.name)}
    returning = {
        key
        for key, count in counts.items()
        if (count > 1 and is_short(key)) or (count >= _OFTEN and not is_sentence(key))
    }
    return frozenset(likely | returning) - _LABELS_OF_TIMES - _mentioned(headings, counts)


def _mentioned(headings: Sequence[Line], counts: Counter[str]) -> set[str]:
    """Words that stand once beside a time out of order with the names that come back: in a title or in speech.

    On a clock that goes round, a name may do so as well.
    """
    mentioned = set()
    for turned, order in ((-1, reversed(headings)), (1, headings)):
        nearest_ms = None
        for line in order:
            key, start_ms = name_key(line.name or ""), line.start_ms or 0
            if counts[key] > 1:
                nearest_ms = start_ms
            elif nearest_ms is not None and 0 < turned * (nearest_ms - start_ms) <= ROUND_MS:
                mentioned.add(key)
    return mentioned


def _names_alone(lines: Sequence[Line]) -> frozenset[str]:
    """Names on lines of their own, above the lines of times or below them."""
    for neighbour in (-1, 1):
        places = [index + neighbour for index, line in enumerate(lines) if line.only_time]
        beside = [lines[place] for place in places if 0 <= place < len(lines)]
        names = [key for line in beside if line.name is None and (key := key_of_name(line.whole))]
        keys = frozenset(names)
        if len(places) > 1 and names and len(names) >= 0.8 * len(places) and len(keys) <= max(2, len(names) // 2):
            return keys
    return NOBODY


def _names_above_paragraphs(lines: Sequence[Line]) -> frozenset[str]:
    """Names on lines of their own without times: two or more that come back and open half of the paragraphs."""
    opens = [line.after_gap or not index for index, line in enumerate(lines)]
    counts = Counter(
        key
        for line, is_first in zip(lines, opens, strict=True)
        if is_first and line.whole[-1:] not in (".", ",") and (key := key_of_name(line.whole))
    )
    keys = frozenset(key for key, count in counts.items() if count > 1)
    enough = sum(counts[key] for key in keys) >= _HALF * sum(opens)
    return keys if len(keys) > 1 and enough else NOBODY
