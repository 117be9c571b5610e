"""Worker processes that code chunks: they run apart from the caller, so that threads and locks of its
own do no harm, and are replaced when they die.
"""

from __future__ import annotations

import queue
import signal
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType

import msgspec

from dateline.errors import CodebookError, DatelineError, ModelError
from dateline.records import Record, Report
from dateline.serve.batch.messages import receive, send
from dateline.serve.batch.nursery import Nursery, Process, Spawn, workers_from
from dateline.serve.setup import Setup

_encode = msgspec.msgpack.Encoder().encode
_outcomes = msgspec.msgpack.Decoder(list[Record | str])


class WorkerDied(DatelineError):
    """A worker process ended before it answered."""


class _Worker:
    def __init__(self, source: Spawn | Nursery) -> None:
        self._source = source
        self._line = source.worker()
        self.ready = False
        self.refusal: DatelineError | None = None

    def ask(self, message: bytes) -> bytes:
        """Send one message and wait for the answer.

        Raises:
            DatelineError: the worker could not load its pipeline or its codebook.
            WorkerDied: it ended instead of answering.
        """
        self.meet()
        if self.refusal is not None:
            raise self.refusal
        answer = None
        with suppress(OSError, ValueError):
            if self.ready:
                send(self._line.questions, message)
                answer = receive(self._line.answers)
        if answer is None:
            raise WorkerDied(f"a worker process {_how_it_ended(self.process.wait() if self.process else None)}")
        return answer

    def meet(self) -> None:
        """Wait until the worker is ready, or says why it will not be."""
        if self.ready or self.refusal is not None:
            return
        hello = None
        with suppress(OSError, ValueError):
            hello = receive(self._line.answers)
        if hello is None:
            return
        self._line.process = self._line.process or self._source.process(hello)
        self.ready = hello == b"" or hello.isdigit()
        if not self.ready:
            self.refusal = _refusal(hello.decode())

    @property
    def process(self) -> Process | None:
        return self._line.process

    def end(self) -> None:
        if self.process is not None:
            self.process.kill()
        self._line.hang_up()

    def stop(self) -> None:
        self.end()
        if self.process is not None:
            self.process.wait()
        for pipe in (self._line.questions, self._line.answers):
            with suppress(OSError):
                pipe.close()


def _how_it_ended(status: int | None) -> str:
    if status is None:
        return "ended before it was ready"
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
        self._closing = False
        self._lock = threading.Lock()
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all: set[_Worker] = set()
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="dateline-worker")
        # Ctrl-C reaches every process of the terminal; the workers are stopped by this one.
        main = threading.current_thread() is threading.main_thread()
        before = signal.signal(signal.SIGINT, signal.SIG_IGN) if main else None
        try:
            self._source = workers_from(setup)
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
            worker.end()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in workers:
            worker.stop()
        self._source.close()

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
            worker = _Worker(self._source)
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
