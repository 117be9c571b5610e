"""What must hold in every archive, whatever happened to the process that wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Select, Table, and_, func, not_, or_, select, text, union
from sqlalchemy.exc import DBAPIError

from dateline.errors import RecordError
from dateline.store.archive import Archive
from dateline.store.kept import untrue
from dateline.store.pending import waiting
from dateline.store.rows import digest, unpack
from dateline.store.tables import (
    CHANGED,
    account_events,
    accounts,
    arguments,
    bags,
    entities,
    entity_names,
    events,
    flags,
    mention_blocks,
    mentions,
    pending,
    reports,
    statements,
    stories,
    word_blocks,
)

_PAGE = 200


def problems(archive: Archive) -> Iterator[str]:
    """Check an archive.

    Yields:
        A sentence for each thing that is wrong; nothing for a sound archive:

        - every report has exactly one newest version, and its versions are numbered 1, 2, 3 …;
        - every stored record can be read, is that of its row, and has the digest of its row;
        - the rows of its entities, statements, events, flags and arguments are as many as the record holds;
        - no row hangs on a report or event that is not there;
        - what is in no account though it can be, or stands in one though it cannot, waits to be reconciled;
        - what reconciliation keeps of reports hangs on their newest versions, and is found by its blocks;
        - every entity is found by its name;
        - the columns that counting reads are those of the rows;
        - the full-text index is that of the texts.
    """
    with archive.read() as connection:
        yield from _versions(connection)
        yield from _orphans(connection)
        yield from _accounts(connection)
        yield from _waiting(connection)
        yield from _kept(connection)
        yield from _names(connection)
        for table, run, name in untrue(connection):
            yield f"{table}: what counting reads of {name!r} in run {run} is not what the rows hold"
    yield from _records(archive)
    if archive.engine.dialect.name == "sqlite":
        yield from _index(archive)


def _versions(connection: Connection) -> Iterator[str]:
    newest = func.sum(reports.c.current.cast(reports.c.version.type))
    rows = connection.execute(
        select(reports.c.id, func.count(), func.max(reports.c.version), newest).group_by(reports.c.id)
    )
    for name, count, highest, current in rows:
        if current != 1:
            yield f"report {name!r}: {current} of its {count} versions are marked as the newest"
        if count != highest:
            yield f"report {name!r}: {count} versions are stored, the highest has number {highest}"


def _orphans(connection: Connection) -> Iterator[str]:
    for table, column, parent in (
        (entities, entities.c.report, reports),
        (statements, statements.c.report, reports),
        (events, events.c.report, reports),
        (flags, flags.c.report, reports),
        (arguments, arguments.c.event, events),
        (account_events, account_events.c.event, events),
        (account_events, account_events.c.account, accounts),
        (pending, pending.c.report, reports),
        (mentions, mentions.c.report, reports),
        (bags, bags.c.report, reports),
    ):
        lost = connection.scalar(
            select(func.count())
            .select_from(table.outerjoin(parent, column == parent.c.key))
            .where(parent.c.key.is_(None), column.is_not(None))
        )
        if lost:
            yield f"{table.name}: {lost} rows hang on {parent.name} that are not there"


def _accounts(connection: Connection) -> Iterator[str]:
    empty = connection.scalar(
        select(func.count())
        .select_from(accounts.outerjoin(account_events, account_events.c.account == accounts.c.key))
        .where(account_events.c.event.is_(None))
    )
    if empty:
        yield f"accounts: {empty} have no event"


def _waiting(connection: Connection) -> Iterator[str]:
    found = waiting(connection)
    if found.all:
        return
    can_be = and_(events.c.current, events.c.review.is_distinct_from("rejected"))
    told = account_events.c.event.is_not(None)
    forgotten = (
        select(reports.c.id)
        .join(events, events.c.report == reports.c.key)
        .outerjoin(account_events, account_events.c.event == events.c.key)
        .outerjoin(pending, pending.c.report == reports.c.key)
        .where(
            pending.c.key.is_(None),
            or_(and_(can_be, not_(told)), and_(not_(can_be), told), account_events.c.why == CHANGED),
        )
    )
    untold = (
        select(reports.c.id)
        .outerjoin(stories, stories.c.report == reports.c.key)
        .outerjoin(pending, pending.c.report == reports.c.key)
        .where(reports.c.current, stories.c.report.is_(None), pending.c.key.is_(None))
    )
    for name in connection.execute(union(forgotten, untold).order_by("id")).scalars():
        yield f"report {name!r}: is to be reconciled, and does not wait for it; run `dateline reconcile --full`"


def _kept(connection: Connection) -> Iterator[str]:
    found = waiting(connection)
    if found.all:
        return
    for table, blocks in ((mentions, mention_blocks), (bags, word_blocks)):
        old = select(reports.c.id).join(table, table.c.report == reports.c.key).where(~reports.c.current)
        lacking = (
            select(reports.c.id)
            .outerjoin(table, table.c.report == reports.c.key)
            .where(reports.c.current, table.c.report.is_(None))
        )
        for wanted, what in ((old, "is kept of an old version"), (lacking, "is not kept")):
            idle = wanted.where(reports.c.key.not_in(select(pending.c.report).where(pending.c.report.is_not(None))))
            for name in connection.execute(idle.order_by(reports.c.id)).scalars():
                yield f"{table.name}: what reconciliation knows of report {name!r} {what}"
        lost = select(func.count(blocks.c.report.distinct())).outerjoin(table, table.c.report == blocks.c.report)
        if number := connection.scalar(lost.where(table.c.report.is_(None))):
            yield f"{blocks.name}: {number} reports are found by it of which nothing is kept"


def _names(connection: Connection) -> Iterator[str]:
    known = and_(entity_names.c.folded == entities.c.folded, entity_names.c.entity == entities.c.entity)
    lost = (
        select(func.count()).select_from(entities.outerjoin(entity_names, known)).where(entity_names.c.entity.is_(None))
    )
    if number := connection.scalar(lost):
        yield f"entities: {number} are not found by their names"


def _records(archive: Archive) -> Iterator[str]:
    last = 0
    while True:
        with archive.read() as connection:
            rows = connection.execute(
                select(reports.c.key, reports.c.id, reports.c.version, reports.c.digest, reports.c.record)
                .where(reports.c.key > last)
                .order_by(reports.c.key)
                .limit(_PAGE)
            ).all()
            if not rows:
                return
            keys = [row.key for row in rows]
            said = _reviewed(connection, keys)
            held = {table.name: _held(connection, table, keys) for table in (entities, statements, events, flags)}
            acting = _pairs(
                connection,
                select(events.c.report, func.count())
                .join(arguments, arguments.c.event == events.c.key)
                .where(events.c.report.in_(keys), events.c.review.is_(None))
                .group_by(events.c.report),
            )
        for key, name, version, stored_digest, stored in rows:
            last = key
            where = f"report {name!r}, version {version}"
            try:
                record = unpack(stored)
            except (RecordError, OSError, ValueError) as error:
                yield f"{where}: its record cannot be read: {error}"
                continue
            except Exception as error:  # zlib.error has no common base
                yield f"{where}: its record is damaged: {error}"
                continue
            if record.report.id != name or digest(record.report) != stored_digest:
                yield f"{where}: its record is of another report"
            for table, count in (
                ("entities", len(record.entities)),
                ("statements", len(record.statements)),
                ("events", len(record.events)),
                ("flags", len(record.flags)),
            ):
                if held[table].get(key, 0) != count:
                    yield f"{where}: {held[table].get(key, 0)} rows in {table}, its record holds {count}"
            # Who acts in an event that a person looked at is what the person said.
            people = sum(len(e.actor) + len(e.recipient) for e in record.events if (key, e.id) not in said)
            if acting.get(key, 0) != people:
                yield f"{where}: {acting.get(key, 0)} rows in arguments, its record holds {people}"


def _reviewed(connection: Connection, keys: list[int]) -> set[tuple[int, str]]:
    wanted = select(events.c.report, events.c.event).where(events.c.report.in_(keys), events.c.review.is_not(None))
    return {(report, event) for report, event in connection.execute(wanted)}


def _held(connection: Connection, table: Table, keys: list[int]) -> dict[int, int]:
    return _pairs(
        connection,
        select(table.c.report, func.count()).where(table.c.report.in_(keys)).group_by(table.c.report),
    )


def _pairs(connection: Connection, wanted: Select[int, int]) -> dict[int, int]:
    return {key: count for key, count in connection.execute(wanted)}  # noqa: C416  (a Row is no pair to mypy)


def _index(archive: Archive) -> Iterator[str]:
    with archive.engine.connect() as connection:
        for line in connection.exec_driver_sql("PRAGMA quick_check(3)"):
            if line[0] != "ok":
                yield f"the SQLite file is damaged: {line[0]}"
        try:
            with archive.write() as writer:
                writer.execute(text("INSERT INTO report_words(report_words, rank) VALUES ('integrity-check', 1)"))
        except DBAPIError as error:
            yield f"the full-text index is not that of the texts: {error.orig}"
