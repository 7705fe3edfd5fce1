"""Two voices at once: what they sound like together, and where they do."""

import numpy as np

from models.diarize.encoder import LENGTHS_MS, sound_from
from models.diarize.overlap import OverlapRules, overlap_features, overlap_spans, second_voices
from models.diarize.segments import STEP_MS
from models.diarize.together import MixingRules, Voiced, heard_together, pair_number
from pipeline.audio import RATE, Audio
from pipeline.values import Span

PLAIN = OverlapRules(odds=(1.0, 1.0, 1.0), nearer=(0.0, 0.0, 0.0), inside=0.0, constant=0.0)


def one_pair(*odds: float) -> np.ndarray:
    """The same odds of one pair of voices at each of three lengths, by step, and nothing else that speaks for it."""
    return np.stack([np.repeat(np.array(odds, np.float32)[:, None, None], 3, axis=1)] * 2, axis=3) * (1, 0)


def test_where_both_voices_are_likely_the_second_talks_too() -> None:
    path, other = np.zeros(48, np.intp), np.ones(48, np.intp)
    together = one_pair(*[-5] * 20, *[5] * 8, *[-5] * 20)
    (found,) = overlap_spans(Span(1000, 1000 + 48 * STEP_MS), together, path, other, PLAIN)
    assert found.speaker == "1"
    assert found.span == Span(3000, 3800)
    assert overlap_spans(Span(0, 4800), one_pair(*[-5] * 48), path, other, PLAIN) == []


def test_one_voice_never_overlaps_itself() -> None:
    alone = np.zeros(9, np.intp)
    assert overlap_spans(Span(0, 900), np.zeros((9, 3, 0, 2), np.float32), alone, alone, PLAIN) == []


def test_the_second_voice_is_the_likeliest_other_and_odds_are_those_of_both() -> None:
    path = np.array([0, 1])
    other = second_voices(np.array([[0.9, 0.1, 0.5], [0.2, 0.8, 0.6]], np.float32), path)
    assert other.tolist() == [2, 2]
    pairs = np.array([[[[1, 7], [2, 8], [3, 9]]], [[[4, 1], [5, 2], [6, 3]]]], np.float32)
    assert overlap_features(pairs, path, other, 15).tolist() == [[2, 8, 0], [6, 3, 0]]


def test_pairs_of_voices_have_a_place_each_whichever_comes_first() -> None:
    one, other = np.array([0, 2, 1, 3, 3]), np.array([1, 0, 2, 0, 2])
    assert pair_number(one, other).tolist() == pair_number(other, one).tolist() == [0, 1, 2, 3, 5]


class Spectra:
    """An encoder by which a voice is a tone: the vector of a sound is its spectrum, at all lengths."""

    def encode_sounds(self, sounds: list[np.ndarray]) -> np.ndarray:
        spectra = np.stack([np.abs(np.fft.rfft(sound, 64)) for sound in sounds])
        return np.repeat((spectra / np.linalg.norm(spectra, axis=1, keepdims=True))[:, None], 3, axis=1)


def tones(*each: tuple[int, ...]) -> tuple[Audio, np.ndarray]:
    """A window after another of tones at these places of a spectrum of 32, each with its own noise; their starts."""
    random = np.random.default_rng(0)
    times = np.arange(LENGTHS_MS[-1] * RATE // 1000)
    windows = [
        sum(np.sin(2 * np.pi * place / 64 * times + random.uniform(0, 6)) for place in places)
        + 0.3 * random.standard_normal(len(times))
        for places in each
    ]
    sound = np.round(2000 * np.concatenate(windows)).astype(np.int16)[np.newaxis]
    return Audio(sound), np.arange(len(each)) * LENGTHS_MS[-1]


def together(learnt: int, *each: tuple[int, ...]) -> np.ndarray:
    """What speaks for both in windows of tones; voices are learnt from the first `learnt`, by their first tone."""
    audio, starts = tones(*each)
    vectors = Spectra().encode_sounds([sound_from(audio, start) for start in starts])
    _, labels = np.unique([places[0] for places in each[:learnt]], return_inverse=True)
    voiced = Voiced(starts, vectors, np.arange(learnt), labels)
    return heard_together(audio, Spectra(), voiced, MixingRules())


def test_two_voices_at_once_are_told_from_either_alone_without_an_example() -> None:
    both = together(40, *[(5,), (11,)] * 20, *[(5, 11)] * 6)
    assert both.shape == (46, 3, 1, 2)
    assert (both[:40] < 0).mean() > 0.95
    assert (both[40:] > 0).all()


def test_overlap_among_what_a_voice_is_learnt_from_is_still_found() -> None:
    both = together(40, *[(5,), (11,)] * 18, *[(5, 11)] * 4)
    assert (both[36:] > 0).all()
    assert (both[:36] < 0).mean() > 0.95


def test_voices_heard_too_little_or_alone_are_never_together() -> None:
    scarce = together(12, *[(5,)] * 10, *[(11,)] * 2)
    assert (scarce == (-MixingRules().surest, -1)).all()
    assert together(10, *[(5,)] * 10).shape == (10, 3, 0, 2)
