"""pyannote behind the same seam as our own diarizer: an extra, for who may download its gated weights.

Install with `pip install 'asktell[pyannote]'`, accept the conditions of the model at its hub, and put a token into
HF_TOKEN (or keep the weights in a folder and name it). Its telemetry is switched off before it is imported.
"""

import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from models.diarize.segments import in_order_of_appearance
from models.diarize.values import Diarization
from pipeline.audio import RATE, Audio
from pipeline.errors import MissingModelError
from pipeline.values import Span, SpeakerSpan


@dataclass(frozen=True, slots=True)
class PyannoteRules:
    """Which pipeline, by hub id or folder, and where it runs."""

    model: str = "pyannote/speaker-diarization-community-1"
    device: str = "cpu"


class PyannoteDiarizer:
    """Fills the Diarizer port; the pipeline is loaded on first use."""

    def __init__(self, rules: PyannoteRules | None = None) -> None:
        self._rules = rules or PyannoteRules()
        self.name = f"pyannote:{self._rules.model}"

    def diarize(self, audio: Audio, speakers: int) -> list[SpeakerSpan]:
        """Spans in order of start, labelled in order of first appearance; none for silence."""
        return list(self.tell_apart(audio, speakers).spans)

    def tell_apart(self, audio: Audio, speakers: int) -> Diarization:
        """Who speaks when; overlaps are kept. Raises MissingModelError where pyannote or its weights are missing."""
        import torch

        waveform = torch.from_numpy(audio.block(0, audio.duration_ms)[np.newaxis])
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
            raise MissingModelError("pyannote is not installed. Run: pip install 'asktell[pyannote]'") from error
        loaded = Pipeline.from_pretrained(self._rules.model)
        if loaded is None:
            raise MissingModelError(
                f"{self._rules.model}: its weights cannot be had. Accept its conditions at its hub and set HF_TOKEN."
            )
        if self._rules.device != "cpu":
            import torch

            loaded.to(torch.device(self._rules.device))
        return loaded
