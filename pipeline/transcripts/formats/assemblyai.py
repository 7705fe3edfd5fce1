"""AssemblyAI: utterances in milliseconds, speakers A, B, …; the audio's length in seconds."""

from pipeline.transcripts.cues import Cue, Document, Format, Imported
from pipeline.transcripts.fields import at, language_at, record, speaker_at, text_at, time_ms, words_at
from pipeline.transcripts.rows import listed


def recognises(document: Document) -> bool:
    """By `utterances` or `words` without types, beside `audio_duration` or `language_code`."""
    keys = record(document.data).keys()
    if any("type" in word for word in listed(document.data, "words")):
        return False
    return bool({"utterances", "words"} & keys) and bool({"audio_duration", "language_code", "acoustic_model"} & keys)


def read(document: Document) -> Imported:
    """Utterances as cues; none where the transcript was made without speaker labels."""
    data = document.data
    cues = tuple(
        Cue(
            text_at(item, "text"),
            speaker_at(item, "speaker"),
            time_ms(item.get("start"), 1.0),
            time_ms(item.get("end"), 1.0),
            words_at(item.get("words"), 1.0),
        )
        for item in listed(data, "utterances") or listed(data, "words")
    )
    language = language_at(record(data), "language_code")
    return Imported(cues, duration_ms=time_ms(at(data, "audio_duration")), language=language)


FORMAT = Format("assemblyai", (".json",), recognises, read)
