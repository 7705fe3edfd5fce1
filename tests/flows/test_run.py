"""What is done again when a run differs from the one before, and what is kept."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from flows.code import Coder
from flows.hear import Hearing
from flows.items import Item
from flows.run import BY_HAND, Job, Outcome, bring_up_to_date, is_current
from flows.settings import load_settings
from pipeline.errors import RecordingError
from pipeline.rubric import load_rubric
from pipeline.values import Role, Session, TranscriptSource
from tests.flows.builders import talk
from tests.flows.fakes import fake_coder


@dataclass
class Bench:
    """A bench of fakes."""

    coded_key: str
    heard_key: str = "heard"

    def hear(self, path: Path, hearing: Hearing) -> Session:
        raise AssertionError(f"{path} is heard again")

    def coder(self) -> Coder:
        return fake_coder()


def job(**flags: object) -> Job:
    settings = load_settings(**flags)
    bench = Bench(coded_key="models")
    return Job(settings, load_rubric(settings.rubric), bench)  # type: ignore[arg-type]


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A recording that can be heard once."""
    heard = iter([talk(("S1", "praise"), ("S2", "other"), source="call.wav")])
    monkeypatch.setattr(Bench, "hear", lambda *_: next(heard))
    path = tmp_path / "call.wav"
    path.write_bytes(b"sound")
    return path


def first_run(recording: Path, **flags: object) -> Outcome:
    (outcome,) = bring_up_to_date(Item(recording), job(**flags))
    return outcome


def again(before: Outcome, **flags: object) -> Outcome:
    (outcome,) = bring_up_to_date(Item(before.path, before.scored, before.keys), job(**flags))
    return outcome


def names(outcome: Outcome) -> dict[Role, str | None]:
    return {speaker.role: speaker.name for speaker in outcome.scored.session.speakers}


def test_another_name_for_the_manager_replaces_the_first(recording: Path) -> None:
    first = first_run(recording, manager="Dana", date="2026-11-02")
    assert names(first)[Role.MANAGER] == "Dana"
    second = again(first, manager="Dave")
    assert names(second)[Role.MANAGER] == "Dave"
    assert names(second)[Role.REP] is None
    assert str(second.scored.session.recorded_on) == "2026-11-02"


def test_names_and_date_told_once_stay_when_a_later_run_tells_nothing(recording: Path) -> None:
    first = first_run(recording, manager="Dana", rep="Lee", date="2026-11-02")
    assert not again(first).fresh
    new_models = replace(first, keys=replace(first.keys, coded="older models"))
    coded_anew = again(new_models)
    assert coded_anew.fresh
    assert names(coded_anew) == {Role.MANAGER: "Dana", Role.REP: "Lee"}
    assert str(coded_anew.scored.session.recorded_on) == "2026-11-02"
    assert not again(coded_anew).fresh


def test_a_name_told_for_the_other_role_leaves_the_first(recording: Path) -> None:
    told = again(first_run(recording, manager="Dana"), rep="Dana")
    assert names(told) == {Role.MANAGER: None, Role.REP: "Dana"}


def test_the_manager_named_in_a_transcript_stays_when_only_a_date_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = talk(("S1", "praise"), ("S2", "other"), names={"S1": "Ann", "S2": "Ben"})
    monkeypatch.setattr("flows.run.read_transcript", lambda _: session)
    path = tmp_path / "call.vtt"
    path.write_text("WEBVTT")
    first = first_run(path, manager="Ben")
    assert not again(first).fresh
    assert names(again(first, date="2026-11-02")) == {Role.MANAGER: "Ben", Role.REP: "Ann"}


def test_the_same_run_again_does_nothing(recording: Path) -> None:
    first = first_run(recording, manager="Dana")
    assert not again(first, manager="Dana").fresh
    assert is_current(Item(recording, stored_keys=first.keys), job(manager="Dana"))


def test_roles_set_by_hand_stay_until_the_manager_is_named(recording: Path) -> None:
    first = first_run(recording)
    by_hand = replace(first, keys=replace(first.keys, coded=BY_HAND))
    assert not again(by_hand).fresh
    assert again(by_hand, manager="Dana").keys.coded != BY_HAND


def test_a_date_or_the_reps_name_given_later_is_kept_beside_roles_set_by_hand(recording: Path) -> None:
    first = first_run(recording)
    by_hand = replace(first, keys=replace(first.keys, coded=BY_HAND))
    told = again(by_hand, date="2026-11-02", rep="Lee")
    assert told.fresh
    assert str(told.scored.session.recorded_on) == "2026-11-02"
    assert names(told)[Role.REP] == "Lee"
    assert not again(told, date="2026-11-02", rep="Lee").fresh
    assert not again(told).fresh


@pytest.mark.parametrize(
    ("language", "read"), [("en-US", True), ("English", True), (None, True), ("und", True), ("es", False)]
)
def test_a_transcript_known_to_be_of_another_language_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str | None, read: bool
) -> None:
    session = talk(("S1", "praise"), ("S2", "other"), transcript=TranscriptSource("transcript", "x", language=language))
    monkeypatch.setattr("flows.run.read_transcript", lambda _: session)
    path = tmp_path / "call.vtt"
    path.write_text("WEBVTT")
    if read:
        assert bring_up_to_date(Item(path), job())
        return
    with pytest.raises(RecordingError, match=r"call\.vtt: the language is 'es'; only English"):
        bring_up_to_date(Item(path), job())
