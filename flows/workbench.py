"""The models a run needs, each loaded once, when first wanted, and shared by every recording."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from flows.code import Coder
from flows.hear import Ears, Hearing, hear
from flows.keys import digest
from flows.listeners import Listeners
from flows.settings import Settings
from models.asr import AsrOptions, Choice, choose_recogniser
from models.asr.options import POCKETSPHINX
from models.diarize import choose_diarizer
from models.diarize.options import BY_VOICE
from pipeline.audio import file_digest
from pipeline.ports import Diarizer
from pipeline.values import Session

CODING_PACKAGES = ("classify", "units", "roles")

HEARING_VERSION = 2
"""Raised when decoding, channels or alignment give other words or speakers, so that recordings are heard again."""


class Workbench:
    """Real models behind the ports, and the digests that name them without loading them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.RLock()
        self._ears: Ears | None = None
        self._listeners: Listeners | None = None
        self._coder: Coder | None = None

    @cached_property
    def choice(self) -> Choice:
        """The recogniser to use and, where it is not the one asked for, a line that says so."""
        return choose_recogniser(self._asr_options())

    def _asr_options(self) -> AsrOptions:
        settings = self._settings
        return AsrOptions(settings.asr, settings.device, settings.vocabulary)

    @cached_property
    def diarizer(self) -> Diarizer:
        """The diarizer to use. Raises MissingModelError where the one asked for is not installed or is none."""
        return choose_diarizer(self._settings.diarizer, self._settings.device)

    def ears(self) -> Ears:
        """What hears recordings. Threads that ask at once get the same."""
        with self._lock:
            if self._ears is None:
                self._ears = Ears(self.choice.recogniser, self.diarizer)
            return self._ears

    def hear(self, path: Path, hearing: Hearing) -> Session:
        """The session of one recording, as `flows.hear.hear` gives it. Safe to call from several threads."""
        listeners = self._listeners
        return listeners.hear(path, hearing) if listeners else hear(path, self.ears(), hearing)

    @contextmanager
    def listening(self, at_once: int) -> Iterator[None]:
        """Within, recordings are heard in so many processes where the recogniser would keep threads waiting.

        Those have our own diarizer only; with another all is heard in this process. Raises MissingModelError where
        there is something to hear and the diarizer asked for is not there: once, not for each recording.
        """
        our_own = at_once == 0 or self.diarizer.name == BY_VOICE
        if at_once < 2 or self.choice.recogniser.engine != POCKETSPHINX or not our_own:
            yield
            return
        # Each process would ask the hub again for weights that are not there.
        with Listeners(replace(self._asr_options(), name=POCKETSPHINX), at_once) as self._listeners:
            try:
                yield
            finally:
                self._listeners = None

    def coder(self) -> Coder:
        """What codes sessions. Threads that ask at once get the same."""
        with self._lock:
            if self._coder is None:
                from models.classify import load_classifier
                from models.roles import load_role_finder
                from models.units import load_splitter

                classifier = load_classifier(self._settings.device)
                splitter = load_splitter()
                self._coder = Coder(splitter, classifier, load_role_finder(classifier, splitter))
            return self._coder

    @cached_property
    def heard_key(self) -> str:
        """What the words and speakers of a recording rest on."""
        recogniser = self.choice.recogniser
        return digest(
            engine=recogniser.engine,
            model=recogniser.model,
            diarizer=self.diarizer.name,
            speakers=self._settings.speakers,
            vocabulary=_digest_of(self._settings.vocabulary),
            manager=self._settings.manager_channel,
            version=HEARING_VERSION,
        )

    @cached_property
    def coded_key(self) -> str:
        """What roles, units and codes rest on, but for what is told of a single session."""
        return digest(weights=[file_digest(path) for path in coding_weights()])


def coding_weights() -> list[Path]:
    """Every weights file that units, roles and codes rest on, in a fixed order."""
    models = Path(__file__).parents[1] / "models"
    return sorted(path for package in CODING_PACKAGES for path in (models / package / "weights").iterdir())


def _digest_of(path: Path | None) -> str | None:
    return file_digest(path) if path else None
