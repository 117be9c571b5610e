"""Answers of an archive: rows in a stable order, streamed, with counts of what each filter left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from dateline.errors import InputError
from dateline.store.archive import Archive
from dateline.store.census import Census, sift_entities
from dateline.store.columns import Mask
from dateline.store.first import few, first_keys, in_order, window
from dateline.store.question import Question, event_conditions, report_conditions, statement_conditions, words_match
from dateline.store.rows import UNKNOWN_DAY
from dateline.store.sift import Sifted, sift, sift_statements
from dateline.store.tables import account_events, accounts, arguments, events, reports, statements, stories

Answer = dict[str, Any]

_HEAD = (reports.c.id.label("report_id"), reports.c.publisher, reports.c.published)
_MANY = 2_000  # reports: with more that hold its words a statement is looked for in order
_PAGE = 500
# Somebody in fewer events than this is looked up first; somebody in more is looked for event by event.
_RARE = 5_000


@dataclass(frozen=True)
class Counts:
    """How many there are, how many were asked for, and how many each filter alone leaves out."""

    all: int
    found: int
    left_out: Mapping[str, int]


def ask_events(archive: Archive, question: Question, *, limit: int | None = None) -> Iterator[Answer]:
    """Events that meet a question, by day (unknown days last), then in the order of the archive."""
    wanted = wanted_events(archive, question).order_by(events.c.day, events.c.key)
    if limit is not None and not in_order(archive, question):
        pages = iter([_first(archive, question, wanted, limit)])
    else:
        pages = _pages(archive, wanted, limit)
    for page in pages:
        with archive.read() as connection:
            yield from with_people(connection, page)


def wanted_events(archive: Archive, question: Question) -> Select[Any]:
    """The rows of events that meet a question, with the heads of their reports and their accounts, in no order."""
    conditions = event_conditions(question, _dialect(archive), _rare(archive))
    return shown_events().where(events.c.current, *conditions.values())


def shown_events() -> Select[Any]:
    """The rows of all events, with the heads of their reports and their accounts, in no order."""
    return (
        select(events, *_HEAD, account_events.c.account, accounts.c.standing)
        .join(reports, reports.c.key == events.c.report)
        .outerjoin(account_events, account_events.c.event == events.c.key)
        .outerjoin(accounts, accounts.c.key == account_events.c.account)
    )


def _first(archive: Archive, question: Question, wanted: Select[Any], limit: int) -> list[Answer]:
    with archive.read() as connection:
        near = wanted.where(events.c.key.in_(window(events, newest=False))).limit(limit)
        rows = [dict(row) for row in connection.execute(near).mappings()]
        if len(rows) < limit:
            keys = first_keys(sift(connection, question, ("day", "key")), limit)
            rows = rows_of(connection, shown_events(), events, keys)
    return rows


def rows_of(connection: Connection, shown: Select[Any], table: Table, keys: Sequence[int]) -> list[Answer]:
    """The rows of a table with these keys, in the order of the keys."""
    found: dict[int, Answer] = {}
    for k in range(0, len(keys), _PAGE):
        for row in connection.execute(shown.where(table.c.key.in_(keys[k : k + _PAGE]))).mappings():
            found[row["key"]] = dict(row)
    return [found[key] for key in keys if key in found]


def pages_of(connection: Connection, shown: Select[Any], table: Table, keys: Sequence[int]) -> Iterator[list[Answer]]:
    """The rows of a table with these keys, in the order of the keys, page by page."""
    for k in range(0, len(keys), _PAGE):
        yield rows_of(connection, shown, table, keys[k : k + _PAGE])


def with_people(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> Iterator[Answer]:
    """Rows of events with who acts and who is acted upon, and their contexts as a list."""
    keys = [row["key"] for row in rows]
    people: dict[int, dict[str, list[Answer]]] = {k: {"actor": [], "recipient": []} for k in keys}
    for a in connection.execute(
        select(arguments)
        .where(arguments.c.event.in_(keys))
        .order_by(arguments.c.event, arguments.c.role, arguments.c.position)
    ).mappings():
        person = {"entity": a["entity"], "name": a["name"], "country": a["country"], "sector": a["sector"]}
        people[a["event"]][a["role"]].append(person)
    for row in rows:
        contexts = [c for c in row["contexts"].split(",") if c]
        yield {**_shown(dict(row)), "contexts": contexts, **people[row["key"]]}


def ask_statements(archive: Archive, question: Question, *, limit: int | None = None) -> Iterator[Answer]:
    """Statements that meet a question, by publication, then in the order of the archive."""
    if statements_in_order(archive, question):
        wanted = wanted_statements(archive, question).order_by(statements.c.day, statements.c.key)
        for page in _pages(archive, wanted, limit):
            yield from map(_shown, page)
        return
    with archive.read() as connection:
        keys = first_keys(sift_statements(connection, question, ("day", "key")), limit)
        for page in pages_of(connection, shown_statements(), statements, keys):
            yield from map(_shown, page)


def statements_in_order(archive: Archive, question: Question) -> bool:
    """Whether the database has an order of its own for these filters, or so few statements that it needs none."""
    given = set(question.given())
    return given <= {"rejected"} or few(archive, statements)


def shown_statements() -> Select[Any]:
    """The rows of all statements, with the heads of their reports, in no order."""
    return select(statements, *_HEAD).join(reports, reports.c.key == statements.c.report)


def wanted_statements(archive: Archive, question: Question) -> Select[Any]:
    """The rows of statements that meet a question, with the heads of their reports, in no order."""
    conditions = statement_conditions(question, _dialect(archive))
    return shown_statements().where(statements.c.current, *conditions.values())


def ask_reports(archive: Archive, question: Question, *, limit: int | None = None) -> Iterator[Answer]:
    """Reports that meet a question, by publication, then in the order of the archive; without their texts."""
    order = (reports.c.published.is_(None), reports.c.published, reports.c.key)
    for page in _pages(archive, wanted_reports(archive, question).order_by(*order), limit):
        yield from page


def wanted_reports(archive: Archive, question: Question) -> Select[Any]:
    """The rows of reports that meet a question, without their texts, in no order."""
    shown = [c for c in reports.c if c.name not in ("text", "record", "digest", "current")]
    return (
        select(*shown, stories.c.story, func.length(reports.c.text).label("characters"))
        .outerjoin(stories, stories.c.report == reports.c.key)
        .where(reports.c.current, *report_conditions(question, _dialect(archive)).values())
    )


def ask_actors(archive: Archive, question: Question, *, limit: int | None = None) -> Iterator[Answer]:
    """Entities with the number of reports and mentions that name them, the most reported first."""
    census = Census(called=True)
    with archive.read() as connection:
        for sifted in sift_entities(connection, question, census.needs):
            census.add(sifted, sifted.found())
    yield from census.rows()[:limit]


def count_actors(archive: Archive, question: Question) -> Counts:
    """How many actors a question finds, and how many each of its filters alone leaves out."""
    every, found, alone = Census(), Census(), defaultdict[str, Census](Census)
    with archive.read() as connection:
        for sifted in sift_entities(connection, question):
            every.add(sifted, sifted.current)
            found.add(sifted, sifted.found())
            for name, met in sifted.by.items():
                alone[name].add(sifted, sifted.current & met)
    total = len(every.counted())
    left = {name: total - len(census.counted()) for name, census in alone.items()}
    return Counts(total, len(found.counted()), left)


def count_events(archive: Archive, question: Question) -> Counts:
    """How many events a question finds, and how many each of its filters alone leaves out."""
    with archive.read() as connection:
        return _counted(sift(connection, question))


def count_statements(archive: Archive, question: Question) -> Counts:
    """How many statements a question finds, and how many each of its filters alone leaves out."""
    with archive.read() as connection:
        return _counted(sift_statements(connection, question))


def _counted(pieces: Iterable[Sifted]) -> Counts:
    total = found = 0
    alone: Counter[str] = Counter()
    for run in pieces:
        current = _size(run.current)
        total += current
        found += _size(run.found())
        for name, met in run.by.items():
            alone[name] += current - _size(run.current & met)
    return Counts(total, found, _said(alone))


def count_reports(archive: Archive, question: Question) -> Counts:
    """How many reports a question finds, and how many each of its filters alone leaves out."""
    conditions = report_conditions(question, _dialect(archive))

    def count(*wanted: ColumnElement[bool]) -> int:
        return connection.scalar(select(func.count()).select_from(reports).where(reports.c.current, *wanted)) or 0

    with archive.read() as connection:
        total = count()
        alone = {name: total - count(condition) for name, condition in conditions.items()}
        found = total - sum(alone.values()) if len(conditions) < 2 else count(*conditions.values())
    return Counts(total, found, _said(alone))


def _size(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def _said(alone: Mapping[str, int]) -> Mapping[str, int]:
    # Where nobody rejected anything there is no such filter that anybody set.
    return {name: count for name, count in alone.items() if count or name != "rejected"}


def _dialect(archive: Archive) -> str:
    return archive.engine.dialect.name


def _shown(row: Answer) -> Answer:
    return row | {"day": None} if row["day"] == UNKNOWN_DAY else row


def _rare(archive: Archive) -> Callable[[ColumnElement[bool]], bool]:
    def rare(condition: ColumnElement[bool]) -> bool:
        some = select(arguments.c.key).where(condition).limit(_RARE + 1).subquery()
        with archive.read() as connection:
            return (connection.scalar(select(func.count()).select_from(some)) or 0) <= _RARE

    return rare


def _pages(archive: Archive, wanted: Select[Any], limit: int | None) -> Iterator[list[Answer]]:
    # One statement, fetched page by page: the order is that of the moment of asking, memory stays flat.
    with (
        archive.read() as connection,
        connection.execution_options(yield_per=_PAGE).execute(wanted.limit(limit)) as result,
    ):
        for page in result.mappings().partitions(_PAGE):
            yield [dict(row) for row in page]


def _in_many(archive: Archive, match: ColumnElement[bool]) -> bool:
    """Whether many reports hold the words."""
    some = select(reports.c.key).where(match).limit(_MANY + 1).subquery()
    with archive.read() as connection:
        return (connection.scalar(select(func.count()).select_from(some)) or 0) > _MANY


def ask_wording(archive: Archive, words: str) -> Iterator[Answer]:
    """Statements whose content holds these words, letter for letter but for case, by publication.

    Those that people rejected are left out.

    Raises:
        InputError: there are no words.
    """
    if not words.strip():
        raise InputError("who said what? The words to look for are empty")
    wanted = (
        shown_statements()
        .where(statements.c.current, statements.c.content.icontains(words, autoescape=True))
        .where(statements.c.review.is_distinct_from("rejected"))
        .order_by(statements.c.day, reports.c.published, statements.c.key)
    )
    if any(ch.isalnum() for ch in words):
        phrase = " ".join(part for part in words.replace('"', " ").split())
        match = words_match(f'"{phrase}"', _dialect(archive))
        if _dialect(archive) == "sqlite" and _in_many(archive, match):
            # Statements in their order: most are wanted, and the first need not wait until all are sorted.
            match = words_match(f'"{phrase}"', "sqlite", reports.c.key + 0)
        # Else the full-text index first: reading every statement would take as long as there are many.
        wanted = wanted.where(match)
    for page in _pages(archive, wanted, None):
        yield from map(_shown, page)
