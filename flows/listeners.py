"""Recordings heard in processes of their own: pocketsphinx keeps every other thread of its process waiting."""

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

from flows.faults import fault_line
from flows.hear import Ears, Hearing, hear
from models.asr import AsrOptions, choose_recogniser
from pipeline.errors import AsktellError, RecordingError
from pipeline.values import Session


class Listeners:
    """So many processes, each with models of its own that it loads once; ended when left, whatever they are at."""

    def __init__(self, options: AsrOptions, count: int) -> None:
        self._options = options
        self._idle: SimpleQueue[_Listener] = SimpleQueue()
        self._all: list[_Listener] = []
        self._left = False
        for _ in range(count):
            self._start()

    def __enter__(self) -> "Listeners":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left = True
        for listener in self._all:
            listener.end()

    def hear(self, path: Path, hearing: Hearing) -> Session:
        """What `flows.hear.hear` gives and raises; waits for a free process. Safe to call from several threads."""
        listener = self._idle.get()
        try:
            answer = listener.ask(path, hearing)
        except (EOFError, OSError):
            self._left |= listener.end() == -signal.SIGINT
            if self._left:
                self._idle.put(listener)  # so that whoever waits for one also hears that all is over
                raise RecordingError(f"{path}: stopped while it was listened to. Run the same command again.") from None
            self._start()
            raise RecordingError(
                f"{path}: the process that listened to it ended, perhaps for lack of memory. Use fewer --workers."
            ) from None
        self._idle.put(listener)
        if isinstance(answer, AsktellError):
            raise answer
        return answer

    def running(self) -> list[int]:
        """The ids of the processes that run."""
        return [pid for listener in self._all if (pid := listener.running()) is not None]

    def _start(self) -> None:
        listener = _Listener(self._options)
        self._all.append(listener)
        self._idle.put(listener)


class _Listener:
    """One process, asked one recording at a time over a pipe; it ends by itself when the pipe is closed."""

    def __init__(self, options: AsrOptions) -> None:
        # A fork would copy the locks of Prefect's and torch's threads as they happen to be.
        spawn = multiprocessing.get_context("spawn")
        self._pipe, there = spawn.Pipe()
        self._process: BaseProcess = spawn.Process(target=_listen, args=(there, options), daemon=True)
        self._process.start()
        there.close()

    def ask(self, path: Path, hearing: Hearing) -> Session | AsktellError:
        """The session or what is wrong with the recording; EOFError or OSError where the process is gone."""
        self._pipe.send((path, hearing))
        answer: Session | AsktellError = self._pipe.recv()
        return answer

    def running(self) -> int | None:
        """The process's id, or None where it has ended."""
        return self._process.pid if self._process.is_alive() else None

    def end(self) -> int | None:
        """Ends the process at once; its exit code, which is less than 0 for a signal."""
        self._process.terminate()
        self._process.join()
        return self._process.exitcode


def _listen(pipe: Connection, options: AsrOptions) -> None:
    # Ctrl-C reaches every process of a terminal: this one ends at once, and so whoever waits for it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from models.diarize import VoiceDiarizer

    ears = Ears(choose_recogniser(options).recogniser, VoiceDiarizer())
    while True:
        try:
            path, hearing = pipe.recv()
        except EOFError:
            return
        pipe.send(_answer(path, ears, hearing))


def _answer(path: Path, ears: Ears, hearing: Hearing) -> Session | AsktellError:
    try:
        return hear(path, ears, hearing)
    except AsktellError as error:
        return error
    except Exception as error:
        return RecordingError(fault_line(path, error))
