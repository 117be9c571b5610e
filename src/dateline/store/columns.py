"""Columns beside the rows of a table: what counting reads, a few bytes a row.

Rows are taken in runs of `RUN` keys. What questions filter and group by is kept column by column
("sealed") as arrays with sorted dictionaries, so that counting a million events reads a few megabytes
in order and not as many rows (Abadi et al. 2013 on column stores). The rows remain the truth: whatever
changes them drops the columns of their run (by triggers of the database), and what has no columns is
read from its rows. Columns reach up to a row (`last`), for the newest run is still filling: what comes
behind it is read from the rows, too, until it is many, and is then joined to the columns.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, insert, select

RUN = 8192  # keys; migrations have the triggers divide by it
_CHUNK = 400

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Words:
    """A column of strings: the sorted strings that there are, and for each row 0 (null) or 1 + the place of its own."""

    words: Sequence[str]
    codes: Numbers

    def equal(self, value: str) -> Mask:
        """Rows that have this value."""
        place = bisect_left(self.words, value)
        if place == len(self.words) or self.words[place] != value:
            return np.zeros(len(self.codes), dtype=np.bool_)
        found: Mask = self.codes == place + 1
        return found

    def among(self, values: Collection[str]) -> Mask:
        """Rows that have one of these values."""
        return self.where(lambda word: word in values)

    def where(self, held: Callable[[str], bool]) -> Mask:
        """Rows whose value is so."""
        taken = np.zeros(len(self.words) + 1, dtype=np.bool_)
        for place, word in enumerate(self.words):
            taken[place + 1] = held(word)
        found: Mask = taken[self.codes]
        return found

    def holding(self, part: str, *, begins: bool = False, ends: bool = False, ascii: bool) -> Mask:
        """Of strings without blanks those, by their codes, that hold a part in any case.

        Args:
            part: without blanks.
            begins: the string must begin with it.
            ends: the string must end with it.
            ascii: there is case in letters of ASCII alone, as SQLite has it.
        """
        joined = f" {' '.join(self.words)} "
        text = joined.encode().lower() if ascii else joined.lower().encode()
        wanted = part.encode().lower() if ascii else part.lower().encode()
        pattern = (b" " if begins else b"") + re.escape(wanted) + (b"(?= )" if ends else b"")
        blanks = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord(" "))
        hits = np.array([hit.start() for hit in re.finditer(pattern, text)], dtype=np.int64) + begins
        taken = np.zeros(len(self.words) + 1, dtype=np.bool_)
        if wanted or (begins and ends):
            taken[np.searchsorted(blanks, hits)] = True
        else:
            taken[1:] = True
        return taken

    def least(self, value: str) -> Mask:
        """Rows whose value is not below this one."""
        found: Mask = self.codes > bisect_left(self.words, value)
        return found

    def above(self, value: str) -> Mask:
        """Rows whose value is above this one."""
        found: Mask = self.codes > bisect_right(self.words, value)
        return found

    def below(self, value: str) -> Mask:
        """Rows whose value is below this one."""
        found: Mask = (self.codes > 0) & (self.codes <= bisect_left(self.words, value))
        return found

    def null(self) -> Mask:
        """Rows that have no value."""
        found: Mask = self.codes == 0
        return found


Kept = Words | Numbers
# Further columns of the rows with these keys, from the lowest to the highest; the mapping tells a key's place.
Beside = Callable[[Connection, int, int, Mapping[int, int]], Mapping[str, Sequence[Any]]]


@dataclass(frozen=True)
class Kind:
    """What is kept of a table.

    Attributes:
        table: whose rows they are.
        columns: the table of what is kept of it.
        of: by its name what is kept of each row; ``key`` is among it.
        join: gives the query of some of these the tables that they need.
        numbers: types of what is no string.
        beside: names of columns that have not one value a row, and what finds those of some names.
        places: of these columns the ones that hold places of rows in the run.
        run: how many keys a run has; migrations have the triggers divide by it.
    """

    table: Table
    columns: Table
    of: Mapping[str, ColumnElement[Any]]
    join: Callable[[Select[Any], Collection[str]], Select[Any]]
    numbers: Mapping[str, str]
    beside: Mapping[Sequence[str], Beside] = field(default_factory=dict)
    places: Collection[str] = ()
    run: int = RUN

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns."""
        return (*self.of, *(name for names in self.beside for name in names))


def runs(connection: Connection, kind: Kind, names: Collection[str]) -> Iterator[Mapping[str, Kept]]:
    """These columns of all rows, piece by piece, in the order of the keys.

    Args:
        connection: to ask with.
        kind: of what.
        names: of `Kind.names`.
    """
    first, last = _ends(connection, kind)
    if first is None:
        return
    wanted = sorted(set(names))
    kept = kind.columns.c
    sealed: dict[int, dict[str, bytes]] = defaultdict(dict)
    reach: dict[int, int] = {}
    for run, name, upto, data in connection.execute(
        select(kept.run, kept.name, kept.last, kept.data).where(kept.name.in_(wanted))
    ).all():
        sealed[run][name] = data
        reach[run] = upto
    for run in range(first // kind.run, last // kind.run + 1):
        low, high = run * kind.run, min(run * kind.run + kind.run - 1, last)
        held = {name: _decode(kind, name, data) for name, data in sealed.pop(run, {}).items()}
        if held:
            missing = [name for name in wanted if name not in held]
            yield {**held, **_from_rows(connection, kind, low, reach[run], missing)} if missing else held
            low = reach[run] + 1
        if low <= high:
            yield _from_rows(connection, kind, low, high, wanted)


def seal(connection: Connection, kind: Kind, *, least: int = 1, tail: int = 1, most: int | None = None) -> int:
    """Keep the columns of runs that lack some, and of what came since.

    Args:
        connection: a transaction that writes.
        kind: of what.
        least: leave runs that lack some if they are fewer: it is not worth it yet.
        tail: leave the newest rows that have no columns if they are fewer.
        most: of the runs that lack some no more than so many.

    Returns:
        How many runs were sealed anew or further.
    """
    first, last = _ends(connection, kind)
    if first is None:
        return 0
    kept = kind.columns.c
    whole = len(kind.names) * (last // kind.run - first // kind.run)
    number = connection.scalar(select(func.count()).where(kept.run < last // kind.run)) or 0
    if whole - number < least and last - (connection.scalar(select(func.max(kept.last))) or 0) < tail:
        return 0  # each run that lacks some lacks one at least
    held: dict[int, set[str]] = defaultdict(set)
    reach: dict[int, int] = {}
    for run, name, upto in connection.execute(select(kept.run, kept.name, kept.last)):
        held[run].add(name)
        reach[run] = upto
    every = set(kind.names)
    lacking, growing, waiting = [], [], 0
    for run in range(first // kind.run, last // kind.run + 1):
        behind = min(run * kind.run + kind.run - 1, last) - reach.get(run, run * kind.run - 1)
        if held[run] < every and (held[run] or run < last // kind.run):
            lacking.append(run)
        elif behind > 0:
            growing.append(run)
            waiting += behind
    lacking = lacking[:most] if len(lacking) >= least else []
    if waiting < tail:
        growing = []
    for run in sorted({*lacking, *growing}):
        full = run < last // kind.run
        _seal(connection, kind, run, run * kind.run + kind.run - 1 if full else last, held[run], reach.get(run))
    return len(lacking) + len(growing)


def _seal(connection: Connection, kind: Kind, run: int, high: int, held: Collection[str], reach: int | None) -> None:
    low, kept = run * kind.run, kind.columns.c
    upto = high if reach is None else reach
    missing = [name for name in kind.names if name not in held]
    columns = dict(_from_rows(connection, kind, low, upto, missing)) if missing else {}
    if upto < high:
        for name, data in connection.execute(select(kept.name, kept.data).where(kept.run == run)):
            columns[name] = _decode(kind, name, data)
        further = _from_rows(connection, kind, upto + 1, high, kind.names)
        keys = columns["key"]
        rows = len(keys.codes if isinstance(keys, Words) else keys)
        columns = {name: _joined(kind, name, columns[name], further[name], rows) for name in kind.names}
        connection.execute(delete(kind.columns).where(kept.run == run))
    if columns:
        connection.execute(
            insert(kind.columns),
            [{"run": run, "name": name, "last": high, "data": _encode(c)} for name, c in columns.items()],
        )


def kept_of(
    connection: Connection, kind: Kind, keys: Collection[int], names: Collection[str]
) -> dict[int, tuple[int, dict[str, Kept]]]:
    """Before rows change: of their runs that have all these columns the last key, and the columns with ``key``."""
    kept = kind.columns.c
    found: dict[int, tuple[int, dict[str, Kept]]] = {}
    wanted = select(kept.run, kept.name, kept.last, kept.data).where(kept.name.in_({"key", *names}))
    runs_of = sorted({key // kind.run for key in keys})
    for k in range(0, len(runs_of), _CHUNK):
        for run, name, last, data in connection.execute(wanted.where(kept.run.in_(runs_of[k : k + _CHUNK]))):
            found.setdefault(run, (last, {}))[1][name] = _decode(kind, name, data)
    return {run: held for run, held in found.items() if len(held[1]) == len({"key", *names})}


def keep_on(
    connection: Connection,
    kind: Kind,
    before: Mapping[int, tuple[int, Mapping[str, Kept]]],
    keys: Collection[int],
    names: Collection[str],
) -> None:
    """After rows changed, came or went: keep their columns on, without reading the others' rows again.

    Args:
        connection: the transaction in which they changed, which dropped the columns.
        kind: of what; its columns of one value a row.
        before: see `kept_of`.
        keys: of all rows that changed.
        names: the columns in which they did.
    """
    changed: dict[int, list[int]] = defaultdict(list)
    for key in sorted(set(keys)):
        changed[key // kind.run].append(key)
    rows = []
    for run, (last, columns) in before.items():
        mine = [key for key in changed[run] if key <= last]
        fresh = _values(connection, kind, ["key", *names], kind.table.c.key.in_(mine))
        old = columns["key"]
        assert isinstance(old, np.ndarray)
        new = np.array(fresh["key"], dtype=old.dtype)
        stay = ~np.isin(old, mine)
        order = np.argsort(np.concatenate((old[stay], new)), kind="stable")
        for name in names:
            column, more = columns[name], _column(kind, name, fresh[name])
            left = Words(column.words, column.codes[stay]) if isinstance(column, Words) else column[stay]
            whole = _joined(kind, name, left, more, len(left.codes if isinstance(left, Words) else left))
            ordered = _tight(whole, order) if isinstance(whole, Words) else whole[order]
            rows.append({"run": run, "name": name, "last": last, "data": _encode(ordered)})
    if rows:
        kept = kind.columns.c
        connection.execute(delete(kind.columns).where(kept.run.in_(sorted(before)), kept.name.in_(sorted(names))))
        connection.execute(insert(kind.columns), rows)


def _tight(column: Words, order: Numbers) -> Words:
    """A column in another order, without words that no row has."""
    used = np.bincount(column.codes, minlength=len(column.words) + 1) > 0
    used[0] = True
    if used.all():
        return Words(column.words, column.codes[order])
    words = [word for word, taken in zip(column.words, used[1:].tolist(), strict=True) if taken]
    number = np.cumsum(used) - 1
    return Words(words, number[column.codes[order]].astype(_width(words)))


def untrue(connection: Connection, kind: Kind) -> Iterator[tuple[int, str]]:
    """Run and name of each column that is not what the rows hold; none in a sound archive."""
    wanted = select(kind.columns).order_by(kind.columns.c.run)
    for run, part in groupby(connection.execute(wanted).all(), key=lambda row: int(row.run)):
        stored = {row.name: row for row in part}
        names = [name for name in stored if name in kind.names]
        upto = max(row.last for row in stored.values())
        fresh = _from_rows(connection, kind, run * kind.run, upto, names)
        for name, row in stored.items():
            if name not in fresh or _encode(fresh[name]) != row.data or row.last != upto:
                yield run, name


def _ends(connection: Connection, kind: Kind) -> tuple[int | None, int]:
    """The first and the last key, None and 0 where there are none."""
    key = kind.table.c.key
    # One after the other: asked for both at once, SQLite reads all keys.
    first = connection.scalar(select(func.min(key)))
    return first, connection.scalar(select(func.max(key))) or 0


def _from_rows(connection: Connection, kind: Kind, low: int, high: int, names: Collection[str]) -> Mapping[str, Kept]:
    chosen = ["key", *(name for name in names if name in kind.of and name != "key")]
    values = _values(connection, kind, chosen, kind.table.c.key.between(low, high))
    found = {name: _column(kind, name, column) for name, column in values.items()}
    place: dict[int, int] = {}
    for group, beside in kind.beside.items():
        if any(name in group for name in names):
            place = place or {key: n for n, key in enumerate(values["key"])}
            more = beside(connection, low, high, place)
            found |= {name: _column(kind, name, more[name]) for name in group}
    return {name: found[name] for name in names}


def _values(
    connection: Connection, kind: Kind, names: Sequence[str], which: ColumnElement[bool]
) -> dict[str, Sequence[Any]]:
    wanted = kind.join(select(*(kind.of[name] for name in names)).select_from(kind.table), names)
    rows = connection.execute(wanted.where(which).order_by(kind.table.c.key)).all()
    return dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))


def _column(kind: Kind, name: str, values: Sequence[Any]) -> Kept:
    if name == "ordinal":
        values = [_ordinal(day) for day in values]
    if name in kind.numbers:
        return np.array(values, dtype=kind.numbers[name])
    words = sorted({value for value in values if value is not None})
    code: dict[str | None, int] = {word: n for n, word in enumerate(words, 1)}
    code[None] = 0
    return Words(words, np.array([code[value] for value in values], dtype=_width(words)))


def _width(words: Sequence[str]) -> str:
    return "u1" if len(words) < 256 else "u2" if len(words) < 65_536 else "u4"


def _joined(kind: Kind, name: str, one: Kept, other: Kept, rows: int) -> Kept:
    """A column with what comes behind it; `rows` is the number of rows of the first."""
    if isinstance(one, Words) and isinstance(other, Words):
        if not set(other.words) - set(one.words):
            place = {word: bisect_left(one.words, word) + 1 for word in other.words}
            codes = np.array([0, *place.values()], dtype=one.codes.dtype)[other.codes]
            return Words(one.words, np.concatenate((one.codes, codes)))
        words = sorted({*one.words, *other.words})
        place = {word: n for n, word in enumerate(words, 1)}
        parts = [np.array([0, *(place[w] for w in part.words)], _width(words))[part.codes] for part in (one, other)]
        return Words(words, np.concatenate(parts))
    assert isinstance(one, np.ndarray)
    assert isinstance(other, np.ndarray)
    return np.concatenate((one, other + np.array(rows, other.dtype) if name in kind.places else other))


@lru_cache(maxsize=20_000)
def _ordinal(day: str) -> int:
    """Days since the first of January of the year 1, counted from 1; 0 where unknown."""
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return 0


def _encode(column: Kept) -> bytes:
    if isinstance(column, Words):
        return msgspec.msgpack.encode((column.codes.dtype.str, column.codes.tobytes(), column.words))
    return column.tobytes()


def _decode(kind: Kind, name: str, data: bytes) -> Kept:
    if name in kind.numbers:
        return np.frombuffer(data, dtype=kind.numbers[name])
    width, codes, words = msgspec.msgpack.decode(data)
    return Words(words, np.frombuffer(codes, dtype=width))
