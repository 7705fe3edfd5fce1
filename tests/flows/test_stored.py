"""Finding stored sessions by what people call them."""

from dataclasses import replace
from pathlib import Path

import pytest

from flows.stored import find_session
from pipeline.errors import AsktellError
from pipeline.rubric import load_rubric
from pipeline.scoring import ScoringOptions, score
from pipeline.store import Store
from tests.flows.builders import save, talk


@pytest.fixture
def store(tmp_path: Path) -> Store:
    rubric, store = load_rubric(), Store(tmp_path / "x.duckdb")
    store.prepare()
    for id, source in (("a1", "one.wav"), ("beef0001", "two.wav"), ("beef0002", "two.wav")):
        session = replace(talk(("A", "open_question what")), session_id=id, source=source)
        scored = score(session, rubric, ScoringOptions(draws=5))
        save(store, scored, rubric)
    return store


@pytest.mark.parametrize(
    ("named", "id"),
    [("a1", "a1"), ("one.wav", "a1"), ("calls/one.wav", "a1"), ("beef0001", "beef0001"), ("BEEF0002", "beef0002")],
)
def test_a_session_is_found_by_id_beginning_or_file(store: Store, named: str, id: str) -> None:
    assert find_session(store, named)[0].session.session_id == id


@pytest.mark.parametrize("named", ["two.wav", "beef"])
def test_a_name_of_several_tells_their_ids(store: Store, named: str) -> None:
    with pytest.raises(AsktellError, match=r"several.*beef0001, beef0002"):
        find_session(store, named)


@pytest.mark.parametrize("named", ["b", "", "three.wav"])
def test_a_name_of_none_is_refused(store: Store, named: str) -> None:
    with pytest.raises(AsktellError, match="no session"):
        find_session(store, named)
