"""Where results land, while another program has the database."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.batch import settle
from flows.desk import Desk
from flows.items import Item
from flows.publish import Publisher
from flows.run import Outcome
from models.classify import classifier_name
from pipeline.errors import StoreError
from pipeline.rubric import load_rubric
from pipeline.scoring import ScoringOptions, score
from pipeline.store import StageKeys, Store
from pipeline.store.writer import Writer
from tests.flows.builders import talk


class Lockable(Store):
    """A store that another program may have."""

    locked = False

    def writing(self) -> AbstractContextManager[Writer]:
        if self.locked:
            raise StoreError(f"{self.path}: another program has the database. Close it and try again.")
        return super().writing()


def outcome(id: str) -> Outcome:
    session = replace(talk(("A", "open_question what")), session_id=id * 64, source=f"{id}.vtt")
    scored = score(session, load_rubric(), ScoringOptions(draws=5))
    return Outcome(Path(f"{id}.vtt"), scored, StageKeys("heard", "coded", "scored"), fresh=True)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    store = Lockable(tmp_path / "x.duckdb")
    store.prepare()
    return Desk(store, Publisher(tmp_path / "out", load_rubric(), embed_audio=False), "cpu")


def lock(desk: Desk, locked: bool) -> None:
    assert isinstance(desk.store, Lockable)
    desk.store.locked = locked


def saved(desk: Desk) -> list[str]:
    with desk.store.reading() as reader:
        return [line.source for line in reader.lines()]


def test_what_a_locked_database_does_not_take_is_saved_with_the_next(desk: Desk) -> None:
    first, second = [outcome("a")], [outcome("b")]
    lock(desk, True)
    assert settle(Item(Path("a.vtt")), first, desk.keep) is first
    assert saved(desk) == []
    lock(desk, False)
    desk.keep(second)
    assert sorted(saved(desk)) == ["a.vtt", "b.vtt"]


def test_what_a_locked_database_does_not_take_is_saved_at_the_end(desk: Desk) -> None:
    lock(desk, True)
    desk.keep([outcome("a")])
    lock(desk, False)
    assert "a.vtt" in desk.close([], []).read_text()
    assert saved(desk) == ["a.vtt"]


def test_a_database_locked_to_the_end_is_told_with_what_was_not_saved(desk: Desk) -> None:
    lock(desk, True)
    desk.keep([outcome("a")])
    with pytest.raises(StoreError, match=r"Close it and try again\. Not saved, and to be scored again: a\.vtt"):
        desk.close([], [])


def test_one_that_can_never_be_saved_does_not_keep_back_the_others(desk: Desk) -> None:
    lock(desk, True)
    desk.keep([outcome("a")])
    lock(desk, False)
    unsaveable = replace(outcome("b"), keys=None)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        desk.keep([unsaveable])
    desk.keep([outcome("c")])
    assert sorted(saved(desk)) == ["a.vtt", "c.vtt"]


def test_a_run_says_when_it_started_and_which_models_took_part(desk: Desk) -> None:
    began = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    heard = replace(outcome("a"), seconds={"hear": 2.0, "code": 1.0, "score": 0.1}, started_at=began, by_models=True)
    rescored = replace(outcome("b"), seconds={"code": 0.1, "score": 0.1}, started_at=began)
    desk.keep([heard, rescored])
    with desk.store.reading() as reader:
        [whole], [part] = reader.runs("a" * 64), reader.runs("b" * 64)
    assert (whole.started_at, whole.device, part.device) == (began, "cpu", "none")
    assert dict(whole.versions)["classifier"] == classifier_name()
    assert dict(whole.versions)["recogniser"] == "transcript webvtt"
    assert {"recogniser", "classifier"}.isdisjoint(dict(part.versions))
