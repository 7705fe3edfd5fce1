"""Recall.ai: a participant and words for each stretch of speech, times in seconds since the recording began."""

from pipeline.transcripts.cues import Cue, Document, Format, Imported, JsonValue
from pipeline.transcripts.fields import Record, at, date_at, one_word, record, records, speaker_at, text_at, time_ms
from pipeline.transcripts.rows import listed


def recognises(document: Document) -> bool:
    """By stretches whose words have a `start_timestamp`."""
    return any(
        "start_timestamp" in word for part in _parts(document.data)[:1] for word in records(part.get("words"))[:1]
    )


def read(document: Document) -> Imported:
    """Stretches under their participant's name; a "word" that holds a whole sentence, as captions give, is no word."""
    parts = _parts(document.data)
    first = next(iter(records(parts[0].get("words"))), {})
    return Imported(tuple(map(_cue, parts)), recorded_on=date_at(at(first, "start_timestamp", "absolute")))


def _parts(data: JsonValue) -> list[Record]:
    return [part for part in listed(data) or listed(data, "transcript") or listed(data, "data") if part.get("words")]


def _cue(part: Record) -> Cue:
    spoken = records(part.get("words"))
    texts = [text_at(word, "text").strip() for word in spoken]
    starts, ends = ([_seconds(word.get(key)) for word in spoken] for key in ("start_timestamp", "end_timestamp"))
    words = [one_word(*word) for word in zip(texts, starts, ends, strict=True)]
    whole = all(" " not in text for text in texts)
    return Cue(
        " ".join(texts),
        speaker_at(record(part.get("participant")), "name", "id") or speaker_at(part, "speaker", "speaker_id"),
        time_ms(starts[0]) if starts else None,
        time_ms(ends[-1]) if ends else None,
        tuple(word for word in words if word) if whole and all(words) else (),
    )


def _seconds(timestamp: JsonValue) -> JsonValue:
    """The time since the recording began; older files have it bare."""
    return at(timestamp, "relative") if isinstance(timestamp, dict) else timestamp


FORMAT = Format("recall", (".json",), recognises, read)
