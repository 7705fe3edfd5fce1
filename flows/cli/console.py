"""Where words for people go: stderr, so that stdout stays data."""

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.pages.wording import interval_text
from pipeline.values import Role, Scored
from pipeline.wording import value_text

console = Console(stderr=True, highlight=False, soft_wrap=True)

REORDERING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Characters that turn the order of those after them, so that a name reads as another."""


def shown(line: str) -> str:
    """The line so that it stays one line and says what it says: never read as markup, control characters spelled out.

    File names may hold anything; one with a line break or a terminal's own commands must not write lines of its own.
    """
    return escape("".join(_spelled(character) for character in line))


def _spelled(character: str) -> str:
    hidden = (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(character) in REORDERING
    )
    return ascii(character)[1:-1] if hidden else character


def emit(line: str) -> bool:
    """One line of data on stdout, at once; false where whoever reads it has gone, which is nobody's fault."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        # What is still to be flushed has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


def say(line: str) -> None:
    """One line to the person."""
    console.print(shown(line))


def complain(line: str) -> None:
    """One line about something that did not work."""
    console.print(f"[bold red]✗[/] {shown(line)}")


def confirm(line: str) -> None:
    """One line about something finished."""
    console.print(f"[bold green]✓[/] {shown(line)}")


def warn(line: str) -> None:
    """One line about something in doubt."""
    console.print(f"[bold yellow]![/] {shown(line)}")


def summary(scored: Scored) -> str:
    """A session in one line: its file, the manager's ratio of asking with its interval, and how sure it is."""
    ratio = scored.metric("non_directive_ratio")
    if ratio is None or ratio.value is None:
        why = "the manager neither asks nor tells" if scored.session.speaker(Role.MANAGER) else "nobody is the manager"
        return f"{scored.session.source}: no ask : tell balance, {why}"
    interval = interval_text(ratio)
    between = f" ({interval})" if interval else ""
    thin = "" if ratio.enough_evidence else ", not enough evidence"
    return f"{scored.session.source}: asks {value_text(ratio)}{between} of {ratio.n} asking or telling units{thin}"


@contextmanager
def progress(total: int, doing: str) -> Iterator[Progress]:
    """A bar of `total` steps on a terminal, nothing elsewhere; advance its first task by one a step."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        bar.add_task(shown(doing), total=total)
        yield bar
