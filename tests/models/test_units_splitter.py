"""Turns into units."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.units import TrainedSplitter, load_splitter
from models.units.marks import sentence_ends
from models.units.splitter import SplitOptions
from models.units.words import placed_words, strip_marks


class ScriptedScorer:
    """Hears an end after every word `stop`."""

    def __init__(self) -> None:
        self.longest = 0

    def probabilities(self, stretches: Sequence[Sequence[str]]) -> list[list[float]]:
        self.longest = max([self.longest, *map(len, stretches)])
        return [[float(word == "stop") for word in words] for words in stretches]


def scripted(scorer: ScriptedScorer) -> TrainedSplitter:
    return TrainedSplitter(scorer, "scripted", SplitOptions())


def pieces(splitter: TrainedSplitter, text: str) -> list[str]:
    return [text[part.start : part.end] for part in splitter.split([text])[0]]


@pytest.fixture(scope="module")
def splitter() -> TrainedSplitter:
    return load_splitter()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mm-hm. And what made it only fine?", ["Mm-hm.", "And what made it only fine?"]),
        ("Dr. Smith paid 3.5 percent, i.e. too much. Right?", ["Dr. Smith paid 3.5 percent, i.e. too much.", "Right?"]),
        ("We met at 9 a.m. on Tuesday. Fine.", ["We met at 9 a.m. on Tuesday.", "Fine."]),
        ("Well... maybe. Why", ["Well... maybe.", "Why"]),
        ('He said "no." Then he left!', ['He said "no."', "Then he left!"]),
        ("  Yes.  ", ["Yes."]),
        ("Really?! okay", ["Really?!", "okay"]),
    ],
)
def test_punctuated_text_is_cut_at_its_sentences(text: str, sentences: list[str]) -> None:
    assert pieces(scripted(ScriptedScorer()), text) == sentences


def test_text_without_marks_has_no_sentence_ends() -> None:
    assert sentence_ends("so what got in the way there") == []


def test_unmarked_text_is_cut_where_the_model_hears_an_end() -> None:
    assert pieces(scripted(ScriptedScorer()), "go on then stop what did he say") == [
        "go on then stop",
        "what did he say",
    ]


def test_a_long_run_is_read_in_overlapping_windows_and_loses_no_end() -> None:
    scorer = ScriptedScorer()
    words = ["stop" if place % 7 == 6 else "word" for place in range(500)]
    found = pieces(scripted(scorer), " ".join(words))
    assert scorer.longest == SplitOptions().window
    assert [len(piece.split()) for piece in found] == [7] * 71 + [3]


def test_a_marked_text_with_one_endless_sentence_has_it_cut_too() -> None:
    endless = " ".join(["And", *["and"] * 50, "stop", *["then"] * 20])
    assert len(pieces(scripted(ScriptedScorer()), f"Right. {endless}.")) == 3


@pytest.mark.parametrize(
    "text",
    [
        "So looking at all of it, um, " + "and stop, and then, you know, " * 12 + "what would you want?",
        "-and then I'd stop, you know, and I'd- I'd wait, because the- the buyer walks if--",
    ],
)
def test_a_rambling_or_interrupted_sentence_with_its_marks_written_is_one_unit(text: str) -> None:
    assert pieces(scripted(ScriptedScorer()), text) == [text]


def test_an_empty_text_has_no_units() -> None:
    assert scripted(ScriptedScorer()).split(["", "   ", "Yes."])[:2] == [[], []]


def test_words_keep_their_places_and_lose_their_marks() -> None:
    assert [(word.start, word.plain) for word in placed_words("Well — she's OK!")] == [
        (0, "well"),
        (5, ""),
        (7, "she's"),
        (13, "ok"),
    ]
    assert strip_marks("He's “fine”, follow-up?") == "he's fine follow up"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='ab stop.?!"-–… \n', max_size=120))
def test_units_cover_every_character_that_is_no_space_in_order(text: str) -> None:
    parts = scripted(ScriptedScorer()).split([text])[0]
    assert "".join("".join(text[part.start : part.end].split()) for part in parts) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(parts))


def test_the_shipped_model_finds_a_plain_end_without_marks(splitter: TrainedSplitter) -> None:
    found = pieces(splitter, "okay thanks for that so what do you think got in the way with the buyer")
    assert len(found) >= 2
    assert found[-1].endswith("what do you think got in the way with the buyer")
