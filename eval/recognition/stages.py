"""What each stage takes, from a file to coded units: processor time, and the memory of the whole by its end."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from eval.hearing.scale import peak_mb
from models.classify import load_classifier
from models.roles import load_role_finder
from models.units import load_splitter
from pipeline.ports import RoleFinder, UnitClassifier, UnitInContext, UnitSplitter
from pipeline.values import Turn


class Stages:
    """Adds up processor seconds under each stage's name; models load in the stage that first needs them.

    `peaks_mb` is the most memory the process had held when a stage first ended.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.peaks_mb: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what is done inside."""
        began = time.process_time()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - began
        self.peaks_mb.setdefault(name, peak_mb())


class Reader:
    """The models that find the manager and code what is said, loaded on first use."""

    def __init__(self) -> None:
        self._models: tuple[RoleFinder, UnitSplitter, UnitClassifier] | None = None

    def read(self, turns: tuple[Turn, ...], stages: Stages) -> None:
        """Finds the manager and codes the manager's units, for what it takes: the results are measured elsewhere."""
        if not turns:
            return
        with stages.stage("loading what reads"):
            finder, splitter, classifier = self._loaded()
        with stages.stage("roles"):
            manager = finder.find(turns).manager
        with stages.stage("coding"):
            texts = [turn.text for turn in turns]
            units = [
                UnitInContext(turn.text[part.start : part.end])
                for turn, parts in zip(turns, splitter.split(texts), strict=True)
                for part in parts
                if turn.speaker == manager
            ]
            classifier.classify(units)

    def _loaded(self) -> tuple[RoleFinder, UnitSplitter, UnitClassifier]:
        if self._models is None:
            classifier, splitter = load_classifier(), load_splitter()
            self._models = load_role_finder(classifier, splitter), splitter, classifier
        return self._models
