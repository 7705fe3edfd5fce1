"""pyannote behind the same port as our own diarizer: an extra, for who may download its gated weights.

Install with `pip install 'asktell[pyannote]'`, accept the conditions of the model at its hub, and put a token into
HF_TOKEN (or keep the weights in a folder); then set `diarizer` to "pyannote" (or the folder). Its telemetry is
switched off before it is imported.
"""

import os
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from models.diarize.segments import in_order_of_appearance
from pipeline.audio import RATE, Audio
from pipeline.errors import MissingModelError
from pipeline.ports import Diarization
from pipeline.values import Span, SpeakerSpan

COMMUNITY = "pyannote/speaker-diarization-community-1"
CONFIGURATION = "config.yaml"
NOT_INSTALLED = "pyannote is not installed. Run: pip install 'asktell[pyannote]'"
SAME_BUILD = "Install torch and torchaudio of the same kind: both for the processor, or both for CUDA."


@dataclass(frozen=True, slots=True)
class PyannoteRules:
    """Which pipeline, by hub id or folder, and where it runs: "auto", "cpu" or "cuda"."""

    model: str = COMMUNITY
    device: str = "auto"


class PyannoteDiarizer:
    """Fills the Diarizer port by the voices alone; the pipeline is loaded on first use, and hears one at a time."""

    def __init__(self, rules: PyannoteRules | None = None) -> None:
        self._rules = rules or PyannoteRules()
        self._lock = Lock()
        self.name = f"pyannote:{self._rules.model}"

    def diarize(self, audio: Audio, speakers: int) -> Diarization:
        """Who speaks when; overlaps are kept. Raises MissingModelError where pyannote or its weights are missing."""
        import torch

        waveform = torch.from_numpy(audio.block(0, audio.duration_ms)[np.newaxis])
        with self._lock:
            output = self._pipeline({"waveform": waveform, "sample_rate": RATE}, num_speakers=speakers)
        # pyannote 4 wraps the annotation, 3 returns it.
        annotation = getattr(output, "speaker_diarization", output)
        spans = [
            SpeakerSpan(Span(max(0, round(segment.start * 1000)), round(segment.end * 1000)), str(label))
            for segment, _, label in annotation.itertracks(yield_label=True)
        ]
        return Diarization(tuple(in_order_of_appearance(spans)))

    @cached_property
    def _pipeline(self) -> Any:
        os.environ["PYANNOTE_METRICS_ENABLED"] = "0"
        try:
            from pyannote.audio import Pipeline
        except ImportError as error:
            raise MissingModelError(NOT_INSTALLED) from error
        except OSError as error:  # torchaudio's libraries want the very build of torch they were made for
            raise MissingModelError(f"pyannote cannot be loaded: {error}. {SAME_BUILD}") from error
        import torch

        from models.classify.classifier import choose_device

        device = torch.device(choose_device(self._rules.device))
        try:
            # What is wrong it prints on stdout, which is for data.
            with redirect_stdout(StringIO()):
                loaded = Pipeline.from_pretrained(self._rules.model)
        except Exception as error:  # the hub's client raises its own, httpx's and the system's errors
            raise MissingModelError(_missing(self._rules.model, type(error).__name__)) from None
        if loaded is None:
            raise MissingModelError(_missing(self._rules.model, "refused by its hub"))
        loaded.to(device)
        return loaded


def check_installed() -> None:
    """Raise MissingModelError, saying how to install it, where pyannote is not installed."""
    try:
        found = find_spec("pyannote.audio")
    except ModuleNotFoundError:  # not even the folder that its packages share
        found = None
    if found is None:
        raise MissingModelError(NOT_INSTALLED)


def is_here(model: str) -> bool:
    """Whether a pipeline's configuration is in that folder, or was fetched from the hub before; uses no network."""
    if Path(model).is_dir():
        return (Path(model) / CONFIGURATION).is_file()
    from huggingface_hub import try_to_load_from_cache

    return isinstance(try_to_load_from_cache(model, CONFIGURATION), str)


def _missing(model: str, why: str) -> str:
    return (
        f"diarizer {model}: its weights could not be loaded ({why}). "
        "Accept its conditions at its hub and set HF_TOKEN, or name a folder that holds them."
    )
