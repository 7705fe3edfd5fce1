"""Amazon Transcribe Call Analytics and Contact Lens: turns in milliseconds, speakers by their part in the call."""

from pipeline.transcripts.cues import Cue, Document, Format, Imported
from pipeline.transcripts.fields import Record, speaker_at, text_at, time_ms
from pipeline.transcripts.rows import listed


def recognises(document: Document) -> bool:
    """By turns that have a `Content` and begin at an offset."""
    return any("Content" in turn and "BeginOffsetMillis" in turn for turn in listed(document.data, "Transcript"))


def read(document: Document) -> Imported:
    """Turns under the role of the one who speaks, "AGENT" or "CUSTOMER"."""
    return Imported(tuple(_cue(turn) for turn in listed(document.data, "Transcript")))


def _cue(turn: Record) -> Cue:
    start_ms, end_ms = (time_ms(turn.get(key), 1.0) for key in ("BeginOffsetMillis", "EndOffsetMillis"))
    return Cue(text_at(turn, "Content"), speaker_at(turn, "ParticipantRole", "ParticipantId"), start_ms, end_ms)


FORMAT = Format("aws-call-analytics", (".json",), recognises, read)
