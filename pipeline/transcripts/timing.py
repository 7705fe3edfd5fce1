"""Times of cues: repaired where a file has them wrong, estimated where it has none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.transcripts.cues import Cue, by_start

WORDS_PER_MINUTE = 150
"""The pace of speech assumed where a file has no times: unhurried conversation."""
SLOWEST_WORDS_PER_MINUTE = 100
"""The pace below which a turn without an end is taken to be followed by silence."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Cues in order of start, all with times that run forward, and what had to be done to get there."""

    cues: tuple[Cue, ...]
    warnings: tuple[str, ...] = ()


def speech_ms(text: str, words_per_minute: int = WORDS_PER_MINUTE) -> int:
    """How long the text takes to say at that pace."""
    return len(text.split()) * 60_000 // words_per_minute


def timed(cues: Sequence[Cue], duration_ms: int | None = None) -> Timed:
    """Cues with a start and an end, in order of start; cues of the same start keep their order.

    Negative times become 0. Cues without a start are spread by words between their neighbours that have one, or
    follow at 150 words a minute. A cue without an end, or with one before its start, ends where the next one
    starts, or earlier where its words, said slowly, would be over.
    """
    warnings = []
    if cues and all(cue.start_ms is None for cue in cues):
        warnings.append(
            "times are estimated: the transcript has none, so 150 words a minute were assumed and "
            "every number that rests on time is in doubt"
        )
    elif any(cue.start_ms is None for cue in cues):
        warnings.append("times are partly estimated: the transcript times only some of its lines")
    elif any(cue.end_ms is None for cue in cues):
        warnings.append("ends of turns are estimated: the transcript says only when each turn starts")
    forward, backwards = _forward(cues)
    if backwards:
        warnings.append(f"times ran backwards or were negative in {backwards} cues of the transcript and were repaired")
    placed = _placed(forward, duration_ms)
    jumps = sum((after.start_ms or 0) < (before.start_ms or 0) for before, after in pairwise(placed))
    if jumps:
        warnings.append(f"the transcript's cues were out of order in {jumps} places and were sorted by start")
    return Timed(_ended(by_start(placed)), tuple(warnings))


def _forward(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """Cues without negative times and without ends before their starts, and how many had such."""
    kept, repaired = [], 0
    for cue in cues:
        start_ms = cue.start_ms if cue.start_ms is None else max(cue.start_ms, 0)
        end_ms = cue.end_ms if start_ms is not None and (cue.end_ms or 0) >= start_ms else None
        repaired += (start_ms, end_ms) != (cue.start_ms, cue.end_ms)
        kept.append(
            cue if (start_ms, end_ms) == (cue.start_ms, cue.end_ms) else replace(cue, start_ms=start_ms, end_ms=end_ms)
        )
    return kept, repaired


def _placed(cues: Sequence[Cue], duration_ms: int | None) -> list[Cue]:
    """Cues with a start each. A run of cues that share one start, or have none, is spread over its time by words."""
    placed: list[Cue] = []
    for first, last in _runs(cues):
        run = cues[first:last]
        if len(run) == 1 and run[0].start_ms is not None:
            placed.extend(run)
            continue
        start_ms = run[0].start_ms if run[0].start_ms is not None else _end_of(placed)
        needed_ms = sum(speech_ms(cue.text) for cue in run)
        until_ms = cues[last].start_ms if last < len(cues) else duration_ms
        if until_ms is None or until_ms <= start_ms:
            until_ms = start_ms + needed_ms
        placed.extend(_spread(run, start_ms, until_ms))
    return placed


def _runs(cues: Sequence[Cue]) -> list[tuple[int, int]]:
    """Stretches of cues to be placed together: one with a start, and those after it without one of their own."""
    heads = [
        index
        for index, cue in enumerate(cues)
        if index == 0
        or cue.end_ms is not None
        or cues[index - 1].end_ms is not None
        or (cue.start_ms is not None and cue.start_ms != cues[index - 1].start_ms)
    ]
    return list(pairwise([*heads, len(cues)]))


def _end_of(placed: Sequence[Cue]) -> int:
    if not placed:
        return 0
    last = placed[-1]
    return last.end_ms if last.end_ms is not None else (last.start_ms or 0) + speech_ms(last.text)


def _spread(run: Sequence[Cue], start_ms: int, until_ms: int) -> list[Cue]:
    total = sum(max(len(cue.text.split()), 1) for cue in run)
    said, spread = 0, []
    for cue in run:
        spread.append(replace(cue, start_ms=start_ms + (until_ms - start_ms) * said // total))
        said += max(len(cue.text.split()), 1)
    return spread


def _ended(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Cues, in order of start, with an end each."""
    ended: list[Cue] = []
    following_ms: int | None = None
    for place in range(len(cues) - 1, -1, -1):
        cue, start_ms = cues[place], cues[place].start_ms or 0
        if place + 1 < len(cues) and (cues[place + 1].start_ms or 0) > start_ms:
            following_ms = cues[place + 1].start_ms
        ended.append(cue if cue.end_ms is not None else replace(cue, end_ms=_end_ms(cue.text, start_ms, following_ms)))
    return tuple(reversed(ended))


def _end_ms(text: str, start_ms: int, following_ms: int | None) -> int:
    if following_ms is None:
        return start_ms + speech_ms(text)
    return min(start_ms + speech_ms(text, SLOWEST_WORDS_PER_MINUTE), following_ms)
