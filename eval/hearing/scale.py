"""Memory and processor time by length, each length in a process of its own."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from eval.hearing.reference import roleplays
from models.diarize import VoiceDiarizer
from pipeline.audio import RATE, Audio, decode


@dataclass(frozen=True, slots=True)
class Cost:
    """What it took to decode a recording and tell its voices apart."""

    minutes: int
    decode_s: float
    diarize_s: float
    models_mb: float
    peak_mb: float


def costs(minutes: tuple[int, ...]) -> list[Cost]:
    """Cost of a stereo file whose two channels are the same mix (so voices, not channels, decide), for each length."""
    return [_measured(each) for each in minutes]


def _measured(minutes: int) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.flac"
        _write(path, minutes)
        command = [sys.executable, "-m", "eval.hearing.scale", str(path)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return Cost(minutes, **told)


def _write(path: Path, minutes: int) -> None:
    """The role-plays one after another, over and over, until the length is reached."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=RATE, layout="stereo")
        left = minutes * 60 * RATE
        sounds = [decode(each.path).audio.samples.mean(axis=0).astype(np.int16) for each in roleplays()]
        while left > 0:
            for sound in sounds:
                part = sound[:left]
                left -= len(part)
                for start in range(0, len(part), RATE):
                    second = np.repeat(part[start : start + RATE], 2).reshape(1, -1)
                    frame = av.AudioFrame.from_ndarray(second, format="s16", layout="stereo")
                    frame.sample_rate = RATE
                    container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def peak_mb() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _child(path: Path) -> dict[str, float]:
    diarizer = VoiceDiarizer()
    random = np.random.default_rng(0)
    warm = next(roleplays())
    # A few seconds load every model, and show what they take by themselves.
    diarizer.diarize(Audio(decode(warm.path).audio.samples[:, : 20 * RATE]), 2)
    diarizer.diarize(Audio(random.integers(-3, 4, (1, RATE)).astype(np.int16)), 2)
    models_mb = peak_mb()
    began = time.process_time()
    audio = decode(path).audio
    decoded = time.process_time()
    diarizer.diarize(audio, 2)
    return {
        "decode_s": decoded - began,
        "diarize_s": time.process_time() - decoded,
        "models_mb": models_mb,
        "peak_mb": peak_mb(),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_child(Path(sys.argv[1]))))
