"""Fireflies: sentences in seconds under `speaker_name`, from its API or its download."""

from pipeline.transcripts.cues import Cue, Document, Format, Imported, JsonValue
from pipeline.transcripts.fields import Record, at, date_at, names_by_id, record, speaker_at, text_at, time_ms
from pipeline.transcripts.rows import listed


def recognises(document: Document) -> bool:
    """By sentences with a `speaker_name` or `raw_text`."""
    first = next(iter(listed(_transcript(document.data), "sentences")), {})
    return bool({"speaker_name", "raw_text"} & first.keys())


def read(document: Document) -> Imported:
    """Sentences as cues, under the name that the meeting's list of speakers has for an id; the day is the meeting's."""
    transcript = _transcript(document.data)
    names = names_by_id(transcript)
    return Imported(
        tuple(_cue(sentence, names) for sentence in listed(transcript, "sentences")),
        recorded_on=date_at(transcript.get("dateString")) or date_at(transcript.get("date")),
    )


def _transcript(data: JsonValue) -> Record:
    return record(at(data, "data", "transcript")) or record(at(data, "transcript")) or record(data)


def _cue(sentence: Record, names: dict[str, str]) -> Cue:
    return Cue(
        text_at(sentence, "text", "raw_text"),
        speaker_at(sentence, "speaker_name", "speaker_id", names=names),
        time_ms(sentence.get("start_time")),
        time_ms(sentence.get("end_time")),
    )


FORMAT = Format("fireflies", (".json",), recognises, read)
