"""Reports that have something in common and are near in time, found by key: the cost of a look-up does not grow.

An entry says that a report has something ("block") on a day. Entries are kept in the order of block and
day, so that the nearest are read from either side of a day, as many as are wanted and no more.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, Table, and_, bindparam, delete, insert

_TERMS = 200  # selects in one statement
_ROWS = 5_000


class Entry(NamedTuple):
    """A report has something (see `block_code`) on a day, counted as `date.toordinal` does; 0: unknown."""

    block: int
    day: int
    report: int


class Wanted(NamedTuple):
    """Entries of a block from the day `first` to `last`: those nearest to `day` on either side of it."""

    block: int
    first: int
    day: int
    last: int


@lru_cache(maxsize=50_000)
def block_code(*parts: str) -> int:
    """What reports can have in common as a number of 64 bits, the same in every process."""
    return int.from_bytes(
        blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True
    )


def enter(connection: Connection, table: Table, entries: Collection[Entry]) -> None:
    """Write entries down; those that are there already must not be among them."""
    if entries:
        connection.execute(insert(table), [entry._asdict() for entry in sorted(entries)])


def leave(connection: Connection, table: Table, entries: Collection[Entry]) -> None:
    """Take entries out."""
    # One by one: SQLite looks through the whole table for a list of keys of several columns.
    here = and_(*(table.c[name] == bindparam(f"its_{name}") for name in Entry._fields))
    if rows := [{f"its_{name}": value for name, value in e._asdict().items()} for e in sorted(entries)]:
        connection.execute(delete(table).where(here), rows)


class Entries:
    """Many entries in little memory, to be written at once."""

    def __init__(self) -> None:
        self._blocks, self._days, self._reports = array("q"), array("q"), array("q")

    def add(self, entries: Iterable[Entry]) -> None:
        """Add some."""
        for block, day, report in entries:
            self._blocks.append(block)
            self._days.append(day)
            self._reports.append(report)

    def replace(self, connection: Connection, table: Table) -> None:
        """Put them in the place of all that the table holds, in its order: many times as fast as one by one."""
        columns = (np.array(self._blocks), np.array(self._days), np.array(self._reports))
        order = np.lexsort(columns[::-1])
        connection.execute(delete(table))
        for k in range(0, len(order), _ROWS):
            parts = [column[order[k : k + _ROWS]].tolist() for column in columns]
            if connection.dialect.name == "sqlite":
                # Straight to the driver: there are a hundred of them for each report.
                to = f"INSERT INTO {table.name} (block, day, report) VALUES (?, ?, ?)"
                connection.exec_driver_sql(to, list(zip(*parts, strict=True)))
            else:
                rows = [dict(zip(Entry._fields, row, strict=True)) for row in zip(*parts, strict=True)]
                connection.execute(insert(table), rows)


def nearest(connection: Connection, table: Table, wanted: Iterable[Wanted], most: int) -> Iterator[Entry]:
    """The entries that are wanted, at most so many on either side of each day; an entry may come twice.

    Args:
        connection: to ask with.
        table: of entries.
        wanted: what of; where `last` lies before `day`, only what is before it.
        most: entries on either side.
    """
    found = _one_by_one if connection.dialect.name == "sqlite" else _many_at_once
    for row in found(connection, table.name, wanted, most):
        yield Entry(*row)


def _one_by_one(
    connection: Connection, table: str, wanted: Iterable[Wanted], most: int
) -> Iterator[tuple[int, int, int]]:
    # A prepared statement is bound and stepped in a few microseconds: what goes round it would cost ten times that.
    chosen = f"SELECT block, day, report FROM {table} WHERE block = ?"
    after = f"{chosen} AND day >= ? AND day <= ? ORDER BY day, report LIMIT ?"
    before = f"{chosen} AND day < ? AND day >= ? ORDER BY day DESC, report LIMIT ?"
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor()
    for w in wanted:
        if w.last >= w.day:
            yield from cursor.execute(after, (w.block, w.day, w.last, most)).fetchall()
        if w.first < w.day:
            yield from cursor.execute(before, (w.block, w.day, w.first, most)).fetchall()
    cursor.close()


def _many_at_once(connection: Connection, table: str, wanted: Iterable[Wanted], most: int) -> Iterator[Any]:
    # Each statement is a way to the server and back. All that is written into it are numbers.
    asked = iter(wanted)
    while some := list(islice(asked, _TERMS)):
        sides = [
            f"(SELECT block, day, report FROM {table} WHERE block = {w.block} AND {span} LIMIT {most})"
            for w in some
            for span in (
                f"day >= {w.day} AND day <= {w.last} ORDER BY day, report",
                f"day < {w.day} AND day >= {w.first} ORDER BY day DESC, report",
            )
        ]
        yield from connection.exec_driver_sql(" UNION ALL ".join(sides))
