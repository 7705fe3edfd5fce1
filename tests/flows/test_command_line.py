"""The command as a person runs it, on what people bring that cannot be scored."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
Dana Reed: What do you think got in the way?

2
00:00:04.500 --> 00:00:09.000
Lee Park: I talked about price too early.

3
00:00:09.500 --> 00:00:12.000
Dana Reed: So price came before value.
"""


def asktell(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def zoom(tmp_path: Path) -> Path:
    path = tmp_path / "zoom.vtt"
    path.write_text(ZOOM)
    return path


def assert_one_line(result: subprocess.CompletedProcess[str], *parts: str) -> None:
    complaints = [line for line in result.stderr.splitlines() if line.startswith("✗")]
    assert len(complaints) == 1, result.stderr
    assert all(part in complaints[0] for part in parts), complaints[0]
    assert "Traceback" not in result.stderr


def test_a_transcript_is_scored_stored_and_shown(zoom: Path) -> None:
    result = asktell("score", zoom, folder=zoom.parent)
    assert result.returncode == 0, result.stderr
    assert result.stdout == ""
    assert (zoom.parent / "asktell.duckdb").is_file()
    assert len(list((zoom.parent / "scorecards").glob("zoom-*.html"))) == 1
    assert (zoom.parent / "scorecards" / "index.html").is_file()


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("empty.wav", b"", "empty"),
        ("text.wav", b"this is no sound at all, only words\n" * 20, "text.wav"),
        ("empty.vtt", b"WEBVTT\n\n", "empty.vtt"),
        ("mute.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello there everyone\n", "speak"),
        ("broken.json", b'{"turns": [', "broken.json"),
    ],
)
def test_a_file_that_cannot_be_scored_costs_one_line_that_names_it(
    tmp_path: Path, name: str, content: bytes, part: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = asktell("score", name, folder=tmp_path)
    assert result.returncode == 1
    assert_one_line(result, name, part)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = asktell("score", "gone.mp3", folder=tmp_path)
    assert result.returncode == 1
    assert_one_line(result, "gone.mp3")


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    result = asktell("score", "nothing", folder=tmp_path)
    assert result.returncode == 1
    assert_one_line(result, "nothing")


def test_a_database_that_cannot_be_written_is_named(zoom: Path) -> None:
    result = asktell("score", zoom, "--db", "no/such/folder/x.duckdb", folder=zoom.parent)
    assert result.returncode == 1
    assert_one_line(result, "x.duckdb")


def test_a_rubric_with_a_typo_is_named_with_its_key(zoom: Path) -> None:
    shipped = Path(__file__).parents[2] / "pipeline" / "rubrics" / "non-directive-coaching.yaml"
    broken = shipped.read_text().replace("orientation:", "orientatoin:", 1)
    (zoom.parent / "mine.yaml").write_text(broken)
    result = asktell("score", zoom, "--rubric", "mine.yaml", folder=zoom.parent)
    assert result.returncode == 1
    assert_one_line(result, "mine.yaml", "orientatoin")


def test_wrong_usage_leaves_with_2(tmp_path: Path) -> None:
    assert asktell("score", folder=tmp_path).returncode == 2
    assert asktell("score", "x.wav", "--speakers", "many", folder=tmp_path).returncode == 2
    swap = asktell("score", "--swap-speakers", "x.wav", "--manager", "Dana", "--rep", "Lee", folder=tmp_path)
    assert swap.returncode == 2
    assert "--manager and --rep" in " ".join(swap.stderr.split())


def test_classify_keeps_order_and_stops_at_a_malformed_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flows.cli", "classify"]
    lines = '{"id": "a", "text": "what happened next"}\n{"id": "b", "text": "good"}\nnonsense\n'
    result = subprocess.run(
        command, cwd=tmp_path, input=lines, capture_output=True, text=True, timeout=300, check=False
    )
    assert result.returncode == 1
    assert [line[:9] for line in result.stdout.splitlines()] == ['{"id": "a', '{"id": "b']
    assert_one_line(result, "line 3")


@pytest.mark.parametrize("out", ["zoom.vtt", "zoom.vtt/below"])
def test_a_folder_for_pages_that_is_none_is_named_before_anything_is_scored(zoom: Path, out: str) -> None:
    result = asktell("score", zoom, "--out", out, folder=zoom.parent)
    assert result.returncode == 1
    assert_one_line(result, out, "--out")


def test_hostile_names_in_a_batch_are_scored_and_what_is_no_file_is_listed(tmp_path: Path) -> None:
    names = ["<script>alert(1)<>.vtt", "=cmd().vtt", "new\nline.vtt", "[red].vtt", "{x}.vtt", "bad\udcff.vtt"]
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(names):
        (folder / name).write_text(ZOOM.replace("early", f"early {number}"))
    (folder / "loop.vtt").symlink_to("loop.vtt")
    os.mkfifo(folder / "pipe.vtt")
    (folder / "folder.wav").mkdir()
    result = asktell("score", "in", folder=tmp_path)
    assert result.returncode == 3, result.stderr
    lines = result.stderr.splitlines()
    assert [line[0] for line in lines[:-2]] == ["✗"] * 2 + ["✓"] * len(names)
    assert lines[-2].startswith(f"{len(names)} sessions scored, 2 could not be")
    assert len(list((tmp_path / "scorecards").glob("*.html"))) == len(names) + 1
    assert "<script>alert" not in (tmp_path / "scorecards" / "index.html").read_text()


def test_classify_without_anything_to_read_says_so_in_one_line(tmp_path: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m flows.cli classify <&-"
    result = subprocess.run(command, cwd=tmp_path, shell=True, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 1
    assert_one_line(result, "stdin")


def test_a_reader_who_leaves_early_is_no_failure(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flows.cli", "classify"]
    reading, writing = os.pipe()
    os.close(reading)
    lines = '{"id": "a", "text": "what happened next"}\n' * 3
    result = subprocess.run(
        command, cwd=tmp_path, input=lines, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=300, check=False
    )
    os.close(writing)
    assert (result.returncode, result.stderr) == (0, "")
