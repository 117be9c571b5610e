"""Facets: of what is found, how many are of each type, of each factuality, by whom … Every count is exact.

A facet that is filtered by is counted without its own filter, so that one sees what the other
choices would find.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Select, func, literal, select, union_all

from dateline.store.accounts import account_conditions, takes_part
from dateline.store.archive import Archive
from dateline.store.find import said_words
from dateline.store.question import Question, event_conditions, report_conditions, statement_conditions
from dateline.store.question import names as named
from dateline.store.rows import UNKNOWN_DAY
from dateline.store.tables import account_events, accounts, arguments, entities, events, reports, statements

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
    dialect = archive.engine.dialect.name

    def found(q: Question) -> CTE:
        return (
            select(
                events.c.key,
                events.c.type,
                events.c.factuality,
                events.c.speaker,
                _month(reports.c.published).label("month"),
                reports.c.publisher,
                accounts.c.standing,
            )
            .join(reports, reports.c.key == events.c.report)
            .outerjoin(account_events, account_events.c.event == events.c.key)
            .outerjoin(accounts, accounts.c.key == account_events.c.account)
            .where(events.c.current, *event_conditions(q, dialect).values())
            .cte("found")
        )

    def counted(name: str, cte: CTE) -> Tally:
        if name == "actor":
            return _tally(name, arguments.c.entity, cte.c.key, most).where(
                arguments.c.event == cte.c.key, arguments.c.role == "actor"
            )
        if name == "country":
            return _tally(name, arguments.c.country, cte.c.key, most).where(arguments.c.event == cte.c.key)
        column = {"source": "speaker", "published": "month"}.get(name, name)
        return _tally(name, cte.c[column], None, most)

    names = ("type", "factuality", "actor", "country", "source", "standing", "publisher", "published")

    def acts(who: str, cte: CTE) -> Tally:
        wanted = select(literal("actor"), literal(who), func.count(cte.c.key.distinct()))
        return wanted.where(arguments.c.event == cte.c.key, arguments.c.role == "actor", named(who))

    return _facets(archive, question, names, found, counted, acts)


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
