"""What an archive knows of the feeds that are watched, and of the pages that they announce.

A feed's answer and the pages that it announces are kept in one transaction, so that a run that is
stopped, in whatever way, forgets no page: it waits until it is stored or given up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from dateline.store.archive import Archive
from dateline.store.tables import announced, feeds

LONGEST_WAIT = timedelta(days=1)
MOST_TRIES = 5

# What became of a page: the problem (None: stored), whether a later try may do, when at the earliest.
Outcome = tuple[str | None, bool, timedelta | None]


def feed_state(archive: Archive, url: str) -> dict[str, Any] | None:
    """What is known of a feed: ``etag, modified, checked, next, failures, problem``; None of a new one."""
    with archive.read() as connection:
        row = connection.execute(select(feeds).where(feeds.c.url == url)).mappings().first()
    return None if row is None else dict(row)


def keep_feed(
    archive: Archive,
    url: str,
    now: datetime,
    *,
    etag: str | None,
    modified: str | None,
    every: timedelta,
    entries: Iterable[tuple[str, Mapping[str, Any]]] = (),
) -> int:
    """Keep that a feed answered, and the pages that it announces.

    A page that is known waits again only where the feed says something else of it than before.

    Args:
        archive: an open archive.
        url: the feed.
        now: UTC.
        etag: what the server said of this version of the feed.
        modified: the same.
        every: until it is to be asked again.
        entries: name (the page's address, else the entry's id) and what the feed says of it.

    Returns:
        How many pages are new or changed.
    """
    count = 0
    with archive.write() as connection:
        for name, entry in entries:
            said = json.dumps(entry, ensure_ascii=False, sort_keys=True)
            known = connection.execute(select(announced.c.key, announced.c.entry).where(announced.c.name == name))
            row = known.first()
            values = {"feed": url, "entry": said, "state": "waiting", "tries": 0, "next": _iso(now), "problem": None}
            if row is None:
                connection.execute(insert(announced).values(name=name, **values))
            elif row.entry != said:
                connection.execute(update(announced).where(announced.c.key == row.key).values(values))
            else:
                continue
            count += 1
        state = {
            "etag": etag,
            "modified": modified,
            "checked": _iso(now),
            "next": _iso(now + every),
            "failures": 0,
            "problem": None,
        }
        if not connection.execute(update(feeds).where(feeds.c.url == url).values(state)).rowcount:
            connection.execute(insert(feeds).values(url=url, **state))
    return count


def keep_feed_failure(
    archive: Archive,
    url: str,
    now: datetime,
    problem: str,
    *,
    every: timedelta,
    after: timedelta | None = None,
    refused: bool = False,
) -> datetime:
    """Keep that a feed could not be had: it is asked later each time, after a day at the latest.

    Args:
        archive: an open archive.
        url: the feed.
        now: UTC.
        problem: why.
        every: the usual time between two askings.
        after: when the server wants to be asked again.
        refused: it was not asked at all, since that is not allowed here: then no server is to be spared.

    Returns:
        When it is to be asked again.
    """
    with archive.write() as connection:
        failures: int | None = connection.execute(select(feeds.c.failures).where(feeds.c.url == url)).scalar()
        wait = every if refused else min(every * 2 ** min((failures or 0) + 1, 12), max(LONGEST_WAIT, every))
        again: datetime = now + max(wait, after or timedelta())
        count = 0 if refused else (failures or 0) + 1
        values = {"checked": _iso(now), "next": _iso(again), "failures": count, "problem": problem}
        if failures is None:
            connection.execute(insert(feeds).values(url=url, **values))
        else:
            connection.execute(update(feeds).where(feeds.c.url == url).values(values))
    return again


def waiting_pages(archive: Archive, feed: str, now: datetime) -> list[tuple[str, dict[str, Any]]]:
    """Names and entries of the pages of a feed that are to be fetched now, in the order in which they came."""
    with archive.read() as connection:
        rows = connection.execute(
            select(announced.c.name, announced.c.entry)
            .where(announced.c.feed == feed, announced.c.state == "waiting", announced.c.next <= _iso(now))
            .order_by(announced.c.key)
        ).all()
    return [(row.name, json.loads(row.entry)) for row in rows]


def keep_pages(archive: Archive, now: datetime, outcomes: Mapping[str, Outcome]) -> None:
    """Keep what became of pages.

    Args:
        archive: an open archive.
        now: UTC.
        outcomes: what became of each, by its name.
    """
    with archive.write() as connection:
        for name, (problem, again, after) in outcomes.items():
            tries = (connection.execute(select(announced.c.tries).where(announced.c.name == name)).scalar() or 0) + 1
            if problem is None:
                state = "stored"
            else:
                state = "waiting" if again and tries < MOST_TRIES else "failed"
            wait = max(timedelta(minutes=10) * 2**tries, after or timedelta())
            connection.execute(
                update(announced)
                .where(announced.c.name == name)
                .values(state=state, tries=tries, next=_iso(now + wait), problem=problem)
            )


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
