"""Gong's call transcripts: monologues of sentences in milliseconds, speakers by id."""

from pipeline.errors import RecordingError
from pipeline.transcripts.cues import Cue, Document, Format, Imported, JsonValue
from pipeline.transcripts.fields import Record, at, date_at, names_by_id, record, records, text_at, time_ms


def recognises(document: Document) -> bool:
    """By monologues with sentences, in a call or in a list of calls."""
    return any(isinstance(monologue.get("sentences"), list) for call in _calls(document.data) for monologue in call)


def read(document: Document) -> Imported:
    """Sentences under their speaker's name where the file lists the parties, else under the speaker's id.

    Raises RecordingError for several calls in one file.
    """
    calls = _calls(document.data)
    if len(calls) > 1:
        raise RecordingError(f"{document.name}: holds {len(calls)} calls; write each to a file of its own.")
    names = names_by_id(document.data)
    cues = [
        _cue(sentence, names.get(speaker, speaker) or None)
        for monologue in calls[0]
        for speaker in [text_at(monologue, "speakerId", "speaker_id", "speaker")]
        for sentence in records(monologue.get("sentences"))
    ]
    return Imported(tuple(cues), recorded_on=date_at(at(document.data, "metaData", "started")))


def _cue(sentence: Record, speaker: str | None) -> Cue:
    return Cue(
        text_at(sentence, "text"), speaker, time_ms(sentence.get("start"), 1.0), time_ms(sentence.get("end"), 1.0)
    )


def _calls(data: JsonValue) -> list[list[Record]]:
    """Each call's monologues; the data may be the API's answer, one call of it, or the monologues alone."""
    if isinstance(data, list):
        nested = [records(record(call).get("transcript")) for call in data if record(call).get("transcript")]
        return nested or [records(data)]
    several = records(at(data, "callTranscripts"))
    if several:
        return [records(call.get("transcript")) for call in several]
    monologues = records(at(data, "transcript"))
    return [monologues] if monologues else []


FORMAT = Format("gong", (".json",), recognises, read)
