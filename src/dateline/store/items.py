"""What hangs on a report, put into the tables."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite

from dateline.records import Record
from dateline.store.rows import Row, entity_rows, event_rows, flag_rows, place_rows, statement_rows
from dateline.store.tables import arguments, entities, entity_names, events, flags, places, statements


def insert_items(connection: Connection, key: int, record: Record) -> None:
    """Insert the rows that hang on a report: entities, statements, flags, events and their arguments."""
    if people := entity_rows(record, key):
        connection.execute(insert(entities), people)
        keep_names(connection, people)
    if said := statement_rows(record, key):
        connection.execute(insert(statements), said)
    if queried := flag_rows(record, key):
        connection.execute(insert(flags), queried)
    keep_places(connection, place_rows(record))
    done = event_rows(record, key)
    if not done:
        return
    keys = connection.execute(
        insert(events).returning(events.c.key, sort_by_parameter_order=True), [row for row, _ in done]
    ).scalars()
    acting = [{"event": k, **a} for k, (_, people) in zip(keys, done, strict=True) for a in people]
    if acting:
        connection.execute(insert(arguments), acting)


def keep_names(connection: Connection, people: Sequence[Row]) -> None:
    """Insert the names of entities that are not there yet, from rows of ``entities``."""
    _insert_new(connection, entity_names, [{"folded": e["folded"], "entity": e["entity"]} for e in people])


def keep_places(connection: Connection, rows: Sequence[Row]) -> None:
    """Insert places that are not there yet; where a place lies does not change."""
    _insert_new(connection, places, rows)


def _insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        new = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        connection.execute(new(table).on_conflict_do_nothing(), rows)
