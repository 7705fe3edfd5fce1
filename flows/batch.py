"""Many recordings as one Prefect flow: a task run for each, and one writer for all results."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from flows.faults import fault_line
from flows.inputs import Kind, kind_of
from flows.items import Item
from flows.run import Job, Outcome, bring_up_to_date
from pipeline.errors import AsktellError
from pipeline.text import well_formed

if TYPE_CHECKING:
    from prefect.futures import PrefectFuture
    from prefect.task_runners import TaskRunner

PREFECT_DEFAULTS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "DO_NOT_TRACK": "1",
}
"""Quiet, private Prefect; whoever sets one of these in the environment keeps their own value.

What goes wrong is told by whoever runs the batch, in one line; Prefect would log it as well, with what it was about.
"""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that could not be scored, and the line that says why and what to do."""

    path: Path
    reason: str


Result = Sequence[Outcome] | Quarantined
"""What became of one item."""


def attempt(item: Item, job: Job) -> Result:
    """The item's outcomes, or why it has none. One bad file never stops the others."""
    try:
        return bring_up_to_date(item, job)
    except AsktellError as error:
        return Quarantined(item.path, str(error))
    except Exception as error:
        # A bug in one recording must not cost a night's batch.
        return Quarantined(item.path, fault_line(item.path, error))


def settle(item: Item, result: Result, keep: Callable[[Result], None]) -> Result:
    """The result once it is kept; quarantined where it cannot be, so that the others still are."""
    try:
        keep(result)
    except AsktellError as error:
        return Quarantined(item.path, str(error))
    except Exception as error:
        # One page that cannot be made must not cost the results that come after it.
        return Quarantined(item.path, fault_line(item.path, error))
    return result


def run_batch(items: Sequence[Item], job: Job, keep: Callable[[Result], None]) -> list[Result]:
    """Every item's result, in the order of the items.

    `keep` is called with each result as it comes, one at a time, so that there is one writer, and a
    crash costs at most the recordings being worked on. Without a Prefect server of the person's own
    (PREFECT_API_URL) one runs for as long as the batch, and leaves nothing behind.
    """
    with TemporaryDirectory(prefix="asktell-prefect-") as home:
        for name, value in (PREFECT_DEFAULTS | {"PREFECT_HOME": home}).items():
            os.environ.setdefault(name, value)
        recordings = sum(kind_of(item.path) is Kind.RECORDING for item in items)
        with job.bench.listening(min(job.settings.workers, recordings)):
            return _run_flow(items, job, keep)


def _run_flow(items: Sequence[Item], job: Job, keep: Callable[[Result], None]) -> list[Result]:
    # Prefect reads its settings when it is imported, and takes seconds to.
    from prefect import flow, task
    from prefect.cache_policies import NO_CACHE
    from prefect.futures import as_completed
    from prefect.task_runners import ThreadPoolTaskRunner

    @task(name="score recording", persist_result=False, cache_policy=NO_CACHE)
    def score_recording(place: int) -> tuple[int, Result]:
        return place, attempt(items[place], job)

    @task(name="store results", persist_result=False, cache_policy=NO_CACHE)
    def store_results(place: int) -> None:
        results[place] = settle(items[place], results[place], keep)

    results: dict[int, Result] = {}
    # Prefect types a flow's runner by its future's base class, which no runner of its own satisfies.
    threads = cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=job.settings.workers))

    @flow(name="score recordings", task_runner=threads, persist_result=False)
    def score_recordings(count: int) -> None:
        futures = [
            score_recording.with_options(task_run_name=_run_name(items[place])).submit(place) for place in range(count)
        ]
        for future in as_completed(futures):
            place, result = future.result()
            results[place] = result
            store_results(place)

    score_recordings(len(items))
    return [results[place] for place in range(len(items))]


def _run_name(item: Item) -> str:
    """The file's name as Prefect shows it; braces would be places to fill."""
    return well_formed(item.path.name).replace("{", "{{").replace("}", "}}")
