"""Who is named in how many reports, told from columns of entities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, select

from dateline.store.columns import Mask, Numbers, Words
from dateline.store.kept import ENTITIES
from dateline.store.question import Question, report_conditions
from dateline.store.sift import Filter, Sifted, equal, keys_of, sift_rows
from dateline.store.tables import reports

_CALLED = ("name", "kind", "country", "sector")


def sift_entities(
    connection: Connection, question: Question, names: Sequence[str] = (), more: Mapping[str, Filter] | None = None
) -> Iterator[Sifted]:
    """Go through the entities of all reports with the filters of a question that apply to them.

    Args:
        connection: to ask with.
        question: what is asked for.
        names: columns that are wanted besides those that the filters need.
        more: further filters.
    """
    filters: dict[str, Filter] = {}
    for name in ("country", "sector"):
        if value := getattr(question, name):
            filters[name] = equal(name, value.upper())
    for name, condition in report_conditions(question, connection.dialect.name).items():
        filters[name] = _of_reports(connection, condition)
    filters |= more or {}
    newest = ~_held(connection, ~reports.c.current)
    yield from sift_rows(connection, ENTITIES, filters, ("report", "entity", *names), lambda run: _in(newest, run))


def _held(connection: Connection, condition: ColumnElement[bool]) -> Mask:
    """By their keys, which reports meet a condition; the last stands for those that are beyond."""
    keys = keys_of(connection, select(reports.c.key).where(condition))
    held = np.zeros(int(keys.max(initial=0)) + 2, dtype=np.bool_)
    held[keys] = True
    return held


def _in(held: Mask, run: Any) -> Mask:
    found: Mask = held[np.minimum(run.numbers("report"), len(held) - 1)]
    return found


def _of_reports(connection: Connection, condition: ColumnElement[bool]) -> Filter:
    held = _held(connection, condition)
    return Filter(("report",), lambda run: _in(held, run))


class Census:
    """How many reports name whom, of some rows.

    Args:
        called: whether to tell names, kinds, countries and sectors, too, of each the first in the alphabet.
    """

    def __init__(self, *, called: bool = False) -> None:
        self._called = called
        self._codes: dict[str, dict[str, int]] = {name: {} for name in ("entity", *(_CALLED if called else ()))}
        self._rows: dict[str, list[Numbers]] = {name: [] for name in (*self._codes, "mentions")}

    @property
    def needs(self) -> Sequence[str]:
        """The columns that it counts by."""
        return (*_CALLED, "mentions") if self._called else ()

    def add(self, sifted: Sifted, taken: Mask) -> None:
        """Count the rows that are taken."""
        for name, codes in self._codes.items():
            self._rows[name].append(_numbered(codes, sifted.run.words(name), taken))
        if self._called:
            self._rows["mentions"].append(sifted.run.numbers("mentions")[taken])

    def counted(self) -> dict[str, int]:
        """How many rows each entity has."""
        counts = np.bincount(self._all("entity"), minlength=len(self._codes["entity"])).tolist()
        return dict(zip(self._codes["entity"], counts, strict=True))

    def rows(self) -> list[dict[str, Any]]:
        """Entities with what they are called, ``reports`` and ``mentions``; those of most reports first."""
        entity = self._all("entity")
        ids = list(self._codes["entity"])
        reported = np.bincount(entity, minlength=len(ids)).tolist()
        mentions = np.bincount(entity, self._all("mentions"), minlength=len(ids)).astype(np.int64).tolist()
        called = {name: self._first(entity, name, len(ids)) for name in _CALLED}
        order = sorted(range(len(ids)), key=lambda n: (-reported[n], ids[n]))
        return [
            {
                "entity": ids[n],
                **{name: called[name][n] for name in _CALLED},
                "reports": reported[n],
                "mentions": mentions[n],
            }
            for n in order
        ]

    def _all(self, name: str) -> Numbers:
        return np.concatenate(self._rows[name]) if self._rows[name] else np.zeros(0, dtype=np.int64)

    def _first(self, entity: Numbers, name: str, size: int) -> list[str | None]:
        words = list(self._codes[name])
        order = sorted(range(len(words)), key=words.__getitem__)
        rank = np.empty(len(words) + 1, dtype=np.int64)
        rank[order] = np.arange(len(words))
        rank[-1] = len(words)  # of what has no value
        least = np.full(size, len(words), dtype=np.int64)
        np.minimum.at(least, entity, rank[self._all(name)])
        ordered = [*(words[n] for n in order), None]
        return [ordered[n] for n in least.tolist()]


def _numbered(codes: dict[str, int], words: Words, taken: Mask) -> Numbers:
    """Numbers of the words of these rows, the same in all runs; -1: none."""
    mine = words.codes[taken]
    present = np.flatnonzero(np.bincount(mine, minlength=len(words.words) + 1)).tolist()
    number = np.full(len(words.words) + 1, -1, dtype=np.int32)
    for code in present:
        if code:
            number[code] = codes.setdefault(words.words[code - 1], len(codes))
    found: Numbers = number[mine]
    return found


def named_in(*, part: str | None = None, kind: str | None = None) -> dict[str, Filter]:
    """Filters on entities: part of the name in any case, kind."""
    found: dict[str, Filter] = {}
    if part:
        folded = part.casefold()
        found["name"] = Filter(("name",), lambda run: run.words("name").where(lambda name: folded in name.casefold()))
    if kind:
        found["kind"] = equal("kind", kind)
    return found
