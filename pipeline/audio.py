"""Recordings to samples."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples a second, once decoded; what every model here reads."""


@dataclass(frozen=True, slots=True)
class Audio:
    """Decoded samples, shape (channels, samples), 16-bit at 16 kHz; one or two channels."""

    samples: NDArray[np.int16]

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
        return chosen.astype(np.float32) / 32768.0
