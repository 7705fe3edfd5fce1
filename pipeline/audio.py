"""Recordings to samples."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from numpy.typing import NDArray

from pipeline.errors import RecordingError

RATE = 16_000
"""Samples a second, once decoded; what every model here reads."""

DIGEST_BLOCK = 1 << 20
BLOCK = 60 * RATE
# A sound card may add a constant to what it records; below this (a hundredth of full scale) it misleads nobody.
LEAST_OFFSET = 328
# The correlation of two channels below which their mean loses more than half of what they carry.
OPPOSED = -0.5
# Some programs that do not know the length write the largest number with a sign, or a little less.
LARGEST_BELIEVED = 0x7F000000
# Below this a gap between frames is rounding of time stamps, not lost sound.
SMALLEST_GAP_MS = 100
# A damaged time stamp can claim hours; no more silence than this is put in for one.
LONGEST_GAP_MS = 600_000
# Containers round their own duration; a file that ends this much early was cut off.
EARLY_END_MS = 2_000
SHORTEST_MS = 100


Samples = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Audio:
    """Decoded samples, shape (channels, samples), 16-bit at 16 kHz; one or two channels."""

    samples: Samples

    @property
    def channels(self) -> int:
        return int(self.samples.shape[0])

    @property
    def duration_ms(self) -> int:
        return int(self.samples.shape[1]) * 1000 // RATE

    def block(self, start_ms: int, end_ms: int, channel: int | None = None) -> NDArray[np.float32]:
        """Samples from `start_ms` to `end_ms` as floats in -1..1: one channel, or the mean of all."""
        part = self.samples[:, start_ms * RATE // 1000 : end_ms * RATE // 1000]
        chosen = part.mean(axis=0) if channel is None else part[channel]
        scaled: NDArray[np.float32] = chosen.astype(np.float32) / np.float32(32768.0)
        return scaled


@dataclass(frozen=True, slots=True)
class Decoded:
    """A recording's samples, and what a person should know of how they were read."""

    audio: Audio
    warnings: tuple[str, ...] = ()


def decode(path: Path) -> Decoded:
    """The sound of any file PyAV reads, audio or video, at 16 kHz: two channels stay two, more become one.

    Decodes frame by frame into one growing buffer, so memory is that of the result (115 MB an hour and channel).
    A constant added by the sound card is taken away. Of two channels that would silence each other when mixed one is
    turned over. Damaged parts are skipped and stretches without sound (by their time stamps) become silence, so times
    stay those of the recording; both are told in `warnings`, as are a recording cut off early and a jump too long to be
    true, which is left out. Raises RecordingError where nothing is to be heard.
    """
    if not path.is_file():
        raise RecordingError(f"{path}: no such file. Check the name.")
    if path.stat().st_size == 0:
        raise RecordingError(f"{path}: the file is empty. Export or copy the recording again.")
    try:
        # FFmpeg would take what stands before a colon in a relative name for a protocol.
        container = av.open(str(path.absolute()), metadata_errors="ignore")
    except (FFmpegError, OSError, ValueError) as error:
        raise RecordingError(f"{path}: {_why_unreadable(error)}") from error
    with container:
        if not container.streams.audio:
            raise RecordingError(f"{path}: there is no sound in this file. Export it again with its audio track.")
        reader = _Reader(container)
        reader.read()
        warnings = reader.warnings(_times_as_long(path))
    if reader.sink.duration_ms < SHORTEST_MS:
        raise RecordingError(f"{path}: no sound could be read from this file. Export or copy the recording again.")
    samples = reader.sink.samples()
    blocks = [samples[:, first : first + BLOCK] for first in range(0, samples.shape[1], BLOCK)]
    _centre(blocks)
    _turn_opposed(blocks)
    return Decoded(Audio(samples), warnings)


def _centre(blocks: Sequence[Samples]) -> None:
    """Takes each channel's mean away, in place: it would count as loudness. Silence put in for lost sound stays."""
    sounding = sum(int(np.count_nonzero(_sounds(block))) for block in blocks)
    # Channel by channel: over both at once, which lie interleaved, NumPy takes ten times as long.
    sums = np.array([sum(int(channel.sum()) for channel in each) for each in zip(*blocks, strict=True)])
    offsets = np.rint(sums / max(1, sounding))
    if np.abs(offsets).max() < LEAST_OFFSET:
        return
    for block in blocks:
        block[:] = np.clip(block - offsets[:, np.newaxis] * _sounds(block), -32768, 32767)


def _sounds(block: Samples) -> NDArray[np.bool_]:
    """Which moments are not silent on every channel."""
    sounds: NDArray[np.bool_] = (block[0] | block[-1]) != 0
    return sounds


def _turn_opposed(blocks: Sequence[Samples]) -> None:
    """Turns the sign of the second channel, in place, where the channels are opposed.

    Cables wired the wrong way round do that; nothing else makes what two microphones hear so unlike.
    """
    if len(blocks[0]) < 2:
        return
    products = sum(np.cov(block.astype(np.float64), bias=True) * block.shape[1] for block in blocks)
    together = float(np.sqrt(products[0, 0] * products[1, 1]))
    if products[0, 1] < OPPOSED * together:
        for block in blocks:
            np.negative(np.maximum(block[1], -32767), out=block[1])


def _times_as_long(path: Path) -> float:
    """How many times as long as it is a WAV file says that it is; 1 where it says nothing believable, or is no WAV.

    FFmpeg mostly goes by the size of the file. Programs that write to a pipe put the largest size there is.
    """
    with path.open("rb") as file:
        head = file.read(12)
    said = int.from_bytes(head[4:8], "little") + 8
    if head[:4] != b"RIFF" or head[8:] != b"WAVE" or said >= LARGEST_BELIEVED:
        return 1.0
    return max(1.0, said / path.stat().st_size)


def file_digest(path: Path) -> str:
    """The sha256 of the file's bytes as hex, read in blocks. Raises RecordingError where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(DIGEST_BLOCK):
                digest.update(block)
    except OSError as error:
        raise RecordingError(f"{path}: {error.strerror or error}. Check the file and its permissions.") from error
    return digest.hexdigest()


def _why_unreadable(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "this file may not be read. Check its permissions."
    return "this is not a recording that can be read, or it was cut off. Export or copy it again."


class _Sink:
    """Samples in the order they come, interleaved; a bytearray grows in place, so there is never a second copy."""

    def __init__(self, channels: int) -> None:
        self.channels = channels
        self._bytes = bytearray()

    @property
    def duration_ms(self) -> int:
        return len(self._bytes) // (2 * self.channels) * 1000 // RATE

    def add(self, frame: AudioFrame) -> None:
        self._bytes += frame.to_ndarray().tobytes()

    def add_silence(self, duration_ms: int) -> None:
        self._bytes += bytes(duration_ms * RATE // 1000 * 2 * self.channels)

    def samples(self) -> Samples:
        return np.frombuffer(self._bytes, dtype=np.int16).reshape(-1, self.channels).T


class _Reader:
    """One pass over a container's first audio track."""

    def __init__(self, container: Any) -> None:
        self.container = container
        self.stream = container.streams.best("audio") or container.streams.audio[0]
        self.stream.thread_type = "AUTO"
        self.layout = "stereo" if self.stream.codec_context.channels == 2 else "mono"
        self.sink = _Sink(2 if self.layout == "stereo" else 1)
        self.damaged = 0
        self.silence_ms = 0
        self.jumped_ms = 0
        self._resampler = self._new_resampler()
        self._format: tuple[object, ...] | None = None

    def read(self) -> None:
        for frame in self._frames():
            self._fill_gap(frame)
            self._resample(frame)
        self._resample(None)

    def warnings(self, longer: float) -> tuple[str, ...]:
        """What went wrong in reading, in sentences for the scorecard; asked before the container is closed.

        `longer` is how many times as long as what is there the recording was meant to be.
        """
        found = []
        if self.damaged:
            found.append(f"{self.damaged} damaged parts of the recording were skipped; words there are lost.")
        declared_ms = self._declared_ms(longer)
        if declared_ms is not None and declared_ms - max(0, self.jumped_ms) - self.sink.duration_ms > EARLY_END_MS:
            found.append(
                f"the recording ends early or has lost sound: {self.sink.duration_ms // 1000} s of "
                f"{declared_ms // 1000} s could be read."
            )
        if self.silence_ms >= 1000:
            found.append(
                f"{self.silence_ms // 1000} s of sound are missing inside the recording; they count as silence."
            )
        if self.jumped_ms > 0:
            found.append(
                f"the time stamps of the recording jump by {self.jumped_ms // 1000} s; "
                "the jump is left out, so later moments come that much earlier than a player shows them."
            )
        if len(self.container.streams.audio) > 1:
            found.append(
                f"the file has {len(self.container.streams.audio)} audio tracks; only one of them is heard. "
                "If each holds a speaker, make them the channels of one file first."
            )
        return tuple(found)

    def _declared_ms(self, longer: float) -> int | None:
        if self.stream.duration is not None and self.stream.time_base is not None:
            declared_ms = int(self.stream.duration * self.stream.time_base * 1000)
            # Of some codecs FFmpeg knows the whole length itself.
            return max(declared_ms, int(self.sink.duration_ms * longer))
        if not self.container.duration:
            return None
        # Containers that give no length of the track count from nothing, not from where its sound begins.
        return int(self.container.duration - max(0, self.container.start_time or 0)) // 1000

    def _frames(self) -> Iterator[AudioFrame]:
        """Frames in order; a packet the decoder refuses counts as damaged, and so does the end of a broken file."""
        packets = self.container.demux(self.stream)
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return
            except (FFmpegError, OSError):
                self.damaged += 1
                return
            try:
                yield from packet.decode()
            except FFmpegError:
                self.damaged += 1

    def _fill_gap(self, frame: AudioFrame) -> None:
        if frame.pts is None or frame.time_base is None:
            return
        began_ms = (self.container.start_time or 0) / 1000
        at_ms = round(float(frame.pts * frame.time_base) * 1000 - began_ms) - self.jumped_ms
        gap_ms = at_ms - self.sink.duration_ms
        if abs(gap_ms) > LONGEST_GAP_MS:
            self.jumped_ms += gap_ms
        elif SMALLEST_GAP_MS <= gap_ms <= LONGEST_GAP_MS:
            self._resample(None)
            self._resampler = self._new_resampler()
            self.sink.add_silence(gap_ms)
            self.silence_ms += gap_ms

    def _resample(self, frame: AudioFrame | None) -> None:
        if frame is not None:
            # Calls that change rate or layout midway would otherwise be refused by the resampler.
            form = (frame.format.name, frame.layout.name, frame.sample_rate)
            if self._format not in (None, form):
                self._resample(None)
                self._resampler = self._new_resampler()
            self._format = form
            frame.pts = None
        for each in self._resampler.resample(frame):
            self.sink.add(each)

    def _new_resampler(self) -> AudioResampler:
        return AudioResampler(format="s16", layout=self.layout, rate=RATE)
