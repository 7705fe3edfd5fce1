"""Voices as vectors: resemblyzer's encoder, fed in batches.

The network and its weights are resemblyzer's; its package is not imported, because that pulls in librosa and a
speech detector we do not use and takes the windows one recording at a time.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers.audio_utils import mel_filter_bank

from models.memory import give_back_large_blocks
from pipeline.audio import RATE, Audio
from pipeline.errors import MissingModelError

VECTOR_SIZE = 256
LENGTHS_MS = (800, 1200, 1600)
"""One pass over the longest window also gives the vectors of the shorter ones that start with it."""

MEL_BANDS = 40
FRAME_LENGTH = 400
FRAME_STEP = 160
FRAME_MS = 10
# The encoder was trained on speech at this level and its spectrogram is not logarithmic, so loudness matters.
TARGET_RMS = 10 ** (-30 / 20)
BATCH = 128

Vectors = NDArray[np.float32]
Sound = NDArray[np.float32]


class VoiceEncoder:
    """Resemblyzer's three-layer LSTM with a linear top; loads its 17 MB when made."""

    def __init__(self) -> None:
        give_back_large_blocks()
        state = torch.load(_weights(), map_location="cpu", weights_only=True)["model_state"]
        self._lstm = nn.LSTM(MEL_BANDS, VECTOR_SIZE, 3, batch_first=True)
        self._top = nn.Linear(VECTOR_SIZE, VECTOR_SIZE)
        self._lstm.load_state_dict(_part(state, "lstm."))
        self._top.load_state_dict(_part(state, "linear."))
        self._lstm.eval()
        self._mels = torch.from_numpy(
            mel_filter_bank(FRAME_LENGTH // 2 + 1, MEL_BANDS, 0, RATE / 2, RATE, norm="slaney", mel_scale="slaney")
        ).float()
        self._taper = torch.hann_window(FRAME_LENGTH)

    def encode(self, audio: Audio, starts_ms: Sequence[int]) -> Vectors:
        """Vectors of length 1 for windows from each start, shape (starts, lengths, 256); silence pads the end."""
        vectors = np.zeros((len(starts_ms), len(LENGTHS_MS), VECTOR_SIZE), np.float32)
        for first in range(0, len(starts_ms), BATCH):
            batch = starts_ms[first : first + BATCH]
            vectors[first : first + len(batch)] = self.encode_sounds([sound_from(audio, start) for start in batch])
        return vectors

    def encode_sounds(self, sounds: Sequence[Sound]) -> Vectors:
        """The same for sounds no longer than the longest window, at least one; all in one batch."""
        return self._vectors(torch.from_numpy(np.stack([_levelled(sound) for sound in sounds])))

    def spectrogram(self, sounds: torch.Tensor) -> torch.Tensor:
        """Mel power spectrogram as librosa makes it: (sounds, samples) to (sounds, frames, 40)."""
        spectrum = torch.stft(
            sounds, FRAME_LENGTH, FRAME_STEP, window=self._taper, pad_mode="constant", return_complex=True
        )
        return spectrum.abs().square().transpose(1, 2) @ self._mels

    @torch.inference_mode()
    def _vectors(self, sounds: torch.Tensor) -> Vectors:
        states, _ = self._lstm(self.spectrogram(sounds))
        chosen = states[:, [length // FRAME_MS - 1 for length in LENGTHS_MS]]
        vectors: Vectors = nn.functional.normalize(torch.relu(self._top(chosen)), dim=2).numpy()
        return vectors


def sound_from(audio: Audio, start_ms: int) -> Sound:
    """What is heard in the longest window from `start_ms`; shorter at the recording's end."""
    return audio.block(start_ms, start_ms + LENGTHS_MS[-1])


def _levelled(sound: Sound) -> Sound:
    level = float(np.sqrt(np.mean(np.square(sound)))) if len(sound) else 0.0
    levelled = sound * np.float32(TARGET_RMS / level) if level > 0 else sound
    return np.pad(levelled, (0, LENGTHS_MS[-1] * RATE // 1000 - len(levelled)))


def _part(state: dict[str, torch.Tensor], prefix: str) -> dict[str, torch.Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in state.items() if name.startswith(prefix)}


def _weights() -> Path:
    found = find_spec("resemblyzer")
    if found is None or found.origin is None:
        raise MissingModelError(
            "resemblyzer is not installed, so no voice can be told apart. Run: pip install resemblyzer"
        )
    return Path(found.origin).with_name("pretrained.pt")
