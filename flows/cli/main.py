"""The `asktell` command."""

import atexit
import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

import typer

from flows.cli import classify, doctor, export, report, rescore, score
from flows.cli.console import complain
from pipeline.errors import AsktellError

TERMINATED = 143
INTERRUPTED = 130

app = typer.Typer(
    name="asktell",
    help="Scorecards for coaching conversations: how much a manager asks, how much a manager tells, and the evidence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode="rich",
)
app.command("demo")(score.demo)
app.command("score")(score.score)
app.command("classify")(classify.classify)
app.command("rescore")(rescore.rescore)
app.add_typer(report.app, name="report")
app.command("export")(export.export)
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command and leave with its exit code."""
    _leave(run())


def run() -> int:
    """Run the command; whatever a person can fix becomes one line and exit code 1."""
    # Threads that spin while they wait make two torch threads many times slower beside other work.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # A batch that is told to stop must still stop the server it started. What stops a batch often reaches that server
    # too, and Prefect would go on asking a dead one for more than a minute.
    signal.signal(signal.SIGTERM, lambda *_: _stopped(TERMINATED))
    signal.signal(signal.SIGINT, lambda *_: _stopped(INTERRUPTED))
    try:
        app()
    except SystemExit as finished:
        return finished.code if isinstance(finished.code, int) else 0
    except AsktellError as error:
        complain(str(error))
        return 1
    return 0


def _stopped(code: int) -> NoReturn:
    complain("Stopped. What was finished is kept; run the same command again to go on.")
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process without tearing the interpreter down.

    Prefect's event loop threads outlive a flow, and with them alive at teardown DuckDB's bindings print
    a page of leak reports. Exit handlers, which stop Prefect's server, still run, and output is flushed.
    """
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        # Whoever read us may have gone, or never have been there.
        with suppress(BrokenPipeError, AttributeError):
            stream.flush()
    os._exit(code)
