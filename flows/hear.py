"""A recording to a session: decode, tell the voices apart, recognise the words, give each to its speaker."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.align import assign_words, build_turns, without_leaked
from pipeline.audio import Audio, decode, file_digest
from pipeline.errors import RecordingError
from pipeline.ports import Diarization, Diarizer, Recogniser
from pipeline.values import Role, Session, Speaker, TranscriptSource, Word

READABLE = frozenset({"en", "eng", "english", "und", "unknown", "auto"})
"""How the language the classifier was trained on is written, and that nobody said which it is."""

DRAFT_WARNING = "draft transcript: made by a small recogniser that mishears many words"


@dataclass(frozen=True, slots=True)
class Ears:
    """The models that turn sound into words and speakers."""

    recogniser: Recogniser
    diarizer: Diarizer


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a person says before listening: how many speak, and which channel is the manager's, if any."""

    speakers: int = 2
    manager_channel: int | None = None


def hear(path: Path, ears: Ears, hearing: Hearing) -> Session:
    """The session of one recording, without roles (unless a channel was named) and without units.

    Raises RecordingError, naming the file and what to do, where it cannot be read or nobody speaks in it.
    """
    decoded = decode(path)
    heard = ears.diarizer.diarize(decoded.audio, hearing.speakers)
    if not heard.spans:
        told = "".join(f" Also: {each}" for each in decoded.warnings)
        raise RecordingError(f"{path}: nobody speaks in this recording. Check the microphone, or the file.{told}")
    words, language = spoken_words(decoded.audio, heard, ears.recogniser)
    refuse_other_languages(path, language)
    if not words:
        raise RecordingError(f"{path}: no words were recognised. Check that people speak in it, in English.")
    recogniser = ears.recogniser
    turns = build_turns(words, heard.spans)
    return Session(
        session_id=file_digest(path),
        source=path.name,
        duration_ms=decoded.audio.duration_ms,
        transcript=TranscriptSource(recogniser.engine, recogniser.model, recogniser.draft, language),
        speakers=_speakers(path, heard, hearing),
        turns=turns,
        warnings=(*decoded.warnings, *heard.warnings, *((DRAFT_WARNING,) if recogniser.draft else ())),
    )


def refuse_other_languages(path: Path, language: str | None) -> None:
    """Raise RecordingError, naming the file and what to do, for a language known to be none that can be coded."""
    if language and re.split(r"[-_ ]", language.strip().casefold())[0] not in READABLE:
        raise RecordingError(f"{path}: the language is '{language}'; only English can be coded so far. Leave it out.")


def spoken_words(audio: Audio, heard: Diarization, recogniser: Recogniser) -> tuple[list[Word], str | None]:
    """Every word with its speaker, in order of time, and the language heard (the first channel's, of two).

    What a channel of one speaker's catches of the other is said once, by the other.
    """
    if not heard.by_channel:
        recognised = recogniser.recognise(audio)
        return assign_words(recognised.words, heard.spans), recognised.language
    words: list[Word] = []
    languages: list[str | None] = []
    for channel, label in enumerate(heard.by_channel):
        recognised = recogniser.recognise(audio, channel)
        own = without_leaked(recognised.words, heard.leaked[channel]) if heard.leaked else recognised.words
        words.extend(replace(word, speaker=label) for word in own)
        languages.append(recognised.language)
    return sorted(words, key=lambda word: (word.span, word.speaker)), next(filter(None, languages), None)


def _speakers(path: Path, heard: Diarization, hearing: Hearing) -> tuple[Speaker, ...]:
    labels = list(dict.fromkeys(span.speaker for span in sorted(heard.spans, key=lambda each: each.span)))
    if hearing.manager_channel is None:
        return tuple(Speaker(label) for label in labels)
    if not heard.by_channel:
        raise RecordingError(
            f"{path}: the two sides are not on a channel each, so --manager left or right says nothing. Leave it out."
        )
    manager = heard.by_channel[hearing.manager_channel]
    return tuple(Speaker(label, role=Role.MANAGER if label == manager else Role.REP) for label in labels)
