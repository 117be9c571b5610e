"""Facets: of what is found, how many are of each type, of each factuality, by whom … Every count is exact.

A facet that is filtered by is counted without its own filter, so that one sees what the other
choices would find.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import count
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, select

from dateline.store.archive import Archive
from dateline.store.columns import Mask, Numbers, Words, runs
from dateline.store.kept import EVENTS
from dateline.store.question import Question, report_conditions
from dateline.store.rows import UNKNOWN_DAY
from dateline.store.sift import PEOPLE, Run, acting, sift, sift_statements, tally, tally_months
from dateline.store.sift_accounts import part_taken, sift_accounts
from dateline.store.tables import accounts, entities, reports


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: what to filter by, what to show, how many there are."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How many are found, and of each facet the most frequent values; months are in their order."""

    found: int
    of: Mapping[str, Sequence[Choice]]


# The filters of a question that a facet stands for: without them it is counted.
_OWN = {"month": ("since", "until"), "published": ("published_since", "published_until")}
# Facets whose values are months, and those whose values are entities.
_MONTHS = ("month", "published")
_PEOPLE = ("actor", "source")


def event_facets(archive: Archive, question: Question, *, most: int = 10) -> Facets:
    """Facets of events: type, factuality, actor, country, source, standing, publisher, published (month)."""
    names = ("type", "factuality", "actor", "country", "source", "standing", "publisher", "published")
    needs = ("type", "factuality", "speaker", "standing", "publisher", "published", "state_at", "state", *PEOPLE)
    own = {name: _OWN.get(name, (name,)) for name in names}
    # With another side asked for, who acts is not a filter of its own that could be left out.
    freely = question if question.between is None else without(question, own["actor"])
    with archive.read() as connection:
        pieces = list(sift(connection, question, needs))
        counted = {name: Counter[str]() for name in names}
        for sifted in pieces:
            for name in names:
                if name != "actor" or freely is question:
                    _count_values(counted[name], name, sifted.run, sifted.found(but=own[name]))
        found = sum(int(np.count_nonzero(sifted.found())) for sifted in pieces)
        if freely is not question:
            pieces = list(sift(connection, freely, PEOPLE))
            for sifted in pieces:
                _count_values(counted["actor"], "actor", sifted.run, sifted.found(but=own["actor"]))
        tallies = {name: _most(name, values, most) for name, values in counted.items()}
        # By a country's code everybody of it is found, by an id also those of this name.
        tallies["actor"] = dict.fromkeys(tallies["actor"], 0)
        for sifted in pieces:
            mask = sifted.found(but=own["actor"])
            for who in tallies["actor"]:
                tallies["actor"][who] += int(np.count_nonzero(mask & acting(sifted.run, who, "actor")))
        return _named(connection, found, tallies)


def _count_values(into: Counter[str], name: str, run: Run, taken: Mask) -> None:
    """Count the values of a facet among the events of a run that are taken, each value once an event."""
    if name == "actor":
        entity, at = run.words("entity"), run.numbers("at")
        tally(into, entity, _once(at, entity.codes, taken[at] & run.numbers("acts")))
    elif name == "country":
        state = run.words("state")
        tally(into, state, state.codes[taken[run.numbers("state_at")]])
    else:
        words = run.words({"source": "speaker"}.get(name, name))
        _tally_of(name)(into, words, words.codes[taken])


def _tally_of(name: str) -> Callable[[Counter[str], Words, Numbers], None]:
    return tally_months if name in _MONTHS else tally


def _once(at: Numbers, codes: Numbers, rows: Mask) -> Numbers:
    """The codes of these rows, each once for those that have one place; rows stand in the order of their places."""
    at, codes = at[rows], codes[rows]
    same = at[1:] == at[:-1]
    several = np.zeros(len(at), dtype=np.bool_)
    several[1:] = same
    several[:-1] |= same
    pairs = np.unique((at[several].astype(np.int64) << 32) | codes[several])
    return np.concatenate((codes[~several].astype(np.int64), pairs & 0xFFFFFFFF))


def _most(name: str, values: Counter[str], most: int) -> dict[str, int]:
    if name in _MONTHS:
        return {month: count for month, count in values.items() if month != UNKNOWN_DAY and count}
    return dict(sorted(values.items(), key=lambda v: (-v[1], v[0]))[:most])


def statement_facets(archive: Archive, question: Question, *, most: int = 10) -> Facets:
    """Facets of statements: source, country (of the speaker), quote, publisher, published (month)."""
    names = {"source": "speaker", "country": "country", "quote": "quote", "publisher": "publisher", "published": "day"}
    counted = {name: Counter[str]() for name in names}
    found = 0
    with archive.read() as connection:
        for sifted in sift_statements(connection, question, tuple(names.values()), said=True):
            found += int(np.count_nonzero(sifted.found()))
            for name, column in names.items():
                words = sifted.run.words(column)
                _tally_of(name)(counted[name], words, words.codes[sifted.found(but=_OWN.get(name, (name,)))])
        tallies = {name: _most(name, values, most) for name, values in counted.items()}
        return _named(connection, found, tallies)


def report_facets(archive: Archive, question: Question, *, most: int = 10) -> Facets:
    """Facets of reports: publisher, published (month)."""
    own = {"publisher": ("publisher",), "published": _OWN["published"]}
    tallies: dict[str, dict[str, int]] = {}
    with archive.read() as connection:
        for name, month in (("publisher", False), ("published", True)):
            value = func.substr(reports.c.published, 1, 7) if month else reports.c.publisher
            asked = report_conditions(without(question, own[name]), archive.engine.dialect.name).values()
            wanted = select(value, func.count()).where(reports.c.current, *asked, value.is_not(None)).group_by(value)
            counted = Counter({str(row[0]): int(row[1]) for row in connection.execute(wanted)})
            tallies[name] = _most(name, counted, most)
        asked = report_conditions(question, archive.engine.dialect.name).values()
        found = connection.scalar(select(func.count()).select_from(reports).where(reports.c.current, *asked)) or 0
        return _named(connection, found, tallies)


def account_facets(archive: Archive, question: Question, *, least_reports: int = 1, most: int = 10) -> Facets:
    """Facets of accounts: type, standing, actor (anybody in it), country, month."""
    names = {"type": "type", "standing": "standing", "month": "day"}
    counted = {name: Counter[str]() for name in names}
    found = 0
    kept: dict[str, list[Numbers]] = {"actor": [], "country": []}  # keys of accounts, without their own filter
    with archive.read() as connection:
        columns = tuple(names.values())
        for sifted in sift_accounts(connection, question, columns, least_reports=least_reports):
            found += int(np.count_nonzero(sifted.found()))
            for name, column in names.items():
                words = sifted.run.words(column)
                _tally_of(name)(counted[name], words, words.codes[sifted.found(but=_OWN.get(name, (name,)))])
            for name, keys in kept.items():
                keys.append(sifted.run.numbers("key")[sifted.found(but=(name,))])
        tallies = {name: _most(name, values, most) for name, values in counted.items()}
        tallies |= _takers(connection, kept, most)
        return _named(
            connection, found, {name: tallies[name] for name in ("type", "standing", "actor", "country", "month")}
        )


def _takers(connection: Connection, kept: Mapping[str, Sequence[Numbers]], most: int) -> dict[str, dict[str, int]]:
    """In how many of the accounts somebody takes part, and somebody of a country: the most frequent."""
    size = (connection.scalar(select(func.max(accounts.c.key))) or 0) + 1
    held = {name: np.zeros(size, dtype=np.bool_) for name in kept}
    for name, keys in kept.items():
        held[name][np.concatenate(keys) if keys else []] = True
    columns = {"actor": "entity", "country": "country"}
    codes: dict[str, dict[str, int]] = {name: defaultdict(count().__next__) for name in kept}
    rows: dict[str, list[tuple[Numbers, Numbers]]] = {name: [] for name in kept}
    pieces = [Run(run) for run in runs(connection, EVENTS, {*PEOPLE, "current", "account"})]
    for run in pieces:
        account = run.numbers("account")[run.numbers("at")]
        for name, column in columns.items():
            words = run.words(column)
            taken = np.flatnonzero(held[name][account] & (words.codes > 0))
            number = np.array([0, *map(codes[name].__getitem__, words.words)], dtype=np.int32)
            rows[name].append((number[words.codes[taken]], account[taken]))
    found = {name: _frequent(parts, list(codes[name]), size, most) for name, parts in rows.items()}
    # By a country's code everybody of it is found, by an id also those of this name.
    for who in found["actor"]:
        mine = np.zeros(size, dtype=np.bool_)
        for run in pieces:
            mine[run.numbers("account")[part_taken(run, who)]] = True
        found["actor"][who] = int(np.count_nonzero(mine & held["actor"]))
    return found


def _frequent(parts: Sequence[tuple[Numbers, Numbers]], words: Sequence[str], size: int, most: int) -> dict[str, int]:
    """The words of most accounts, by pairs of a word's number and an account below `size`; some pairs come again."""
    numbers, of = (
        np.concatenate([part[side] for part in parts]) if parts else np.zeros(0, np.int32) for side in (0, 1)
    )
    upper = np.bincount(numbers, minlength=len(words)).tolist()
    counted: list[tuple[int, str]] = []
    # No word has more accounts than pairs: when those that are left have fewer, the most frequent are known.
    for number in sorted(range(len(words)), key=lambda n: -upper[n]):
        if not upper[number] or (len(counted) >= most and upper[number] < -counted[most - 1][0]):
            break
        mine = np.zeros(size, dtype=np.bool_)
        mine[of[numbers == number]] = True
        insort(counted, (-int(np.count_nonzero(mine)), words[number]))
    return {word: -count for count, word in counted[:most]}


def without(question: Question, own: Sequence[str]) -> Question:
    """A question without some of its filters."""
    kept: dict[str, Any] = {field.name: getattr(question, field.name) for field in fields(question)}
    return Question(**kept | dict.fromkeys(own))


def _named(connection: Connection, found: int, tallies: Mapping[str, Mapping[str, int]]) -> Facets:
    labels = _names(connection, {v for name in _PEOPLE for v in tallies.get(name, ())})
    return Facets(found, {name: _choices(name, tally, labels) for name, tally in tallies.items()})


def _choices(name: str, tally: Mapping[str, int], labels: Mapping[str, str]) -> list[Choice]:
    order = sorted(tally) if name in _MONTHS else sorted(tally, key=lambda value: (-tally[value], value))
    return [Choice(value, labels.get(value, value) if name in _PEOPLE else value, tally[value]) for value in order]


def _names(connection: Connection, ids: set[str]) -> dict[str, str]:
    names = {}
    for entity in sorted(ids):
        name = connection.scalar(select(entities.c.name).where(entities.c.entity == entity).limit(1))
        if name is not None:
            names[entity] = name
    return names
