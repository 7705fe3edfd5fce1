"""Where results land: store, page, index and the list of what could not be scored."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.batch import Quarantined, Result
from flows.files import write_whole
from flows.publish import Publisher
from flows.run import Outcome
from flows.software import run_record
from pipeline.store import Store
from pipeline.tables import safe_cell

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
                    writer.save(outcome.scored, outcome.keys, run_record(outcome, self.device))
            if outcome.fresh or not self.publisher.has_page(outcome.scored):
                self.publisher.page(outcome.scored, outcome.path)

    def close(self, results: Sequence[Result]) -> Path:
        """Write the index of everything in the store, and the quarantine list; say where the index is."""
        self._list_quarantined([result for result in results if isinstance(result, Quarantined)])
        with self.store.reading() as reader:
            return self.publisher.index(reader.all_scored())

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
