"""The database as files for other programs."""

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import AsktellError, StoreError
from pipeline.export import ExportFormat, export
from pipeline.store import SavedSession, Store
from tests.pipeline.store_builders import KEYS, RUN, a_scored

EXPECTED = {
    "annotations", "coach_trend", "code_counts", "codes", "criteria", "findings", "metrics", "outcomes", "rubrics",
    "runs", "scores", "session_scorecard", "sessions", "speakers", "steps", "turns", "unit_probabilities", "units",
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "asktell.duckdb")
    with store.writing() as writer:
        writer.save_many(
            SavedSession(a_scored(letter * 64, recorded_on=None if letter == "c" else date(2026, 11, 2)), KEYS, RUN)
            for letter in "cab"
        )
    return store


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("format", ExportFormat)
def test_export_writes_every_table_and_view_with_the_dictionary_beside(
    store: Store, tmp_path: Path, format: ExportFormat
) -> None:
    written = export(store, format, tmp_path / "out" / "deep")
    expected = {f"{name}.{format}" for name in EXPECTED} | {"data-dictionary.md"}
    assert {path.name for path in written} == expected
    assert {path.name for path in (tmp_path / "out" / "deep").iterdir()} == expected
    assert "### `session_scorecard`" in (tmp_path / "out" / "deep" / "data-dictionary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("format", ExportFormat)
def test_export_of_the_same_database_gives_the_same_files(store: Store, tmp_path: Path, format: ExportFormat) -> None:
    first = export(store, format, tmp_path / "first")
    second = export(store, format, tmp_path / "second")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_all_three_formats_hold_the_same_units(store: Store, tmp_path: Path) -> None:
    for format in ExportFormat:
        export(store, format, tmp_path)
    from_json = json.loads((tmp_path / "units.json").read_text(encoding="utf-8"))
    from_csv = cells(tmp_path / "units.csv")
    from_parquet = duckdb.read_parquet(str(tmp_path / "units.parquet")).fetchall()
    assert len(from_json) == len(from_csv) == len(from_parquet) == 15
    assert [row["session_id"][0] for row in from_json] == [letter for letter in "abc" for _ in range(5)]
    for in_csv, in_json, in_parquet in zip(from_csv, from_json, from_parquet, strict=True):
        assert in_csv["text"] == in_json["text"] == in_parquet[6]
        assert json.loads(in_csv["probabilities"] or "null") == in_json["probabilities"] == in_parquet[9]
        assert in_csv["code"] == (in_json["code"] or "") == (in_parquet[7] or "")


def test_csv_shows_undefined_as_empty_and_lists_as_json(store: Store, tmp_path: Path) -> None:
    export(store, ExportFormat.CSV, tmp_path)
    sessions = cells(tmp_path / "sessions.csv")
    assert [row["recorded_on"] for row in sessions] == ["2026-11-02", "2026-11-02", ""]
    assert json.loads(sessions[0]["warnings"]) == ["draft transcript"]
    assert sessions[0]["transcript_draft"] == "true"
    assert sessions[0]["saved_at"] == "2026-11-02T09:30:00"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_texts_cannot_run_as_formulas_and_numbers_stay_numbers(store: Store, tmp_path: Path, start: str) -> None:
    formula = f"{start}cmd|' /C calc'!A0"
    whole = a_scored("a" * 64, manager=formula, text=formula)
    below_zero = replace(whole.metrics[0], id=formula, value=-1.5)
    with store.writing() as writer:
        writer.save(replace(whole, metrics=(below_zero,)), KEYS, RUN)
    export(store, ExportFormat.CSV, tmp_path)
    assert cells(tmp_path / "units.csv")[0]["text"] == f"'{formula}"
    assert cells(tmp_path / "speakers.csv")[0]["name"] == f"'{formula}"
    metric = cells(tmp_path / "metrics.csv")[0]
    assert (metric["metric_id"], metric["value"]) == (f"'{formula}", "-1.5")


def test_hostile_names_come_through_as_they_are(store: Store, tmp_path: Path) -> None:
    name = "<script>alert(\"x\")</script>, 'é'; DROP TABLE turns; --\nsecond line"
    with store.writing() as writer:
        writer.save(a_scored("a" * 64, manager=name), KEYS, RUN)
    for format in ExportFormat:
        export(store, format, tmp_path)
    assert cells(tmp_path / "session_scorecard.csv")[0]["manager"] == name
    assert json.loads((tmp_path / "session_scorecard.json").read_text(encoding="utf-8"))[0]["manager"] == name
    assert (name,) in duckdb.read_parquet(str(tmp_path / "session_scorecard.parquet")).select("manager").fetchall()


@pytest.mark.parametrize("format", ExportFormat)
def test_an_empty_store_gives_files_without_rows(tmp_path: Path, format: ExportFormat) -> None:
    store = Store(tmp_path / "asktell.duckdb")
    store.prepare()
    assert len(export(store, format, tmp_path / "out")) == len(EXPECTED) + 1
    if format is ExportFormat.CSV:
        assert (tmp_path / "out" / "sessions.csv").read_text().startswith("session_id,source,")
    if format is ExportFormat.JSON:
        assert json.loads((tmp_path / "out" / "sessions.json").read_text()) == []


def test_export_replaces_its_own_files_and_leaves_others_alone(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "units.csv").write_text("old")
    (out / "notes.txt").write_text("mine")
    export(store, ExportFormat.CSV, out)
    assert (out / "units.csv").read_text().startswith("session_id,")
    assert (out / "notes.txt").read_text() == "mine"


def test_an_export_that_breaks_off_leaves_the_old_files(store: Store, tmp_path: Path) -> None:
    export(store, ExportFormat.CSV, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    with pytest.raises(StoreError):
        export(Store(tmp_path / "missing.duckdb"), ExportFormat.CSV, tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_a_file_in_place_of_the_folder_is_named(store: Store, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("x")
    with pytest.raises(AsktellError, match="Name another folder") as caught:
        export(store, ExportFormat.CSV, taken)
    assert str(caught.value).startswith(f"{taken}: ")
