"""The `asktell` command."""

import sys

import typer

from flows.cli import classify, doctor, export, report, rescore, score
from flows.cli.console import complain
from pipeline.errors import AsktellError

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
    """Run the command; whatever a person can fix becomes one line and exit code 1."""
    try:
        app()
    except AsktellError as error:
        complain(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        complain("Stopped. What was finished is kept; run the same command again to go on.")
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
