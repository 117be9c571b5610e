"""What reconciliation has to look at: reports that came or changed since it ran, and those that people spoke of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from dateline.store.tables import pending, reports

_CHUNK = 500
# With more than this share of the reports waiting, looking at all of them anew is less work.
_MANY = 0.3


@dataclass(frozen=True, slots=True)
class Pending:
    """What was written down.

    Attributes:
        marks: keys of the rows that say so.
        reports: keys of the reports; those of old versions are among them.
        all: whether all reports are to be looked at.
    """

    marks: Sequence[int]
    reports: Sequence[int]
    all: bool


def mark(connection: Connection, keys: Iterable[int]) -> None:
    """Write down that these reports are to be looked at."""
    if rows := [{"report": key} for key in keys]:
        connection.execute(insert(pending), rows)


def mark_named(connection: Connection, ids: Sequence[str]) -> None:
    """Write down that the newest versions of these reports are to be looked at."""
    for k in range(0, len(ids), _CHUNK):
        named = select(reports.c.key).where(reports.c.id.in_(ids[k : k + _CHUNK]), reports.c.current)
        mark(connection, connection.execute(named).scalars().all())


def mark_all(connection: Connection) -> None:
    """Write down that all reports are to be looked at."""
    connection.execute(insert(pending), [{"report": None}])


def waiting(connection: Connection, most: int | None = None) -> Pending:
    """What is to be looked at, or of it what was written down first."""
    rows = connection.execute(select(pending.c.key, pending.c.report).order_by(pending.c.key).limit(most)).all()
    keys = sorted({row.report for row in rows if row.report is not None})
    return Pending([row.key for row in rows], keys, any(row.report is None for row in rows))


def done(connection: Connection, found: Pending) -> None:
    """It was looked at. What was written down since stays."""
    for k in range(0, len(found.marks), _CHUNK):
        connection.execute(delete(pending).where(pending.c.key.in_(found.marks[k : k + _CHUNK])))


def most_wait(connection: Connection, found: Pending) -> bool:
    """Whether looking at all reports anew is less work than looking at those and what is beside them."""
    if found.all:
        return True
    newest = connection.scalar(select(func.max(reports.c.key))) or 0
    return len(found.reports) > _MANY * newest
