"""Ctrl-C at a terminal, and being told to stop."""

import json
import signal
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_leaves_at_once_with_one_line_and_its_code(sent: signal.Signals, code: int) -> None:
    line = json.dumps({"id": "1", "previous": "", "text": "What happened next?"}) + "\n"
    with subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "classify"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(line)
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "1"
        process.send_signal(sent)
        told = process.stderr.read()
        assert process.wait(timeout=30) == code
    assert "Stopped." in told
    assert "Traceback" not in told
