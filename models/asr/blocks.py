"""Long recordings in blocks that are cut where nobody speaks, so that memory stays bounded."""

from collections.abc import Iterator

import numpy as np

from pipeline.audio import Audio
from pipeline.values import Span

BLOCK_MS = 600_000
SEARCH_MS = 60_000
FRAME_MS = 100
QUIET_FRAMES = 5
"""A cut lies in the middle of the quietest half second: longer than most pauses for breath."""


def quiet_blocks(audio: Audio, channel: int | None = None, block_ms: int = BLOCK_MS) -> Iterator[Span]:
    """Spans that cover the recording without gap or overlap, none longer than `block_ms`; none for no samples.

    Every cut is the quietest place in the last minute (or the last half) before `block_ms`; ties go to the earlier.
    """
    start_ms = 0
    while audio.duration_ms - start_ms > block_ms:
        search_ms = start_ms + block_ms - min(SEARCH_MS, block_ms // 2)
        cut_ms = _quietest_ms(audio, channel, search_ms, start_ms + block_ms)
        yield Span(start_ms, cut_ms)
        start_ms = cut_ms
    if audio.duration_ms > start_ms:
        yield Span(start_ms, audio.duration_ms)


def _quietest_ms(audio: Audio, channel: int | None, start_ms: int, end_ms: int) -> int:
    """The middle of the quietest half second; `end_ms` where the stretch is shorter than that."""
    samples = audio.block(start_ms, end_ms, channel)
    frame = len(samples) * FRAME_MS // (end_ms - start_ms)
    frames = len(samples) // frame
    if frames < QUIET_FRAMES:
        return end_ms
    energy = np.square(samples[: frames * frame]).reshape(frames, frame).sum(axis=1)
    smooth = np.convolve(energy, np.ones(QUIET_FRAMES), mode="valid")
    return start_ms + (int(np.argmin(smooth)) * FRAME_MS) + QUIET_FRAMES * FRAME_MS // 2
