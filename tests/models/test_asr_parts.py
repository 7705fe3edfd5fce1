"""The small parts of recognition: blocks, broken loops, vocabulary files."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.asr.blocks import quiet_blocks
from models.asr.guards import collapse_repeats
from models.asr.vocabulary import Term, read_vocabulary
from pipeline.audio import RATE, Audio
from pipeline.errors import AsktellError
from pipeline.values import Span, Word


def words(text: str) -> list[Word]:
    return [Word(Span(place * 100, place * 100 + 90), each) for place, each in enumerate(text.split())]


def said(text: str) -> str:
    return " ".join(word.text for word in collapse_repeats(words(text)))


def noise(seconds: float) -> Audio:
    return Audio(np.random.default_rng(3).normal(0, 3000, (1, int(seconds * RATE))).astype(np.int16))


@given(st.integers(0, 90_000), st.integers(1_000, 40_000))
def test_blocks_cover_a_recording_once_and_none_is_too_long(duration_ms: int, block_ms: int) -> None:
    audio = Audio(np.zeros((1, duration_ms * RATE // 1000), np.int16))
    blocks = list(quiet_blocks(audio, None, block_ms))
    edges = [0, *(block.end_ms for block in blocks)]
    assert [block.start_ms for block in blocks] == edges[:-1]
    assert edges[-1] == audio.duration_ms
    assert all(0 < block.duration_ms <= block_ms for block in blocks)


def test_blocks_are_cut_where_it_is_quiet() -> None:
    audio = noise(20)
    audio.samples[:, 7 * RATE : 8 * RATE] = 0
    first, *_ = quiet_blocks(audio, None, 10_000)
    assert 7_000 <= first.end_ms <= 8_000


def test_a_short_recording_is_one_block_and_an_empty_one_none() -> None:
    assert list(quiet_blocks(noise(3), None, 10_000)) == [Span(0, 3_000)]
    assert list(quiet_blocks(noise(0), None, 10_000)) == []


@pytest.mark.parametrize(
    ("heard", "kept"),
    [
        ("", ""),
        ("no no no that is wrong", "no no no that is wrong"),
        ("so what so what so what so what now", "so what now"),
        ("Thank you. Thank you. thank you, Thank you! Bye", "Thank you. Bye"),
        ("a a a a b b b b", "a b"),
        ("right right right right right", "right"),
    ],
)
def test_a_phrase_said_four_times_in_a_row_is_kept_once_and_less_is_left_alone(heard: str, kept: str) -> None:
    assert said(heard) == kept


@given(st.lists(st.sampled_from(["yes", "no", "so"]), max_size=40))
def test_broken_loops_leave_the_words_in_their_order(spoken: list[str]) -> None:
    kept = collapse_repeats(words(" ".join(spoken)))
    assert [word.span for word in kept] == sorted({word.span for word in kept})
    assert {word.text for word in kept} == set(spoken)


def test_a_listeners_okay_that_comes_back_after_a_pause_is_no_loop() -> None:
    listened = [Word(Span(start_ms, start_ms + 300), "Okay.") for start_ms in range(0, 40_000, 8_000)]
    assert collapse_repeats(listened) == listened
    looped = [Word(Span(start_ms, start_ms + 300), "Okay.") for start_ms in range(50_000, 54_000, 800)]
    assert collapse_repeats([*listened, *looped]) == [*listened, looped[0]]


def test_a_vocabulary_is_one_term_a_line_with_how_it_sounds_where_that_is_given(tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    path.write_text("# our products\nZyntex = zin techs\n\nMEDDIC  # a method\nzyntex\n", encoding="utf-8")
    assert read_vocabulary(path) == (Term("Zyntex", "zin techs"), Term("MEDDIC"))


def test_an_empty_vocabulary_has_no_terms(tmp_path: Path) -> None:
    (tmp_path / "terms.txt").touch()
    assert read_vocabulary(tmp_path / "terms.txt") == ()


def test_a_vocabulary_that_is_no_text_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "terms.doc").write_bytes(b"\xd0\xcf\x11\xe0\xff\xfe")
    with pytest.raises(AsktellError, match=r"terms\.doc: .* not UTF-8 text"):
        read_vocabulary(tmp_path / "terms.doc")
