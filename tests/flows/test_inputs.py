"""What a person points at."""

from pathlib import Path

import pytest

from flows.inputs import Kind, gather, kind_of
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
    assert len(gathered.skipped) == 3
    assert "make.py" in gathered.skipped[0]


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


def test_kind_of_goes_by_extension_and_takes_the_unknown_for_a_recording() -> None:
    assert kind_of(Path("x.VTT")) is Kind.TRANSCRIPT
    assert kind_of(Path("x.json")) is Kind.TRANSCRIPT
    assert kind_of(Path("x.mp4")) is Kind.RECORDING
    assert kind_of(Path("x")) is Kind.RECORDING
