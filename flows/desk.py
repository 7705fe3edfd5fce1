"""Where results land: store, page, index and the list of what could not be scored."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.batch import Quarantined, Result
from flows.files import write_whole
from flows.inputs import Kind, kind_of
from flows.publish import Publisher
from flows.run import Outcome
from flows.software import software
from pipeline.rubric import Rubric
from pipeline.store import RubricText, RunRecord, Store
from pipeline.tables import safe_cell
from pipeline.text import well_formed

QUARANTINE = "quarantine.csv"


@dataclass(frozen=True, slots=True)
class Desk:
    """The one place that writes; called from one thread."""

    store: Store
    publisher: Publisher
    device: str

    def keep(self, result: Result) -> None:
        """Store and publish what one item gave; quarantined items leave no trace in the store."""
        if isinstance(result, Quarantined):
            return
        for outcome in result:
            if outcome.fresh:
                with self.store.writing() as writer:
                    writer.save(outcome.scored, outcome.keys, self._run_of(outcome), rubric_text(self.publisher.rubric))
            if outcome.fresh or not self.publisher.has_page(outcome.scored):
                self.publisher.page(outcome.scored, outcome.path)

    def close(self, results: Sequence[Result]) -> Path:
        """Write the index of everything in the store, and the quarantine list; say where the index is."""
        self._list_quarantined([result for result in results if isinstance(result, Quarantined)])
        with self.store.reading() as reader:
            return self.publisher.index(reader.all_scored())

    def _run_of(self, outcome: Outcome) -> RunRecord:
        timings_ms = tuple((stage, round(1000 * seconds)) for stage, seconds in outcome.seconds.items())
        return RunRecord(datetime.now(UTC), self.device, software(), timings_ms, _recording(outcome.path))

    def _list_quarantined(self, quarantined: Sequence[Quarantined]) -> None:
        path = self.publisher.out / QUARANTINE
        if not quarantined:
            path.unlink(missing_ok=True)
            return
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(["file", "reason"])
        rows.writerows([safe_cell(str(each.path)), safe_cell(each.reason)] for each in quarantined)
        write_whole(path, text.getvalue())


def outcomes_of(results: Sequence[Result]) -> list[Outcome]:
    """All outcomes, in the order of the results."""
    return [outcome for result in results if not isinstance(result, Quarantined) for outcome in result]


def _recording(path: Path) -> str | None:
    return well_formed(str(path.resolve())) if kind_of(path) is Kind.RECORDING else None


def rubric_text(rubric: Rubric) -> RubricText:
    """The rubric word for word, as the store keeps it."""
    return RubricText(rubric.name, rubric.version, rubric.text)
