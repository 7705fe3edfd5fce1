"""The diarizer the product uses: channels where they tell the speakers apart, voices where they do not."""

from threading import Lock

import numpy as np

from models.diarize.channels import ChannelRules, Layout, channel_speakers, compare_channels
from models.diarize.values import Diarization
from models.speech import SileroSpeechDetector
from pipeline.audio import Audio
from pipeline.ports import Diarizer

LOUDEST_CHANNEL = {Layout.LEFT_ONLY: 0, Layout.RIGHT_ONLY: 1}


class VoiceDiarizer:
    """Who speaks when in a recording of one or two channels; models are loaded on first use, once."""

    def __init__(self, by_voice: Diarizer | None = None, name: str = "resemblyzer-spectral-1") -> None:
        self.name = name
        self._by_voice = by_voice
        self._detector = SileroSpeechDetector()
        self._lock = Lock()

    def diarize(self, audio: Audio, speakers: int) -> Diarization:
        """Spans, the channels' labels and what to doubt; no spans for a recording in which nobody speaks."""
        if audio.channels == 2:
            channels = compare_channels(audio, self._detector, ChannelRules())
            if channels.layout is Layout.SPEAKERS and speakers == 2:
                spans, labels = channel_speakers(channels)
                return Diarization(tuple(spans), labels)
            side = LOUDEST_CHANNEL.get(channels.layout)
            if side is not None:
                audio = Audio(np.asarray(audio.samples[side : side + 1]))
        return Diarization(tuple(self._voices().diarize(audio, speakers)))

    def _voices(self) -> Diarizer:
        with self._lock:
            if self._by_voice is None:
                from models.diarize.resemblyzer import ResemblyzerDiarizer

                self._by_voice = ResemblyzerDiarizer()
            return self._by_voice
