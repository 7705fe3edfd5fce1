"""Loading a faster-whisper model onto the best device that really works."""

import logging
import os
from dataclasses import dataclass

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel

from models.asr.hub import Weights, fetch
from models.asr.whisper_rules import WhisperOptions
from pipeline.errors import AsktellError, MissingModelError

LOG = logging.getLogger(__name__)
CUDA_BATCH = 16
CPU_BATCH = 1
SEED = 0
"""Windows decoded again at a higher temperature are drawn at random; the same draws every time a run starts."""


@dataclass(frozen=True, slots=True)
class Device:
    """Where the model runs and in which numbers."""

    name: str
    compute_type: str


def devices(wanted: str) -> tuple[Device, ...]:
    """The devices to try in order: half floats on a graphics card, 8-bit integers on the processor.

    "auto" tries the card first and the processor after it. Raises AsktellError for "cuda" where there is none.
    """
    processor = Device("cpu", _first_supported("cpu", ("int8", "int8_float32", "float32")))
    if wanted == "cpu":
        return (processor,)
    if not ctranslate2.get_cuda_device_count():
        if wanted == "cuda":
            raise AsktellError("--device cuda: no graphics card that CUDA can use. Leave --device out, or say cpu.")
        return (processor,)
    card = Device("cuda", _first_supported("cuda", ("float16", "int8_float16", "float32")))
    return (card,) if wanted == "cuda" else (card, processor)


def load(weights: Weights, options: WhisperOptions) -> tuple[WhisperModel, int]:
    """The model and how many windows to decode at once.

    Raises MissingModelError where the weights cannot be fetched or are no converted Whisper model, and AsktellError
    where the device that was asked for does not work.
    """
    folder = fetch(weights)
    ctranslate2.set_random_seed(SEED)
    tried = devices(options.device)
    for device in tried:
        try:
            model = WhisperModel(folder, device=device.name, compute_type=device.compute_type)
            if device.name == "cuda":
                _try_out(model)
        except Exception as error:  # what CTranslate2, tokenizers and JSON raise for broken files and drivers alike
            if device is not tried[-1]:
                LOG.warning("the graphics card does not work (%s); using the processor", type(error).__name__)
                continue
            raise _told(weights, device, error) from None
        return model, options.batch or (CUDA_BATCH if device.name == "cuda" else CPU_BATCH)
    raise AssertionError("devices() gives at least one")


def _try_out(model: WhisperModel) -> None:
    """Encode nothing once: CTranslate2 looks for CUDA's own libraries only when it first needs them."""
    frames = model.feature_extractor.nb_max_frames
    model.encode(np.zeros((model.model.n_mels, frames), dtype=np.float32))


def _told(weights: Weights, device: Device, error: Exception) -> AsktellError:
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    if device.name == "cuda":
        return AsktellError(f"--device cuda: {reason}. Install CUDA's cuBLAS and cuDNN, or say --device cpu.")
    return MissingModelError(
        f"--asr {os.path.basename(weights.name)}: its files cannot be loaded ({reason}). Convert or fetch them again."
    )


def _first_supported(device: str, wanted: tuple[str, ...]) -> str:
    supported = ctranslate2.get_supported_compute_types(device)
    return next((each for each in wanted if each in supported), "default")
