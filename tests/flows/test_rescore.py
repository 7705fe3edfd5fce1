"""`asktell rescore` beside other commands."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows.cli.rescore import rescore
from flows.settings import Settings
from flows.stored import Rescored, rescore_all, swap_speakers
from pipeline.rubric import Rubric, load_rubric
from pipeline.scoring import ScoringOptions, score
from pipeline.store import RunRecord, Store
from pipeline.values import Role, Scored, Speaker
from tests.flows.builders import save, talk
from tests.flows.fakes import fake_coder
from tests.pipeline.store_builders import RUN


def swapped(store: Store, run: RunRecord = RUN) -> Scored:
    """The one session, its speakers exchanged."""
    found = swap_speakers(store, "talk.vtt", load_rubric(), Settings(), fake_coder)
    with store.writing() as writer:
        writer.save(found.after, found.keys, run)
    return found.after


@pytest.mark.parametrize("swaps_before", [0, 1])
def test_a_session_swapped_while_others_are_rescored_is_left_as_it_is_and_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    swaps_before: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store(tmp_path / "asktell.duckdb")
    session = talk(("A", "praise."), ("B", "judgment."))
    roles = (Speaker("A", role=Role.MANAGER), Speaker("B", role=Role.REP))
    save(store, score(replace(session, speakers=roles), load_rubric(), ScoringOptions(draws=5)), load_rubric())
    for _ in range(swaps_before):
        swapped(store)
    meanwhile: list[Scored] = []

    def rescore_slowly(store: Store, rubric: Rubric, settings: Settings) -> Iterator[Rescored]:
        yield from list(rescore_all(store, rubric, settings))
        meanwhile.append(swapped(store))

    monkeypatch.setattr("flows.cli.rescore.rescore_all", rescore_slowly)
    rescore(rubric="grow")
    with store.reading() as reader:
        assert reader.all_scored() == meanwhile
    assert "left as they are: talk.vtt" in capsys.readouterr().err
