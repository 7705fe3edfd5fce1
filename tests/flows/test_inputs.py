"""What a person points at."""

import errno
import os
from pathlib import Path

import pytest

from flows.inputs import Kind, check_readable, gather, kind_of
from pipeline.errors import RecordingError


def make(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return paths


def test_gather_finds_recordings_and_transcripts_below_a_folder_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.mp3", "a.wav", "deep/er/c.VTT", "notes.md", ".hidden.wav", "a.truth.json")
    assert [path.name for path in gather([tmp_path]).files] == ["a.wav", "b.mp3", "c.VTT"]


def test_gather_passes_over_what_a_star_brings_along_and_says_so(tmp_path: Path) -> None:
    paths = make(tmp_path, "a.wav", "make.py", "README.md", "a.truth.json")
    gathered = gather(paths)
    assert [path.name for path in gathered.files] == ["a.wav"]
    assert gathered.skipped == (
        "passed over: 2 files, by name neither recordings nor transcripts (make.py, README.md)",
    )


def test_gather_says_what_it_passed_over_below_a_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.vtt", "Coaching Dana.pdf", "b.mts", "c.3ga", "d.jpg", "e.jpg")
    make(tmp_path, ".hidden", "~$a.docx", "a.truth.json")
    (tmp_path / "linked").symlink_to(tmp_path, target_is_directory=True)
    gathered = gather([tmp_path])
    assert [path.name for path in gathered.files] == ["a.vtt", "b.mts", "c.3ga"]
    link, document, others = gathered.skipped
    assert "linked: a link to a folder" in link
    assert "Coaching Dana.pdf: passed over; if it is a transcript, save it as plain text" in document
    assert others == f"in {tmp_path}, passed over: 2 files, by name neither recordings nor transcripts (d.jpg, e.jpg)"


def test_gather_takes_a_file_named_alone_whatever_its_name(tmp_path: Path) -> None:
    (odd,) = make(tmp_path, "recording.xyz")
    assert gather([odd]).files == (odd,)


def test_gather_takes_a_file_named_twice_once(tmp_path: Path) -> None:
    (path,) = make(tmp_path, "a.wav")
    assert gather([path, tmp_path, path]).files == (path,)


def test_gather_keeps_missing_files_so_that_they_are_reported(tmp_path: Path) -> None:
    (path,) = make(tmp_path, "a.wav")
    assert gather([path, tmp_path / "gone.wav"]).files == (path, tmp_path / "gone.wav")


def test_gather_refuses_a_folder_with_nothing_in_it(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"no recordings or transcripts in this folder\. Name"):
        gather([tmp_path])


def test_gather_refuses_names_that_are_never_scored(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"a\.truth\.json: hidden, or kept for evaluation\. Name"):
        gather(make(tmp_path, "a.truth.json", ".b.wav"))


def test_kind_of_goes_by_extension_and_takes_the_unknown_for_a_recording() -> None:
    assert kind_of(Path("x.VTT")) is Kind.TRANSCRIPT
    assert kind_of(Path("x.json")) is Kind.TRANSCRIPT
    assert kind_of(Path("x.md")) is Kind.TRANSCRIPT
    assert kind_of(Path("x.mp4")) is Kind.RECORDING
    assert kind_of(Path("x")) is Kind.RECORDING


def test_gather_keeps_what_only_looks_like_a_file_so_that_it_is_reported(tmp_path: Path) -> None:
    (tmp_path / "loop.vtt").symlink_to("loop.vtt")
    (tmp_path / "gone.wav").symlink_to("nowhere.wav")
    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "around").symlink_to("..")
    assert [path.name for path in gather([tmp_path]).files] == ["gone.wav", "loop.vtt"]


def test_gather_keeps_a_name_no_file_can_have_so_that_it_is_reported() -> None:
    impossible = Path("a" * 300 + ".vtt")
    assert gather([impossible]).files == (impossible,)


def test_gather_says_which_folder_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = make(tmp_path, "open/a.wav", "closed/b.wav")[:1]
    scan = os.scandir

    def refuse(folder: str) -> object:
        if str(folder).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", folder)
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    gathered = gather([tmp_path])
    assert gathered.files == (path,)
    assert gathered.skipped == (f"{tmp_path / 'closed'}: this folder cannot be read (Permission denied)",)


def test_check_readable_takes_a_file_with_something_in_it(tmp_path: Path) -> None:
    check_readable(*make(tmp_path, "a.wav"))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("gone.wav", "no such file"),
        ("folder.wav", "not a file"),
        ("pipe.wav", "not a file"),
        ("loop.vtt", "cannot be read"),
        ("empty.vtt", "is empty"),
        ("a" * 300, "cannot be read"),
    ],
)
def test_check_readable_names_the_file_and_what_it_is(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "folder.wav").mkdir()
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "loop.vtt").symlink_to("loop.vtt")
    (tmp_path / "empty.vtt").touch()
    with pytest.raises(RecordingError, match=why) as raised:
        check_readable(tmp_path / name)
    assert name in str(raised.value)


def test_check_readable_says_where_permission_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    (path,) = make(tmp_path, "a.wav")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RecordingError, match="Permission denied"):
        check_readable(path)
