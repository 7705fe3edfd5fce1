"""Word errors as counts, and speakers matched as well as they can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.recognition.report import table_text
from eval.recognition.run import Outcome, joined, spoken_in
from eval.recognition.score import WordErrors, plain, speaker_word_errors, word_errors

SENTENCES = st.lists(st.sampled_from(["so", "what", "went", "well", "today"]), min_size=1, max_size=12).map(" ".join)


def test_punctuation_case_and_hyphens_do_not_count() -> None:
    assert plain("Well — 'follow-up', isn’t it?") == "well follow up isn't it"
    assert word_errors("So, what went well?", "so what went well").wer == 0


def test_errors_are_counted_by_kind() -> None:
    assert word_errors("what went well today", "what was well") == WordErrors(1, 1, 0, 4)


@pytest.mark.parametrize(("spoken", "heard", "wer"), [("", "", None), ("", "hello", None), ("hello there", "", 1.0)])
def test_nothing_spoken_has_no_rate_and_nothing_heard_is_all_wrong(spoken: str, heard: str, wer: float | None) -> None:
    assert word_errors(spoken, heard).wer == wer


@given(SENTENCES, SENTENCES, SENTENCES, SENTENCES)
def test_errors_of_two_recordings_add(spoken: str, heard: str, more_spoken: str, more_heard: str) -> None:
    both = word_errors(spoken, heard) + word_errors(more_spoken, more_heard)
    assert both.spoken == len(spoken.split()) + len(more_spoken.split())
    assert both.wer is not None


def test_labels_do_not_matter_to_errors_by_speaker() -> None:
    spoken = {"manager": "what went well", "rep": "the demo did"}
    assert speaker_word_errors(spoken, {"S1": "the demo did", "S2": "what went well"}).wer == 0


def test_a_word_given_to_the_wrong_speaker_is_wrong_twice() -> None:
    spoken = {"manager": "what went well", "rep": "the demo did"}
    heard = {"S1": "what went well the", "S2": "demo did"}
    assert word_errors(" ".join(spoken.values()), " ".join(heard.values())).wer == 0
    assert speaker_word_errors(spoken, heard) == WordErrors(0, 1, 1, 6)


def test_a_voice_that_nobody_has_counts_as_words_made_up() -> None:
    assert speaker_word_errors({"manager": "well"}, {"S1": "well", "S2": "so what"}) == WordErrors(0, 0, 2, 1)


def test_texts_of_a_speaker_are_joined_in_order() -> None:
    assert joined([("S1", "so"), ("S2", "well"), ("S1", "what now")]) == {"S1": "so what now", "S2": "well"}


def test_every_bundled_roleplay_has_known_words_of_two_speakers() -> None:
    recordings = list(spoken_in())
    assert recordings
    assert all(each.path.is_file() and len(each.by_speaker) == 2 and each.text for each in recordings)


def test_the_table_ends_with_all_recordings_together() -> None:
    outcomes = [
        Outcome("first", WordErrors(1, 0, 0, 10), WordErrors(1, 1, 1, 10), 60.0, 10.0),
        Outcome("second", WordErrors(0, 0, 0, 30), WordErrors(0, 0, 0, 30), 60.0, 20.0),
    ]
    assert table_text("pocketsphinx", outcomes).splitlines()[-1] == "| all | 40 | 2.5 % | 1 | 0 | 0 | 7.5 % | 4.0 |"


def test_a_folder_without_known_words_says_so() -> None:
    assert "No recordings" in table_text("pocketsphinx", [])
