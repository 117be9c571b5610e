"""Corrections: what a person says of the machine's records, kept beside what the machine said.

The log is only appended to; taking something back appends too. What a person said holds when a report
is coded again: its item is found by the place of its words, not by the machine's number for it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, get_args

from sqlalchemy import Connection, RowMapping, Table, delete, exists, insert, select, update

from dateline.errors import ArchiveError, InputError
from dateline.records import Event, Factuality, Flag, PloverType, Record, Statement
from dateline.store.items import insert_items
from dateline.store.mentions import forget_mentions
from dateline.store.pending import mark, mark_named
from dateline.store.rows import UNKNOWN_DAY, digest, event_rows, flag_name, pack, statement_rows, unpack
from dateline.store.tables import (
    CHANGED,
    account_events,
    accounts,
    arguments,
    corrections,
    entities,
    entity_names,
    events,
    flags,
    reports,
    statements,
)
from dateline.store.touched import accounts_of_reports, tellings_of

if TYPE_CHECKING:
    from dateline.store.archive import Archive

Action = Literal["accept", "reject", "change"]
Item = Event | Statement | Flag

_CHUNK = 400
_REVIEW = {"accept": "accepted", "reject": "rejected", "change": "changed"}
_EVENT_FIELDS = ("type", "mode", "factuality", "begin", "end", "place", "actor", "recipient")
_STATEMENT_FIELDS = ("speaker",)


def correct(
    archive: Archive,
    report_id: str,
    item: str,
    action: Action,
    *,
    who: str,
    why: str | None = None,
    field: str | None = None,
    value: Any = None,
) -> int:
    """Accept, reject or change an event or statement; accept or reject a flag.

    Args:
        archive: an open archive.
        report_id: the report; its newest version is meant.
        item: id of an event or statement of it, or ``f1`` for its first flag, ``f2`` for the next.
        action: ``accept``, ``reject``, or ``change``.
        who: who says so.
        why: in their words.
        field: what is changed: ``type, mode, factuality, begin, end, place, actor, recipient`` of an
            event (the last two are lists of entity ids or names), ``speaker`` of a statement.
        value: the new value; None empties it.

    Returns:
        The correction's number in the log.

    Raises:
        InputError: there is no such report or item, or the field or value is none.
    """
    with archive.write() as connection:
        key, record = _current(connection, report_id)
        found = _item(record, item)
        if action == "change":
            _check(found, field, value)
            if field == "end" and value is not None:
                _check_end(connection, key, item, value)
            if field == "type":
                _check_type(connection, value)
        elif field is not None:
            raise InputError(f"{action} takes no field; {field!r} is given")
        number = _append(
            connection,
            who=who,
            why=why,
            action=action,
            report=report_id,
            item=item,
            field=field,
            machine=json.dumps({**_anchor(record, found), "value": _machine_value(found, field)}, ensure_ascii=False),
            human=json.dumps(value, ensure_ascii=False),
        )
        apply_corrections(connection, key, record)
        if action != "accept":
            mark(connection, [key])
    return number


def undo(archive: Archive, number: int, *, who: str, why: str | None = None) -> int:
    """Take a correction back; the log keeps both.

    Raises:
        InputError: there is no such correction, or it was taken back already.
    """
    with archive.write() as connection:
        row = connection.execute(select(corrections).where(corrections.c.key == number)).mappings().first()
        if row is None or row["action"] == "undo":
            raise InputError(f"there is no correction {number} to take back")
        if number in _undone(connection):
            raise InputError(f"correction {number} was taken back already")
        mine = _append(
            connection, who=who, why=why, action="undo", report=row["report"], item=row["item"], undoes=number
        )
        if row["report"] is not None and row["action"] in _REVIEW:
            key, record = _current(connection, row["report"])
            _restore(connection, key, record)
            apply_corrections(connection, key, record)
            mark(connection, [key])
        elif row["action"] in ("merge", "split"):
            mark_named(connection, sorted({telling["report"] for side in json.loads(row["human"]) for telling in side}))
    return mine


def log(archive: Archive, report_id: str | None = None) -> Iterator[dict[str, Any]]:
    """All corrections in the order in which they were said, each with whether it still holds."""
    with archive.read() as connection:
        gone = _undone(connection)
        wanted = select(corrections).order_by(corrections.c.key)
        if report_id is not None:
            wanted = wanted.where(corrections.c.report == report_id)
        rows = [dict(row) for row in connection.execute(wanted).mappings()]
    for row in rows:
        row["holds"] = row["action"] != "undo" and row["key"] not in gone
        for name in ("machine", "human"):
            row[name] = json.loads(row[name]) if row[name] else None
        yield row


def apply_corrections(connection: Connection, key: int, record: Record) -> None:
    """Put what people said over the rows of a report, in the order in which they said it.

    Args:
        connection: a transaction that writes.
        key: the report's key.
        record: its record.
    """
    gone = _undone(connection)
    rows = connection.execute(
        select(corrections)
        .where(corrections.c.report == record.report.id, corrections.c.action.in_(_REVIEW))
        .order_by(corrections.c.key)
    ).mappings()
    for row in list(rows):
        if row["key"] in gone:
            continue
        found = found_item(record, json.loads(row["machine"]))
        if found is not None:
            value = json.loads(row["human"]) if row["human"] else None
            _apply(connection, key, *table_and_name(record, found), row["action"], row["field"], value)


def store_anew(archive: Archive, records: Sequence[Record], coder: str) -> int:
    """Replace the machine's records of reports that are stored; what people said of them holds.

    Args:
        archive: an open archive.
        records: records of stored reports, coded again.
        coder: versions of what coded them.

    Returns:
        How many were replaced; reports that are not stored, or whose text is another, are left out.
    """
    done = 0
    concerned = {record.report.id for record in records}
    accounts_concerned: set[int] = set()
    with archive.write() as connection:
        for record in records:
            key = connection.execute(
                select(reports.c.key).where(reports.c.digest == digest(record.report), reports.c.current)
            ).scalar()
            if key is None:
                continue
            told = accounts_of_reports(connection, [key])
            concerned.update(report for report, _ in tellings_of(connection, told))
            accounts_concerned |= told
            forget_mentions(connection, [key])
            for table in (events, statements, flags, entities):
                connection.execute(delete(table).where(table.c.report == key))
            connection.execute(update(reports).where(reports.c.key == key).values(record=pack(record), coder=coder))
            insert_items(connection, key, record)
            apply_corrections(connection, key, record)
            done += 1
        # Events are other rows now: an account that has lost all of its own is told anew, those that lost some again.
        _drop_empty(connection, accounts_concerned)
        mark_named(connection, sorted(concerned))
    return done


def _drop_empty(connection: Connection, keys: Collection[int]) -> None:
    told = select(account_events.c.event).where(account_events.c.account == accounts.c.key)
    ordered = sorted(keys)
    for k in range(0, len(ordered), _CHUNK):
        connection.execute(delete(accounts).where(accounts.c.key.in_(ordered[k : k + _CHUNK]), ~exists(told)))


def _append(connection: Connection, **values: Any) -> int:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if not values["who"].strip():
        raise InputError("a correction needs to know who says it")
    key: int = connection.execute(
        insert(corrections).values(at=now, **values).returning(corrections.c.key)
    ).scalar_one()
    return key


def _undone(connection: Connection) -> set[int]:
    return set(connection.execute(select(corrections.c.undoes).where(corrections.c.undoes.is_not(None))).scalars())


def _current(connection: Connection, report_id: str) -> tuple[int, Record]:
    row = connection.execute(
        select(reports.c.key, reports.c.record).where(reports.c.id == report_id, reports.c.current)
    ).first()
    if row is None:
        raise InputError(f"there is no report {report_id!r} in the archive")
    return row.key, unpack(row.record)


def _item(record: Record, item: str) -> Item:
    found: Item | None = next((e for e in record.events if e.id == item), None)
    found = found or next((s for s in record.statements if s.id == item), None)
    found = found or next((f for n, f in enumerate(record.flags) if flag_name(n) == item), None)
    if found is None:
        raise InputError(f"report {record.report.id!r} has no event, statement or flag {item!r}")
    return found


def table_and_name(record: Record, item: Item) -> tuple[Table, str]:
    """The table that holds the row of an item, and what the item is called there."""
    if isinstance(item, Flag):
        return flags, flag_name(next(n for n, flag in enumerate(record.flags) if flag is item))
    return (events if isinstance(item, Event) else statements), item.id


def _anchor(record: Record, item: Item) -> dict[str, Any]:
    kind, (begin, end) = (
        ("event", item.trigger)
        if isinstance(item, Event)
        else ("flag", item.span)
        if isinstance(item, Flag)
        else ("statement", item.content[0])
    )
    return {"kind": kind, "words": record.report.text[begin:end], "begin": begin}


def found_item(record: Record, anchor: Mapping[str, Any]) -> Item | None:
    """The item that a correction is about: its words are those of the anchor, the nearest to where they stood.

    Args:
        record: the report's record, perhaps coded again since.
        anchor: `machine` of the correction.
    """
    kinds: dict[str, Sequence[Item]] = {"event": record.events, "statement": record.statements, "flag": record.flags}
    items = kinds[anchor["kind"]]
    same = [i for i in items if _anchor(record, i)["words"] == anchor["words"]]
    return min(same, key=lambda i: abs(_anchor(record, i)["begin"] - anchor["begin"]), default=None)


def _check(item: Item, field: str | None, value: Any) -> None:
    if isinstance(item, Flag):
        raise InputError("a flag can be accepted or rejected, not changed: change the event that it is about")
    known = _EVENT_FIELDS if isinstance(item, Event) else _STATEMENT_FIELDS
    if field not in known:
        raise InputError(f"change needs a field, one of {', '.join(known)}; {field!r} is none")
    if field in ("actor", "recipient"):
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise InputError(f"{field} takes a list of entity ids or names, not {value!r}")
    elif value is not None and not isinstance(value, str):
        raise InputError(f"{field} takes text, not {value!r}")
    elif value is None and field in ("type", "factuality"):
        raise InputError(f"{field} cannot be empty")
    elif field == "factuality" and value not in get_args(Factuality):
        raise InputError(f"factuality is one of {', '.join(get_args(Factuality))}, not {value!r}")
    elif field in ("begin", "end") and value is not None:
        try:
            real = date.fromisoformat(value).isoformat() == value  # "20240621" is sorted as no date
        except ValueError:
            real = False
        if not real:
            raise InputError(f"{field} is an ISO date such as 2024-06-21, not {value!r}")


def _check_end(connection: Connection, key: int, item: str, end: str) -> None:
    begin = connection.scalar(select(events.c.begin).where(events.c.report == key, events.c.event == item))
    if begin is not None and end <= begin:
        raise InputError(f"end is the day after the last one: {end} does not come after the begin, {begin}")


def _check_type(connection: Connection, value: str) -> None:
    """A type is PLOVER's, or one that a codebook of somebody's own has coded in this archive."""
    known = get_args(PloverType)
    if value in known or connection.scalar(select(exists().where(events.c.type == value))):
        return
    near = get_close_matches(value.upper(), known, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise InputError(
        f"no event of this archive has type {value!r}; {hint}PLOVER's types are {', '.join(known)}; "
        "types of your own are known once reports are coded with your codebook"
    )


def _machine_value(item: Item, field: str | None) -> Any:
    if field is None or isinstance(item, Flag):
        return None
    if isinstance(item, Statement):
        return item.chain[-1].entity if item.chain else None
    if field in ("begin", "end"):
        return getattr(item.time, field)
    if field in ("actor", "recipient"):
        return [a.entity for a in getattr(item, field)]
    return getattr(item, field)


def _apply(
    connection: Connection, key: int, table: Table, name: str, action: str, field: str | None, value: Any
) -> None:
    column = {"events": events.c.event, "statements": statements.c.statement, "flags": flags.c.flag}[table.name]
    found = connection.execute(select(table.c.key, table.c.review).where(table.c.report == key, column == name)).first()
    if found is None:
        raise ArchiveError(f"item {name} of report {key} has no row; run `dateline check`")
    row = found.key
    # What was changed and is accepted then is still not what the machine said.
    values: dict[str, Any] = {
        "review": found.review if (action, found.review) == ("accept", "changed") else _REVIEW[action]
    }
    if field in ("actor", "recipient"):
        _set_people(connection, key, row, field, value)
    elif field == "place":
        values |= {"place": value, "place_name": value}
    elif field is not None:
        values[field] = value
        if field == "begin":
            values |= _of_begin(connection, row, value)
    connection.execute(update(table).where(table.c.key == row).values(values))
    if field is not None and table is events:
        _tell_anew(connection, [row])
    elif field is not None:
        _tell_anew(connection, connection.execute(select(events.c.key).where(events.c.report == key)).scalars())


def _of_begin(connection: Connection, event: int, begin: str | None) -> dict[str, Any]:
    """What goes with another begin: the day that the event is sorted by, and an end that is not before it."""
    wanted = select(events.c.end, reports.c.published).join(reports, reports.c.key == events.c.report)
    row = connection.execute(wanted.where(events.c.key == event)).one()
    if begin is None:
        return {"day": (row.published or "")[:10] or UNKNOWN_DAY}
    if row.end is not None and row.end > begin:
        return {"day": begin}
    day = date.fromisoformat(begin)
    return {"day": begin, "end": (day + timedelta(1)).isoformat() if day < date.max else None}


def _tell_anew(connection: Connection, keys: Iterable[int]) -> None:
    """Have the accounts that hold these events told anew by the next reconciliation."""
    connection.execute(update(account_events).where(account_events.c.event.in_(list(keys))).values(why=CHANGED))


def _set_people(connection: Connection, key: int, event: int, role: str, people: Sequence[str]) -> None:
    connection.execute(delete(arguments).where(arguments.c.event == event, arguments.c.role == role))
    for position, person in enumerate(people):
        known = _somebody(connection, key, person)
        name = known["name"] if known else person
        connection.execute(
            insert(arguments).values(
                event=event,
                role=role,
                position=position,
                entity=known["entity"] if known else None,
                name=name,
                folded=name.casefold(),
                country=known["country"] if known else None,
                sector=known["sector"] if known else None,
            )
        )


def _somebody(connection: Connection, key: int, person: str) -> RowMapping | None:
    """The entity of this id or name: of the report itself, else of any other report of the archive."""
    here = entities.c.report == key
    named = select(entity_names.c.entity).where(entity_names.c.folded == person.casefold())
    for where in (
        here & (entities.c.entity == person),
        here & (entities.c.folded == person.casefold()),
        entities.c.entity == person,
        (entities.c.folded == person.casefold()) & entities.c.entity.in_(named),
    ):
        known = connection.execute(select(entities).where(where).order_by(entities.c.key).limit(1)).mappings().first()
        if known:
            return known
    return None


def _restore(connection: Connection, key: int, record: Record) -> None:
    """Give the rows of a report the machine's values again."""
    for row in statement_rows(record, key):
        connection.execute(
            update(statements)
            .where(statements.c.report == key, statements.c.statement == row["statement"])
            .values({**row, "review": None})
        )
    connection.execute(update(flags).where(flags.c.report == key).values(review=None))
    for row, people in event_rows(record, key):
        event = connection.execute(
            update(events)
            .where(events.c.report == key, events.c.event == row["event"])
            .values({**row, "review": None})
            .returning(events.c.key)
        ).scalar_one()
        connection.execute(delete(arguments).where(arguments.c.event == event))
        _tell_anew(connection, [event])
        if people:
            connection.execute(insert(arguments), [{"event": event, **a} for a in people])
