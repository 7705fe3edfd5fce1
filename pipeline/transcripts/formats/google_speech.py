"""Google Cloud Speech-to-Text: words with times such as "1.500s" and a speaker tag or label."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.transcripts.cues import Document, Format, Imported, JsonValue
from pipeline.transcripts.fields import Record, at, cues_of_words, one_word, record, speaker_at, text_at
from pipeline.transcripts.rows import listed
from pipeline.values import Word

_TIMES = (("startTime", "startOffset"), ("endTime", "endOffset"))
"""What the first and the second version of the service call start and end; a zero is left out."""


def recognises(document: Document) -> bool:
    """By results with alternatives that have a transcript or words."""
    found = _alternatives(document.data)
    return any({"transcript", "words"} & each.keys() for each in found)


def read(document: Document) -> Imported:
    """Runs of one speaker's words. Where speakers are tagged, the last result repeats all words with their tags."""
    spoken = [list(_words(alternative)) for alternative in _alternatives(document.data)]
    tagged = bool(spoken) and len(spoken[-1]) >= sum(map(len, spoken[:-1])) and any(word.speaker for word in spoken[-1])
    words = spoken[-1] if tagged else [word for each in spoken for word in each]
    return Imported(tuple(cues_of_words(words)))


def _alternatives(data: JsonValue) -> list[Record]:
    results = listed(data, "results") or listed(at(data, "response"), "results")
    return [record(next(iter(listed(result, "alternatives")), {})) for result in results]


def _words(alternative: Record) -> Iterator[Word]:
    for item in listed(alternative, "words"):
        start, end = (item.get(key) or item.get(other) or "0s" for key, other in _TIMES)
        if word := one_word(text_at(item, "word"), start, end, item.get("confidence")):
            yield replace(word, speaker=speaker_at(item, "speakerTag", "speakerLabel", "speaker_tag", "speaker_label"))


FORMAT = Format("google-speech", (".json",), recognises, read)
