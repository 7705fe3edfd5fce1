"""The real faster-whisper adapter on a small Whisper with random weights: loading, times, silence, devices."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ctranslate2
import numpy as np
import pytest

from models.asr.hub import find_weights
from models.asr.vocabulary import Term
from models.asr.whisper import WhisperRecogniser
from models.asr.whisper_load import devices
from models.asr.whisper_rules import WhisperOptions
from pipeline.audio import Audio
from pipeline.errors import AsktellError, MissingModelError
from pipeline.ports import Recognised
from tests.models.asr_builders import joined, random_whisper, silence, speech

QUICK = WhisperOptions(beam=1, temperatures=(0.0,), worst_log_probability=-100.0)
"""Random weights are never likely; without this every window would be decoded at every temperature."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_whisper(tmp_path_factory.mktemp("english"))


def recogniser(folder: Path, options: WhisperOptions = QUICK, vocabulary: tuple[Term, ...] = ()) -> WhisperRecogniser:
    return WhisperRecogniser(find_weights(str(folder)), vocabulary, options)


def assert_words_in_order_within(recognised: Recognised, audio: Audio) -> None:
    assert recognised.words
    starts = [word.span.start_ms for word in recognised.words]
    assert starts == sorted(starts)
    assert all(word.span.end_ms <= audio.duration_ms for word in recognised.words)
    assert all(0 <= word.probability <= 1 and word.text == word.text.strip() for word in recognised.words)


@pytest.mark.audio
@pytest.mark.parametrize("batch", [1, 4])
def test_a_model_loaded_by_path_gives_words_with_times_one_window_at_a_time_and_in_batches(
    folder: Path, batch: int
) -> None:
    audio = speech(0, 45)
    recognised = recogniser(folder, WhisperOptions(batch=batch, beam=1, temperatures=(0.0,))).recognise(audio)
    assert_words_in_order_within(recognised, audio)
    assert recognised.language == "en"


def test_the_model_is_named_after_its_folder_before_anything_is_loaded(folder: Path) -> None:
    made = recogniser(folder)
    assert (made.engine, made.model, made.draft) == ("faster-whisper", "whisper", False)


@pytest.mark.audio
@pytest.mark.parametrize("audio", [silence(20), silence(20, noise=30), silence(0)], ids=["zeros", "noise", "nothing"])
@pytest.mark.parametrize("batch", [1, 4])
def test_silence_has_no_words_and_no_language(folder: Path, audio: Audio, batch: int) -> None:
    assert recogniser(folder, WhisperOptions(batch=batch)).recognise(audio) == Recognised(())


@pytest.mark.audio
def test_a_long_recording_is_read_in_blocks_and_its_words_keep_their_place(folder: Path) -> None:
    words = recogniser(folder).recognise(joined(speech(0, 9), silence(620), speech(0, 9), silence(5))).words
    early = [word for word in words if word.span.end_ms <= 10_000]
    late = [word for word in words if word.span.start_ms >= 628_000]
    assert early
    assert late
    assert len(early) + len(late) == len(words)


@pytest.mark.audio
def test_one_channel_is_heard_without_the_other(folder: Path) -> None:
    spoken, silent = speech(0, 9).samples, silence(9).samples
    both = Audio(np.concatenate([spoken, silent]))
    made = recogniser(folder)
    assert made.recognise(both, channel=0).words
    assert not made.recognise(both, channel=1).words


@pytest.mark.audio
def test_a_model_sure_of_another_language_gives_that_language_and_no_words(tmp_path: Path) -> None:
    german = random_whisper(tmp_path, multilingual=True, favour={"<|de|>": 12.0})
    recognised = recogniser(german).recognise(speech())
    assert recognised.language == "de"
    assert recognised.language_probability is not None
    assert recognised.language_probability > 0.9
    assert not recognised.words


@pytest.mark.audio
def test_a_model_that_cannot_tell_the_language_goes_on_in_english(tmp_path: Path) -> None:
    unsure = random_whisper(
        tmp_path, multilingual=True, favour={"<|de|>": 2.1, "<|en|>": 2.0, "<|fr|>": 2.0, "Ġmore": 9.0}
    )
    recognised = recogniser(unsure).recognise(speech())
    assert recognised.language == "en"
    assert recognised.language_probability is not None
    assert recognised.language_probability < 0.5
    assert recognised.words


@pytest.mark.audio
@pytest.mark.parametrize("batch", [1, 4])
def test_a_model_caught_in_a_loop_says_its_word_once(tmp_path: Path, batch: int) -> None:
    looping = random_whisper(tmp_path, favour={"Ġmore": 30.0})
    options = WhisperOptions(batch=batch, beam=1, temperatures=(0.0,), no_speech=1.0)
    assert [word.text for word in recogniser(looping, options).recognise(speech()).words] == ["more"]


@pytest.mark.audio
@pytest.mark.parametrize("batch", [1, 4])
def test_what_the_model_itself_takes_for_silence_is_left_out(tmp_path: Path, batch: int) -> None:
    doubting = random_whisper(tmp_path, favour={"<|nospeech|>": 12.0})
    options = WhisperOptions(batch=batch, beam=1, temperatures=(0.0,))
    assert not recogniser(doubting, options).recognise(speech()).words


@pytest.mark.audio
def test_batched_decoding_repairs_too_repetitive_windows_one_by_one(tmp_path: Path) -> None:
    talking = random_whisper(tmp_path, favour={"Ġmore": 6.0, "Ġtell": 6.0})
    options = WhisperOptions(batch=4, beam=1, temperatures=(1.0,), no_speech=1.0, most_compression=0.1)
    audio = speech(0, 30)
    recognised = recogniser(talking, options).recognise(audio)
    assert_words_in_order_within(recognised, audio)
    assert "more" in [word.text for word in recognised.words]


@pytest.mark.audio
def test_a_vocabulary_longer_than_the_prompt_is_taken_as_far_as_it_fits(tmp_path: Path) -> None:
    talking = random_whisper(tmp_path, favour={"Ġmore": 30.0})
    terms = tuple(Term(f"Zyntex{number}") for number in range(500))
    assert recogniser(talking, vocabulary=terms).recognise(speech()).words


@pytest.mark.audio
def test_two_threads_share_one_model_and_hear_the_same(folder: Path) -> None:
    made, audio = recogniser(folder), speech()
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(made.recognise, [audio, audio])
    assert first == second == made.recognise(audio)


def test_the_processor_runs_whole_numbers() -> None:
    assert [(device.name, device.compute_type) for device in devices("cpu")] == [("cpu", "int8")]


@pytest.mark.skipif(ctranslate2.get_cuda_device_count() > 0, reason="this machine has a graphics card")
def test_without_a_graphics_card_auto_takes_the_processor_and_cuda_says_so() -> None:
    assert devices("auto") == devices("cpu")
    with pytest.raises(AsktellError, match="no graphics card"):
        devices("cuda")


@pytest.mark.skipif(ctranslate2.get_cuda_device_count() == 0, reason="this machine has no graphics card")
@pytest.mark.audio
def test_a_graphics_card_runs_half_floats(folder: Path) -> None:
    assert devices("cuda")[0].compute_type == "float16"
    assert recogniser(folder, WhisperOptions(device="cuda", beam=1)).recognise(speech()).words


@pytest.mark.parametrize("broken", ["model.bin", "tokenizer.json"])
def test_broken_weights_are_told_in_one_line_that_names_the_model(folder: Path, tmp_path: Path, broken: str) -> None:
    for name in ("model.bin", "tokenizer.json", "config.json", "vocabulary.json"):
        (tmp_path / name).write_bytes(b"not a model" if name == broken else (folder / name).read_bytes())
    with pytest.raises(MissingModelError, match=tmp_path.name) as told:
        recogniser(tmp_path).recognise(speech())
    assert "\n" not in str(told.value)
