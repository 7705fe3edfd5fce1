"""The diarizer the product uses: channels where they tell the speakers apart, voices where they do not."""

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock

import numpy as np

from models.diarize.channels import ChannelRules, Layout, channel_speakers, compare_channels
from models.diarize.doubts import sound_doubts
from models.diarize.options import BY_VOICE
from models.speech import SileroSpeechDetector
from pipeline.audio import Audio
from pipeline.ports import Diarization, Diarizer
from pipeline.values import Span, SpeakerSpan

ONE_SIDE = {Layout.LEFT_ONLY: 0, Layout.RIGHT_ONLY: 1}


class VoiceDiarizer:
    """Fills the Diarizer port with another that goes by voices: ours, where `voices` is None, loaded on first use."""

    def __init__(self, voices: Diarizer | None = None) -> None:
        self.name = voices.name if voices else BY_VOICE
        self._by_voice = voices
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
                told = Diarization(tuple(spans), labels, channels.leaked, channels.warnings())
                return _with_doubts(told, audio)
            side = ONE_SIDE.get(channels.layout)
            if side is not None:
                audio = Audio(np.asarray(audio.samples[side : side + 1]))
        return _with_doubts(self._voices().diarize(audio, speakers), audio)

    def _voices(self) -> Diarizer:
        with self._lock:
            if self._by_voice is None:
                # torch takes a second or two to import; two clean channels never need it.
                from models.diarize.resemblyzer import ResemblyzerDiarizer

                self._by_voice = ResemblyzerDiarizer()
            return self._by_voice


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
