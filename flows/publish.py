"""Finished sessions as pages in a folder, and the index that lists them."""

import base64
import hashlib
import mimetypes
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.files import write_whole
from flows.inputs import MEDIA
from flows.keys import digest
from flows.software import software
from pipeline.pages import IndexRow, PageOptions, index_html, index_row, scorecard_html
from pipeline.rubric import Rubric
from pipeline.values import Scored

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Where pages go, by which rubric they are worded, and whether they carry their audio inside."""

    out: Path
    rubric: Rubric
    embed_audio: bool
    now: Callable[[], datetime] = datetime.now

    def page(self, scored: Scored, source: Path | None) -> Path:
        """Write the session's page and say where; `source` is its recording, or None where it is elsewhere.

        A recording that is gone is neither linked nor carried.
        """
        playable = _playable(source)
        options = PageOptions(
            made_on=self.now(),
            media_href=None if self.embed_audio or not playable else _href(playable, self.out),
            media_data_uri=_data_uri(playable) if self.embed_audio and playable else None,
            software=software(),
        )
        page = self.out / page_name(scored)
        write_whole(page, scorecard_html(scored, self.rubric, options) + self._mark(playable))
        return page

    def has_page(self, scored: Scored, source: Path | None) -> bool:
        """Whether the session's page is there, made by this rubric with this recording, linked or inside as now."""
        mark = self._mark(_playable(source)).encode()
        try:
            with (self.out / page_name(scored)).open("rb") as page:
                page.seek(-len(mark), os.SEEK_END)
                return page.read() == mark
        except OSError:
            return False

    def _mark(self, playable: Path | None) -> str:
        """What ends a page, to tell from it later what it was made from."""
        where = _href(playable, self.out) if playable else None
        made_from = digest(rubric=self.rubric.digest, recording=where, embedded=bool(where) and self.embed_audio)
        return f"\n<!-- made from {made_from} -->\n"

    def index(self, sessions: Sequence[Scored]) -> Path:
        """Write the index of all sessions given and say where."""
        rows: list[IndexRow] = [index_row(scored, page_name(scored)) for scored in sessions]
        page = self.out / INDEX
        write_whole(page, index_html(rows, self.now()))
        return page


def page_name(scored: Scored) -> str:
    """A file name that tells the session at a glance and is its own: the source's stem and the id's beginning.

    An id that somebody gave may be alike in its beginning, or no part of a file name: then its digest's beginning.
    """
    stem = re.sub(r"[^A-Za-z0-9]+", "-", Path(scored.session.source).stem).strip("-").lower()[:60]
    id = scored.session.session_id
    own = id if re.fullmatch(r"[0-9a-f]{64}", id) else hashlib.sha256(id.encode()).hexdigest()
    return f"{stem or 'session'}-{own[:8]}.html"


def _playable(source: Path | None) -> Path | None:
    return source if source and source.suffix.lower() in MEDIA and os.path.isfile(source) else None


def _href(source: Path, out: Path) -> str:
    relative = os.path.relpath(source.resolve(), out.resolve())
    return Path(relative).as_posix()


def _data_uri(source: Path) -> str:
    kind = mimetypes.guess_type(source.name)[0] or "audio/mpeg"
    return f"data:{kind};base64,{base64.b64encode(source.read_bytes()).decode('ascii')}"
