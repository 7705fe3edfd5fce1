"""Words to their speakers, and words to turns."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.values import Span, SpeakerSpan, Turn, Word


@dataclass(frozen=True, slots=True)
class TurnRules:
    """How far from any speech a word may lie and still be someone's, and what ends a turn.

    A silence of the speaker longer than `longest_pause_ms` ends a turn even if nobody else speaks, as it ends a
    monologue in the metrics; edges of a turn follow the diarized speech for at most `reach_ms` beyond its words.
    """

    nearest_ms: int = 500
    longest_pause_ms: int = 1500
    reach_ms: int = 500


def assign_words(words: Iterable[Word], spans: Sequence[SpeakerSpan], rules: TurnRules | None = None) -> list[Word]:
    """The words in their order, each with the speaker who talks most during it.

    Ties go to the speaker whose span starts earlier. A word during which nobody talks goes to the nearest span within
    `nearest_ms`, and to nobody (None) beyond that.
    """
    rules = rules or TurnRules()
    index = _Index(spans)
    return [replace(word, speaker=index.speaker_of(word.span, rules.nearest_ms)) for word in words]


def without_leaked(words: Iterable[Word], leaked: Sequence[Span]) -> list[Word]:
    """The words in their order, without those of which more than half lies in spans of leaked sound.

    A word of no length is judged by the millisecond it begins with.
    """
    index = _Index([SpeakerSpan(span, "") for span in leaked])

    def is_leaked(word: Word) -> bool:
        said = replace(word.span, end_ms=max(word.span.end_ms, word.span.start_ms + 1))
        return 2 * sum(each.span.overlap_ms(said) for each in index.near(said, 0)) > said.duration_ms

    return [word for word in words if not is_leaked(word)]


def build_turns(
    words: Sequence[Word], spans: Sequence[SpeakerSpan], rules: TurnRules | None = None
) -> tuple[Turn, ...]:
    """Turns in order of start; the text of each is its words joined by single spaces. Words of nobody are left out.

    A turn runs over its speaker's words until another speaks in a gap between them, or the gap is too long. Someone's
    words that fall while the speaker's own speech goes on (by `spans`) break nothing: they are a turn that
    overlaps. A turn lasts from its first to its last word, widened to the speaker's diarized speech around them.
    Speech in which no word was recognised makes no turn.
    """
    rules = rules or TurnRules()
    spoken = sorted((word for word in words if word.speaker is not None), key=lambda word: word.span)
    index = _Index(spans)
    groups = [
        group
        for label in dict.fromkeys(word.speaker for word in spoken)
        for group in _runs(spoken, label, index, rules)
    ]
    groups.sort(key=lambda group: (group[0].span, group[0].speaker))
    placed = sorted(
        zip(_edges(groups, index, rules), groups, strict=True), key=lambda each: (each[0], each[1][0].speaker)
    )
    return tuple(
        Turn(place, str(group[0].speaker), span, " ".join(word.text for word in group), tuple(group))
        for place, (span, group) in enumerate(placed)
    )


class _Index:
    """Spans in order of start, searched without reading them all: a long recording has thousands."""

    def __init__(self, spans: Sequence[SpeakerSpan]) -> None:
        self.spans = sorted(spans, key=lambda each: (each.span, each.speaker))
        self._starts = [each.span.start_ms for each in self.spans]
        self._longest = max((each.span.duration_ms for each in self.spans), default=0)

    def near(self, span: Span, reach_ms: int) -> list[SpeakerSpan]:
        """Spans that come within `reach_ms` of the given one."""
        first = bisect_left(self._starts, span.start_ms - reach_ms - self._longest)
        last = bisect_left(self._starts, span.end_ms + reach_ms + 1)
        return [each for each in self.spans[first:last] if _distance(each.span, span) <= reach_ms]

    def speaker_of(self, span: Span, reach_ms: int) -> str | None:
        near = self.near(span, reach_ms)
        talk: dict[str, int] = {}
        for each in near:
            talk[each.speaker] = talk.get(each.speaker, 0) + each.span.overlap_ms(span)
        if any(talk.values()):
            return max(talk, key=lambda speaker: talk[speaker])
        return min(near, key=lambda each: _distance(each.span, span)).speaker if near else None

    def talks_through(self, gap: Span, speaker: str | None) -> bool:
        """Whether the speaker's diarized speech covers the whole gap."""
        return any(
            each.speaker == speaker and each.span.start_ms <= gap.start_ms and each.span.end_ms >= gap.end_ms
            for each in self.near(gap, 0)
        )


def _distance(one: Span, other: Span) -> int:
    return max(0, one.start_ms - other.end_ms, other.start_ms - one.end_ms)


def _runs(spoken: Sequence[Word], label: str | None, index: _Index, rules: TurnRules) -> list[list[Word]]:
    """The speaker's words, parted where another takes the floor between two of them or the pause is too long."""
    own = [place for place, word in enumerate(spoken) if word.speaker == label]
    groups = [[spoken[own[0]]]]
    for before, after in pairwise(own):
        gap_start, gap_end = spoken[before].span.end_ms, spoken[after].span.start_ms
        gap = Span(min(gap_start, gap_end), gap_end)
        others = spoken[before + 1 : after]
        taken = any(_middle(word) >= gap.start_ms for word in others) and not index.talks_through(gap, label)
        if taken or gap.duration_ms > rules.longest_pause_ms:
            groups.append([])
        groups[-1].append(spoken[after])
    return groups


def _middle(word: Word) -> int:
    return (word.span.start_ms + word.span.end_ms) // 2


def _edges(groups: Sequence[Sequence[Word]], index: _Index, rules: TurnRules) -> list[Span]:
    """Where each turn starts and ends: at its words, moved out to the speaker's speech but not into own other turns."""
    spans: list[Span] = []
    last_end: dict[str | None, int] = {}
    for group in groups:
        speaker = group[0].speaker
        words = Span(group[0].span.start_ms, max(word.span.end_ms for word in group))
        speech = [each.span for each in index.near(words, 0) if each.speaker == speaker]
        start = min((each.start_ms for each in speech), default=words.start_ms)
        end = max((each.end_ms for each in speech), default=words.end_ms)
        start = max(min(start, words.start_ms), words.start_ms - rules.reach_ms, last_end.get(speaker, 0))
        start = min(start, words.start_ms)
        end = max(min(end, words.end_ms + rules.reach_ms), words.end_ms)
        last_end[speaker] = end
        spans.append(Span(start, end))
    return spans
