"""whisper.cpp: segments with offsets in milliseconds, and a speaker, 0 or 1, by the louder of two channels."""

from pipeline.transcripts.cues import Cue, Document, Format, Imported
from pipeline.transcripts.fields import Record, at, language_at, record, speaker_at, text_at, time_ms
from pipeline.transcripts.rows import listed


def recognises(document: Document) -> bool:
    """By a `transcription` whose segments have offsets."""
    return any("from" in record(segment.get("offsets")) for segment in listed(document.data, "transcription"))


def read(document: Document) -> Imported:
    """Segments as cues."""
    language = language_at(record(at(document.data, "result")), "language")
    cues = tuple(_cue(segment) for segment in listed(document.data, "transcription"))
    return Imported(cues, language=language)


def _cue(segment: Record) -> Cue:
    start_ms, end_ms = (time_ms(at(segment, "offsets", key), 1.0) for key in ("from", "to"))
    # Where both channels are as loud, it says "?".
    speaker = None if segment.get("speaker") == "?" else speaker_at(segment, "speaker")
    return Cue(text_at(segment, "text"), speaker, start_ms, end_ms)


FORMAT = Format("whisper-cpp", (".json",), recognises, read)
