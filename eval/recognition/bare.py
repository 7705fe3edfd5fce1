"""What our adapter adds to the bare faster-whisper call."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from faster_whisper import WhisperModel

from models.asr.hub import fetch, find_weights
from models.asr.whisper import WhisperRecogniser
from models.asr.whisper_load import devices
from models.asr.whisper_rules import READABLE, WhisperOptions, decoding, vad
from pipeline.audio import Audio


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Seconds of processor time, the best of each: the bare call, ours, and the length of the sound."""

    bare_s: float
    ours_s: float
    audio_s: float

    @property
    def added(self) -> float:
        """What ours takes beyond the bare call, as a share of it; negative where ours is quicker."""
        return self.ours_s / self.bare_s - 1


def side_by_side(name: str, audio: Audio, rounds: int) -> SideBySide:
    """Both on the same model, sound and decoding settings, turn about; the best of so many rounds of each.

    Without rising temperatures: they draw at random, and two calls would not do the same work.
    """
    weights = find_weights(name)
    options = WhisperOptions(device="cpu", temperatures=(0.0,))
    device = devices("cpu")[0]
    model = WhisperModel(fetch(weights), device=device.name, compute_type=device.compute_type)
    samples = audio.block(0, audio.duration_ms)
    settings = decoding(options, READABLE, None)

    def bare() -> None:
        segments, _ = model.transcribe(samples, vad_filter=True, vad_parameters=vad(options), **settings)
        list(segments)

    recogniser = WhisperRecogniser(weights, (), options)
    recogniser.recognise(audio)
    times = [(_took_s(bare), _took_s(lambda: recogniser.recognise(audio))) for _ in range(rounds)]
    return SideBySide(min(bare for bare, _ in times), min(ours for _, ours in times), audio.duration_ms / 1000)


def _took_s(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began
