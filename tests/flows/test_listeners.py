"""Hearing in processes of their own."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flows.hear import Hearing
from flows.listeners import Listeners
from models.asr import AsrOptions
from pipeline.errors import RecordingError

OPTIONS = AsrOptions("pocketsphinx")


def test_what_is_wrong_with_a_recording_is_told_as_if_it_was_heard_here(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").write_bytes(b"")
    with Listeners(OPTIONS, 2) as listeners, ThreadPoolExecutor(2) as threads:
        futures = [threads.submit(listeners.hear, tmp_path / name, Hearing()) for name in ("gone.wav", "empty.wav")]
        with pytest.raises(RecordingError, match=r"gone\.wav: no such file"):
            futures[0].result()
        with pytest.raises(RecordingError, match=r"empty\.wav: the file is empty"):
            futures[1].result()


def test_a_process_that_dies_costs_one_recording(tmp_path: Path) -> None:
    with Listeners(OPTIONS, 1) as listeners:
        (running,) = listeners.running()
        os.kill(running, signal.SIGKILL)
        with pytest.raises(RecordingError, match=r"call\.wav: the process that listened to it ended.*--workers"):
            listeners.hear(tmp_path / "call.wav", Hearing())
        with pytest.raises(RecordingError, match=r"call\.wav: no such file"):
            listeners.hear(tmp_path / "call.wav", Hearing())


def test_no_process_is_left_and_nobody_waits_when_it_is_over(tmp_path: Path) -> None:
    with Listeners(OPTIONS, 2) as listeners:
        assert len(listeners.running()) == 2
    assert listeners.running() == []
    for _ in range(3):
        with pytest.raises(RecordingError, match="stopped"):
            listeners.hear(tmp_path / "call.wav", Hearing())


def test_an_interrupt_from_the_terminal_stops_all_and_starts_nothing_new(tmp_path: Path) -> None:
    with Listeners(OPTIONS, 1) as listeners:
        with pytest.raises(RecordingError, match="no such file"):
            listeners.hear(tmp_path / "call.wav", Hearing())
        (running,) = listeners.running()
        os.kill(running, signal.SIGINT)
        for _ in range(2):
            with pytest.raises(RecordingError, match="stopped"):
                listeners.hear(tmp_path / "call.wav", Hearing())
        assert listeners.running() == []
