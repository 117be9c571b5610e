"""What is new: the reports that a running `dateline watch` or `dateline add` stores, as they come.

Server-sent events (HTML Living Standard, 9.2). One look at the archive serves all listeners.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec
from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool

from dateline.store import Archive
from dateline.store.tables import reports

_LOOK = 1.5  # seconds between two looks at the archive
_BEAT = 15.0  # seconds of silence after which a comment keeps the connection open
_MOST = 100  # reports told at once


class Newest:
    """The newest reports of an archive, for any number of listeners.

    Attributes:
        listeners: how many there are.
    """

    def __init__(self, archive: Archive, most: int) -> None:
        self._archive = archive
        self._most = most
        self._top = 0
        self._news: asyncio.Condition | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopped = False
        self.listeners = 0

    @property
    def full(self) -> bool:
        """Are there as many listeners as may be?"""
        return self.listeners >= self._most

    def stop(self) -> None:
        """Look no more; all listeners are let go."""
        self._stopped = True
        if self._task is not None:
            self._task.cancel()

    async def listen(self, after: int | None) -> AsyncIterator[bytes]:
        """Events, as bytes to be sent.

        Args:
            after: the number of the last report that the listener knows; without it, only what comes
                from now on is told.
        """
        self.listeners += 1
        try:
            if self._news is None:
                self._news = asyncio.Condition()
            if self._task is None or self._task.done():
                self._top = await run_in_threadpool(self._newest)
                self._task = asyncio.create_task(self._look())
            last = self._top if after is None else after
            yield b"retry: 3000\n\n"
            while not self._stopped:
                found = await run_in_threadpool(self._reports, last) if last < self._top else []
                if found:
                    last = found[-1][0]
                    yield _told(found)
                    continue
                try:
                    async with asyncio.timeout(_BEAT), self._news:
                        while self._top <= last and not self._stopped:
                            await self._news.wait()
                except TimeoutError:
                    yield b": nothing new\n\n"
        finally:
            self.listeners -= 1

    async def since(self, after: int | None) -> bytes:
        """The events since then, at most `_MOST`, without waiting for more."""
        return _told(await run_in_threadpool(self._reports, after)) if after is not None else b": nothing new\n\n"

    async def _look(self) -> None:
        assert self._news is not None
        while self.listeners:
            await asyncio.sleep(_LOOK)
            top = await run_in_threadpool(self._newest)
            if top != self._top:
                async with self._news:
                    self._top = top
                    self._news.notify_all()

    def _newest(self) -> int:
        with self._archive.read() as connection:
            return connection.scalar(select(func.max(reports.c.key))) or 0

    def _reports(self, after: int) -> list[tuple[int, bytes]]:
        shown = (reports.c.id, reports.c.title, reports.c.publisher, reports.c.published, reports.c.added)
        with self._archive.read() as connection:
            rows = connection.execute(
                select(reports.c.key, *shown).where(reports.c.key > after).order_by(reports.c.key).limit(_MOST)
            ).all()
        return [(row.key, msgspec.json.encode({c.name: getattr(row, c.name) for c in shown})) for row in rows]


def _told(found: list[tuple[int, bytes]]) -> bytes:
    return b"".join(b"id: %d\nevent: report\ndata: %s\n\n" % item for item in found)
