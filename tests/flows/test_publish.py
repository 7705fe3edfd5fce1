"""Pages in their folder."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from flows.files import ready_folder, write_whole
from flows.publish import Publisher, page_name
from pipeline.errors import AsktellError
from pipeline.rubric import load_rubric
from pipeline.scoring import ScoringOptions, score
from pipeline.values import Scored
from tests.flows.builders import talk


def scored(session_id: str = "a" * 64, source: str = "call.wav") -> Scored:
    session = replace(talk(("A", "open_question what")), session_id=session_id, source=source)
    return score(session, load_rubric(), ScoringOptions(draws=5))


def test_a_page_is_named_by_its_source_and_the_beginning_of_a_digest() -> None:
    assert page_name(scored("0123456789abcdef" * 4, "Acme Call (2).wav")) == "acme-call-2-01234567.html"


def test_ids_that_begin_alike_have_pages_of_their_own() -> None:
    assert page_name(scored("session-1")) != page_name(scored("session-2"))


@pytest.mark.parametrize("hostile", ["../../x", "a/b", "..", "<b>", "", "x" * 1_000, "a\x00b"])
def test_a_page_stays_in_its_folder_whatever_the_session_is_called(hostile: str) -> None:
    for name in (page_name(scored(hostile)), page_name(scored(source=hostile))):
        assert Path(name).name == name
        assert len(name.encode()) < 100
        assert name.isascii()
        assert not set(name) & set("<>\x00")


def test_a_recording_that_is_gone_is_neither_linked_nor_carried(tmp_path: Path) -> None:
    for embed in (False, True):
        publisher = Publisher(tmp_path, load_rubric(), embed, now=lambda: datetime(2026, 11, 2))
        assert "gone.wav" not in publisher.page(scored(), tmp_path / "gone.wav").read_text()


def test_a_recording_whose_name_is_no_text_is_linked(tmp_path: Path) -> None:
    recording = Path(str(tmp_path), "bad\udcff.wav")
    recording.write_bytes(b"x")
    page = Publisher(tmp_path, load_rubric(), embed_audio=False).page(scored(), recording)
    assert "bad%FF.wav" in page.read_text()


def test_write_whole_replaces_what_cannot_be_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "x.csv", "bad\udcff")
    assert (tmp_path / "x.csv").read_text() == "bad?"


def test_ready_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    ready_folder(tmp_path / "new" / "one")
    assert list((tmp_path / "new" / "one").iterdir()) == []


@pytest.mark.parametrize("place", ["file", "file/below", "loop"])
def test_ready_folder_refuses_what_is_no_folder(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(AsktellError, match="files cannot be put here"):
        ready_folder(tmp_path / place)


def test_write_whole_gives_the_rights_a_new_file_gets(tmp_path: Path) -> None:
    was = os.umask(0o027)
    try:
        write_whole(tmp_path / "page.html", "x")
    finally:
        os.umask(was)
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o640


def test_write_whole_leaves_nothing_behind_where_it_fails(tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()
    with pytest.raises(AsktellError, match="cannot be written"):
        write_whole(tmp_path / "page.html", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
