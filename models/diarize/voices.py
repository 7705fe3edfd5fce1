"""The diarizer the product uses: channels where they tell the speakers apart, voices where they do not."""

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import Protocol

import numpy as np

from models.diarize.channels import ChannelRules, Layout, channel_speakers, compare_channels
from models.diarize.doubts import sound_doubts
from models.diarize.values import BY_VOICE, Diarization
from models.speech import SileroSpeechDetector
from pipeline.audio import Audio
from pipeline.values import Span, SpeakerSpan

ONE_SIDE = {Layout.LEFT_ONLY: 0, Layout.RIGHT_ONLY: 1}


class VoiceModel(Protocol):
    """Who speaks when in one channel or the mix of two, from the voices, with what to doubt."""

    name: str

    def tell_apart(self, audio: Audio, speakers: int) -> Diarization:
        """Spans without labels of channels; no spans for silence."""
        ...


class VoiceDiarizer:
    """Who speaks when in a recording of one or two channels; models are loaded on first use, once."""

    def __init__(self, model: VoiceModel | None = None) -> None:
        self.name = model.name if model else BY_VOICE
        self._model = model
        self._detector = SileroSpeechDetector()
        self._lock = Lock()

    def diarize(self, audio: Audio, speakers: int) -> Diarization:
        """Spans, the channels' labels and what to doubt; no spans for a recording in which nobody speaks.

        Channels decide where two speakers are expected and two channels hold one each. Otherwise voices do: on the
        only channel that has speech, or on the mix. Safe to call from several threads.
        """
        if audio.channels == 2:
            channels = compare_channels(audio, self._detector, ChannelRules())
            if channels.layout is Layout.SPEAKERS and speakers == 2:
                spans, labels = channel_speakers(channels)
                return _with_doubts(Diarization(tuple(spans), labels, channels.warnings()), audio)
            side = ONE_SIDE.get(channels.layout)
            if side is not None:
                audio = Audio(np.asarray(audio.samples[side : side + 1]))
        return _with_doubts(self._voices().tell_apart(audio, speakers), audio)

    def _voices(self) -> VoiceModel:
        with self._lock:
            if self._model is None:
                # torch takes a second or two to import; two clean channels never need it.
                from models.diarize.resemblyzer import ResemblyzerDiarizer

                self._model = ResemblyzerDiarizer()
            return self._model


def _with_doubts(diarization: Diarization, audio: Audio) -> Diarization:
    return replace(diarization, warnings=diarization.warnings + sound_doubts(audio, _anyone(diarization.spans)))


def _anyone(spans: Sequence[SpeakerSpan]) -> list[Span]:
    """Where anyone speaks, in order and without overlap; `spans` must be in order of start."""
    merged: list[Span] = []
    for each in spans:
        if merged and each.span.start_ms <= merged[-1].end_ms:
            merged[-1] = Span(merged[-1].start_ms, max(merged[-1].end_ms, each.span.end_ms))
        else:
            merged.append(each.span)
    return merged
