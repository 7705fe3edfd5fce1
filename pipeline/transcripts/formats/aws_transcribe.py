"""Amazon Transcribe: items (words, punctuation) in seconds as text, speakers spk_0, … or channels ch_0, …"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline.transcripts.cues import Cue, Document, Format, Imported, JsonValue
from pipeline.transcripts.fields import Record, at, record, text_at, time_ms
from pipeline.transcripts.rows import listed
from pipeline.values import Span, Word


def recognises(document: Document) -> bool:
    """By `results` with items, or with channels that have items."""
    results = record(at(document.data, "results"))
    return isinstance(results.get("items"), list) and ("transcripts" in results or "speaker_labels" in results)


def read(document: Document) -> Imported:
    """Runs of one speaker's words, punctuation attached."""
    data = document.data
    channels = listed(data, "results", "channel_labels", "channels")
    if channels:
        cues = [
            cue for channel in channels for cue in _runs(listed(channel, "items"), text_at(channel, "channel_label"))
        ]
    else:
        cues = list(_runs(_labelled(data), None))
    language = text_at(record(at(data, "results")), "language_code")
    return Imported(tuple(sorted(cues, key=lambda cue: cue.start_ms or 0)), language=language[:2].lower() or None)


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


def _runs(items: Iterable[Record], speaker: str | None) -> Iterator[Cue]:
    for label, run in groupby(items, key=lambda item: speaker or text_at(item, "speaker_label")):
        words = list(_words(run))
        if words:
            text = " ".join(word.text for word in words)
            yield Cue(text, label or None, words[0].span.start_ms, words[-1].span.end_ms, tuple(words))


def _words(items: Iterable[Record]) -> list[Word]:
    words: list[Word] = []
    for item in items:
        best = next(iter(listed(item, "alternatives")), {})
        content = text_at(best, "content")
        start_ms, end_ms = time_ms(item.get("start_time")), time_ms(item.get("end_time"))
        if item.get("type") == "punctuation" and words:
            words[-1] = Word(words[-1].span, words[-1].text + content, words[-1].probability)
        elif content and start_ms is not None and end_ms is not None and 0 <= start_ms <= end_ms:
            probability = time_ms(best.get("confidence"))
            words.append(Word(Span(start_ms, end_ms), content, 1.0 if probability is None else probability / 1000))
    return words


FORMAT = Format("aws-transcribe", (".json",), recognises, read)
