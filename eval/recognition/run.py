"""Recordings with known words through the diarizer and a recogniser."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from eval.recognition.score import WordErrors, speaker_word_errors, word_errors
from eval.recognition.stages import Reader, Stages
from models.diarize import Diarization, VoiceDiarizer
from models.speech import SileroSpeechDetector
from pipeline.align import assign_words, build_turns
from pipeline.audio import Audio, decode
from pipeline.ports import Recogniser
from pipeline.values import Word

ROLEPLAYS = Path(__file__).parents[1] / "roleplays"
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A recording and what is really said in it: each turn's speaker and text, in order of start."""

    name: str
    path: Path
    turns: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.turns)

    @property
    def by_speaker(self) -> dict[str, str]:
        return joined(self.turns)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One recording: word errors, the same with speakers counted, and what the recogniser took."""

    name: str
    words: WordErrors
    by_speaker: WordErrors
    audio_s: float
    took_s: float


def spoken_in(folder: Path = ROLEPLAYS) -> Iterator[Spoken]:
    """The recordings of a folder that have a `.truth.json` beside them, in order of name."""
    for truth in sorted(folder.glob("*.truth.json")):
        told = json.loads(truth.read_text(encoding="utf-8"))
        turns = sorted(told["turns"], key=lambda turn: (turn["start_ms"], turn["end_ms"]))
        name = truth.name.removesuffix(".truth.json")
        yield Spoken(name, truth.with_name(told["source"]), tuple((turn["speaker"], turn["text"]) for turn in turns))


def measure(
    recordings: Iterable[Spoken], recogniser: Recogniser, diarizer: VoiceDiarizer, stages: Stages
) -> Iterator[Outcome]:
    """Every recording, told that two people speak, compared with what they really say; `stages` is added to."""
    detector, reader = SileroSpeechDetector(), Reader()
    for recording in recordings:
        with stages.stage("decoding"):
            audio = decode(recording.path).audio
        with stages.stage("speech"):
            detector.detect(audio)
        with stages.stage("speech and voices"):
            told = diarizer.diarize(audio, 2)
        before_s = stages.seconds.get("recognition", 0.0)
        with stages.stage("recognition"):
            words = hear(audio, told, recogniser)
        reader.read(build_turns(words, told.spans), stages)
        heard = [(word.speaker or NOBODY, word.text) for word in words]
        yield Outcome(
            recording.name,
            word_errors(recording.text, " ".join(text for _, text in heard)),
            speaker_word_errors(recording.by_speaker, joined(heard)),
            audio.duration_ms / 1000,
            stages.seconds["recognition"] - before_s,
        )


def hear(audio: Audio, told: Diarization, recogniser: Recogniser) -> list[Word]:
    """Words with their speakers in order of start: channel by channel where each holds one speaker, else of the mix."""
    if not told.by_channel:
        return assign_words(recogniser.recognise(audio).words, told.spans)
    words = [
        replace(word, speaker=label)
        for channel, label in enumerate(told.by_channel)
        for word in recogniser.recognise(audio, channel).words
    ]
    return sorted(words, key=lambda word: word.span)


def joined(parts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each speaker's texts in order, put together."""
    texts: dict[str, list[str]] = {}
    for speaker, text in parts:
        texts.setdefault(speaker, []).append(text)
    return {speaker: " ".join(own) for speaker, own in texts.items()}
