"""The files of a run by what they hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.inputs import Kind, check_readable, kind_of
from pipeline.audio import file_digest
from pipeline.errors import RecordingError
from pipeline.session_file import is_session_file, read_sessions
from pipeline.store import StageKeys
from pipeline.values import Scored, Session


@dataclass(frozen=True, slots=True)
class Item:
    """A file to bring up to date, with what the store has of it.

    `content` is the sha256 of the file, empty where it cannot be read. A session file has a part for each session
    it gives, and what is stored of them stands there.
    """

    path: Path
    stored: Scored | None = None
    stored_keys: StageKeys | None = None
    content: str = ""
    given: Session | None = None
    parts: tuple["Item", ...] = ()

    @property
    def session_id(self) -> str:
        """What its session is known by; empty where the file cannot be read."""
        return self.given.session_id if self.given else self.content


def read_item(path: Path) -> Item:
    """The file by its content, and a session file's sessions; what is wrong with it is told when its turn comes."""
    try:
        check_readable(path)
        content = file_digest(path)
        sessions = read_sessions(path) if is_session_file(path) else []
    except RecordingError:
        return Item(path)
    return Item(path, content=content, parts=tuple(Item(path, given=session) for session in sessions))


def of_each(item: Item, change: Callable[[Item], Item]) -> Item:
    """The item changed, or its parts where it has some."""
    return replace(item, parts=tuple(map(change, item.parts))) if item.parts else change(item)


def without_copies(items: Sequence[Item]) -> tuple[list[Item], list[Path]]:
    """The items of which each content stands once, the first of it, and the files whose content another has.

    Files of the same bytes under another extension may be read another way, and are no copies. Recordings are read
    by what they hold, whatever they are called.
    """
    first: dict[tuple[str, str], Item] = {}
    copies: list[Path] = []
    for item in items:
        read_as = "" if kind_of(item.path) is Kind.RECORDING else item.path.suffix.lower()
        known = (item.content or str(item.path), read_as)
        if first.setdefault(known, item) is not item:
            copies.append(item.path)
    return list(first.values()), copies
