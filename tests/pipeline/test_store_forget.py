"""What is forgotten is gone, from the tables and from the file."""

from pathlib import Path

import pytest

from pipeline.codes import Code
from pipeline.store import Annotation, Outcome, SavedSession, Store
from tests.pipeline.store_builders import KEYS, RUN, a_scored

SECRET = "the merger is off, tell nobody"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "asktell.duckdb")


def test_forget_leaves_no_row_of_the_session_in_any_table(store: Store) -> None:
    gone, kept = "1" * 64, "2" * 64
    with store.writing() as writer:
        writer.save_many(SavedSession(a_scored(id), KEYS, RUN) for id in (gone, kept))
        for id in (gone, kept):
            writer.annotate([Annotation(id, 0, "kim", SECRET, Code.OTHER, RUN.started_at)])
            writer.note_outcomes([Outcome(id, "deal won", 1.0)])
        writer.forget([gone, "not in the store"])
    with store.reading() as reader:
        for name in reader.tables():
            assert gone not in str(reader.table(name)), name
        assert reader.all_scored(words=True) == [a_scored(kept)]
        assert [note.session_id for note in reader.annotations()] == [kept]
        assert [outcome.session_id for outcome in reader.outcomes()] == [kept]
        assert reader.runs(kept) == [RUN]


def test_forget_takes_what_was_said_out_of_the_file_too(store: Store) -> None:
    with store.writing() as writer:
        writer.save_many(
            SavedSession(a_scored(f"{place:064}", text=SECRET if place == 1 else f"What about {place}?"), KEYS, RUN)
            for place in range(3)
        )
    assert SECRET.encode() in store.path.read_bytes()
    with store.writing() as writer:
        writer.forget([f"{1:064}"])
    assert SECRET.encode() not in store.path.read_bytes()
    with store.reading() as reader:
        assert len(reader.all_scored()) == 2


def test_an_earlier_transcript_is_gone_from_the_file_too_once_the_session_is_forgotten(store: Store) -> None:
    with store.writing() as writer:
        writer.save(a_scored("1" * 64), KEYS, RUN)
        writer.save(a_scored("2" * 64, text=SECRET), KEYS, RUN)
    with store.writing() as writer:
        writer.save(a_scored("2" * 64, text="What about price?"), KEYS, RUN)
        writer.forget(["2" * 64])
    assert SECRET.encode() not in store.path.read_bytes()


def test_a_forgotten_session_can_be_saved_again(store: Store) -> None:
    with store.writing() as writer:
        writer.save(a_scored(), KEYS, RUN)
        writer.forget(["a" * 64])
        writer.save(a_scored(), KEYS, RUN)
    with store.reading() as reader:
        assert reader.all_scored(words=True) == [a_scored()]


def test_forgetting_nothing_changes_nothing(store: Store) -> None:
    with store.writing() as writer:
        writer.save(a_scored(), KEYS, RUN)
        writer.forget([])
    with store.reading() as reader:
        assert reader.session_ids() == ["a" * 64]
