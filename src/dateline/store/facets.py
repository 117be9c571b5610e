"""Facets: of what is found, how many are of each type, of each factuality, by whom … Every count is exact.

A facet that is filtered by is counted without its own filter, so that one sees what the other
choices would find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from sqlalchemy import CTE, ColumnElement, Connection, Select, func, literal, select, union_all

from dateline.store.accounts import account_conditions, takes_part
from dateline.store.archive import Archive
from dateline.store.columns import Mask
from dateline.store.find import said_words
from dateline.store.question import Question, report_conditions, statement_conditions
from dateline.store.rows import UNKNOWN_DAY
from dateline.store.sift import PEOPLE, Run, acting, sift, tally
from dateline.store.tables import account_events, accounts, arguments, entities, reports, statements

Tally = Select[str, str, int]  # facet, value, count


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
    counted: dict[str, Counter[str]] = {name: Counter() for name in names}
    found = 0
    # With another side asked for, who acts is not a filter of its own that could be left out.
    freely = question if question.between is None else _without(question, own["actor"])
    with archive.read() as connection:
        for sifted in sift(connection, question, needs):
            mask = sifted.found()
            found += int(np.count_nonzero(mask))
            for name in names:
                if name != "actor" or freely is question:
                    _count_values(counted[name], name, sifted.run, sifted.found(but=own[name]))
        for sifted in sift(connection, freely, PEOPLE) if freely is not question else ():
            _count_values(counted["actor"], "actor", sifted.run, sifted.found(but=own["actor"]))
        tallies = {name: _most(name, values, most) for name, values in counted.items()}
        # By a country's code everybody of it is found, by an id also those of this name.
        for who in tallies["actor"]:
            tallies["actor"][who] = 0
        for sifted in sift(connection, freely, PEOPLE) if tallies["actor"] else ():
            mask = sifted.found(but=own["actor"])
            for who in tallies["actor"]:
                tallies["actor"][who] += int(np.count_nonzero(mask & acting(sifted.run, who, "actor")))
        labels = _names(connection, {v for name in _PEOPLE for v in tallies[name]})
    return Facets(found, {name: _choices(name, tally, labels) for name, tally in tallies.items()})


def _count_values(into: Counter[str], name: str, run: Run, taken: Mask) -> None:
    """Count the values of a facet among the events of a run that are taken, each value once an event."""
    if name == "actor":
        entity, at = run.words("entity"), run.numbers("at")
        rows = taken[at] & run.numbers("acts")
        width = len(entity.words) + 1
        once = np.unique(at[rows].astype(np.int64) * width + entity.codes[rows])
        tally(into, entity, once % width)
    elif name == "country":
        state = run.words("state")
        tally(into, state, state.codes[taken[run.numbers("state_at")]])
    else:
        words = run.words({"source": "speaker"}.get(name, name))
        tally(into, words, words.codes[taken])


def _most(name: str, values: Counter[str], most: int) -> dict[str, int]:
    if name in _MONTHS:
        months: Counter[str] = Counter()
        for day, count in values.items():
            months[day[:7]] += count
        return dict(months)
    return dict(sorted(values.items(), key=lambda v: (-v[1], v[0]))[:most])


def statement_facets(archive: Archive, question: Question, *, most: int = 10) -> Facets:
    """Facets of statements: source, country (of the speaker), quote, publisher, published (month)."""
    dialect = archive.engine.dialect.name

    def found(q: Question) -> CTE:
        return (
            select(
                statements.c.key,
                statements.c.report,
                statements.c.speaker,
                statements.c.quote,
                _month(statements.c.day).label("month"),
                reports.c.publisher,
            )
            .join(reports, reports.c.key == statements.c.report)
            .where(statements.c.current, *statement_conditions(q, dialect).values(), *said_words(q))
            .cte("found")
        )

    def counted(name: str, cte: CTE) -> Tally:
        if name == "country":
            return _tally(name, entities.c.country, None, most).where(
                entities.c.report == cte.c.report, entities.c.entity == cte.c.speaker
            )
        column = {"source": "speaker", "published": "month"}.get(name, name)
        return _tally(name, cte.c[column], None, most)

    return _facets(archive, question, ("source", "country", "quote", "publisher", "published"), found, counted)


def report_facets(archive: Archive, question: Question, *, most: int = 10) -> Facets:
    """Facets of reports: publisher, published (month)."""
    dialect = archive.engine.dialect.name

    def found(q: Question) -> CTE:
        return (
            select(reports.c.key, reports.c.publisher, _month(reports.c.published).label("month"))
            .where(reports.c.current, *report_conditions(q, dialect).values())
            .cte("found")
        )

    def counted(name: str, cte: CTE) -> Tally:
        return _tally(name, cte.c[{"published": "month"}.get(name, name)], None, most)

    return _facets(archive, question, ("publisher", "published"), found, counted)


def account_facets(archive: Archive, question: Question, *, least_reports: int = 1, most: int = 10) -> Facets:
    """Facets of accounts: type, standing, actor (anybody in it), country, month."""
    dialect = archive.engine.dialect.name

    def found(q: Question) -> CTE:
        conditions = account_conditions(q, least_reports, dialect)
        return (
            select(accounts.c.key, accounts.c.type, accounts.c.standing, _month(accounts.c.day).label("month"))
            .where(*conditions.values())
            .cte("found")
        )

    def counted(name: str, cte: CTE) -> Tally:
        if name in ("actor", "country"):
            column = arguments.c.entity if name == "actor" else arguments.c.country
            return _tally(name, column, cte.c.key, most).where(
                account_events.c.account == cte.c.key, arguments.c.event == account_events.c.event
            )
        return _tally(name, cte.c[name], None, most)

    def acts(who: str, cte: CTE) -> Tally:
        wanted = select(literal("actor"), literal(who), func.count(cte.c.key.distinct()))
        return wanted.where(
            account_events.c.account == cte.c.key, arguments.c.event == account_events.c.event, takes_part(who)
        )

    return _facets(archive, question, ("type", "standing", "actor", "country", "month"), found, counted, acts)


def _month(day: ColumnElement[Any]) -> ColumnElement[str]:
    return func.substr(day, 1, 7)


def _tally(name: str, value: ColumnElement[Any], of: ColumnElement[Any] | None, most: int) -> Tally:
    """Values with the number of items that have them; `of` where an item can have one twice."""
    number = func.count() if of is None else func.count(of.distinct())
    wanted = select(literal(name).label("facet"), value.label("value"), number.label("count"))
    wanted = wanted.where(value.is_not(None)).group_by(value)
    if name in _MONTHS:
        return wanted.where(value != UNKNOWN_DAY)
    return wanted.order_by(number.desc(), value).limit(most)


def _facets(
    archive: Archive,
    question: Question,
    names: Sequence[str],
    found: Callable[[Question], CTE],
    counted: Callable[[str, CTE], Tally],
    acts: Callable[[str, CTE], Tally] | None = None,
) -> Facets:
    own = {name: _OWN.get(name, (name,)) for name in names}
    given = set(question.given())
    filtered = [name for name in names if given & set(own[name])]
    tallies: dict[str, dict[str, int]] = {name: {} for name in names}
    with archive.read() as connection:
        cte = found(question)
        total: Tally = select(literal(""), literal(""), func.count()).select_from(cte)
        ctes = {name: found(_without(question, own[name])) if name in filtered else cte for name in names}
        parts = [counted(name, cte) for name in names if name not in filtered]
        count = 0
        for part in ([total, *parts], *([counted(name, ctes[name])] for name in filtered)):
            for facet, value, number in _rows(connection, part):
                if facet:
                    tallies[facet][value] = number
                else:
                    count = number
        if acts is not None and tallies["actor"]:
            # By a country's code everybody of it is found, by an id also those of this name.
            for _, who, number in _rows(connection, [acts(who, ctes["actor"]) for who in tallies["actor"]]):
                tallies["actor"][who] = number
        labels = _names(connection, {v for name in _PEOPLE for v in tallies.get(name, ())})
    return Facets(count, {name: _choices(name, tally, labels) for name, tally in tallies.items()})


def _without(question: Question, own: Sequence[str]) -> Question:
    kept: dict[str, Any] = {field.name: getattr(question, field.name) for field in fields(question)}
    return Question(**kept | dict.fromkeys(own))


def _choices(name: str, tally: Mapping[str, int], labels: Mapping[str, str]) -> list[Choice]:
    order = sorted(tally) if name in _MONTHS else sorted(tally, key=lambda value: (-tally[value], value))
    return [Choice(value, labels.get(value, value) if name in _PEOPLE else value, tally[value]) for value in order]


def _rows(connection: Connection, parts: Sequence[Tally]) -> list[tuple[str, str, int]]:
    # One statement, so that what is found is found once; each part is wrapped, for only so may it have a limit.
    wrapped = [select(part.subquery()) for part in parts]
    return [(row[0], row[1], row[2]) for row in connection.execute(union_all(*wrapped))]


def _names(connection: Connection, ids: set[str]) -> dict[str, str]:
    names = {}
    for entity in sorted(ids):
        name = connection.scalar(select(entities.c.name).where(entities.c.entity == entity).limit(1))
        if name is not None:
            names[entity] = name
    return names
