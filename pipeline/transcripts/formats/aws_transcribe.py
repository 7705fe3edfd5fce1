"""Amazon Transcribe: items (words, punctuation) in seconds as text, speakers spk_0, … or channels ch_0, …"""

from collections.abc import Iterable
from dataclasses import replace

from pipeline.transcripts.cues import Document, Format, Imported, JsonValue, by_start
from pipeline.transcripts.fields import Record, at, cues_of_words, language_at, one_word, record, text_at
from pipeline.transcripts.rows import listed
from pipeline.values import Word


def recognises(document: Document) -> bool:
    """By `results` with items, or with channels that have items."""
    results = record(at(document.data, "results"))
    return isinstance(results.get("items"), list) and ("transcripts" in results or "speaker_labels" in results)


def read(document: Document) -> Imported:
    """Runs of one speaker's words, punctuation attached."""
    data = document.data
    channels = listed(data, "results", "channel_labels", "channels")
    if channels:
        voices = [_words(listed(channel, "items"), text_at(channel, "channel_label")) for channel in channels]
    else:
        voices = [_words(_labelled(data))]
    cues = [cue for words in voices for cue in cues_of_words(words)]
    language = language_at(record(at(data, "results")), "language_code")
    return Imported(by_start(cues), language=language)


def _labelled(data: JsonValue) -> list[Record]:
    """Items with their speaker. Older files keep labels apart from the words, under the word's start."""
    labels = {
        text_at(item, "start_time"): text_at(item, "speaker_label")
        for segment in listed(data, "results", "speaker_labels", "segments")
        for item in listed(segment, "items")
    }
    labelled, speaker = [], ""
    for item in listed(data, "results", "items"):
        # Punctuation has no time; it belongs to the word before.
        speaker = text_at(item, "speaker_label") or labels.get(text_at(item, "start_time"), "") or speaker
        labelled.append({**item, "speaker_label": speaker})
    return labelled


def _words(items: Iterable[Record], speaker: str = "") -> list[Word]:
    words: list[Word] = []
    for item in items:
        best = next(iter(listed(item, "alternatives")), {})
        content, label = text_at(best, "content"), speaker or text_at(item, "speaker_label")
        if item.get("type") == "punctuation" and words:
            words[-1] = replace(words[-1], text=words[-1].text + content)
        elif word := one_word(content, item.get("start_time"), item.get("end_time"), best.get("confidence")):
            words.append(replace(word, speaker=label or None))
    return words


FORMAT = Format("aws-transcribe", (".json",), recognises, read)
