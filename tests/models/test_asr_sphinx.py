"""The real pocketsphinx adapter on real speech."""

from concurrent.futures import ThreadPoolExecutor

import jiwer
import numpy as np
import pytest

from models.asr.pronounce import pronunciation
from models.asr.sphinx import SphinxOptions, SphinxRecogniser, build_decoder
from models.asr.vocabulary import Term
from pipeline.audio import Audio
from pipeline.ports import Recognised
from tests.models.asr_builders import ROLEPLAY_WORDS, joined, silence, speech

pytestmark = pytest.mark.audio


@pytest.fixture(scope="module")
def recogniser() -> SphinxRecogniser:
    return SphinxRecogniser()


@pytest.fixture(scope="module")
def heard(recogniser: SphinxRecogniser) -> Recognised:
    return recogniser.recognise(speech())


def test_clear_speech_is_mostly_read(heard: Recognised) -> None:
    assert jiwer.wer(ROLEPLAY_WORDS, " ".join(word.text for word in heard.words)) < 0.4


def test_words_are_lower_case_without_marks_of_the_dictionary(heard: Recognised) -> None:
    assert all(word.text == word.text.lower() and not set(word.text) & set("()<>[]") for word in heard.words)


def test_words_are_in_order_of_time_and_within_the_recording(heard: Recognised) -> None:
    starts = [word.span.start_ms for word in heard.words]
    assert starts == sorted(starts)
    assert heard.words[-1].span.end_ms <= speech().duration_ms
    assert all(0 < word.probability <= 1 and word.span.duration_ms > 0 for word in heard.words)


@pytest.mark.parametrize("audio", [silence(10), silence(10, noise=30), silence(0)], ids=["zeros", "noise", "nothing"])
def test_silence_has_no_words(recogniser: SphinxRecogniser, audio: Audio) -> None:
    assert recogniser.recognise(audio) == Recognised(())


def test_words_after_a_long_silence_keep_their_place(recogniser: SphinxRecogniser, heard: Recognised) -> None:
    later = recogniser.recognise(joined(silence(610), speech(), silence(1)))
    shift_ms = later.words[0].span.start_ms - heard.words[0].span.start_ms
    assert abs(shift_ms - 610_000) < 300


def test_one_channel_is_heard_without_the_other(recogniser: SphinxRecogniser) -> None:
    both = Audio(np.concatenate([silence(5).samples, speech(0, 5).samples]))
    assert not recogniser.recognise(both, channel=0).words
    assert recogniser.recognise(both, channel=1).words


def test_the_same_sound_gives_the_same_words_again_and_in_two_threads(
    recogniser: SphinxRecogniser, heard: Recognised
) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(recogniser.recognise, [speech(), speech()])
    assert first == second == heard


def test_a_name_too_rare_to_be_heard_is_heard_once_it_is_in_the_vocabulary(heard: Recognised) -> None:
    assert "acme" not in [word.text for word in heard.words]
    told = SphinxRecogniser((Term("Acme"),))
    assert "acme" in [word.text for word in told.recognise(speech()).words]


def test_terms_are_said_as_written_as_told_by_letters_or_as_compounds() -> None:
    decoder = build_decoder(SphinxOptions())
    said = {
        Term("Acme"): "AE K M IY",
        Term("Zyntex", "zinc techs"): "Z IH NG K T EH K S",
        Term("QBR"): "K Y UW B IY AA R",
        Term("dealsheet"): "D IY L SH IY T",
        Term("xqzt"): None,
    }
    assert {term: pronunciation(decoder, term) for term in said} == said


def test_a_term_nobody_can_pronounce_is_logged_and_does_no_harm(caplog: pytest.LogCaptureFixture) -> None:
    assert SphinxRecogniser((Term("Ωmega"), Term("this morning"))).recognise(speech(4, 9)).words
    assert "cannot pronounce 'ωmega'" in caplog.text
