"""What the doctor says of a machine."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import doctor
from flows.cli.doctor import Finding, examine
from flows.cli.main import app
from flows.settings import load_settings
from models.asr import hub
from models.diarize import choose


def findings(**flags: object) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(load_settings(asr="pocketsphinx", **flags))}


def test_a_fresh_machine_is_well(tmp_path: Path) -> None:
    found = findings(db=tmp_path / "new.duckdb")
    assert [finding for finding in found.values() if not finding.works] == []
    assert "none yet" in found["database"].seen
    assert not (tmp_path / "new.duckdb").exists()


def test_what_does_not_work_is_named_with_what_to_do(tmp_path: Path) -> None:
    found = findings(db=tmp_path / "gone" / "x.duckdb", rubric="no-such-rubric")
    assert not found["database"].works
    assert "--db" in found["database"].seen
    assert not found["rubric"].works
    assert "no-such-rubric" in found["rubric"].seen


@pytest.fixture
def no_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading it takes seconds."""
    monkeypatch.setattr(doctor, "_loaded_classifier", lambda bench: "not loaded")


@pytest.mark.usefixtures("no_coder")
@pytest.mark.parametrize("name", ["large-v3", "org/model"])
def test_weights_that_are_not_here_are_said_to_be_fetched_later_and_no_network_is_used(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "cached_folder", lambda repository: None)
    monkeypatch.setattr(hub, "_status", lambda url: pytest.fail(f"asked {url}"))
    seen = {finding.name: finding for finding in examine(load_settings(asr=name))}["recogniser"]
    assert seen.works
    assert seen.seen.startswith(f"{name}, not on this machine, will be fetched when first used")


@pytest.mark.usefixtures("no_coder")
def test_the_diarizer_is_named_with_whether_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert findings()["diarizer"].seen == "resemblyzer-spectral-5"
    monkeypatch.setitem(sys.modules, "pyannote.audio", None)
    missing = findings(diarizer="pyannote")["diarizer"]
    assert not missing.works
    assert "pip install 'asktell[pyannote]'" in missing.seen
    monkeypatch.setattr(choose, "check_installed", lambda: None)
    later = findings(diarizer="org/own")["diarizer"]
    assert later.works
    assert "not on this machine" in later.seen


@pytest.mark.parametrize("command", ["doctor", "export"])
def test_a_default_in_brackets_is_not_lost_from_the_help(command: str) -> None:
    assert "[asktell.duckdb]" in CliRunner().invoke(app, [command, "--help"], terminal_width=200).output
