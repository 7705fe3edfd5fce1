"""Google Cloud Speech-to-Text: words with times such as "1.500s", and a speaker tag or label, or a channel each."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.transcripts.cues import Document, Format, Imported, JsonValue, by_start
from pipeline.transcripts.fields import Record, at, cues_of_words, one_word, speaker_at, text_at
from pipeline.transcripts.rows import listed
from pipeline.values import Word

_TIMES = (("startTime", "startOffset"), ("endTime", "endOffset"))
"""What the first and the second version of the service call start and end; a zero is left out."""


def recognises(document: Document) -> bool:
    """By results with alternatives that have a transcript or words."""
    return any({"transcript", "words"} & _best(result).keys() for result in _results(document.data))


def read(document: Document) -> Imported:
    """Runs of one speaker's words. Where speakers are tagged, the last result repeats all words with their tags.

    Where they are not, and there are several channels, each is a speaker.
    """
    results = _results(document.data)
    spoken = [list(_words(_best(result))) for result in results]
    channels = [_channel(result) for result in results]
    if len(set(filter(None, channels))) > 1 and not any(word.speaker for each in spoken for word in each):
        cues = [
            replace(cue, speaker=channel)
            for each, channel in zip(spoken, channels, strict=True)
            for cue in cues_of_words(each)
        ]
        return Imported(by_start(cues))
    tagged = bool(spoken) and len(spoken[-1]) >= sum(map(len, spoken[:-1])) and any(word.speaker for word in spoken[-1])
    words = spoken[-1] if tagged else [word for each in spoken for word in each]
    return Imported(tuple(cues_of_words(words)))


def _results(data: JsonValue) -> list[Record]:
    return listed(data, "results") or listed(at(data, "response"), "results")


def _best(result: Record) -> Record:
    return next(iter(listed(result, "alternatives")), {})


def _channel(result: Record) -> str | None:
    tag = text_at(result, "channelTag", "channel_tag")
    return f"Channel {tag}" if tag else None


def _words(alternative: Record) -> Iterator[Word]:
    for item in listed(alternative, "words"):
        start, end = (item.get(key) or item.get(other) or "0s" for key, other in _TIMES)
        if word := one_word(text_at(item, "word"), start, end, item.get("confidence")):
            yield replace(word, speaker=speaker_at(item, "speakerTag", "speakerLabel", "speaker_tag", "speaker_label"))


FORMAT = Format("google-speech", (".json",), recognises, read)
