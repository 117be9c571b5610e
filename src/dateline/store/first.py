"""Which events come first of those that a question finds, told from columns.

An index gives a list in order where one filter has its own; where several meet, or one that has no
index (words of the report, standing, publication, place …), a database walks through all events in
their order until a page is full, and to the end if little is found. Columns tell the same in a time
that depends on nothing but the number of events.
"""

from __future__ import annotations

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from dateline.store.archive import Archive
from dateline.store.columns import Mask, Numbers
from dateline.store.question import Question
from dateline.store.rows import UNKNOWN_DAY
from dateline.store.sift import sift
from dateline.store.tables import events

# With fewer events the database is as fast in whatever way it goes.
_FEW = 50_000
# So many events, in order, are looked through one by one before columns are asked.
_WINDOW = 1_000
# Filters of which each alone is answered in order from an index; or leaves nearly everything.
_ENTERED = {"type", "factuality", "actor", "recipient", "between", "country", "source"}
_WIDE = {"distinct", "rejected"}


def in_order(archive: Archive, question: Question) -> bool:
    """Whether the database has an order of its own for these filters, or so few events that it needs none."""
    given = set(question.given()) - _WIDE
    if not given or given in ({name} for name in _ENTERED):
        return True
    with archive.read() as connection:
        return (connection.scalar(select(func.max(events.c.key))) or 0) < _FEW


def window(*, newest: bool, after: tuple[str, int] | None = None) -> Select[tuple[int]]:
    """Keys of the events to look through first: of those with a day if the newest come first.

    Args:
        newest: the latest day first, else the earliest.
        after: day and key of an event: those behind it.
    """
    day, key = events.c.day, events.c.key
    wanted = select(key).where(events.c.current)
    if not newest:
        return wanted.order_by(day, key).limit(_WINDOW)
    wanted = wanted.where(day < UNKNOWN_DAY)
    if after is not None:
        wanted = wanted.where(*behind(*after))
    return wanted.order_by(day.desc(), key.desc()).limit(_WINDOW)


def behind(day: str, key: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Conditions on events with a day that they come after this one, the latest day first."""
    # The first condition alone would do; an index is entered by the second.
    return or_(events.c.day < day, and_(events.c.day == day, events.c.key < key)), events.c.day <= day


def first_events(
    connection: Connection,
    question: Question,
    limit: int | None,
    *,
    newest: bool = False,
    after: tuple[str, int] | None = None,
) -> list[int]:
    """Keys of the events that come first, in their order: by day, then by key; unknown days are last.

    Args:
        connection: to ask with.
        question: what is asked for.
        limit: at most so many.
        newest: the latest day first, in a day the highest key.
        after: with `newest`: day ("" for unknown) and key of an event: those behind it.
    """
    found: list[tuple[str, int]] = []
    for sifted in sift(connection, question, ("day", "key")):
        days, keys = sifted.run.words("day"), sifted.run.numbers("key")
        mask = sifted.found()
        unknown = days.equal(UNKNOWN_DAY)
        if after is not None:
            mask = mask & _behind(days.below(after[0]), days.equal(after[0]), unknown, keys, after)
        at = np.flatnonzero(mask)
        rank = days.codes[at].astype(np.int64)
        if newest:
            rank[unknown[at]] = 0
        # A day's place among those of the run, then the key: the order within a run as one number.
        order = (rank << 32) + keys[at]
        if limit is not None and len(at) > limit:
            kept = len(at) - limit
            at = at[np.argpartition(order, kept)[kept:] if newest else np.argpartition(order, limit - 1)[:limit]]
        found += [(days.words[code - 1], key) for code, key in zip(days.codes[at].tolist(), keys[at].tolist())]
    if newest:
        found = [("", key) if day == UNKNOWN_DAY else (day, key) for day, key in found]
    found.sort(reverse=newest)
    return [key for _, key in found[:limit]]


def _behind(below: Mask, equal: Mask, unknown: Mask, keys: Numbers, after: tuple[str, int]) -> Mask:
    earlier = keys < after[1]
    if after[0] == "":
        return unknown & earlier
    return unknown | below | (equal & earlier)
