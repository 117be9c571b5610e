"""Questions about the whole archive, remembered: many readers ask the same, and the answers take long.

An answer is good for a minute, and for twenty times as long as finding it took, unless somebody corrected
a record or told the accounts anew. Where only reports came meanwhile it is still given for ten times as
long as finding it took, so that a busy `dateline watch` does not make every visit count a large archive
anew. Those who ask the same at the same time wait for one answer, and only a few such questions are worked
on at once, so that pages which ask for little stay quick.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import func, select

from dateline import store
from dateline.store import Archive, accounts, actors, facets, find, overview, review
from dateline.store.patience import TooLate, left
from dateline.store.tables import accounts as account_table
from dateline.store.tables import corrections, reports

_MOST = 300  # answers
_STALE, _GOOD = 10.0, 20.0  # times the seconds that finding it took
_LEAST = 60.0  # seconds; what changes without leaving a sign is seen by then

_working = threading.BoundedSemaphore(max(3, (os.cpu_count() or 1) + 1))

P = ParamSpec("P")
R = TypeVar("R")
State = tuple[int, int, int]


@dataclass(slots=True)
class _Answer:
    value: Any
    state: State
    took: float
    at: float


class Memory:
    """What was asked of one archive, and answered."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._under_way: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def answer(self, archive: Archive, key: Hashable, look: Callable[[], Any]) -> Any:
        """The answer to a question, remembered or found.

        Raises:
            TooLate: it is not waited for any longer.
        """
        state = self._state(archive)
        good, value = self._known(key, state)
        if good:
            return value
        with self._lock:
            mine = self._under_way.setdefault(key, threading.Lock())
        with _held(mine):
            try:
                good, value = self._known(key, state)  # somebody else has found it meanwhile
                return value if good else self._find(key, state, look)
            finally:
                with self._lock:
                    self._under_way.pop(key, None)

    def _find(self, key: Hashable, state: State, look: Callable[[], Any]) -> Any:
        with _held(_working):
            begun = time.monotonic()
            value = look()
            took = time.monotonic() - begun
        with self._lock:
            self._answers[key] = _Answer(value, state, took, time.monotonic())
            self._answers.move_to_end(key)
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)
        return value

    def _known(self, key: Hashable, state: State) -> tuple[bool, Any]:
        with self._lock:
            found = self._answers.get(key)
            if found is None:
                return False, None
            age = time.monotonic() - found.at
            only_reports = found.state[1:] == state[1:]
            good = max(_LEAST, _GOOD * found.took) if found.state == state else _STALE * found.took * only_reports
            if age > good:
                return False, None
            self._answers.move_to_end(key)
            return True, found.value

    def _state(self, archive: Archive) -> State:
        newest = [select(func.max(table.c.key)).scalar_subquery() for table in (reports, corrections, account_table)]
        with archive.read() as connection:
            row = connection.execute(select(*newest)).one()
        return row[0] or 0, row[1] or 0, row[2] or 0


_memories: WeakKeyDictionary[Archive, Memory] = WeakKeyDictionary()


@contextmanager
def _held(lock: threading.Lock | threading.BoundedSemaphore) -> Iterator[None]:
    if not lock.acquire(timeout=left(60.0)):
        raise TooLate
    try:
        yield
    finally:
        lock.release()


def remembered(ask: Callable[Concatenate[Archive, P], R]) -> Callable[Concatenate[Archive, P], R]:
    """A question that is remembered. Its arguments are hashable; nobody changes its answers."""

    @wraps(ask)
    def asked(archive: Archive, /, *args: P.args, **more: P.kwargs) -> R:
        memory = _memories.setdefault(archive, Memory())
        key = (ask.__name__, args, tuple(sorted(more.items())))
        found: R = memory.answer(archive, key, lambda: ask(archive, *args, **more))
        return found

    return asked


def _list_sources(archive: Archive) -> list[dict[str, Any]]:
    return list(accounts.ask_sources(archive))


count_events = remembered(store.count_events)
count_reports = remembered(store.count_reports)
count_statements = remembered(store.count_statements)
count_accounts = remembered(accounts.count_accounts)
list_sources = remembered(_list_sources)
count_accounts_of = remembered(find.count_accounts_of)
count_to_review = remembered(review.count_to_review)
flag_kinds = remembered(review.flag_kinds)
find_actors = remembered(actors.find_actors)
counterparts = remembered(actors.counterparts)
known_actor = remembered(actors.known_actor)
events_over_time = remembered(overview.events_over_time)
events_by_country = remembered(overview.events_by_country)
events_by_place = remembered(overview.events_by_place)
country_matrix = remembered(overview.country_matrix)
actor_timeline = remembered(overview.actor_timeline)
event_facets = remembered(facets.event_facets)
statement_facets = remembered(facets.statement_facets)
report_facets = remembered(facets.report_facets)
account_facets = remembered(facets.account_facets)
