"""Tables and lists of objects with a speaker, a text and times under whatever names their makers chose."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.transcripts.clock import stretch_ms
from pipeline.transcripts.cues import Cue, JsonValue
from pipeline.transcripts.fields import Record, record, records, speaker_at, text_at, time_ms, words_at
from pipeline.transcripts.wording import without_markup

_NAMES: dict[str, str] = {
    "speaker": "speakername speakerdisplayname displayname speaker speakerlabel speakertag name who participant "
    "participantname participantrole participanttype person role sender author "
    "user username users speakerid spk voice agent recordingattendeeid tier channel",
    "text": "text transcript transcription sentence content utterance spokentext displaytext message caption subtitle "
    "speech body dialogue dialog annotation line comment words quote phrase snippet utt transcripttext spokenwords",
    "start": "start starttime startoffset startat startedat begin begintime beginoffset timestamp time offset ts "
    "timein in inpoint onset timecode from position snippettime starttimecode timecodein startts timespan timestamps",
    "end": "end endtime endoffset endat endedat stop stoptime finish until timeout out outpoint endtimestamp to endts "
    "endtimecode timecodeout",
    "duration": "duration length dur",
}
_PERSON_NAMES = ("name", "displayName", "display_name", "username", "userName", "user_name")
_UNITS = {
    **dict.fromkeys(("ms", "msec", "msecs", "millis", "milliseconds"), 1.0),
    **dict.fromkeys(("s", "sec", "secs", "seconds"), 1000.0),
    **dict.fromkeys(("hhmmss", "mmss", "hmmss", "hhmmssms", "clock"), None),
}
SLOWEST_WORDS_PER_SECOND = 0.1
"""Numbers without a unit are seconds unless that made the talk slower than this; then they are milliseconds.

Conversation runs at two or three words a second, silences included at one; a thousandth of that is far below.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """Which key holds something, and how many milliseconds its numbers count; None where the name does not say."""

    key: str
    ms_per_unit: float | None = None


def columns(keys: Iterable[str]) -> dict[str, Column]:
    """Which of the keys is the speaker, the text, the start, the end, the duration; those that are there.

    Case, spaces and punctuation in keys do not count; the usual names are in `_NAMES`, the likelier first.
    """
    plain = {re.sub(r"[\W_]", "", key).casefold(): key for key in reversed(list(keys))}
    found: dict[str, Column] = {}
    for part, names in _NAMES.items():
        choices = ((name + unit, scale) for name in names.split() for unit, scale in [("", None), *_UNITS.items()])
        for name, scale in choices:
            if name in plain and plain[name] not in {column.key for column in found.values()}:
                found[part] = Column(plain[name], scale)
                break
    return found


def rows_in(data: JsonValue, depth: int = 4) -> list[Record]:
    """The list of objects with a text and a speaker or a start that holds the most words, anywhere in the data; empty
    without one. Of lists with as many words, the longest.

    Several such lists in the objects of one list are parts of something else, and none of them is taken.
    """
    if isinstance(data, list):
        found = records(data)
        if found and len(found) == len(data) and is_transcript(found):
            return found
        inside = [rows for each in found if depth and (rows := rows_in(each, depth - 1))]
        return inside[0] if len(inside) == 1 else []
    values = list(record(data).values()) if depth else []
    return max((rows_in(each, depth - 1) for each in values), key=lambda rows: (_words(rows), len(rows)), default=[])


def is_transcript(rows: Sequence[Record]) -> bool:
    """Whether any of the rows has a text, and a key for a speaker or a start."""
    keys = _columns_of(rows)
    beside = {keys[part].key for part in ("speaker", "start") if part in keys}
    return "text" in keys and any(isinstance(row.get(keys["text"].key), str) and beside & row.keys() for row in rows)


def cues_of(rows: Sequence[Record], names: Mapping[str, str] | None = None) -> list[Cue]:
    """Rows as cues, their speakers under the names that `names` has for ids.

    Numbers count what their key says, else seconds or milliseconds by pace. Which key holds what is decided for
    all rows at once. A row without text is left out.
    """
    keys = _columns_of(rows)
    scale = _scale(rows, keys)
    return [cue for row in rows if (cue := _cue(row, keys, scale, names)).text.strip()]


def _words(rows: Sequence[Record]) -> int:
    keys = _columns_of(rows)
    return sum(len(text_at(row, keys["text"].key).split()) for row in rows) if "text" in keys else 0


def _columns_of(rows: Sequence[Record]) -> dict[str, Column]:
    return columns(dict.fromkeys(key for row in rows for key in row))


def _cue(row: Record, keys: dict[str, Column], scale: float, names: Mapping[str, str] | None) -> Cue:
    start_ms, end_ms, duration_ms = (_time(row, keys.get(part), scale) for part in ("start", "end", "duration"))
    if start_ms is None and "start" in keys and isinstance(written := row.get(keys["start"].key), str):
        start_ms, until_ms = stretch_ms(written)
        end_ms = until_ms if end_ms is None else end_ms
    if end_ms is None and start_ms is not None and duration_ms is not None:
        end_ms = start_ms + duration_ms
    return Cue(
        without_markup(text_at(row, keys["text"].key)) if "text" in keys else "",
        _speaker(row.get(keys["speaker"].key), names) if "speaker" in keys else None,
        start_ms,
        end_ms,
        words_at(row.get("words"), scale),
    )


def _speaker(value: JsonValue, names: Mapping[str, str] | None) -> str | None:
    """The speaker in a cell: a name, an id, an object with one of them, or the first of a list of such objects."""
    value = next(iter(records(value)), None) if isinstance(value, list) else value
    name = text_at(record(value), *_PERSON_NAMES)
    speaker = speaker_at({"speaker": name or value}, "speaker", names=names)
    return without_markup(speaker) if speaker else None


def _time(row: Record, column: Column | None, scale: float) -> int | None:
    """The time in a cell; of a list, as of each word, the first."""
    value = row.get(column.key) if column else None
    value = next(iter(value), None) if isinstance(value, list) else value
    return time_ms(value, column.ms_per_unit or scale) if column else None


def _scale(rows: Sequence[Record], keys: dict[str, Column]) -> float:
    said = [key for part in ("start", "end") if (key := keys.get(part))]
    known = [column.ms_per_unit for column in said if column.ms_per_unit]
    if known:
        return known[0]
    times = [time for row in rows for column in said if (time := _number(row.get(column.key))) is not None]
    words = _words(rows)
    length_s = max(times, default=0.0) - min(times, default=0.0)
    return 1.0 if words < length_s * SLOWEST_WORDS_PER_SECOND else 1000.0


def _number(value: JsonValue) -> float | None:
    """A bare number, also as text; None for clock times, whose unit is plain."""
    if isinstance(value, str) and not re.fullmatch(r"\s*\d+(?:[.,]\d+)?\s*", value):
        return None
    milliseconds = time_ms(value, 1.0)
    return None if milliseconds is None else float(milliseconds)


def listed(data: JsonValue, *path: str) -> list[Record]:
    """The objects in the list at the path of keys, or in the data itself where it is a list."""
    for key in path:
        data = record(data).get(key)
    return records(data)
