"""Where words for people go: stderr, so that stdout stays data."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

console = Console(stderr=True, highlight=False, soft_wrap=True)


def say(line: str) -> None:
    """One line to the person; whatever is in it is shown as it is, never read as markup."""
    console.print(escape(line))


def complain(line: str) -> None:
    """One line about something that did not work."""
    console.print(f"[bold red]✗[/] {escape(line)}")


def confirm(line: str) -> None:
    """One line about something finished."""
    console.print(f"[bold green]✓[/] {escape(line)}")


def warn(line: str) -> None:
    """One line about something in doubt."""
    console.print(f"[bold yellow]![/] {escape(line)}")


@contextmanager
def progress(total: int, doing: str) -> Iterator[Progress]:
    """A bar of `total` steps on a terminal, nothing elsewhere; advance its first task by one a step."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        bar.add_task(escape(doing), total=total)
        yield bar
