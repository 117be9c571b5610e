"""Reading reports for clients: in a process of its own, started once, ended where a report takes too long.

A parser busy in the server's own process would hold up every page; and what reads a text of somebody
else must be such that it can be stopped.
"""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlow
from threading import BoundedSemaphore, Lock

from dateline.errors import DatelineError
from dateline.records import Record, Report
from dateline.serve.batch.workers import Workers
from dateline.serve.setup import Setup


class ReaderBusy(DatelineError):
    """More reports wait to be read than may."""


class ReadingTooSlow(DatelineError):
    """A report was not read within the time that it may take."""


class Reader:
    """Reads one report at a time, each within a time; a few may wait for it.

    Args:
        slowest: seconds that a report may take, its wait and the loading of the model with it.
        waiting: how many may be under way or waiting.
    """

    def __init__(self, slowest: float, waiting: int = 8) -> None:
        self._slowest = slowest
        self._places = BoundedSemaphore(waiting)
        self._lock = Lock()
        self._workers: Workers | None = None

    def read(self, report: Report) -> Record:
        """The record of a report.

        Raises:
            ReaderBusy: too many reports are waiting.
            ReadingTooSlow: it took too long; its process was ended.
            DatelineError: the model cannot be loaded, or the report cannot be read.
        """
        if not self._places.acquire(blocking=False):
            raise ReaderBusy("too many reports are being read; try again")
        try:
            return self._read(report)
        finally:
            self._places.release()

    def _read(self, report: Report) -> Record:
        with self._lock:
            if self._workers is None:
                self._workers = Workers(1, Setup())
            workers = self._workers
            asked: Future[list[Record | str]] = workers.submit([report])
        try:
            (outcome,) = asked.result(self._slowest)
        except TooSlow as error:
            # One that only waited goes; for one that is being read, the process goes with it.
            if not asked.cancel():
                self._end(workers)
            raise ReadingTooSlow(f"reading took more than {self._slowest:g} seconds; send a shorter text") from error
        if isinstance(outcome, str):
            raise DatelineError(outcome)
        return outcome

    def _end(self, workers: Workers) -> None:
        with self._lock:
            if self._workers is workers:
                self._workers = None
        workers.__exit__(None, None, None)

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._workers is not None:
            self._end(self._workers)
