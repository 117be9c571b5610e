"""Where workers come from: a process of its own that loads everything once and is then forked, so
that the workers share its memory and a worker that died is replaced at once. That process runs no
threads and nothing of the caller's, so forking it is safe. Where processes cannot be forked, every
worker is started afresh and loads everything itself.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Protocol

import msgspec

from dateline.serve.batch.serving import FORK, ORDER, STATUS
from dateline.serve.setup import Setup

# macOS can fork, but its system libraries do not survive it.
FORKS = hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"


class Process(Protocol):
    """A worker's process, however it was started."""

    pid: int

    def kill(self) -> None:
        """End it."""

    def wait(self) -> int:
        """Its status once it has ended; below zero, the signal that ended it."""


def _start(
    setup: Setup, *more: str, handles: tuple[int, ...] = (), pipes: int | None = None
) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "dateline.serve.batch.serving", msgspec.json.encode(setup).decode(), *more],
        stdin=pipes if pipes is not None else subprocess.DEVNULL,
        stdout=pipes,
        pass_fds=handles,
        env=environment,
    )


@dataclass
class Line:
    """The line to a worker.

    Attributes:
        process: the worker's process; None until a forked one has said hello.
        questions: a pipe to it.
        answers: a pipe from it.
        hang_up: ends what waits on the line, and the worker once it looks.
    """

    process: Process | None
    questions: IO[bytes]
    answers: IO[bytes]
    hang_up: Callable[[], None]


class Spawn:
    """Workers started afresh."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup

    def worker(self) -> Line:
        """The line to a new worker."""
        process = _start(self._setup, pipes=subprocess.PIPE)
        assert process.stdin is not None
        assert process.stdout is not None
        return Line(process, process.stdin, process.stdout, process.kill)

    def process(self, hello: bytes) -> Process | None:
        """The process that said hello, where it is not known already."""
        return None

    def close(self) -> None:
        """Nothing is left to be done."""


class Nursery:
    """Workers forked from a process that has everything loaded."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._orders, theirs = socket.socketpair()
        with theirs:
            self._process = _start(self._setup, str(theirs.fileno()), handles=(theirs.fileno(),))

    def worker(self) -> Line:
        """The line to a new worker; its process is known once it says hello."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                socket.send_fds(self._orders, [ORDER.pack(FORK, 0)], [theirs.fileno()])
            except OSError:  # somebody ended the nursery
                self._end()
                self._begin()
                socket.send_fds(self._orders, [ORDER.pack(FORK, 0)], [theirs.fileno()])

        def hang_up() -> None:
            with suppress(OSError):
                ours.shutdown(socket.SHUT_RDWR)
            ours.close()  # the pipes keep it open until they are closed

        return Line(None, ours.makefile("wb"), ours.makefile("rb"), hang_up)

    def process(self, hello: bytes) -> Process | None:
        """The process that said hello with its number."""
        return _Forked(int(hello), self) if hello.isdigit() else None

    def status(self, pid: int) -> int:
        """How a worker ended: as `Process.wait` tells it."""
        with self._lock, suppress(OSError):
            self._orders.sendall(ORDER.pack(STATUS, pid))
            answer = self._orders.recv(ORDER.size)
            if len(answer) == ORDER.size:
                return os.waitstatus_to_exitcode(ORDER.unpack(answer)[1])
        return -signal.SIGKILL  # the nursery is gone, and nobody else knows

    def _end(self) -> None:
        self._orders.close()
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End the nursery."""
        with self._lock:
            self._end()


class _Forked:
    def __init__(self, pid: int, nursery: Nursery) -> None:
        self.pid = pid
        self._nursery = nursery
        self._status: int | None = None

    def kill(self) -> None:
        if self._status is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        if self._status is None:
            self._status = self._nursery.status(self.pid)
        return self._status


def workers_from(setup: Setup) -> Spawn | Nursery:
    """Where the workers of this platform come from."""
    return Nursery(setup) if FORKS else Spawn(setup)
