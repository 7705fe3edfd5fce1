"""Where results land: store, page, index and the list of what could not be scored."""

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.batch import Quarantined, Result
from flows.files import write_whole
from flows.inputs import Kind, kind_of
from flows.publish import Publisher
from flows.run import Outcome
from flows.software import software
from models.classify import classifier_name
from pipeline.errors import StoreError
from pipeline.rubric import Rubric
from pipeline.store import RubricText, RunRecord, Store
from pipeline.tables import safe_cell
from pipeline.text import well_formed

QUARANTINE = "quarantine.csv"
NO_MODEL = "none"
"""The device of a run in which no model took part."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The one place that writes; called from one thread. `device` is the setting: what models were asked to run on."""

    store: Store
    publisher: Publisher
    device: str
    unsaved: list[Outcome] = field(default_factory=list)
    """What the database did not take yet."""

    def keep(self, result: Result) -> None:
        """Store and publish what one item gave; quarantined items leave no trace in the store.

        What the database does not take, as another program has it, is tried again at each later call and at the end.
        """
        if isinstance(result, Quarantined):
            return
        fresh = [outcome for outcome in result if outcome.fresh]
        if fresh:
            self._save(fresh)
        for outcome in result:
            if outcome.fresh or not self.publisher.has_page(outcome.scored, outcome.path):
                self.publisher.page(outcome.scored, outcome.path)

    def close(self, results: Sequence[Result], files: Sequence[Path]) -> Path:
        """Write the index of everything in the store, and the list of what could not be scored; say where the index is.

        `files` are all files of the run, whose earlier lines in the list go.
        Raises StoreError where finished sessions still cannot be saved.
        """
        self._list_quarantined([result for result in results if isinstance(result, Quarantined)], files)
        refused = self._save(()) if self.unsaved else None
        if refused:
            names = ", ".join(outcome.scored.session.source for outcome in self.unsaved)
            raise StoreError(f"{refused} Not saved, and to be scored again: {names}.")
        with self.store.reading() as reader:
            return self.publisher.index(reader.all_scored())

    def _save(self, outcomes: Sequence[Outcome]) -> StoreError | None:
        """Save them after what waits; why not, where the database takes none, and then all that is left waits."""
        waiting = [*self.unsaved, *outcomes]
        saved = 0
        try:
            with self.store.writing() as writer:
                for each in waiting:
                    writer.save(each.scored, each.keys, self._run_of(each), rubric_text(self.publisher.rubric))
                    saved += 1
        except StoreError as error:
            return error
        except Exception:
            # One that can never be saved must not keep back the others.
            saved += 1
            raise
        finally:
            self.unsaved[:] = waiting[saved:]
        return None

    def _run_of(self, outcome: Outcome) -> RunRecord:
        timings_ms = tuple((stage, round(1000 * seconds)) for stage, seconds in outcome.seconds.items())
        models = models_of(outcome)
        device = _chosen(self.device) if models else NO_MODEL
        return RunRecord(outcome.started_at, device, (*software(), *models), timings_ms, _recording(outcome.path))

    def _list_quarantined(self, quarantined: Sequence[Quarantined], files: Sequence[Path]) -> None:
        """List them, after earlier ones that were not part of this run and are still there."""
        path = self.publisher.out / QUARANTINE
        rows = [
            *_still_unscored(path, files),
            *([safe_cell(str(each.path)), safe_cell(each.reason)] for each in quarantined),
        ]
        if not rows:
            path.unlink(missing_ok=True)
            return
        text = io.StringIO()
        csv.writer(text).writerows([["file", "reason"], *rows])
        write_whole(path, text.getvalue())


def models_of(outcome: Outcome) -> list[tuple[str, str]]:
    """Pairs of a stage's model and its name, of those that took part."""
    transcript = outcome.scored.session.transcript
    heard = [("recogniser", f"{transcript.engine} {transcript.model}")] if "hear" in outcome.seconds else []
    return [*heard, ("classifier", classifier_name())] if outcome.by_models else heard


def _chosen(device: str) -> str:
    from models.classify.classifier import choose_device

    return choose_device(device)


def _still_unscored(listed: Path, files: Sequence[Path]) -> list[list[str]]:
    """The rows of a list whose file is none of `files` and still there; a file that is gone needs nobody's care."""
    try:
        with listed.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = [row for row in csv.reader(file) if row][1:]
    except (OSError, csv.Error):
        return []
    in_run = {os.path.abspath(well_formed(str(file))) for file in files}
    return [row for row in rows if os.path.lexists(_file(row)) and os.path.abspath(_file(row)) not in in_run]


def _file(row: Sequence[str]) -> str:
    """The file of a row, without the apostrophe that keeps a spreadsheet from running its name."""
    name = row[0].removeprefix("'")
    return name if safe_cell(name) == row[0] else row[0]


def outcomes_of(results: Sequence[Result]) -> list[Outcome]:
    """All outcomes, in the order of the results."""
    return [outcome for result in results if not isinstance(result, Quarantined) for outcome in result]


def _recording(path: Path | None) -> str | None:
    return well_formed(str(path.resolve())) if path and kind_of(path) is Kind.RECORDING else None


def rubric_text(rubric: Rubric) -> RubricText:
    """The rubric word for word, as the store keeps it."""
    return RubricText(rubric.name, rubric.version, rubric.text)
