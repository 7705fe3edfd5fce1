"""Recordings through the diarizer, as they are and as a bad line would leave them."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, resample_poly, sosfilt

from eval.hearing.measure import Errors, Heard, as_one_speaker, compare
from eval.hearing.reference import Reference
from models.diarize import Diarization, VoiceDiarizer
from pipeline.audio import RATE, Audio, decode

Sound = NDArray[np.float32]

TELEPHONE_HZ = (300, 3400)
NOISE_DB = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """One recording under one condition, beside the baseline that tells nobody apart."""

    name: str
    speakers: int
    heard: Heard
    baseline: Heard
    warnings: tuple[str, ...]
    audio_s: float
    processor_s: float


@dataclass(frozen=True, slots=True)
class Table:
    """All recordings under one condition."""

    title: str
    outcomes: tuple[Outcome, ...]

    @property
    def errors(self) -> Errors:
        """Errors of all recordings together, in seconds."""
        return sum((each.heard.errors for each in self.outcomes), Errors())

    @property
    def baseline(self) -> Errors:
        """The same for the baseline."""
        return sum((each.baseline.errors for each in self.outcomes), Errors())


def measure(
    title: str, references: Iterable[Reference], diarizer: VoiceDiarizer, change: Callable[[Audio], Audio]
) -> Table:
    """Every recording, changed, diarized with its true number of speakers, and compared with the truth."""
    changed = ((reference, change(decode(reference.path).audio)) for reference in references)
    return measure_sounds(title, changed, diarizer)


def measure_sounds(title: str, sounds: Iterable[tuple[Reference, Audio]], diarizer: VoiceDiarizer) -> Table:
    """The same for sounds that are made and not read."""
    outcomes = []
    for reference, audio in sounds:
        began = time.process_time()
        told = diarizer.diarize(audio, reference.speakers)
        outcomes.append(_outcome(reference, audio, told, time.process_time() - began))
    return Table(title, tuple(outcomes))


def as_recorded(audio: Audio) -> Audio:
    """Unchanged."""
    return audio


def mixed(audio: Audio) -> Audio:
    """All channels in one, so that only the voices tell the speakers apart."""
    return _whole(_mix(audio))


def telephone(audio: Audio) -> Audio:
    """The mix through a telephone: 8 kHz, 300 to 3400 Hz."""
    band = butter(4, TELEPHONE_HZ, "bandpass", fs=RATE, output="sos")
    narrow = sosfilt(band, _mix(audio))
    return _whole(resample_poly(resample_poly(narrow, 1, 2), 2, 1).astype(np.float32))


def noisy(audio: Audio) -> Audio:
    """The mix with white noise 20 dB below the loud parts of it."""
    sound = _mix(audio)
    loud = float(
        np.percentile(np.sqrt(np.mean(np.square(sound[: len(sound) // 512 * 512].reshape(-1, 512)), axis=1)), 90)
    )
    noise = np.random.default_rng(0).standard_normal(len(sound)).astype(np.float32)
    return _whole(sound + noise * np.float32(loud * 10 ** (-NOISE_DB / 20)))


def _outcome(reference: Reference, audio: Audio, told: Diarization, processor_s: float) -> Outcome:
    return Outcome(
        reference.name,
        reference.speakers,
        compare(reference.spans, told.spans, audio.duration_ms),
        compare(reference.spans, as_one_speaker(told.spans), audio.duration_ms),
        told.warnings,
        audio.duration_ms / 1000,
        processor_s,
    )


def _mix(audio: Audio) -> Sound:
    return audio.block(0, audio.duration_ms)


def _whole(sound: Sound) -> Audio:
    return Audio(np.clip(np.round(sound * 32768), -32768, 32767).astype(np.int16)[np.newaxis])
