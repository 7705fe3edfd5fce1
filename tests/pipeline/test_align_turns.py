import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.align import TurnRules, assign_words, build_turns, without_leaked
from pipeline.values import Span, SpeakerSpan, Word


def word(start_ms: int, end_ms: int, text: str = "yes", speaker: str | None = None) -> Word:
    return Word(Span(start_ms, end_ms), text, 0.9, speaker)


def spoken(start_ms: int, end_ms: int, speaker: str) -> SpeakerSpan:
    return SpeakerSpan(Span(start_ms, end_ms), speaker)


TWO = [spoken(0, 3000, "S1"), spoken(3200, 6000, "S2")]


def test_assign_words_gives_a_word_to_who_talks_most_during_it() -> None:
    spans = [spoken(0, 1000, "S1"), spoken(1000, 3000, "S2")]
    assert [each.speaker for each in assign_words([word(100, 600), word(900, 1300)], spans)] == ["S1", "S2"]


def test_assign_words_gives_ties_to_the_earlier_span() -> None:
    assert assign_words([word(900, 1100)], [spoken(1000, 2000, "S1"), spoken(0, 1000, "S2")])[0].speaker == "S2"


def test_assign_words_adds_up_the_pieces_of_one_speaker() -> None:
    spans = [spoken(0, 400, "S1"), spoken(400, 900, "S2"), spoken(900, 1300, "S1")]
    assert assign_words([word(0, 1300)], spans)[0].speaker == "S1"


def test_assign_words_looks_nearby_when_nobody_talks_and_no_further() -> None:
    near, far = assign_words([word(3050, 3100), word(9000, 9200)], TWO)
    assert near.speaker == "S1"
    assert far.speaker is None


def test_assign_words_keeps_order_text_and_times() -> None:
    words = [word(4000, 4100, "b"), word(100, 200, "a")]
    assert [(each.text, each.span) for each in assign_words(words, TWO)] == [(each.text, each.span) for each in words]


def test_assign_words_without_words_or_spans() -> None:
    assert assign_words([], TWO) == []
    assert assign_words([word(0, 100)], [])[0].speaker is None


def test_a_word_of_no_length_still_has_a_speaker() -> None:
    assert assign_words([word(500, 500)], TWO)[0].speaker == "S1"


def test_without_leaked_leaves_out_words_that_lie_mostly_in_the_leak() -> None:
    words = [word(0, 400), word(400, 800), word(900, 1300), word(1000, 1000), word(2000, 2000)]
    leaked = [Span(100, 300), Span(350, 500), Span(850, 1101), Span(1150, 1200)]
    assert without_leaked(words, leaked) == [words[1], words[4]]
    assert without_leaked(words, []) == words


def test_build_turns_changes_turn_with_the_floor_and_joins_the_words() -> None:
    words = assign_words(
        [word(100, 500, "so"), word(600, 900, "what?"), word(3300, 3600, "Well,"), word(4000, 4400, "no.")], TWO
    )
    turns = build_turns(words, TWO)
    assert [(turn.index, turn.speaker, turn.text) for turn in turns] == [(0, "S1", "so what?"), (1, "S2", "Well, no.")]


def test_build_turns_keeps_a_reply_inside_the_others_talk_as_a_turn_that_overlaps() -> None:
    spans = [spoken(0, 6000, "S1"), spoken(2000, 2400, "S2")]
    words = [word(100, 1900, "long", "S1"), word(2000, 2400, "mm-hm", "S2"), word(2500, 5900, "talk", "S1")]
    turns = build_turns(words, spans)
    assert [(turn.speaker, turn.text) for turn in turns] == [("S1", "long talk"), ("S2", "mm-hm")]
    assert turns[0].span.overlap_ms(turns[1].span) == 400


def test_build_turns_parts_talk_around_a_reply_in_its_pause() -> None:
    spans = [spoken(0, 1900, "S1"), spoken(2000, 2400, "S2"), spoken(2500, 5900, "S1")]
    words = [word(100, 1900, "first", "S1"), word(2000, 2400, "yes", "S2"), word(2500, 5900, "second", "S1")]
    assert [turn.text for turn in build_turns(words, spans)] == ["first", "yes", "second"]


def test_build_turns_ends_a_turn_at_a_long_silence_only() -> None:
    spans = [spoken(0, 9000, "S1")]
    words = [word(0, 500, "a", "S1"), word(1900, 2400, "b", "S1"), word(4000, 4500, "c", "S1")]
    assert [turn.text for turn in build_turns(words, spans)] == ["a b", "c"]


def test_a_turn_reaches_out_to_the_speech_around_its_words_but_not_far() -> None:
    spans = [spoken(1000, 9000, "S1")]
    turn = build_turns([word(1200, 3000, "hello", "S1")], spans)[0]
    assert turn.span == Span(1000, 3000 + TurnRules().reach_ms)


def test_words_of_nobody_and_speech_without_words_make_no_turn() -> None:
    assert build_turns([word(0, 100)], [spoken(0, 1000, "S1")]) == ()
    assert build_turns([], []) == ()


@st.composite
def talks(draw: st.DrawFn) -> tuple[list[Word], list[SpeakerSpan]]:
    seed = draw(st.integers(0, 10_000))
    chance = random.Random(seed)
    words, spans, now = [], [], 0
    for _ in range(draw(st.integers(0, 8))):
        start = max(0, now + chance.randint(-400, 2500))
        now = start
        speaker = chance.choice(["S1", "S2", "S3"])
        for _ in range(chance.randint(1, 6)):
            end = now + chance.randint(0, 600)
            words.append(word(now, end, "w", speaker if chance.random() > 0.1 else None))
            now = end + chance.randint(0, 400)
        spans.append(spoken(max(0, start - chance.randint(0, 600)), now + chance.randint(0, 600), speaker))
    chance.shuffle(words)
    return words, spans


@given(talks())
def test_turns_hold_every_word_of_somebody_once_in_order(talk: tuple[list[Word], list[SpeakerSpan]]) -> None:
    words, spans = talk
    turns = build_turns(words, spans)
    kept = sorted((each for turn in turns for each in turn.words), key=lambda each: (each.span, str(each.speaker)))
    assert kept == sorted((each for each in words if each.speaker), key=lambda each: (each.span, str(each.speaker)))
    assert [turn.index for turn in turns] == list(range(len(turns)))
    for turn in turns:
        assert {each.speaker for each in turn.words} == {turn.speaker}
        assert turn.text == " ".join(each.text for each in turn.words)
        assert turn.span.start_ms <= turn.words[0].span.start_ms
        assert turn.span.end_ms >= max(each.span.end_ms for each in turn.words)
    assert all(one.span.start_ms <= other.span.start_ms for one, other in pairwise(turns))


@given(talks())
def test_turns_of_one_speaker_are_built_the_same_from_words_in_any_order(
    talk: tuple[list[Word], list[SpeakerSpan]],
) -> None:
    words, spans = talk
    assert build_turns(words, spans) == build_turns(sorted(words, key=lambda each: (each.span, each.text)), spans[::-1])


@pytest.mark.parametrize("reach_ms", [0, 200])
def test_reach_is_an_option(reach_ms: int) -> None:
    turn = build_turns([word(1000, 2000, "a", "S1")], [spoken(0, 5000, "S1")], TurnRules(reach_ms=reach_ms))[0]
    assert turn.span == Span(1000 - reach_ms, 2000 + reach_ms)
