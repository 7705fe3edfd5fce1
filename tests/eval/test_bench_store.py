"""The measurement of the store measures what it says."""

import random
from pathlib import Path

import pytest

from eval.bench_store import made_session, measure
from eval.fill_store import fill
from pipeline.store import Store


def test_a_made_session_has_so_many_units_and_only_the_managers_are_coded() -> None:
    scored = made_session(7, 50, random.Random(0))
    assert len(scored.session.units) == 50
    for unit in scored.session.units:
        assert (unit.coding is not None) == (scored.session.turns[unit.turn].speaker == "S1")


def test_measuring_saves_reads_back_and_says_how_long_each_took(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measure(10, 12, tmp_path)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "10 sessions of 12 units each"
    assert sum(" s of processor" in line for line in lines) == len(lines) - 2


def test_a_filled_store_holds_so_many_sessions(tmp_path: Path) -> None:
    fill(tmp_path / "year.duckdb", 7, 12)
    with Store(tmp_path / "year.duckdb").reading() as reader:
        assert len(reader.session_ids()) == 7
