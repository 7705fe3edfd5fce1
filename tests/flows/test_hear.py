"""Hearing with whatever fills the ports."""

import wave
from pathlib import Path

from flows.hear import Ears, Hearing, hear
from pipeline.audio import Audio
from pipeline.ports import Diarization, Diarizer, Recognised, Recogniser
from pipeline.values import Span, SpeakerSpan, Word


class TwoHalves:
    """Scripted: the first second is one speaker's, the next the other's."""

    name = "two halves"

    def diarize(self, audio: Audio, speakers: int) -> Diarization:
        spans = tuple(SpeakerSpan(Span(1000 * each, 1000 * each + 1000), f"S{each + 1}") for each in range(speakers))
        return Diarization(spans, warnings=("scripted",))


class AWordASecond:
    """Scripted: one word in each second."""

    engine, model, draft = "scripted", "none", False

    def recognise(self, audio: Audio, channel: int | None = None) -> Recognised:
        return Recognised((Word(Span(100, 600), "Hello."), Word(Span(1100, 1500), "Hi.")), "en")


class LeftLeaksIntoRight:
    """Scripted: the first speaker is on the left and is caught on the right as well."""

    name = "leak"

    def diarize(self, audio: Audio, speakers: int) -> Diarization:
        spans = (SpeakerSpan(Span(0, 1000), "S1"), SpeakerSpan(Span(1000, 2000), "S2"))
        return Diarization(spans, ("S1", "S2"), leaked=((Span(1000, 2000),), (Span(0, 900),)))


def test_words_that_leak_into_the_other_channel_are_said_once(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "call.wav"), "wb") as file:
        file.setparams((2, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(4 * 32_000))
    session = hear(tmp_path / "call.wav", Ears(AWordASecond(), LeftLeaksIntoRight()), Hearing())
    assert [(turn.speaker, turn.text) for turn in session.turns] == [("S1", "Hello."), ("S2", "Hi.")]


def test_hear_takes_any_diarizer_that_fills_the_port(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "call.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 32_000))
    diarizer: Diarizer = TwoHalves()
    recogniser: Recogniser = AWordASecond()
    session = hear(tmp_path / "call.wav", Ears(recogniser, diarizer), Hearing())
    assert [(turn.speaker, turn.text) for turn in session.turns] == [("S1", "Hello."), ("S2", "Hi.")]
    assert "scripted" in session.warnings
