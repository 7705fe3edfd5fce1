"""Parts of a turn's text as units with times."""

from collections.abc import Sequence
from itertools import accumulate

from pipeline.ports import TextPart
from pipeline.values import Span, Turn, Word


def time_parts(turn: Turn, parts: Sequence[TextPart]) -> list[Span]:
    """When each part of the turn's text is spoken, in order, within the turn.

    From the turn's words where it has them and they make up its text; else in proportion to characters,
    which assumes an even pace. A part without a whole word takes the time of the word it lies in.
    """
    if turn.words and " ".join(word.text for word in turn.words) == turn.text:
        return [_within(turn.span, _span_of_words(turn.words, part)) for part in parts]
    return [_proportional(turn, part) for part in parts]


def _span_of_words(words: Sequence[Word], part: TextPart) -> Span:
    ends = list(accumulate(len(word.text) + 1 for word in words))
    spoken = [
        word
        for word, end in zip(words, ends, strict=True)
        if end - 1 > part.start and end - 1 - len(word.text) < part.end
    ] or [words[0]]
    return Span(min(word.span.start_ms for word in spoken), max(word.span.end_ms for word in spoken))


def _within(outer: Span, inner: Span) -> Span:
    start_ms = min(max(inner.start_ms, outer.start_ms), outer.end_ms)
    return Span(start_ms, max(start_ms, min(inner.end_ms, outer.end_ms)))


def _proportional(turn: Turn, part: TextPart) -> Span:
    length = max(len(turn.text), 1)
    at = [turn.span.start_ms + turn.span.duration_ms * offset // length for offset in (part.start, part.end)]
    return Span(*at)
