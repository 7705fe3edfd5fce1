"""The synthetic voices: text in, trimmed 16 kHz speech out. Needs Debian's flite and festival."""

import subprocess
import tempfile
import wave
from math import gcd
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from eval.roleplays.script import RolePlayError, Speaker

Samples = NDArray[np.float64]

RATE = 16_000
FRAME = RATE // 200
# Both engines pad every sentence with silence or with noise some 60 dB under the speech.
EDGE_DB = -45.0
FESTIVAL_VOICES = {"slt": "voice_cmu_us_slt_arctic_hts", "kal": "voice_kal_diphone"}


def speak(speaker: Speaker, text: str) -> Samples:
    """The text spoken, cut so that the first and last sample belong to the first and last sound."""
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "unit.wav"
        _run(speaker, text, wav)
        samples, rate = _read(wav)
    return trim(_at_rate(samples, rate))


def trim(samples: Samples) -> Samples:
    """Without the quiet edges, to 5 ms; what never rises above the edge level comes back empty."""
    whole = len(samples) // FRAME * FRAME
    energy = np.square(samples[:whole]).reshape(-1, FRAME).mean(axis=1)
    loud = np.flatnonzero(energy > energy.max(initial=0.0) * 10 ** (EDGE_DB / 10))
    if not len(loud):
        return samples[:0]
    return samples[loud[0] * FRAME : (loud[-1] + 1) * FRAME]


def _read(wav: Path) -> tuple[Samples, int]:
    with wave.open(str(wav)) as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        return frames / 32_768, file.getframerate()


def _run(speaker: Speaker, text: str, wav: Path) -> None:
    engine, _, voice = speaker.voice.partition("-")
    command = _flite(speaker, voice, text) if engine == "flite" else _festival(speaker, voice)
    try:
        subprocess.run([*command, "-o", str(wav)], input=text.encode(), check=True, capture_output=True)
    except FileNotFoundError as missing:
        raise RolePlayError(f"{command[0]} is missing. Install Debian's flite and festival.") from missing
    except subprocess.CalledProcessError as failed:
        raise RolePlayError(f"{command[0]} could not speak '{text}' as {speaker.voice}.") from failed


def _flite(speaker: Speaker, voice: str, text: str) -> list[str]:
    settings = (f"duration_stretch={speaker.stretch}", f"f0_shift={speaker.pitch}")
    return ["flite", "-voice", voice, *(part for s in settings for part in ("--setf", s)), "-t", text]


def _festival(speaker: Speaker, voice: str) -> list[str]:
    if voice not in FESTIVAL_VOICES:
        raise RolePlayError(f"{speaker.voice} is no voice known here. Use flite-NAME, festival-slt or festival-kal.")
    stretch = f"(Parameter.set 'Duration_Stretch {speaker.stretch})"
    return ["text2wave", "-eval", f"({FESTIVAL_VOICES[voice]})", "-eval", stretch]


def _at_rate(samples: Samples, rate: int) -> Samples:
    shared = gcd(rate, RATE)
    resampled: Samples = resample_poly(samples, RATE // shared, rate // shared)
    return resampled
