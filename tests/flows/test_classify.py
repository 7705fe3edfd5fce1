"""`asktell classify`, around its models."""

import json
from collections.abc import Iterator
from threading import Event

import pytest

from flows.cli.classify import answers, chunks
from flows.code import Coder
from pipeline.codes import CODES
from pipeline.errors import AsktellError
from tests.flows.fakes import FirstSpeakerLeads, FirstWordClassifier, SentenceSplitter, fake_coder


def line(**record: object) -> bytes:
    return json.dumps(record).encode() + b"\n"


def test_answers_keep_order_ids_and_every_probability() -> None:
    lines = [line(id=number, previous="", text="praise it. other") for number in range(600)]
    answered = list(answers(chunks(lines), fake_coder(), split=True))
    assert [answer["id"] for answer in answered] == list(range(600))
    unit = answered[0]["units"][0]
    assert unit["code"] == "praise"
    assert list(unit["probabilities"]) == [code.value for code in CODES]


def test_answers_give_each_unit_what_came_before_it_and_what_the_other_said() -> None:
    classifier = FirstWordClassifier()
    coder = Coder(SentenceSplitter(), classifier, FirstSpeakerLeads())
    list(answers([[line(id="a", previous="I lost it.", text="One. Two. Three.")]], coder, split=True))
    assert [(unit.text, unit.before, unit.previous) for unit in classifier.asked] == [
        ("One.", "", "I lost it."),
        ("Two.", "One.", "I lost it."),
        ("Three.", "One. Two.", "I lost it."),
    ]


def test_answers_give_units_of_a_long_turn_only_its_end() -> None:
    classifier = FirstWordClassifier()
    coder = Coder(SentenceSplitter(), classifier, FirstSpeakerLeads())
    list(answers([[line(id="a", text="Praise the way you asked. " * 100)]], coder, split=True))
    assert max(len(unit.before) for unit in classifier.asked) < 410


def test_answers_do_not_split_units() -> None:
    (answer,) = answers([[line(id="a", text="One. Two.")]], fake_coder(), split=False)
    assert [unit["text"] for unit in answer["units"]] == ["One. Two."]


def test_answers_for_an_empty_text_have_no_units() -> None:
    for split in (True, False):
        (answer,) = answers([[line(id="a", text="  ")]], fake_coder(), split=split)
        assert answer == {"id": "a", "units": []}


def test_answers_come_before_the_line_that_stops_them() -> None:
    lines = [line(id=1, text="praise"), b"\n", line(id=2, text="other"), b"{not json\n", line(id=3, text="other")]
    coming = answers([lines], fake_coder(), split=True)
    assert [next(coming)["id"], next(coming)["id"]] == [1, 2]
    with pytest.raises(AsktellError, match="line 4: not JSON"):
        next(coming)


def test_line_numbers_go_on_from_chunk_to_chunk() -> None:
    good = line(id=1, text="other")
    with pytest.raises(AsktellError, match="line 3"):
        list(answers([[good, good], [b"[]\n"]], fake_coder(), split=True))


@pytest.mark.parametrize(
    ("record", "complaint"),
    [({"id": 1}, "no 'text'"), ({"text": "x"}, "no 'id'"), ({"id": 1, "text": 5}, "must be strings")],
)
def test_a_line_without_its_parts_is_refused(record: dict[str, object], complaint: str) -> None:
    with pytest.raises(AsktellError, match=f"line 1: .*{complaint}"):
        list(answers([[line(**record)]], fake_coder(), split=True))


def test_chunks_pass_on_a_lone_line_without_waiting_for_more() -> None:
    first_seen = Event()

    def one_then_another() -> Iterator[bytes]:
        yield b"first\n"
        assert first_seen.wait(timeout=10), "the first line must come out before the second is sent"
        yield b"second\n"

    seen: list[bytes] = []
    for chunk in chunks(one_then_another()):
        seen.extend(chunk)
        first_seen.set()
    assert seen == [b"first\n", b"second\n"]


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [(b'{"id": 1, "text": "caf\xe9"}\n', "not UTF-8"), (b"[" * 100_000, "nested too deeply"), (b"\x00\n", "not JSON")],
)
def test_a_line_that_cannot_be_read_is_named_and_those_before_it_answered(bad: bytes, complaint: str) -> None:
    coming = answers([[line(id=1, text="praise"), bad]], fake_coder(), split=True)
    assert next(coming)["id"] == 1
    with pytest.raises(AsktellError, match=f"line 2: .*{complaint}"):
        next(coming)


def test_a_byte_order_mark_and_half_a_character_are_borne() -> None:
    lines = [b"\xef\xbb\xbf" + line(id=1, text="praise"), b'{"id": "b", "text": "other \\ud83d"}\n']
    answered = list(answers([lines], fake_coder(), split=True))
    assert [unit["text"] for answer in answered for unit in answer["units"]] == ["praise", "other ?"]


def test_chunks_raise_what_reading_raises() -> None:
    def broken() -> Iterator[bytes]:
        yield b"first\n"
        raise OSError("the pipe broke")

    with pytest.raises(OSError, match="pipe"):
        list(chunks(broken()))
