"""From recorded audio to scorecards, through the real recogniser, diarizer and classifier."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from eval.roleplays import FOLDER, recordings
from eval.roleplays.check import Compared, askers_above_tellers, compare, read_truth

pytestmark = pytest.mark.audio

CHOSEN = ("cold-calls.flac", "renewal-risk.ogg", "product-demo.mp4")
"""In stereo and asking, compressed and telling, with a picture and telling."""


@dataclass(frozen=True)
class Batch:
    """A finished batch: where it ran, and what it printed."""

    folder: Path
    result: subprocess.CompletedProcess[str]

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.result.stdout.splitlines()]


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    paths = [str(FOLDER / name) for name in CHOSEN]
    command = [sys.executable, "-m", "flows.cli", "score", *paths, "--asr", "pocketsphinx", "--workers", "2", "--json"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900, check=False)


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    folder = tmp_path_factory.mktemp("batch")
    result = run(folder)
    assert result.returncode == 0, result.stderr
    return Batch(folder, result)


@pytest.fixture(scope="module")
def compared(batch: Batch) -> list[Compared]:
    return [compare(scored, read_truth(scored["source"])) for scored in batch.objects]


def test_there_is_one_object_a_recording_in_the_order_given(batch: Batch) -> None:
    assert [scored["source"] for scored in batch.objects] == list(CHOSEN)


def test_the_manager_is_found_by_what_is_said(compared: list[Compared]) -> None:
    assert all(each.manager_right for each in compared), compared


def test_talk_shares_are_near_the_truth(compared: list[Compared]) -> None:
    limits = {"cold-calls.flac": 0.02}
    assert all(each.talk_share_error <= limits.get(each.source, 0.05) for each in compared), compared


def test_managers_who_ask_rank_above_managers_who_tell(compared: list[Compared]) -> None:
    assert {each.style for each in compared} == {"asks", "tells"}
    assert askers_above_tellers(compared), compared


def test_every_metric_carries_value_count_and_interval(batch: Batch) -> None:
    for scored in batch.objects:
        for name, metric in scored["metrics"].items():
            assert {"value", "n", "low", "high", "unit", "enough_evidence"} <= metric.keys(), name
        ratio = scored["metrics"]["non_directive_ratio"]
        assert ratio["n"] > 0
        assert ratio["low"] <= ratio["high"]


def test_a_draft_transcript_says_so(batch: Batch) -> None:
    for scored in batch.objects:
        assert scored["transcript"] == scored["transcript"] | {"engine": "pocketsphinx", "draft": True}
        assert any("draft transcript" in warning for warning in scored["warnings"])


def test_every_session_has_its_page_and_the_index_lists_them(batch: Batch) -> None:
    pages = batch.folder / "scorecards"
    index = (pages / "index.html").read_text("utf-8")
    for name in CHOSEN:
        (page,) = pages.glob(f"{Path(name).stem}-*.html")
        assert page.name in index
        assert "draft transcript" in page.read_text("utf-8").lower()


def test_nothing_is_left_of_the_orchestrator(batch: Batch) -> None:
    assert "Traceback" not in batch.result.stderr
    assert "leaked" not in batch.result.stderr
    assert sorted(path.name for path in batch.folder.iterdir()) == ["asktell.duckdb", "scorecards"]


def test_the_same_recordings_again_make_no_second_row_and_take_no_listening(batch: Batch) -> None:
    def rows() -> dict[str, int]:
        with duckdb.connect(str(batch.folder / "asktell.duckdb"), read_only=True) as connection:
            tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
            return {name: connection.table(name).count("*").fetchall()[0][0] for name in tables}

    before = rows()
    again = run(batch.folder)
    assert again.returncode == 0, again.stderr
    assert again.stdout == batch.result.stdout
    assert rows() == before


def test_every_bundled_recording_has_its_truth() -> None:
    assert len(recordings()) >= 8
    assert all(read_truth(path.name)["turns"] for path in recordings())
