"""Columns of events beside their rows: what counting reads, a few bytes an event.

Events are taken in runs of `RUN` keys. For a run that is full, what questions filter and group by is
kept column by column ("sealed") as arrays with sorted dictionaries, so that counting a million events
reads a few megabytes in order and not as many rows (Abadi et al. 2013 on column stores). The rows
remain the truth: whatever changes them drops the columns of their run (by triggers of the database),
and a run without columns is read from its rows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from dateline.store.tables import account_events, accounts, arguments, event_columns, events, reports

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

# What is kept of each event, in the order of the keys.
_OF_EVENTS: dict[str, ColumnElement[Any]] = {
    "key": events.c.key,
    "current": events.c.current,
    "report": events.c.report,
    "type": events.c.type,
    "plover": events.c.plover,
    "mode": events.c.mode,
    "factuality": events.c.factuality,
    "contexts": events.c.contexts,
    "begin": events.c.begin,
    "end": events.c.end,
    "day": events.c.day,
    "ordinal": events.c.day,
    "place": events.c.place,
    "place_name": events.c.place_name,
    "speaker": events.c.speaker,
    "repeats": events.c.same_as.is_not(None),
    "review": events.c.review,
    "confidence": events.c.confidence,
    "publisher": reports.c.publisher,
    "published": reports.c.published,
    "standing": accounts.c.standing,
}
_NUMBERS = {
    "key": "i4",
    "current": "?",
    "report": "i4",
    "ordinal": "i4",
    "repeats": "?",
    "confidence": "f8",
    "at": "u2",
    "acts": "?",
    "pair_at": "u2",
    "state_at": "u2",
}
# What is kept of each who acts or is acted upon; "at" is the place of the event in its run.
_OF_PEOPLE = ("at", "acts", "entity", "folded", "country", "sector")
# Countries of an event, each once ("state"), and pairs of an actor's and a recipient's ("pair", "RUS UKR").
_OF_COUNTRIES = ("state_at", "state", "pair_at", "pair")

NAMES = (*_OF_EVENTS, *_OF_PEOPLE, *_OF_COUNTRIES)


def runs(connection: Connection, names: Collection[str]) -> Iterator[Mapping[str, Kept]]:
    """These columns of all events, run by run, in the order of the keys.

    Args:
        connection: to ask with.
        names: of `NAMES`.
    """
    first, last = _ends(connection)
    if first is None:
        return
    wanted = sorted(set(names))
    sealed: dict[int, dict[str, bytes]] = defaultdict(dict)
    found = select(event_columns.c.run, event_columns.c.name, event_columns.c.data)
    for run, name, data in connection.execute(found.where(event_columns.c.name.in_(wanted))):
        sealed[run][name] = data
    for run in range(first // RUN, last // RUN + 1):
        columns = {name: _decode(name, data) for name, data in sealed.pop(run, {}).items()}
        missing = [name for name in wanted if name not in columns]
        if missing:
            columns |= _from_rows(connection, run, missing)
        yield columns


def seal(connection: Connection, *, least: int = 1) -> int:
    """Keep the columns of full runs that lack some.

    Args:
        connection: a transaction that writes.
        least: do nothing if fewer runs lack some: it is not worth it yet.

    Returns:
        How many runs were sealed.
    """
    first, last = _ends(connection)
    if first is None:
        return 0
    number = connection.scalar(select(func.count()).select_from(event_columns)) or 0
    if len(NAMES) * (last // RUN - first // RUN) - number < least:
        return 0  # each run that lacks some lacks one at least
    held: dict[int, set[str]] = defaultdict(set)
    for run, name in connection.execute(select(event_columns.c.run, event_columns.c.name)):
        held[run].add(name)
    lacking = [run for run in range(first // RUN, last // RUN) if len(held[run]) < len(NAMES)]
    if len(lacking) < least:
        return 0
    for run in lacking:
        columns = _from_rows(connection, run, [name for name in NAMES if name not in held[run]])
        rows = [{"run": run, "name": name, "data": _encode(column)} for name, column in columns.items()]
        connection.execute(insert(event_columns), rows)
    return len(lacking)


def _ends(connection: Connection) -> tuple[int | None, int]:
    """The first and the last key of events, None and 0 where there are none."""
    # One after the other: asked for both at once, SQLite reads all keys.
    first = connection.scalar(select(func.min(events.c.key)))
    return first, connection.scalar(select(func.max(events.c.key))) or 0


def sealed_standings(connection: Connection, keys: Collection[int]) -> dict[int, tuple[Numbers, Words]]:
    """Of the runs of these events that have them kept: the keys of the run, and the standings."""
    found: dict[int, dict[str, Kept]] = defaultdict(dict)
    wanted = select(event_columns.c.run, event_columns.c.name, event_columns.c.data)
    wanted = wanted.where(event_columns.c.name.in_(("key", "standing")))
    runs_of = sorted({key // RUN for key in keys})
    for k in range(0, len(runs_of), _CHUNK):
        for run, name, data in connection.execute(wanted.where(event_columns.c.run.in_(runs_of[k : k + _CHUNK]))):
            found[run][name] = _decode(name, data)
    whole = {run: (columns.get("key"), columns.get("standing")) for run, columns in found.items()}
    return {run: (k, s) for run, (k, s) in whole.items() if isinstance(k, np.ndarray) and isinstance(s, Words)}


def put_standings(
    connection: Connection,
    sealed: Mapping[int, tuple[Numbers, Words]],
    standings: Mapping[int, str],
    lost: Collection[int],
) -> None:
    """Keep standings anew in runs where some changed, without reading the others' again.

    Args:
        connection: the transaction in which they changed, which dropped the columns.
        sealed: see `sealed_standings`, of before.
        standings: what changed, by the key of the event.
        lost: keys of events that are in no account any more.
    """
    changes: dict[int, dict[int, str | None]] = defaultdict(dict)
    for key, standing in (*((key, None) for key in lost), *standings.items()):
        changes[key // RUN][key] = standing
    rows = []
    for run, (keys, column) in sealed.items():
        words: list[str | None] = [None, *column.words]
        codes = column.codes.astype("u4")
        for key, standing in changes[run].items():
            if standing not in words:
                words.append(standing)
            place = int(np.searchsorted(keys, key))
            if place < len(keys) and keys[place] == key:
                codes[place] = words.index(standing)
        held = sorted({word for n in np.unique(codes) if (word := words[n]) is not None})
        code = np.array([0 if word is None or word not in held else 1 + held.index(word) for word in words], dtype="u1")
        rows.append({"run": run, "name": "standing", "data": _encode(Words(held, code[codes]))})
    if rows:
        connection.execute(
            delete(event_columns).where(
                event_columns.c.name == "standing", event_columns.c.run.in_([row["run"] for row in rows])
            )
        )
        connection.execute(insert(event_columns), rows)


def untrue(connection: Connection) -> Iterator[tuple[int, str]]:
    """Run and name of each column that is not what the rows hold; none in a sound archive."""
    wanted = select(event_columns).order_by(event_columns.c.run)
    for run, part in groupby(connection.execute(wanted).all(), key=lambda row: int(row.run)):
        stored = {row.name: row.data for row in part}
        fresh = _from_rows(connection, run, [name for name in stored if name in NAMES])
        for name, data in stored.items():
            if name not in fresh or _encode(fresh[name]) != data:
                yield run, name


def _from_rows(connection: Connection, run: int, names: Collection[str]) -> dict[str, Kept]:
    low, high = run * RUN, run * RUN + RUN - 1
    found: dict[str, Kept] = {}
    chosen = ["key", *(name for name in names if name in _OF_EVENTS and name != "key")]
    wanted = select(*(_OF_EVENTS[name] for name in chosen)).select_from(events)
    if {"publisher", "published"} & set(chosen):
        wanted = wanted.join(reports, reports.c.key == events.c.report)
    if "standing" in chosen:
        wanted = wanted.outerjoin(account_events, account_events.c.event == events.c.key)
        wanted = wanted.outerjoin(accounts, accounts.c.key == account_events.c.account)
    rows = connection.execute(wanted.where(events.c.key.between(low, high)).order_by(events.c.key)).all()
    values: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [() for _ in chosen]
    for name, column in zip(chosen, values, strict=True):
        found[name] = _column(name, column)
    if any(name in _OF_PEOPLE or name in _OF_COUNTRIES for name in names):
        place = {key: n for n, key in enumerate(values[0])}
        found |= _people(connection, low, high, place)
    return {name: found[name] for name in names}


def _people(connection: Connection, low: int, high: int, place: Mapping[int, int]) -> dict[str, Kept]:
    a = arguments.c
    rows = connection.execute(
        select(a.event, a.role, a.entity, a.folded, a.country, a.sector)
        .where(a.event.between(low, high))
        .order_by(a.event, a.role, a.position)
    ).all()
    at = [place[row[0]] for row in rows]
    columns: dict[str, Sequence[Any]] = {"at": at, "acts": [row[1] == "actor" for row in rows]}
    for n, name in enumerate(_OF_PEOPLE[2:], 2):
        columns[name] = [row[n] for row in rows]
    sides: dict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for n, row in zip(at, rows, strict=True):
        if row[4] is not None:
            sides[n][row[1] != "actor"].add(row[4])
    states = [(n, c) for n, (ours, theirs) in sides.items() for c in sorted(ours | theirs)]
    pairs = [(n, f"{x} {y}") for n, (ours, theirs) in sides.items() for x in sorted(ours) for y in sorted(theirs)]
    columns |= {"state_at": [n for n, _ in states], "state": [c for _, c in states]}
    columns |= {"pair_at": [n for n, _ in pairs], "pair": [c for _, c in pairs]}
    return {name: _column(name, values) for name, values in columns.items()}


def _column(name: str, values: Sequence[Any]) -> Kept:
    if name == "ordinal":
        values = [_ordinal(day) for day in values]
    if name in _NUMBERS:
        return np.array(values, dtype=_NUMBERS[name])
    words = sorted({value for value in values if value is not None})
    code: dict[str | None, int] = {word: n for n, word in enumerate(words, 1)}
    code[None] = 0
    width = "u1" if len(words) < 256 else "u2" if len(words) < 65_536 else "u4"
    return Words(words, np.array([code[value] for value in values], dtype=width))


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


def _decode(name: str, data: bytes) -> Kept:
    if name in _NUMBERS:
        return np.frombuffer(data, dtype=_NUMBERS[name])
    width, codes, words = msgspec.msgpack.decode(data)
    return Words(words, np.frombuffer(codes, dtype=width))
