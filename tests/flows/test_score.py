"""`asktell score` around its stages: what is kept from run to run, swapped, listed and embedded."""

import csv
import json
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest

from flows.cli.score import run, swap
from flows.code import Coder
from flows.hear import Hearing
from flows.settings import Settings
from pipeline.audio import file_digest
from pipeline.errors import AsktellError
from pipeline.store import Store
from pipeline.values import Role, Scored, Session
from tests.flows.builders import talk
from tests.flows.fakes import fake_coder

VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Dana>praise.\n\n00:04.500 --> 00:09.000\n<v Lee>other.\n"
GIVEN = {
    "session_id": "given",
    "source": "sound.wav",
    "speakers": [{"label": "A", "role": "manager"}, {"label": "B", "role": "rep"}],
    "turns": [
        {"speaker": "A", "start_s": 0, "end_s": 2, "text": "praise."},
        {"speaker": "B", "start_s": 2, "end_s": 4, "text": "judgment."},
    ],
}


@dataclass
class Bench:
    """A bench of fakes; every recording holds the same talk."""

    settings: Settings
    heard_key: str = "heard"
    choice: ClassVar = SimpleNamespace(note=None)

    @property
    def coded_key(self) -> str:
        return f"{self.settings.manager} {self.settings.rep} {self.settings.date}"

    def hear(self, path: Path, _: Hearing) -> Session:
        session = talk(("S1", "praise."), ("S2", "advice."), source=path.name)
        return replace(session, session_id=file_digest(path))

    def coder(self) -> Coder:
        return fake_coder()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("flows.cli.score.Workbench", Bench)
    return tmp_path


def file(path: Path, content: str = VTT) -> Path:
    path.write_text(content)
    return path


def score(*paths: Path, **settings: object) -> int:
    return run(paths, Settings(**settings), as_json=False)  # type: ignore[arg-type]


def stored() -> list[Scored]:
    with Store(Path("asktell.duckdb")).reading() as reader:
        return reader.all_scored()


def runs(session_id: str) -> int:
    with Store(Path("asktell.duckdb")).reading() as reader:
        return len(reader.runs(session_id))


def manager(scored: Scored) -> tuple[str, str | None]:
    found = scored.session.speaker(Role.MANAGER)
    assert found
    return found.label, found.name


def quarantined(out: Path = Path("scorecards")) -> list[str]:
    with (out / "quarantine.csv").open(newline="") as rows:
        return [name for name, _ in csv.reader(rows)][1:]


def page() -> str:
    (found,) = (path for path in Path("scorecards").glob("*.html") if path.name != "index.html")
    return found.read_text()


def test_a_name_given_for_a_role_of_a_recording_stays_with_the_role(folder: Path) -> None:
    score(file(folder / "call.wav"), manager="Dana", rep="Lee")
    assert manager(stored()[0]) == ("S1", "Dana")
    swap("call.wav", Settings(), as_json=False)
    assert manager(stored()[0]) == ("S2", "Dana")


def test_saying_the_names_of_a_recording_again_leaves_a_swap_alone(folder: Path) -> None:
    path = file(folder / "call.wav")
    score(path, manager="Dana", rep="Lee")
    swap("call.wav", Settings(), as_json=False)
    score(path, manager="Dana", rep="Lee")
    assert names() == {"S1": "Lee", "S2": "Dana"}


def test_a_channel_named_for_a_transcript_leaves_a_swap_alone(folder: Path) -> None:
    path = file(folder / "talk.vtt")
    score(path)
    before = manager(stored()[0])
    swap("talk.vtt", Settings(), as_json=False)
    score(path, manager="left")
    assert manager(stored()[0]) != before


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ({}, {"manager": "Dana", "rep": "Lee"}, {"S1": "Lee", "S2": "Dana"}),
        ({"manager": "Dana", "rep": "Lee"}, {"manager": "Lee", "rep": "Dana"}, {"S1": "Dana", "S2": "Lee"}),
        ({"manager": "Dana", "rep": "Lee"}, {"manager": "Lee"}, {"S1": None, "S2": "Lee"}),
        ({"manager": "Dana", "rep": "Lee"}, {"rep": "Leigh"}, {"S1": "Leigh", "S2": "Dana"}),
    ],
)
def test_names_told_after_a_swap_are_those_of_the_roles(
    folder: Path, first: dict[str, str], then: dict[str, str], expected: dict[str, str | None]
) -> None:
    path = file(folder / "call.wav")
    score(path, **first)
    swap("call.wav", Settings(), as_json=False)
    score(path, **then)
    assert names() == expected
    assert manager(stored()[0])[0] == "S2"


def names() -> dict[str, str | None]:
    return {each.label: each.name for each in stored()[0].session.speakers}


def test_a_swap_by_path_is_of_that_file(folder: Path) -> None:
    for place in ("a", "b"):
        (folder / place).mkdir()
    score(file(folder / "a" / "call.wav"))
    file(folder / "b" / "call.wav", "something else")
    with pytest.raises(AsktellError, match=r"no session is called 'b/call\.wav'"):
        swap("b/call.wav", Settings(), as_json=False)
    swap("a/call.wav", Settings(), as_json=False)
    assert manager(stored()[0])[0] == "S2"


def test_a_name_of_a_transcript_stays_with_its_speaker(folder: Path) -> None:
    score(file(folder / "call.vtt"))
    assert manager(stored()[0])[1] == "Dana"
    swap("call.vtt", Settings(), as_json=False)
    assert manager(stored()[0])[1] == "Lee"


def test_what_could_not_be_scored_stays_listed_until_it_is_or_is_gone(folder: Path) -> None:
    bad = [file(folder / name, "WEBVTT\n\n" + name) for name in ("=a.vtt", "b.vtt", "c.vtt")]
    listed = ["file,reason", *(f"{path},why" for path in (bad[1].name, bad[2].name)), "'=a.vtt,why", "gone.vtt,why"]
    (folder / "scorecards").mkdir()
    file(folder / "scorecards" / "quarantine.csv", "\n".join(listed))
    score(file(folder / "good.vtt"))
    assert quarantined() == ["b.vtt", "c.vtt", "'=a.vtt"]
    swap("good.vtt", Settings(), as_json=False)
    assert quarantined() == ["b.vtt", "c.vtt", "'=a.vtt"]
    score(file(bad[1], VTT + "\n"))
    score(file(bad[0], VTT + "\n\n"))
    assert quarantined() == ["c.vtt"]
    score(file(bad[2], VTT + "\n\n\n"))
    assert not (folder / "scorecards" / "quarantine.csv").exists()


def test_swapping_a_session_without_a_recording_does_not_invent_one(folder: Path) -> None:
    file(folder / "sound.wav", "something private")
    score(file(folder / "call.json", json.dumps(GIVEN)))
    swap("given", Settings(embed_audio=True), as_json=False)
    assert "<audio" not in page()
    swap("given", Settings(), as_json=False)
    assert "<audio" not in page()
    with Store(Path("asktell.duckdb")).reading() as reader:
        assert reader.recordings() == {}


def test_a_channel_named_for_a_transcript_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    score(file(folder / "talk.vtt", VTT), manager="left")
    assert "manager 'left' names a channel, and a transcript has none" in " ".join(capsys.readouterr().err.split())


def test_copies_in_one_run_are_scored_once_and_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score(file(folder / "a.wav"), file(folder / "b.wav")) == 0
    assert [each.session.source for each in stored()] == ["a.wav"]
    assert page()
    assert "1 file holds the same as another of this run, scored once" in capsys.readouterr().err


def test_a_recording_under_another_extension_is_a_copy(folder: Path) -> None:
    assert score(file(folder / "a.mp3"), file(folder / "b.wav")) == 0
    assert len(stored()) == 1


def test_an_unchanged_session_file_is_left_alone_and_a_changed_one_is_scored(folder: Path) -> None:
    path = file(folder / "call.json", json.dumps(GIVEN))
    score(path)
    score(path)
    assert runs("given") == 1
    score(file(path, json.dumps(GIVEN | {"recorded_on": "2026-11-02"})))
    assert runs("given") == 2
    assert str(stored()[0].session.recorded_on) == "2026-11-02"


def test_roles_exchanged_in_a_session_file_are_kept_until_it_changes(folder: Path) -> None:
    path = file(folder / "call.json", json.dumps(GIVEN))
    score(path)
    swap("given", Settings(), as_json=False)
    score(path)
    assert manager(stored()[0])[0] == "B"
    score(file(path, json.dumps(GIVEN | {"recorded_on": "2026-11-02"})))
    assert manager(stored()[0])[0] == "A"


def test_the_pages_of_sessions_named_again_are_made_as_asked_now(folder: Path) -> None:
    recording = file(folder / "call.wav", "sound")
    score(recording)
    assert 'src="./../call.wav"' in page()
    score(recording, embed_audio=True)
    assert 'src="data:audio' in page()
    score(recording)
    (folder / "moved").mkdir()
    score(recording.rename(folder / "moved" / "call.wav"))
    assert 'src="./../moved/call.wav"' in page()
    assert runs(stored()[0].session.session_id) == 1


def test_a_page_that_is_as_asked_is_left_alone(folder: Path) -> None:
    recording = file(folder / "call.wav", "sound")
    score(recording, embed_audio=True)
    (made,) = Path("scorecards").glob("call-*.html")
    before = made.stat().st_ino
    score(recording, embed_audio=True)
    assert made.stat().st_ino == before


def test_runs_tell_whether_a_model_coded(folder: Path) -> None:
    coded = {"turn": 0, "start_s": 0, "end_s": 2, "text": "praise.", "code": "praise"}
    score(file(folder / "call.json", json.dumps(GIVEN | {"units": [coded]})), device="cuda")
    swap("given", Settings(), as_json=False)
    with Store(Path("asktell.duckdb")).reading() as reader:
        by_hand, swapped = reader.runs("given")
    assert (by_hand.device, swapped.device) == ("none", "cpu")
    assert ["classifier" in dict(each.versions) for each in (by_hand, swapped)] == [False, True]
    assert "code" in dict(swapped.timings_ms)
