"""Times of a clock, a calendar or a time code, counted from the transcript's first turn."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from pipeline.transcripts.cues import Cue, Imported
from pipeline.transcripts.timing import speech_ms
from pipeline.values import Span, Word

HOUR_MS = 3_600_000
LATEST_START_MS = HOUR_MS
"""A transcript that starts then or later counts by a clock, as the captions that Zoom saves do, or by a time code."""
ROUND_MS = 11 * HOUR_MS
"""A clock that falls back by more has gone round; the smallest fall is that from 12:59 to 1:00."""
FASTEST_WORDS_PER_MINUTE = 400
"""Nobody keeps talking faster than that: auctioneers stay below it."""
_ROUNDED_MS = 2_000
_ENOUGH_WORDS = 100
_DAY_MS = 24 * HOUR_MS


def count_from_first_turn(imported: Imported) -> Imported:
    """The transcript with times that count from its first turn, and a warning where they did not already.

    They did not where the first turn starts at an hour or later, unless the file itself says that it is long enough
    to hold its times. A clock goes on past midnight, and past one o'clock where it has twelve hours. Cues without a
    time before the first that has one count as said at 150 words a minute; a transcript without times stays.
    Times that look like minutes and seconds, and would have been spoken impossibly fast, are hours and minutes.
    """
    if imported.no_seconds and _too_fast(imported.cues):
        imported = replace(imported, cues=tuple(_sixtyfold(cue) for cue in imported.cues))
    starts = [cue.start_ms for cue in imported.cues if cue.start_ms is not None]
    if not starts or starts[0] < LATEST_START_MS or max(starts) <= (imported.duration_ms or 0):
        return imported
    cues = _past_midnight(imported.cues)
    first_ms = min(cue.start_ms for cue in cues if cue.start_ms is not None) - _untimed_ms(cues)
    if first_ms < LATEST_START_MS:
        return imported
    warning = "times of a clock, a calendar or a time code were counted from the transcript's first turn"
    return replace(imported, cues=tuple(_later(cue, -first_ms) for cue in cues), warnings=(*imported.warnings, warning))


def _too_fast(cues: Sequence[Cue]) -> bool:
    """Whether nobody could have said so much from the first of the times to the last, as minutes and seconds.

    Only where they could be a clock's, the first one o'clock or later. Times without fractions are up to a second
    off, and what is said at the last of them is not counted.
    """
    starts = [cue.start_ms for cue in cues if cue.start_ms is not None]
    if not starts or starts[0] < LATEST_START_MS // 60 or not all(0 <= each < _DAY_MS // 60 for each in starts):
        return False
    clock = [cue.start_ms for cue in _past_midnight([_sixtyfold(cue) for cue in cues])]
    shown = [time_ms // 60 for time_ms in clock if time_ms is not None]
    until = next(place for place, time_ms in enumerate(clock) if time_ms == max(shown) * 60)
    said = " ".join(cue.text for cue in cues[:until])
    within_ms = max(shown) - min(shown) + _ROUNDED_MS
    return len(said.split()) >= _ENOUGH_WORDS and speech_ms(said, FASTEST_WORDS_PER_MINUTE) > within_ms


def _sixtyfold(cue: Cue) -> Cue:
    start_ms, end_ms = (None if time_ms is None else time_ms * 60 for time_ms in (cue.start_ms, cue.end_ms))
    return replace(cue, start_ms=start_ms, end_ms=end_ms)


def _untimed_ms(cues: Sequence[Cue]) -> int:
    """How long the cues before the first with a start take to say."""
    return sum(speech_ms(cue.text) for cue in takewhile(lambda cue: cue.start_ms is None, cues))


def _past_midnight(cues: Sequence[Cue]) -> list[Cue]:
    """Cues in the file's order, a day later once their clock has passed midnight; those of a calendar stay.

    A clock that never shows an hour above 12 has passed one o'clock, and goes on half a day later. One cue from
    before among those from after goes back to where it belongs.
    """
    latest_ms = max(time_ms for cue in cues for time_ms in (cue.start_ms, cue.end_ms) if time_ms is not None)
    if latest_ms >= _DAY_MS:
        return list(cues)
    round_ms = (12 if latest_ms < 13 * HOUR_MS else 24) * HOUR_MS
    placed, rounds, before_ms = [], 0, None
    for cue in cues:
        if cue.start_ms is not None:
            rounds = max(rounds + _rounds(before_ms, cue.start_ms), 0)
            before_ms = cue.start_ms
        placed.append(_later(_ending_after_midnight(cue, round_ms), rounds * round_ms))
    return placed


def _rounds(before_ms: int | None, after_ms: int | None) -> int:
    """1 where a clock has gone round between two times it shows, -1 where the second is from before, else 0."""
    if before_ms is None or after_ms is None:
        return 0
    return (before_ms - after_ms > ROUND_MS) - (after_ms - before_ms > ROUND_MS)


def _ending_after_midnight(cue: Cue, round_ms: int) -> Cue:
    """The cue with its end a round later where the clock has gone round within it; its words' times are left out."""
    if cue.end_ms is None or _rounds(cue.start_ms, cue.end_ms) < 1:
        return cue
    return replace(cue, end_ms=cue.end_ms + round_ms, words=())


def _later(cue: Cue, by_ms: int) -> Cue:
    """The cue and its words as much later; words never start or end before 0."""
    start_ms, end_ms = (None if time_ms is None else time_ms + by_ms for time_ms in (cue.start_ms, cue.end_ms))
    return replace(cue, start_ms=start_ms, end_ms=end_ms, words=tuple(_word_later(word, by_ms) for word in cue.words))


def _word_later(word: Word, by_ms: int) -> Word:
    return replace(word, span=Span(max(word.span.start_ms + by_ms, 0), max(word.span.end_ms + by_ms, 0)))
