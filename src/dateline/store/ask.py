"""Answers of an archive: rows in a stable order, streamed, with counts of what each filter left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from dateline.store.archive import Archive
from dateline.store.question import Question, event_conditions, report_conditions, statement_conditions, words_match
from dateline.store.tables import account_events, accounts, arguments, entities, events, reports, statements, stories

Answer = dict[str, Any]

_PAGE = 500


@dataclass(frozen=True)
class Counts:
    """How many there are, how many were asked for, and how many each filter alone leaves out."""

    all: int
    found: int
    left_out: Mapping[str, int]


def ask_events(archive: Archive, question: Question, *, limit: int | None = None) -> Iterator[Answer]:
    """Events that meet a question, by day (unknown days last), then in the order of the archive."""
    wanted = (
        select(
            events,
            reports.c.id.label("report_id"),
            reports.c.publisher,
            reports.c.published,
            account_events.c.account,
            accounts.c.standing,
        )
        .join(reports, reports.c.key == events.c.report)
        .outerjoin(account_events, account_events.c.event == events.c.key)
        .outerjoin(accounts, accounts.c.key == account_events.c.account)
        .where(reports.c.current, *event_conditions(question, archive.engine.dialect.name).values())
        .order_by(events.c.day.is_(None), events.c.day, events.c.key)
    )
    for page in _pages(archive, wanted, limit):
        keys = [row["key"] for row in page]
        people: dict[int, dict[str, list[Answer]]] = {k: {"actor": [], "recipient": []} for k in keys}
        with archive.read() as connection:
            for a in connection.execute(
                select(arguments)
                .where(arguments.c.event.in_(keys))
                .order_by(arguments.c.event, arguments.c.role, arguments.c.position)
            ).mappings():
                person = {"entity": a["entity"], "name": a["name"], "country": a["country"], "sector": a["sector"]}
                people[a["event"]][a["role"]].append(person)
        for row in page:
            contexts = [c for c in row["contexts"].split(",") if c]
            yield {**row, "contexts": contexts, **people[row["key"]]}


def ask_statements(archive: Archive, question: Question, *, limit: int | None = None) -> Iterator[Answer]:
    """Statements that meet a question, by publication, then in the order of the archive."""
    wanted = (
        select(statements, reports.c.id.label("report_id"), reports.c.publisher, reports.c.published)
        .join(reports, reports.c.key == statements.c.report)
        .where(reports.c.current, *statement_conditions(question, archive.engine.dialect.name).values())
        .order_by(reports.c.published.is_(None), reports.c.published, statements.c.key)
    )
    for page in _pages(archive, wanted, limit):
        yield from page


def ask_reports(archive: Archive, question: Question, *, limit: int | None = None) -> Iterator[Answer]:
    """Reports that meet a question, by publication, then in the order of the archive; without their texts."""
    shown = [c for c in reports.c if c.name not in ("text", "record", "digest", "current")]
    wanted = (
        select(*shown, stories.c.story, func.length(reports.c.text).label("characters"))
        .outerjoin(stories, stories.c.report == reports.c.key)
        .where(reports.c.current, *report_conditions(question, archive.engine.dialect.name).values())
        .order_by(reports.c.published.is_(None), reports.c.published, reports.c.key)
    )
    for page in _pages(archive, wanted, limit):
        yield from page


def ask_actors(archive: Archive, question: Question, *, limit: int | None = None) -> Iterator[Answer]:
    """Entities with the number of reports and mentions that name them, the most reported first."""
    conditions: list[ColumnElement[bool]] = list(report_conditions(question, archive.engine.dialect.name).values())
    if question.country:
        conditions.append(entities.c.country == question.country.upper())
    if question.sector:
        conditions.append(entities.c.sector == question.sector.upper())
    wanted = (
        select(
            entities.c.entity,
            func.min(entities.c.name).label("name"),
            func.min(entities.c.kind).label("kind"),
            func.min(entities.c.country).label("country"),
            func.min(entities.c.sector).label("sector"),
            func.count().label("reports"),
            func.sum(entities.c.mentions).label("mentions"),
        )
        .join(reports, reports.c.key == entities.c.report)
        .where(reports.c.current, *conditions)
        .group_by(entities.c.entity)
        .order_by(func.count().desc(), entities.c.entity)
    )
    for page in _pages(archive, wanted, limit):
        yield from page


def count_events(archive: Archive, question: Question) -> Counts:
    """How many events a question finds, and how many each of its filters alone leaves out."""
    conditions = event_conditions(question, archive.engine.dialect.name)
    return _count(archive, select(events.c.key).join(reports, reports.c.key == events.c.report), conditions)


def count_statements(archive: Archive, question: Question) -> Counts:
    """How many statements a question finds, and how many each of its filters alone leaves out."""
    conditions = statement_conditions(question, archive.engine.dialect.name)
    return _count(archive, select(statements.c.key).join(reports, reports.c.key == statements.c.report), conditions)


def count_reports(archive: Archive, question: Question) -> Counts:
    """How many reports a question finds, and how many each of its filters alone leaves out."""
    return _count(archive, select(reports.c.key), report_conditions(question, archive.engine.dialect.name))


def _count(archive: Archive, base: Select[Any], conditions: Mapping[str, ColumnElement[bool]]) -> Counts:
    def count(*wanted: ColumnElement[bool]) -> int:
        inner = base.where(reports.c.current, *wanted).subquery()
        return connection.scalar(select(func.count()).select_from(inner)) or 0

    with archive.read() as connection:
        total = count()
        alone = {name: total - count(condition) for name, condition in conditions.items()}
        if not alone.get("rejected", 1):
            del alone["rejected"]  # nobody rejected anything: no filter that anybody set
        found = count(and_(*conditions.values())) if conditions else total
    return Counts(total, found, alone)


def _pages(archive: Archive, wanted: Select[Any], limit: int | None) -> Iterator[list[Answer]]:
    # One statement, fetched page by page: the order is that of the moment of asking, memory stays flat.
    with (
        archive.read() as connection,
        connection.execution_options(yield_per=_PAGE).execute(wanted.limit(limit)) as result,
    ):
        for page in result.mappings().partitions(_PAGE):
            yield [dict(row) for row in page]


def ask_wording(archive: Archive, words: str) -> Iterator[Answer]:
    """Statements whose content holds these words, letter for letter but for case, by publication."""
    wanted = (
        select(statements, reports.c.id.label("report_id"), reports.c.publisher, reports.c.published)
        .join(reports, reports.c.key == statements.c.report)
        .where(reports.c.current, statements.c.content.icontains(words, autoescape=True))
        .order_by(reports.c.published.is_(None), reports.c.published, statements.c.key)
    )
    if any(ch.isalnum() for ch in words):
        # The full-text index first: reading every statement would take as long as there are many.
        phrase = " ".join(part for part in words.replace('"', " ").split())
        wanted = wanted.where(words_match(f'"{phrase}"', archive.engine.dialect.name))
    for page in _pages(archive, wanted, None):
        yield from page
