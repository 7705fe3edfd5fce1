"""ElevenLabs Scribe: words, spaces and sounds in seconds, speakers speaker_0, …; of several channels, a list each."""

from dataclasses import replace

from pipeline.transcripts.cues import Document, Format, Imported, JsonValue, by_start
from pipeline.transcripts.fields import Record, cues_of_words, language_at, one_word, record, speaker_at, text_at
from pipeline.transcripts.rows import listed
from pipeline.values import Word


def recognises(document: Document) -> bool:
    """By words of which any is a space or a sound, or names its speaker under `speaker_id`."""
    words = [word for part in _parts(document.data) for word in listed(part, "words")]
    return any(
        "type" in word and (word["type"] in ("spacing", "audio_event") or "speaker_id" in word) for word in words
    )


def read(document: Document) -> Imported:
    """Runs of one speaker's words; spaces and sounds are left out."""
    parts = _parts(document.data)
    cues = [cue for part in parts for cue in cues_of_words(_words(part))]
    language = language_at(parts[0], "language_code")
    return Imported(by_start(cues), language=language)


def _parts(data: JsonValue) -> list[Record]:
    return listed(data, "transcripts") or [record(data)]


def _words(part: Record) -> list[Word]:
    return [
        replace(word, speaker=speaker_at(item, "speaker_id"))
        for item in listed(part, "words")
        if item.get("type") == "word" and (word := one_word(text_at(item, "text"), item.get("start"), item.get("end")))
    ]


FORMAT = Format("elevenlabs", (".json",), recognises, read)
