"""Small recordings, written with PyAV."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float64]


def tone(seconds: float, rate: int = 16_000, hertz: float = 440.0, level: float = 0.3) -> Sound:
    """A sine tone, shape (samples,)."""
    return level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def write(
    path: Path,
    sound: Sound,
    rate: int = 16_000,
    codec: str = "pcm_s16le",
    layout: str | None = None,
    jumps: Sequence[tuple[int, float]] = (),
    tracks: int = 1,
) -> Path:
    """Samples of shape (channels, samples) or (samples,) into the container the name asks for, in each of its tracks.

    From each jump's sample on, time stamps are later by so many seconds.
    """
    channels = np.atleast_2d(sound)
    layout = layout or ("stereo" if len(channels) == 2 else "mono")
    with av.open(str(path), "w") as container:
        streams = [container.add_stream(codec, rate=rate, layout=layout) for _ in range(tracks)]
        whole = (np.clip(channels, -1, 1) * 32767).astype(np.int16)
        for start in range(0, whole.shape[1], 1000):
            packed = np.ascontiguousarray(whole[:, start : start + 1000].T).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
            frame.sample_rate = rate
            frame.pts = start + sum(round(seconds * rate) for sample, seconds in jumps if start >= sample)
            frame.time_base = Fraction(1, rate)
            for stream in streams:
                container.mux(stream.encode(frame))
        for stream in streams:
            container.mux(stream.encode(None))
    return path


def write_silent_video(path: Path) -> Path:
    """A video without a sound track."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(10):
            container.mux(stream.encode(av.VideoFrame(64, 48, "yuv420p")))
        container.mux(stream.encode(None))
    return path


def write_video_with_sound(path: Path, sound: Sound, rate: int) -> Path:
    """A video of uneven frame rate with a sound track."""
    with av.open(str(path), "w") as container:
        picture = container.add_stream("mpeg4", rate=30)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        heard = container.add_stream("aac", rate=rate, layout="mono")
        for place in (0, 3, 4, 11, 25):
            image = av.VideoFrame(64, 48, "yuv420p")
            image.pts, image.time_base = place, Fraction(1, 30)
            container.mux(picture.encode(image))
        container.mux(picture.encode(None))
        whole = (sound * 32767).astype(np.int16).reshape(1, -1)
        for start in range(0, whole.shape[1], 1024):
            frame = av.AudioFrame.from_ndarray(whole[:, start : start + 1024], format="s16", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            container.mux(heard.encode(frame))
        container.mux(heard.encode(None))
    return path
