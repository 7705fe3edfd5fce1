"""Recordings in and out of files, through PyAV; what is read back is in step with what was written."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray
from scipy.signal import correlate

from eval.roleplays.voices import RATE, Samples

AUDIO = {
    "flac": ("flac", None),
    "mp3": ("libmp3lame", 32_000),
    "m4a": ("aac", 32_000),
    "ogg": ("libopus", 24_000),
    "mp4": ("aac", 32_000),
}
# Whole steps of 16 leave flac four empty bits to drop: half the size, and the rounding lies under the room noise.
STEP = {"flac": 16}
PICTURE_RATE = 5
PICTURE_SIZE = (320, 180)
# Half a minute has speech of both sides in it, enough to find the delay to the sample.
DELAY_SECONDS = 30


def write_recording(path: Path, recording: Samples) -> None:
    """The recording (samples by channels) in the container its name asks for; an mp4 also gets a moving picture."""
    codec, bit_rate = AUDIO[path.suffix[1:]]
    whole = _whole(recording, STEP.get(path.suffix[1:], 1))
    # Without bitexact an ogg file gets a random serial number and no two runs agree.
    with av.open(str(path), "w", options={"fflags": "+bitexact"}) as container:
        picture = _add_picture(container) if path.suffix == ".mp4" else None
        layout = "stereo" if recording.shape[1] == 2 else "mono"
        audio = container.add_stream(codec, rate=RATE, layout=layout)
        assert isinstance(audio, av.AudioStream)
        if bit_rate:
            audio.bit_rate = bit_rate
        if picture:
            _write_pictures(container, picture, len(recording) / RATE)
        _write_audio(container, audio, whole, layout)


def _whole(recording: Samples, step: int) -> NDArray[np.int16]:
    return (np.round(recording * (32_767 // step)) * step).astype(np.int16)


def _write_audio(
    container: av.container.OutputContainer, stream: av.AudioStream, whole: NDArray[np.int16], layout: str
) -> None:
    for start in range(0, len(whole), RATE):
        frame = av.AudioFrame.from_ndarray(whole[start : start + RATE].reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate = RATE
        frame.pts = start
        frame.time_base = Fraction(1, RATE)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _add_picture(container: av.container.OutputContainer) -> av.VideoStream:
    stream = container.add_stream("libx264", rate=PICTURE_RATE, options={"crf": "34", "threads": "1"})
    stream.width, stream.height = PICTURE_SIZE
    stream.pix_fmt = "yuv420p"
    return stream


def _write_pictures(container: av.container.OutputContainer, stream: av.VideoStream, seconds: float) -> None:
    count = int(seconds * PICTURE_RATE)
    for index in range(count):
        frame = av.VideoFrame.from_ndarray(picture(index / count), format="rgb24")
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def picture(done: float) -> NDArray[np.uint8]:
    """Two seats in front of a wall, and a bar at the foot that has come as far as `done` (0 to 1)."""
    width, height = PICTURE_SIZE
    image = np.empty((height, width, 3), np.uint8)
    image[:] = np.linspace(70, 40, height).astype(np.uint8)[:, None, None]
    image[60:140, 50:120] = (150, 120, 90)
    image[60:140, 200:270] = (90, 120, 150)
    image[-8:, : int(done * width)] = (230, 230, 230)
    return image


def read_recording(path: Path) -> Samples:
    """The sound of any recording at 16 kHz, samples by channels."""
    blocks: list[NDArray[Any]] = []
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        channels = stream.channels
        resampler = AudioResampler(format="s16", layout=stream.layout, rate=RATE)
        for frame in container.decode(stream):
            blocks += [block.to_ndarray() for block in resampler.resample(frame)]
        blocks += [block.to_ndarray() for block in resampler.resample(None)]
    samples: Samples = np.concatenate(blocks, axis=1).reshape(-1, channels) / 32_768
    return samples


def delay_ms(written: Samples, read: Samples) -> float:
    """By how much the read recording lags the written one (negative where it leads), channels added up."""
    first, second = (samples[: DELAY_SECONDS * RATE].sum(axis=1) for samples in (written, read))
    likeness = correlate(second, first, method="fft")
    return float(int(np.argmax(likeness)) - (len(first) - 1)) * 1000 / RATE
