"""Which rows come first of those that a question finds, told from columns.

An index gives a list in order where one filter has its own; where several meet, or one that has no
index (words of the report, standing, publication, place …), a database walks through all events in
their order until a page is full, and to the end if little is found. Columns tell the same in a time
that depends on nothing but the number of events.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy import ColumnElement, Select, Table, and_, func, or_, select

from dateline.store.archive import Archive
from dateline.store.columns import Mask, Numbers
from dateline.store.question import Question
from dateline.store.rows import UNKNOWN_DAY
from dateline.store.sift import Sifted
from dateline.store.tables import events

# With fewer events the database is as fast in whatever way it goes.
_FEW = 50_000
# So many events, in order, are looked through one by one before columns are asked.
_WINDOW = 1_000
# Filters of which each alone is answered in order from an index; or leaves nearly everything.
_ENTERED = {"type", "factuality", "actor", "recipient", "between", "country"}
_WIDE = {"distinct", "rejected"}


def in_order(archive: Archive, question: Question) -> bool:
    """Whether the database has an order of its own for these filters, or so few events that it needs none."""
    given = set(question.given()) - _WIDE
    return not given or given in ({name} for name in _ENTERED) or few(archive, events)


def few(archive: Archive, table: Table) -> bool:
    """Whether a table has so few rows that it does not matter how the database goes."""
    with archive.read() as connection:
        return (connection.scalar(select(func.max(table.c.key))) or 0) < _FEW


def window(table: Table, *, newest: bool, after: tuple[str, int] | None = None) -> Select[tuple[int]]:
    """Keys of the rows to look through first: of those with a day if the newest come first.

    Args:
        table: events or statements.
        newest: the latest day first, else the earliest.
        after: day and key of a row: those behind it.
    """
    day, key = table.c.day, table.c.key
    wanted = select(key).where(table.c.current)
    if not newest:
        return wanted.order_by(day, key).limit(_WINDOW)
    wanted = wanted.where(day < UNKNOWN_DAY)
    if after is not None:
        wanted = wanted.where(*behind(day, key, *after))
    return wanted.order_by(day.desc(), key.desc()).limit(_WINDOW)


def behind(
    day: ColumnElement[str], key: ColumnElement[int], of_day: str, of_key: int
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Conditions on rows with a day that they come after this one, the latest day first."""
    # The first condition alone would do; an index is entered by the second.
    return or_(day < of_day, and_(day == of_day, key < of_key)), day <= of_day


def first_keys(
    pieces: Iterable[Sifted],
    limit: int | None,
    *,
    newest: bool = False,
    after: tuple[str, int] | None = None,
) -> list[int]:
    """Keys of the rows that come first, in their order: by day, then by key; unknown days are last.

    Args:
        pieces: what is found, with the columns ``day`` and ``key``.
        limit: at most so many.
        newest: the latest day first, in a day the highest key.
        after: with `newest`: day ("" for unknown) and key of a row: those behind it.
    """
    parts: list[tuple[Sequence[str], Numbers, Numbers]] = []
    for sifted in pieces:
        days, keys = sifted.run.words("day"), sifted.run.numbers("key")
        mask = sifted.found()
        unknown = days.equal(UNKNOWN_DAY) | days.null()
        if after is not None:
            mask = mask & _behind(days.below(after[0]), days.equal(after[0]), unknown, keys, after)
        at = np.flatnonzero(mask)
        if limit is not None and len(at) > limit:
            rank = days.codes[at].astype(np.int64)
            rank[unknown[at]] = 0 if newest else len(days.words) + 1
            # A day's place among those of the run, then the key: the order within a run as one number.
            order = (rank << 32) + keys[at]
            kept = len(at) - limit
            at = at[np.argpartition(order, kept)[kept:] if newest else np.argpartition(order, limit - 1)[:limit]]
        if len(at):
            parts.append((days.words, days.codes[at], keys[at]))
    return _ordered(parts, newest)[:limit]


def _ordered(parts: Sequence[tuple[Sequence[str], Numbers, Numbers]], newest: bool) -> list[int]:
    """The keys of all parts by their days; each part has the words of days, their codes, and keys."""
    held = [(words, codes, np.unique(codes).tolist()) for words, codes, _ in parts]
    days = sorted({words[code - 1] for words, _, present in held for code in present if code} - {UNKNOWN_DAY})
    place = {day: n for n, day in enumerate(days, 1)}
    last = 0 if newest else len(days) + 1
    orders = []
    for (words, codes, present), (_, _, keys) in zip(held, parts, strict=True):
        rank = np.full(len(words) + 1, last, dtype=np.int64)
        for code in present:
            if code:
                rank[code] = place.get(words[code - 1], last)
        orders.append((rank[codes] << 32) + keys)
    if not orders:
        return []
    order = np.sort(np.concatenate(orders))
    found: list[int] = ((order[::-1] if newest else order) & 0xFFFFFFFF).tolist()
    return found


def _behind(below: Mask, equal: Mask, unknown: Mask, keys: Numbers, after: tuple[str, int]) -> Mask:
    earlier = keys < after[1]
    if after[0] == "":
        return unknown & earlier
    return unknown | below | (equal & earlier)
