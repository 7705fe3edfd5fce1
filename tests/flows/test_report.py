"""Reports as files."""

from dataclasses import replace
from pathlib import Path

import pytest

from flows.cli.report import coach
from pipeline.errors import AsktellError
from pipeline.rubric import load_rubric
from pipeline.scoring import ScoringOptions, score
from pipeline.store import Store
from pipeline.values import Role
from tests.flows.builders import save, talk


def managed_by(name: str | None, store: Store) -> None:
    rubric = load_rubric()
    session = talk(("A", "open_question what"), ("B", "fine"), names={"A": name})
    roles = {"A": Role.MANAGER, "B": Role.REP}
    speakers = tuple(replace(speaker, role=roles[speaker.label]) for speaker in session.speakers)
    scored = score(replace(session, session_id=name or "nobody", speakers=speakers), rubric, ScoringOptions(draws=5))
    save(store, scored, rubric)


@pytest.mark.parametrize("names", [("Ирина", "Олег"), ("Ana / María", "Ana Marta"), ("../up", "x" * 400)])
def test_each_manager_has_a_report_of_their_own_in_the_folder(tmp_path: Path, names: tuple[str, str]) -> None:
    store, out = Store(tmp_path / "x.duckdb"), tmp_path / "out"
    store.prepare()
    for name in names:
        managed_by(name, store)
        coach(name, db=tmp_path / "x.duckdb", out=out)
    assert len(list(out.glob("coach-*.html"))) == len(names)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".html"] == []


def test_a_report_on_a_blank_name_is_refused_whoever_is_stored_without_one(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.duckdb")
    store.prepare()
    for name in (None, "Ana", "ANA"):
        managed_by(name, store)
    with pytest.raises(AsktellError, match=r"no session is managed by ' '. Managers there: (Ana|ANA)\.$"):
        coach(" ", db=tmp_path / "x.duckdb", out=tmp_path / "out")
