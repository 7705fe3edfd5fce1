"""Dialpad: lines of a call under the name of who speaks, each at an instant, and what Dialpad noticed among them."""

from pipeline.transcripts.cues import Cue, Document, Format, Imported
from pipeline.transcripts.fields import Record, date_at, speaker_at, text_at, time_ms
from pipeline.transcripts.rows import listed


def recognises(document: Document) -> bool:
    """By lines of which any has a content and is of the type that is said."""
    return any(_is_said(line) and "content" in line for line in listed(document.data, "lines"))


def read(document: Document) -> Imported:
    """Lines as cues, without the moments, such as "price_inquiry", that nobody says."""
    lines = [line for line in listed(document.data, "lines") if _is_said(line)]
    return Imported(tuple(map(_cue, lines)), recorded_on=date_at(lines[0].get("time")))


def _is_said(line: Record) -> bool:
    return line.get("type") == "transcript"


def _cue(line: Record) -> Cue:
    return Cue(text_at(line, "content"), speaker_at(line, "name", "user_id", "contact_id"), time_ms(line.get("time")))


FORMAT = Format("dialpad", (".json",), recognises, read)
