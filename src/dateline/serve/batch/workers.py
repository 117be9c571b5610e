"""Worker processes that code chunks: started afresh (not forked), so that threads and locks of the
caller do no harm, and replaced when they die.
"""

from __future__ import annotations

import os
import queue
import signal
import struct
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import IO

import msgspec

from dateline.errors import CodebookError, DatelineError, ModelError
from dateline.records import Record, Report
from dateline.serve.setup import Setup

_LENGTH = struct.Struct("<Q")
_encode = msgspec.msgpack.Encoder().encode
_outcomes = msgspec.msgpack.Decoder(list[Record | str])
_reports = msgspec.msgpack.Decoder(list[Report])


class WorkerDied(DatelineError):
    """A worker process ended before it answered."""


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write one message: its length as eight bytes, then the message."""
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read one message; None where the other side has closed the pipe."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(head)[0]
    body = pipe.read(size)
    return body if len(body) == size else None


class _Worker:
    def __init__(self, setup: Setup) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dateline.serve.batch.workers", msgspec.json.encode(setup).decode()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self.ready = False
        self.refusal: DatelineError | None = None

    def ask(self, message: bytes) -> bytes:
        """Send one message and wait for the answer.

        Raises:
            DatelineError: the worker could not load its pipeline or its codebook.
            WorkerDied: it ended instead of answering.
        """
        pipes = self.process.stdin, self.process.stdout
        assert pipes[0] is not None
        assert pipes[1] is not None
        if not self.ready and self.refusal is None:
            hello = receive(pipes[1])
            if hello:
                self.refusal = _refusal(hello.decode())
            self.ready = hello == b""
        if self.refusal is not None:
            raise self.refusal
        answer = None
        with suppress(OSError, ValueError):
            if self.ready:
                send(pipes[0], message)
                answer = receive(pipes[1])
        if answer is None:
            raise WorkerDied(f"a worker process {_how_it_ended(self.process.wait())}")
        return answer

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _how_it_ended(status: int) -> str:
    if status < 0:
        with suppress(ValueError):
            name = signal.Signals(-status).name
            hint = ", perhaps for want of memory" if name == "SIGKILL" else ""
            return f"was ended by {name}{hint}"
        return f"was ended by signal {-status}"
    return f"ended with status {status}"


def _refusal(message: str) -> DatelineError:
    kind, _, words = message.partition(" ")
    return {"ModelError": ModelError, "CodebookError": CodebookError}.get(kind, DatelineError)(words)


class Workers:
    """Processes that code chunks. A context manager: on leaving, they are stopped."""

    def __init__(self, jobs: int, setup: Setup) -> None:
        self._setup = setup
        self._closing = False
        self._lock = threading.Lock()
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all: set[_Worker] = set()
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="dateline-worker")
        # Ctrl-C reaches every process of the terminal; the workers are stopped by this one.
        main = threading.current_thread() is threading.main_thread()
        before = signal.signal(signal.SIGINT, signal.SIG_IGN) if main else None
        try:
            for _ in range(jobs):
                self._idle.put(self._start())
        finally:
            if main:
                signal.signal(signal.SIGINT, before)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            self._closing = True
            workers = list(self._all)
        for worker in workers:
            worker.process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in workers:
            worker.stop()

    def submit(self, reports: list[Report]) -> Future[list[Record | str]]:
        """Have a chunk coded; see `code_chunk` for the result.

        A worker that dies is replaced and the chunk tried again; if that one dies too, the
        reports are tried one by one, and those that kill a worker get that as their outcome.
        """
        return self._threads.submit(self._code, reports)

    def _start(self) -> _Worker:
        with self._lock:
            if self._closing:
                raise DatelineError("interrupted")
            worker = _Worker(self._setup)
            self._all.add(worker)
        return worker

    def _code(self, reports: list[Report]) -> list[Record | str]:
        with suppress(WorkerDied):
            return self._ask(reports)
        with suppress(WorkerDied):
            return self._ask(reports)
        outcomes: list[Record | str] = []
        for report in reports:
            try:
                outcomes += self._ask([report])
            except WorkerDied as error:
                outcomes.append(f"{error}, while it coded this report")
        return outcomes

    def _ask(self, reports: list[Report]) -> list[Record | str]:
        worker = self._idle.get()
        try:
            return _outcomes.decode(worker.ask(_encode(reports)))
        except WorkerDied:
            worker.stop()
            with self._lock:
                self._all.discard(worker)
            worker = self._start()
            raise
        finally:
            self._idle.put(worker)


def serve(setup: Setup) -> None:
    """Be a worker: read chunks from standard input, write outcomes to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not come between the messages.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    questions = sys.stdin.buffer
    from dateline.serve.batch.chunks import code_chunk, settle

    try:
        loaded = setup.load()
    except DatelineError as error:
        send(answers, f"{type(error).__name__} {error}".encode())
        return
    send(answers, b"")
    settled = False
    while (message := receive(questions)) is not None:
        send(answers, _encode(code_chunk(_reports.decode(message), loaded)))
        if not settled:
            settle()
            settled = True


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        serve(msgspec.json.decode(sys.argv[1], type=Setup))
