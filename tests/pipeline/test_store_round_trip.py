"""What is saved comes back as it was."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.store import RubricText, SavedSession, Store
from pipeline.values import Scored
from tests.pipeline.store_builders import KEYS, RUN, a_scored, any_scored

RUBRIC = RubricText("non-directive-coaching", 1, "name: non-directive-coaching\n")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "asktell.duckdb")


@settings(max_examples=40, deadline=None)
@given(st.lists(any_scored(), max_size=3, unique_by=lambda scored: scored.session.session_id))
def test_any_scored_session_survives_a_round_trip(sessions: list[Scored]) -> None:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "asktell.duckdb")
        with store.writing() as writer:
            writer.save_many(SavedSession(scored, KEYS, RUN) for scored in sessions)
        with store.reading() as reader:
            found = {scored.session.session_id: scored for scored in reader.all_scored(words=True)}
    assert found == {scored.session.session_id: scored for scored in sessions}


def test_a_session_comes_back_whole(store: Store) -> None:
    scored = a_scored()
    with store.writing() as writer:
        writer.save(scored, KEYS, RUN, RUBRIC)
    with store.reading() as reader:
        assert reader.scored(scored.session.session_id) == scored
        assert reader.session(scored.session.session_id) == scored.session
        assert reader.keys(scored.session.session_id) == KEYS
        assert reader.runs(scored.session.session_id) == [RUN]
        assert reader.rubric(scored.session.session_id) == RUBRIC
