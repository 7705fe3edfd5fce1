"""whisperX, faster-whisper and Whisper itself as JSON: segments in seconds, with words, speakers from a diarizer."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from pipeline.transcripts.cues import Cue, Document, Format, Imported, JsonValue
from pipeline.transcripts.fields import (
    Record,
    language_at,
    names_by_id,
    record,
    records,
    speaker_at,
    text_at,
    time_ms,
    words_at,
)
from pipeline.transcripts.rows import listed


def recognises(document: Document) -> bool:
    """By segments of which the first has a text, and words or one of Whisper's own measures."""
    first = next(iter(_segments(document.data)), {})
    marks = {"words", "avg_logprob", "no_speech_prob", "seek", "tokens", "chars"}
    return "text" in first and ("word_segments" in record(document.data) or bool(marks & first.keys()))


def read(document: Document) -> Imported:
    """Segments as cues. A segment without a speaker whose words have some is cut where the speaker changes.

    Ids become names where the file also lists who they are.
    """
    names = names_by_id(document.data)
    cues = [cue for segment in _segments(document.data) for cue in _cues(segment, names)]
    language = language_at(record(document.data), "language") or language_at(
        record(record(document.data).get("info")), "language"
    )
    return Imported(tuple(cues), language=language)


def _segments(data: JsonValue) -> list[Record]:
    return listed(data) or listed(data, "segments")


def _cues(segment: Record, names: Mapping[str, str]) -> Iterator[Cue]:
    speaker = speaker_at(segment, "speaker", names=names)
    spoken = records(segment.get("words"))
    if speaker or not any(speaker_at(word, "speaker") for word in spoken):
        yield _cue(segment, spoken, speaker, text_at(segment, "text"))
        return
    for voice, part in groupby(_attributed(spoken, names), key=lambda pair: pair[0]):
        words = [word for _, word in part]
        ends = {"start": words[0].get("start"), "end": words[-1].get("end")}
        yield _cue(ends, words, voice, " ".join(text_at(word, "word", "text").strip() for word in words))


def _attributed(spoken: list[Record], names: Mapping[str, str]) -> Iterator[tuple[str | None, Record]]:
    """Words with their speakers; a word without one goes with the word before."""
    voice = None
    for word in spoken:
        voice = speaker_at(word, "speaker", names=names) or voice
        yield voice, word


def _cue(times: Record, spoken: list[Record], speaker: str | None, text: str) -> Cue:
    return Cue(text, speaker, time_ms(times.get("start")), time_ms(times.get("end")), words_at(spoken))


FORMAT = Format("whisper", (".json",), recognises, read)
