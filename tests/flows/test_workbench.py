"""Which models a run gets, and what their results are known by."""

import pytest

from flows.settings import load_settings
from flows.workbench import Workbench
from models.diarize import choose
from pipeline.errors import MissingModelError


def bench(**flags: object) -> Workbench:
    return Workbench(load_settings(asr="pocketsphinx", **flags))


def test_a_recording_is_heard_again_with_another_diarizer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "check_installed", lambda: None)
    keys = [bench(diarizer=name).heard_key for name in ("resemblyzer", "pyannote", "org/own")]
    assert len(set(keys)) == 3
    assert bench().heard_key == keys[0]


def test_what_hears_has_the_diarizer_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "check_installed", lambda: None)
    monkeypatch.setenv("ASKTELL_DIARIZER", "org/own")
    other = bench()
    assert other.ears().diarizer.name == "pyannote:org/own"
    with other.listening(2):
        assert other._listeners is None


def test_a_diarizer_that_is_not_there_is_told_of_before_the_first_recording() -> None:
    with pytest.raises(MissingModelError, match="no such diarizer"), bench(diarizer="mine").listening(1):
        pass
    with bench(diarizer="mine").listening(0):
        pass
