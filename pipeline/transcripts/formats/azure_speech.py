"""Azure Speech, batch transcription: phrases with ISO 8601 offsets and a speaker number."""

from pipeline.transcripts.cues import Cue, Document, Format, Imported, by_start
from pipeline.transcripts.fields import Record, date_at, record, speaker_at, text_at, time_ms
from pipeline.transcripts.rows import listed


def recognises(document: Document) -> bool:
    """By recognised phrases."""
    return bool(listed(document.data, "recognizedPhrases"))


def read(document: Document) -> Imported:
    """Phrases in their best reading, by speaker, or by channel where speakers were not told apart."""
    data = record(document.data)
    phrases = listed(data, "recognizedPhrases")
    cues = by_start(map(_cue, phrases))
    return Imported(cues, duration_ms=time_ms(data.get("duration")), recorded_on=date_at(data.get("timestamp")))


def _cue(phrase: Record) -> Cue:
    best = next(iter(listed(phrase, "nBest")), {})
    start_ms, length_ms = time_ms(phrase.get("offset")), time_ms(phrase.get("duration"))
    end_ms = start_ms + length_ms if start_ms is not None and length_ms is not None else None
    return Cue(text_at(best, "display", "lexical"), speaker_at(phrase, "speaker", "channel"), start_ms, end_ms)


FORMAT = Format("azure-speech", (".json",), recognises, read)
