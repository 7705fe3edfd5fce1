"""Where settings come from, and which is stronger."""

from pathlib import Path

import pytest

from flows.settings import load_settings
from pipeline.errors import AsktellError


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_settings_take_flags_before_file_before_environment_before_defaults(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_settings().asr == "small.en"
    monkeypatch.setenv("ASKTELL_ASR", "from-environment")
    assert load_settings().asr == "from-environment"
    (elsewhere / "asktell.toml").write_text('asr = "from-file"\n')
    assert load_settings().asr == "from-file"
    assert load_settings(asr="from-flag").asr == "from-flag"


def test_flags_that_were_not_given_leave_the_rest_alone() -> None:
    assert load_settings(asr=None, workers=3).workers == 3


def test_a_setting_of_the_wrong_kind_is_named() -> None:
    with pytest.raises(AsktellError, match="'workers'"):
        load_settings(workers=0)


def test_an_unknown_key_in_the_file_is_named(elsewhere: Path) -> None:
    (elsewhere / "asktell.toml").write_text("wrokers = 2\n")
    with pytest.raises(AsktellError, match="wrokers"):
        load_settings()


def test_a_broken_file_is_named(elsewhere: Path) -> None:
    (elsewhere / "asktell.toml").write_text("workers =\n")
    with pytest.raises(AsktellError, match=r"asktell\.toml"):
        load_settings()


def test_manager_left_and_right_are_channels_and_names_are_not() -> None:
    assert load_settings(manager="left").manager_channel == 0
    assert load_settings(manager="right").manager_channel == 1
    assert load_settings(manager=" Left ").manager_channel == 0
    assert load_settings(manager="Ana").manager_channel is None
