"""Deepgram: words, utterances or paragraphs in seconds, speakers by number, or one channel for each speaker."""

from itertools import groupby

from pipeline.transcripts.cues import Cue, Document, Format, Imported, by_start
from pipeline.transcripts.fields import Record, at, date_at, language_at, speaker_at, text_at, time_ms, words_at
from pipeline.transcripts.rows import listed


def recognises(document: Document) -> bool:
    """By `results.channels` with alternatives."""
    return any("alternatives" in channel for channel in listed(document.data, "results", "channels"))


def read(document: Document) -> Imported:
    """Utterances where there are any, else runs of one speaker's words, else the sentences of paragraphs.

    Of several channels, each is a speaker.
    """
    data = document.data
    channels = listed(data, "results", "channels")
    several = len(channels) > 1
    utterances = listed(data, "results", "utterances")
    cues = [_utterance(item, several) for item in utterances]
    if not utterances:
        cues = [cue for number, channel in enumerate(channels) for cue in _runs(channel, number if several else None)]
    language = language_at(channels[0], "detected_language")
    return Imported(
        by_start(cues),
        duration_ms=time_ms(at(data, "metadata", "duration")),
        recorded_on=date_at(at(data, "metadata", "created")),
        language=language,
    )


def _utterance(item: Record, several: bool) -> Cue:
    return Cue(
        text_at(item, "transcript"),
        _channel(item.get("channel")) if several else speaker_at(item, "speaker"),
        time_ms(item.get("start")),
        time_ms(item.get("end")),
        words_at(item.get("words")),
    )


def _runs(channel: Record, number: int | None) -> list[Cue]:
    best = next(iter(listed(channel, "alternatives")), {})
    if not listed(best, "words"):
        paragraphs = listed(best, "paragraphs", "paragraphs")
        return [
            _sentence(item, paragraph, number) for paragraph in paragraphs for item in listed(paragraph, "sentences")
        ]
    cues = []
    for speaker, run in groupby(listed(best, "words"), key=lambda word: speaker_at(word, "speaker")):
        words = list(run)
        cues.append(
            Cue(
                " ".join(text_at(word, "punctuated_word", "word") for word in words),
                speaker if number is None else _channel(number),
                time_ms(words[0].get("start")),
                time_ms(words[-1].get("end")),
                words_at(words),
            )
        )
    return cues


def _sentence(item: Record, paragraph: Record, number: int | None) -> Cue:
    speaker = speaker_at(paragraph, "speaker") if number is None else _channel(number)
    return Cue(text_at(item, "text"), speaker, time_ms(item.get("start")), time_ms(item.get("end")))


def _channel(number: object) -> str | None:
    first = number[0] if isinstance(number, list) and number else number
    return f"Channel {first}" if isinstance(first, int) else None


FORMAT = Format("deepgram", (".json",), recognises, read)
