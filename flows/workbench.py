"""The models a run needs, each loaded once, when first wanted, and shared by every recording."""

import threading
from functools import cached_property
from pathlib import Path

from flows.code import Coder
from flows.hear import Ears
from flows.keys import digest
from flows.settings import Settings
from models.asr import AsrOptions, Choice, choose_recogniser
from pipeline.audio import file_digest


class Workbench:
    """Real models behind the ports, and the digests that name them without loading them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.RLock()
        self._ears: Ears | None = None
        self._coder: Coder | None = None

    @cached_property
    def choice(self) -> Choice:
        """The recogniser to use and, where it is not the one asked for, a line that says so."""
        settings = self._settings
        return choose_recogniser(AsrOptions(settings.asr, settings.device, settings.vocabulary))

    def ears(self) -> Ears:
        """What hears recordings. Threads that ask at once get the same."""
        with self._lock:
            if self._ears is None:
                from models.diarize import VoiceDiarizer

                self._ears = Ears(self.choice.recogniser, VoiceDiarizer())
            return self._ears

    def coder(self) -> Coder:
        """What codes sessions. Threads that ask at once get the same."""
        with self._lock:
            if self._coder is None:
                from models.classify import load_classifier
                from models.roles import load_role_finder
                from models.units import load_splitter

                classifier = load_classifier(self._settings.device)
                self._coder = Coder(load_splitter(), classifier, load_role_finder(classifier))
            return self._coder

    def heard_key(self) -> str:
        """What the words and speakers of a recording rest on."""
        from models.diarize import DIARIZER

        recogniser = self.choice.recogniser
        return digest(
            engine=recogniser.engine,
            model=recogniser.model,
            diarizer=DIARIZER,
            speakers=self._settings.speakers,
            vocabulary=_digest_of(self._settings.vocabulary),
            manager=self._settings.manager_channel,
        )

    def coded_key(self) -> str:
        """What roles, names, units and codes rest on."""
        from models.classify import classifier_name
        from models.roles import role_finder_name
        from models.units import splitter_name

        settings = self._settings
        return digest(
            models=[classifier_name(), role_finder_name(), splitter_name()],
            named=[settings.manager, settings.rep],
            date=settings.date,
        )


def _digest_of(path: Path | None) -> str | None:
    return file_digest(path) if path else None
