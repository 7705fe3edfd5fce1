"""Speechmatics: results (words, punctuation) in seconds, speakers S1, S2, … in each alternative."""

from dataclasses import replace

from pipeline.transcripts.cues import Document, Format, Imported
from pipeline.transcripts.fields import at, cues_of_words, date_at, one_word, speaker_at, text_at, time_ms
from pipeline.transcripts.rows import listed
from pipeline.values import Word


def recognises(document: Document) -> bool:
    """By results of which any is a word, or punctuation, with alternatives that have a content."""
    results = listed(document.data, "results")
    spoken = (result for result in results if result.get("type") in ("word", "punctuation"))
    return any("content" in each for result in spoken for each in listed(result, "alternatives"))


def read(document: Document) -> Imported:
    """Runs of one speaker's words, punctuation attached."""
    words: list[Word] = []
    for item in listed(document.data, "results"):
        best = next(iter(listed(item, "alternatives")), {})
        content = text_at(best, "content")
        if item.get("type") == "punctuation" and words:
            words[-1] = replace(words[-1], text=words[-1].text + content)
        elif word := one_word(content, item.get("start_time"), item.get("end_time"), best.get("confidence")):
            # UU is how it says that it does not know.
            speaker = speaker_at(best, "speaker") or speaker_at(item, "channel")
            words.append(replace(word, speaker=None if speaker == "UU" else speaker))
    return Imported(
        tuple(cues_of_words(words)),
        duration_ms=time_ms(at(document.data, "job", "duration")),
        recorded_on=date_at(at(document.data, "job", "created_at")),
    )


FORMAT = Format("speechmatics", (".json",), recognises, read)
