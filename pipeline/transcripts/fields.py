"""Values out of JSON that anybody may have written: the wrong type is nothing, never an error."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import groupby

from pipeline.transcripts.clock import clock_ms
from pipeline.transcripts.cues import Cue, JsonValue
from pipeline.values import Span, Word

Record = dict[str, JsonValue]
_DECIMAL_COMMA = re.compile(r"^(\s*\d+),(\d+\s*)$")
_ID_KEYS = ("speakerId", "speaker_id", "id", "userId", "label")
_TOO_LARGE = 1e15
"""No time in any unit; such numbers come from broken files."""


def record(value: JsonValue) -> Record:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def records(value: JsonValue) -> list[Record]:
    """The objects in a list, in order; none for anything else."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def at(value: JsonValue, *path: str) -> JsonValue:
    """What stands at the path of keys; None where a key is missing."""
    for key in path:
        value = record(value).get(key)
    return value


def text_at(item: Record, *keys: str) -> str:
    """The first of the keys that holds text, or a number as text; empty without one."""
    for key in keys:
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
    return ""


def language_at(row: Record, *keys: str) -> str | None:
    """The two letters of the language under the first of the keys that holds text (`en` of `en-US`), or None."""
    return text_at(row, *keys)[:2].lower() or None


def speaker_at(item: Record, *keys: str, names: Mapping[str, str] | None = None) -> str | None:
    """The first of the keys that names a speaker, under the name that stands in `names` for it as an id.

    Without one there, a bare number n, as diarizers give, becomes "Speaker n".
    """
    for key in keys:
        value = item.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("id")
        if identity := _identity(value):
            numbered = not isinstance(value, str) or (identity.isdigit() and len(identity) < 4)
            label = f"Speaker {identity}" if numbered else identity
            return next((names[each] for each in (identity, label) if names and each in names), label)
    return None


def _identity(value: JsonValue) -> str:
    """Text, or a number as text, whole even where it is written as 1.0; empty for anything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return str(int(value))
    return ""


def time_ms(value: JsonValue, ms_per_unit: float = 1000.0) -> int | None:
    """A time as whole milliseconds: numbers in the unit given (seconds if not), text as a clock writes it.

    A date with a time (ISO 8601) gives milliseconds since 1970, to be counted from the first of them; without a
    zone it is taken for UTC, so that it says the same on every machine.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = float(_DECIMAL_COMMA.sub(r"\1.\2", value))
        except ValueError:
            written = clock_ms(str(value))
            return _instant_ms(str(value)) if written is None else written
    if isinstance(value, (int, float)) and math.isfinite(value) and abs(value) < _TOO_LARGE:
        return round(value * ms_per_unit)
    return None


def _instant_ms(text: str) -> int | None:
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return round((instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp() * 1000)


def date_at(value: JsonValue) -> date | None:
    """A day from ISO 8601 text, or from seconds or milliseconds since 1970 (UTC); None for anything else."""
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.strip()).date()
        except ValueError:
            return None
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 1e9 <= value < 1e13:
        return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC).date()
    return None


def words_at(value: JsonValue, ms_per_unit: float = 1000.0) -> tuple[Word, ...]:
    """Words with times; empty if any word lacks one, because a turn's words stand for its whole text."""
    words = []
    for each in records(value):
        text = text_at(each, "punctuated_word", "punctuatedWord", "text", "word").strip()
        start_ms, end_ms = time_ms(each.get("start"), ms_per_unit), time_ms(each.get("end"), ms_per_unit)
        if not text or start_ms is None or end_ms is None or not 0 <= start_ms <= end_ms:
            return ()
        probability = next((each[key] for key in ("probability", "confidence", "score") if key in each), None)
        known = isinstance(probability, (int, float)) and math.isfinite(probability)
        words.append(Word(Span(start_ms, end_ms), text, float(probability) if known else 1.0))  # type: ignore[arg-type]
    return tuple(words)


def one_word(text: str, start: JsonValue, end: JsonValue, probability: JsonValue = None) -> Word | None:
    """A word with times in seconds, or None where it lacks one of them or they run backwards."""
    start_ms, end_ms, per_mille = time_ms(start), time_ms(end), time_ms(probability)
    if not text or start_ms is None or end_ms is None or not 0 <= start_ms <= end_ms:
        return None
    return Word(Span(start_ms, end_ms), text, 1.0 if per_mille is None else per_mille / 1000)


def cues_of_words(words: Iterable[Word]) -> list[Cue]:
    """Words in a row by one speaker as one cue."""
    runs = (tuple(run) for _, run in groupby(words, key=lambda word: word.speaker))
    return [
        Cue(" ".join(word.text for word in run), run[0].speaker, run[0].span.start_ms, run[-1].span.end_ms, run)
        for run in runs
    ]


def names_by_id(data: JsonValue) -> dict[str, str]:
    """Names of people by their id, from lists of parties, participants, speakers or the like anywhere in the data."""
    names: dict[str, str] = {}
    for item in _objects(data, depth=6):
        for key in ("parties", "participants", "speakers", "speakerInfo", "attendees", "users"):
            for person in records(item.get(key)):
                identity = next(filter(None, (_identity(person.get(each)) for each in _ID_KEYS)), "")
                name = text_at(person, "name", "displayName", "display_name", "speaker_name", "full_name")
                if identity and name:
                    names.setdefault(identity, name)
    return names


def _objects(value: JsonValue, depth: int) -> Iterator[Record]:
    if isinstance(value, dict):
        yield value
    if depth and isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _objects(inner, depth - 1)
