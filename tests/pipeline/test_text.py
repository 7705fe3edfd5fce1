"""Text and JSON from outside."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import parse_json, well_formed


@given(st.text())
def test_well_formed_leaves_text_that_can_be_written_alone(text: str) -> None:
    assert well_formed(text) == text


def test_well_formed_replaces_halves_that_stand_alone() -> None:
    assert well_formed("bad\udcff name") == "bad? name"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_parse_json_reads_what_was_written(value: object) -> None:
    assert parse_json(json.dumps(value)) == value


def test_parse_json_mends_halves_of_pairs_and_keeps_whole_ones() -> None:
    assert parse_json(r'{"a\ud83d": ["b\udc00", "\ud83d\ude00"]}') == {"a?": ["b?", "😀"]}


@pytest.mark.parametrize(
    ("text", "why"), [("[" * 100_000, "too deeply"), ("1" * 5_000, "too long"), ("{", "Expecting"), ("", "Expecting")]
)
def test_parse_json_raises_value_error_for_whatever_it_cannot_read(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_json(text)
