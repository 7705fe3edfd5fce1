"""Real models on the bundled recordings: voices, channels, leaks and what is no speech."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from eval.hearing.measure import compare
from eval.hearing.mixtures import DRY, mixtures
from eval.hearing.reference import Reference, roleplays
from models.diarize import Diarization, VoiceDiarizer
from models.speech import SileroSpeechDetector
from pipeline.audio import RATE, Audio, decode
from pipeline.values import Span, SpeakerSpan

pytestmark = pytest.mark.audio

SECONDS = 60


@pytest.fixture(scope="module")
def diarizer() -> VoiceDiarizer:
    return VoiceDiarizer()


def reference(channels: int) -> tuple[Reference, Audio]:
    """The first minute of the first bundled recording of so many channels."""
    for each in roleplays():
        audio = decode(each.path).audio
        if audio.channels == channels:
            return each, Audio(audio.samples[:, : SECONDS * RATE])
    raise AssertionError(f"no bundled recording of {channels} channels")


@pytest.fixture(scope="module")
def stereo() -> tuple[Reference, Audio]:
    return reference(2)


@pytest.fixture(scope="module")
def mono() -> tuple[Reference, Audio]:
    return reference(1)


def whole(sound: np.ndarray) -> Audio:
    return Audio(np.clip(np.round(np.atleast_2d(sound) * 32768), -32768, 32767).astype(np.int16))


def der(truth: Reference, told: Diarization) -> float:
    spans = [each for each in truth.spans if each.span.end_ms <= SECONDS * 1000]
    return error_rate(spans, told, max(each.span.end_ms for each in spans))


def error_rate(truth: Sequence[SpeakerSpan], told: Diarization, last_ms: int) -> float:
    rate = compare(truth, told.spans, last_ms).errors.der
    assert rate is not None
    return rate


def test_two_voices_in_one_channel_are_told_apart(diarizer: VoiceDiarizer, mono: tuple[Reference, Audio]) -> None:
    told = diarizer.diarize(mono[1], 2)
    assert der(mono[0], told) <= 0.08
    assert told.by_channel == ()
    assert told.spans[0].speaker == "S1"


def test_two_people_who_talk_at_once_in_one_channel_both_talk(diarizer: VoiceDiarizer) -> None:
    truth, audio = next(mixtures(1, DRY))
    told = diarizer.diarize(audio, 2)
    assert both_talk_ms(told.spans) >= 0.3 * both_talk_ms(truth.spans)
    assert error_rate(truth.spans, told, audio.duration_ms) <= 0.08


def both_talk_ms(spans: Sequence[SpeakerSpan]) -> int:
    return sum(one.span.overlap_ms(other.span) for one in spans for other in spans if one.speaker < other.speaker)


def test_a_speaker_on_each_channel_needs_no_voices(diarizer: VoiceDiarizer, stereo: tuple[Reference, Audio]) -> None:
    told = diarizer.diarize(stereo[1], 2)
    assert der(stereo[0], told) <= 0.03
    assert sorted(told.by_channel) == ["S1", "S2"]
    swapped = diarizer.diarize(Audio(stereo[1].samples[::-1]), 2)
    assert swapped.by_channel == told.by_channel[::-1]
    assert swapped.spans == told.spans


@pytest.mark.parametrize("leak_db", [-25, -15, -9])
def test_the_other_voice_leaking_in_is_nobodys_talk(
    diarizer: VoiceDiarizer, stereo: tuple[Reference, Audio], leak_db: int
) -> None:
    clean = stereo[1].samples / 32768
    leak = 10 ** (leak_db / 20) * np.roll(clean[::-1], 80, axis=1)
    noise = np.random.default_rng(0).standard_normal(clean.shape) * 0.002
    told = diarizer.diarize(whole(clean + leak + noise), 2)
    assert der(stereo[0], told) <= 0.03
    assert len(told.by_channel) == 2
    assert any("also carries the other voice" in warning for warning in told.warnings)
    for channel, label in enumerate(told.by_channel):
        own, others = (leaked_share(told, channel, label, mine) for mine in (True, False))
        assert own <= 0.02
        # Where the other speaks softly, what leaks drowns in the noise and is none; words go by half of themselves.
        assert others >= 0.8


def leaked_share(told: Diarization, channel: int, label: str, mine: bool) -> float:
    """How much of what one person says while the other is silent counts as leak on a channel."""
    alone = [
        each.span
        for each in told.spans
        if (each.speaker == label) == mine
        and not any(each.speaker != other.speaker and each.span.overlap_ms(other.span) for other in told.spans)
    ]
    leaked = sum(one.overlap_ms(span) for one in told.leaked[channel] for span in alone)
    return leaked / sum(span.duration_ms for span in alone)


@pytest.mark.parametrize("right", [1.0, 0.3, 0.0])
def test_one_signal_twice_or_on_one_side_is_told_apart_by_voice(
    diarizer: VoiceDiarizer, stereo: tuple[Reference, Audio], right: float
) -> None:
    mix = stereo[1].samples.mean(axis=0) / 32768
    told = diarizer.diarize(whole(np.stack([mix, right * mix])), 2)
    assert told.by_channel == ()
    assert der(stereo[0], told) <= 0.08


def test_one_voice_alone_is_not_made_two(diarizer: VoiceDiarizer, stereo: tuple[Reference, Audio]) -> None:
    told = diarizer.diarize(Audio(stereo[1].samples[:1]), 2)
    assert {each.speaker for each in told.spans} == {"S1"}
    assert any("only one voice" in warning for warning in told.warnings)


def test_silence_noise_tones_and_nothing_are_no_speech(diarizer: VoiceDiarizer) -> None:
    random = np.random.default_rng(0)
    times = np.arange(20 * RATE) / RATE
    keys = 0.2 * (np.sin(2 * np.pi * 770 * times) + np.sin(2 * np.pi * 1336 * times)) * (times % 0.3 < 0.12)
    for sound in (np.zeros(20 * RATE), 0.03 * random.standard_normal(20 * RATE), keys, np.zeros(0)):
        assert diarizer.diarize(whole(sound), 2) == Diarization(())
        assert diarizer.diarize(whole(np.stack([sound, sound])), 2) == Diarization(())


def test_noise_and_clipping_are_said(diarizer: VoiceDiarizer, mono: tuple[Reference, Audio]) -> None:
    sound = mono[1].samples[0, : 30 * RATE] / 32768
    loud = np.sqrt(np.mean(sound[np.abs(sound) > 0.01] ** 2))
    noisy = diarizer.diarize(whole(sound + 0.4 * loud * np.random.default_rng(0).standard_normal(len(sound))), 2)
    assert any(warning.startswith("noisy") for warning in noisy.warnings)
    assert any("clipped" in warning for warning in diarizer.diarize(whole(20 * sound), 2).warnings)


def test_a_very_short_recording_is_answered(diarizer: VoiceDiarizer, mono: tuple[Reference, Audio]) -> None:
    second = mono[1].samples[:, RATE : 2 * RATE]
    for last_ms in (1000, 300):
        told = diarizer.diarize(Audio(second[:, : last_ms * RATE // 1000]), 2)
        assert told.spans == (SpeakerSpan(Span(0, last_ms), "S1"),)
        assert any("too little for dependable numbers" in warning for warning in told.warnings)
    assert diarizer.diarize(Audio(second[:, : RATE // 100]), 2) == Diarization(())


def test_speech_is_found_the_same_wherever_blocks_fall(mono: tuple[Reference, Audio]) -> None:
    detector = SileroSpeechDetector()
    sound = mono[1].samples[:, : 50 * RATE]
    pad = np.zeros((1, 32 * RATE), np.int16)
    spans = detector.detect(Audio(sound))
    later = detector.detect(Audio(np.concatenate([pad, sound], axis=1)))
    spoken = sum(span.duration_ms for span in spans)
    shared = sum(
        one.overlap_ms(type(one)(other.start_ms - 32_000, other.end_ms - 32_000))
        for one in spans
        for other in later
        if other.start_ms >= 32_000
    )
    assert shared >= 0.97 * spoken


def test_the_spectrogram_is_the_one_the_encoder_was_trained_on(mono: tuple[Reference, Audio]) -> None:
    import librosa
    import torch

    from models.diarize.encoder import VoiceEncoder

    sound = mono[1].block(1000, 2600)
    ours = VoiceEncoder().spectrogram(torch.from_numpy(sound)[None])[0].numpy()
    theirs = librosa.feature.melspectrogram(y=sound, sr=RATE, n_fft=400, hop_length=160, n_mels=40).T
    assert np.abs(ours - theirs).max() <= 1e-5 * theirs.max()


MEETINGS = Path(__file__).parents[3] / "shared" / "audio" / "reference.rttm"


@pytest.mark.skipif(not MEETINGS.exists(), reason="the recordings of real meetings are not on this machine")
def test_a_person_who_speaks_alone_for_long_stays_one_in_a_real_room(diarizer: VoiceDiarizer) -> None:
    from eval.hearing.reference import rttm

    alone = next(each for each in rttm(MEETINGS) if each.name == "trn05")
    told = diarizer.diarize(decode(alone.path).audio, 2)
    assert error_rate(alone.spans, told, 30_000) <= 0.15


TWO_SIDES = MEETINGS.with_name("stereo_diarization.wav")


@pytest.mark.skipif(not TWO_SIDES.exists(), reason="the short stereo recording is not on this machine")
def test_five_seconds_of_two_people_who_talk_at_once_are_two_channels(diarizer: VoiceDiarizer) -> None:
    told = diarizer.diarize(decode(TWO_SIDES).audio, 2)
    assert sorted(told.by_channel) == ["S1", "S2"]
    assert any(
        one.span.overlap_ms(other.span) > 500
        for one in told.spans
        for other in told.spans
        if one.speaker < other.speaker
    )
