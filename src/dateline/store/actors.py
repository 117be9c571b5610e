"""Actors: who there are, page by page; with whom one of them deals, and what others say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from dateline.errors import InputError
from dateline.store.archive import Archive
from dateline.store.census import Census, named_in, sift_entities
from dateline.store.find import Page
from dateline.store.question import Question, report_conditions
from dateline.store.tables import arguments, entities, events, reports, statements

_LATEST = 12  # rows of an entity that are looked at for what it is called


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Somebody on the other side of an actor's events."""

    entity: str
    name: str
    country: str | None
    events: int


def find_actors(
    archive: Archive,
    question: Question,
    *,
    name: str | None = None,
    kind: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Entities with the number of reports that name them, the most reported first, page by page.

    Args:
        archive: an open archive.
        question: its filters on country, sector and reports.
        name: part of the name, in any case.
        kind: person, organization, outlet, country, group or place.
        after: where the page before ended (`Page.after`).
        limit: rows a page.

    Raises:
        InputError: `after` is no place of such a list, or the question cannot be asked.
    """
    check_place(after)
    census = Census()
    with archive.read() as connection:
        more = named_in(part=name, kind=kind)
        of_reports = bool(report_conditions(question, archive.engine.dialect.name))
        meant: set[str] | None = None
        if not of_reports and (more or question.country or question.sector):
            # Somebody is meant who is so in some report, and is counted in all.
            met = Census()
            for sifted in sift_entities(connection, question, (), more):
                met.add(sifted, sifted.met())
            meant = set(met.counted())
            more, question = {}, Question()
        for sifted in sift_entities(connection, question, (), more):
            census.add(sifted, sifted.found())
        rows = [(-count, entity) for entity, count in census.counted().items() if meant is None or entity in meant]
        if after is not None:
            count, _, entity = after.partition(":")
            rows = [row for row in rows if row > (-int(count), entity)]
        rows = nsmallest(limit + 1, rows)
        more_rows = len(rows) > limit
        shown = [{"entity": entity, "reports": -count} | _called(connection, entity) for count, entity in rows[:limit]]
    return Page(shown, f"{shown[-1]['reports']}:{shown[-1]['entity']}" if more_rows else None)


def check_place(after: str | None) -> None:
    """Is it a place in the list of actors (`Page.after`), or none?

    Raises:
        InputError: it is not.
    """
    if after is not None:
        count, _, entity = after.partition(":")
        if not count.isdecimal() or len(count) > 12 or not entity:
            raise InputError(f"{after!r} is no place in this list")


def _called(connection: Connection, entity: str) -> dict[str, Any]:
    """What the latest reports call an entity."""
    latest = connection.execute(
        select(entities.c.name, entities.c.kind, entities.c.country, entities.c.sector)
        .where(entities.c.entity == entity)
        .order_by(entities.c.key.desc())
        .limit(_LATEST)
    ).mappings()
    called = [dict(row) for row in latest]
    # "MOSCOW" of a dateline sorts before "Moscow".
    return called[0] | {"name": max(row["name"] for row in called)}


def known_actor(archive: Archive, entity: str) -> dict[str, Any] | None:
    """An entity by its id as the latest report names it, with the number of reports; None: nobody names it."""
    mine = and_(entities.c.entity == entity, reports.c.current)
    base = select(entities, reports.c.id.label("report_id")).join(reports, reports.c.key == entities.c.report)
    with archive.read() as connection:
        latest = connection.execute(base.where(mine).order_by(entities.c.key.desc()).limit(1)).mappings().first()
        if latest is None:
            return None
        counted = select(
            func.count(),
            func.sum(entities.c.mentions),
            func.max(entities.c.name),
            func.min(reports.c.published),
            func.max(reports.c.published),
        )
        number, mentions, name, first, last = connection.execute(
            counted.select_from(entities).join(reports, reports.c.key == entities.c.report).where(mine)
        ).one()
    return {**latest, "name": name, "reports": number, "mentions": mentions, "first": first, "last": last}


def counterparts(archive: Archive, entity: str, role: str, *, limit: int = 8) -> list[Counterpart]:
    """On whom an entity acts most, or by whom it is acted upon.

    Args:
        archive: an open archive.
        entity: its id.
        role: the entity's own: actor, recipient.
        limit: so many at most.
    """
    mine, other = arguments.alias("mine"), arguments.alias("other")
    number = func.count(events.c.key.distinct())
    wanted = (
        select(other.c.entity, func.min(other.c.name), func.min(other.c.country), number)
        .select_from(mine)
        .join(events, events.c.key == mine.c.event)
        .join(other, and_(other.c.event == mine.c.event, other.c.role != mine.c.role))
        .where(mine.c.entity == entity, mine.c.role == role, other.c.entity.is_not(None), other.c.entity != entity)
        .where(events.c.current, events.c.review.is_distinct_from("rejected"))
        .group_by(other.c.entity)
        .order_by(number.desc(), other.c.entity)
        .limit(limit)
    )
    with archive.read() as connection:
        return [Counterpart(*row) for row in connection.execute(wanted)]


def said_beside(archive: Archive, entity: str, *, limit: int = 60) -> Sequence[dict[str, Any]]:
    """Statements by others in reports that name an entity, the latest first: among them those about it.

    Which of them name it, the records tell (where mentions and contents stand in the text).
    """
    wanted = (
        select(statements, reports.c.id.label("report_id"), reports.c.publisher, reports.c.published, reports.c.title)
        .join(reports, reports.c.key == statements.c.report)
        .join(entities, and_(entities.c.report == statements.c.report, entities.c.entity == entity))
        .where(statements.c.current, statements.c.review.is_distinct_from("rejected"), _others(entity))
        .order_by(statements.c.day.desc(), statements.c.key.desc())
        .limit(limit)
    )
    with archive.read() as connection:
        return [dict(row) for row in connection.execute(wanted).mappings()]


def _others(entity: str) -> ColumnElement[bool]:
    return statements.c.speaker.is_distinct_from(entity)
