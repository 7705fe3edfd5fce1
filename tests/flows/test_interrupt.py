"""Ctrl-C at a terminal."""

import json
import signal
import subprocess
import sys


def test_an_interrupt_leaves_at_once_with_one_line_and_its_code() -> None:
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
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
        assert process.wait(timeout=30) == 130
    assert "Stopped." in told
    assert "Traceback" not in told
