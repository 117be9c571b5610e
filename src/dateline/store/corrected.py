"""Records as people corrected them: what they said of events and statements, put over the machine's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, select

from dateline.records import Argument, Entity, Event, EventTime, Record, Statement
from dateline.resolve.slug import slug
from dateline.store.tables import arguments, corrections, events, reports, statements


def changed_reports(connection: Connection) -> set[str]:
    """Ids of the reports of which a person changed something."""
    wanted = select(corrections.c.report).where(corrections.c.action == "change", corrections.c.report.is_not(None))
    return set(connection.execute(wanted.distinct()).scalars())


def as_corrected(connection: Connection, record: Record) -> Record:
    """A record with the values that questions to the archive show.

    Args:
        connection: to ask with.
        record: the machine's record of a report's newest version; it is not changed.

    Returns:
        The record with the types, modes, factualities, days, places, parties and speakers that people
        gave; somebody whom the record does not know is entered.
    """
    key = connection.scalar(select(reports.c.key).where(reports.c.id == record.report.id, reports.c.current))
    changed = {
        row["event"]: row
        for row in connection.execute(
            select(events).where(events.c.report == key, events.c.review == "changed")
        ).mappings()
    }
    spoken = {
        row["statement"]: row["speaker"]
        for row in connection.execute(
            select(statements).where(statements.c.report == key, statements.c.review == "changed")
        ).mappings()
    }
    if not changed and not spoken:
        return record
    parties: dict[tuple[int, str], list[RowMapping]] = defaultdict(list)
    for party in connection.execute(
        select(arguments)
        .where(arguments.c.event.in_([row["key"] for row in changed.values()]))
        .order_by(arguments.c.event, arguments.c.role, arguments.c.position)
    ).mappings():
        parties[party["event"], party["role"]].append(party)
    entities = {e.id: e for e in record.entities}
    told = [
        _event(event, row, parties[row["key"], "actor"], parties[row["key"], "recipient"], entities)
        if (row := changed.get(event.id)) is not None
        else event
        for event in record.events
    ]
    said = [_statement(s, spoken[s.id], entities) if s.id in spoken else s for s in record.statements]
    return msgspec.structs.replace(record, entities=list(entities.values()), events=told, statements=said)


def _event(
    event: Event,
    row: RowMapping,
    actors: Sequence[RowMapping],
    recipients: Sequence[RowMapping],
    entities: dict[str, Entity],
) -> Event:
    place = row["place"]
    if place is not None and place not in entities:
        place = _enter(entities, place, place, kind="place")
    when = event.time
    if (row["begin"], row["end"]) != (when.begin, when.end):
        when = EventTime(begin=row["begin"], end=row["end"], granularity="day", basis="expression")
    return msgspec.structs.replace(
        event,
        type=row["type"],
        mode=row["mode"],
        factuality=row["factuality"],
        time=when,
        place=place,
        actor=_arguments(event.actor, actors, entities),
        recipient=_arguments(event.recipient, recipients, entities),
    )


def _arguments(machine: Sequence[Argument], rows: Sequence[RowMapping], entities: dict[str, Entity]) -> list[Argument]:
    spans = {a.entity: a.span for a in machine if a.entity is not None}
    found = []
    for row in rows:
        entity = row["entity"]
        if entity is None or entity not in entities:
            entity = _enter(
                entities, entity or slug(row["name"]), row["name"], country=row["country"], sector=row["sector"]
            )
        found.append(Argument(entity=entity, span=spans.get(entity)))
    return found


def _statement(statement: Statement, speaker: str | None, entities: dict[str, Entity]) -> Statement:
    if speaker is None or not statement.chain:
        return statement
    known = speaker if speaker in entities else next((e.id for e in entities.values() if e.name == speaker), None)
    last = msgspec.structs.replace(
        statement.chain[-1], entity=known or _enter(entities, slug(speaker), speaker), span=statement.chain[-1].span
    )
    return msgspec.structs.replace(statement, chain=[*statement.chain[:-1], last])


def _enter(entities: dict[str, Entity], id: str, name: str, **known: Any) -> str:
    if id not in entities:
        entities[id] = Entity(id=id, name=name, **{"kind": "organization", **known})
    return id
