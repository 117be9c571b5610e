"""Records as people left them, for those who take them elsewhere: corrected, and without what was rejected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import msgspec
from sqlalchemy import Connection, select

from dateline.records import Record
from dateline.store.archive import Archive
from dateline.store.reading import read_records
from dateline.store.tables import corrections, events, reports, statements

_CHUNK = 200


def records_to_export(archive: Archive, form: str, ids: Sequence[str] | None = None) -> Iterator[Record]:
    """The newest records of these reports, or of all, as a form of `dateline.store.export` wants them.

    That is as people left them; for Label Studio as the machine read them, since what comes back from there is held
    against that.

    Args:
        archive: an open archive.
        form: name of a form, or ``records``.
        ids: report ids; those that are not there are left out.
    """
    return left_records(archive, ids) if form != "labelstudio" else _of_machine(archive, ids)


def left_records(archive: Archive, ids: Sequence[str] | None = None) -> Iterator[Record]:
    """The newest records of these reports, or of all, as people left them: corrected, and without what they rejected.

    What an event or statement was told through, or repeated, goes on without it.

    Args:
        archive: an open archive. Between parts of some hundred records nothing of it is held.
        ids: report ids; those that are not there are left out.
    """
    for part in _ids(archive) if ids is None else (ids[k : k + _CHUNK] for k in range(0, len(ids), _CHUNK)):
        with archive.read() as connection:
            rejected = _rejected(connection, part)
            found = list(read_records(connection, part))
        yield from (_without(record, rejected.get(record.report.id, ())) for record in found)


def _of_machine(archive: Archive, ids: Sequence[str] | None) -> Iterator[Record]:
    return archive.records() if ids is None else (r for id in ids if (r := archive.record(id)) is not None)


def _ids(archive: Archive) -> Iterator[Sequence[str]]:
    wanted = select(reports.c.key, reports.c.id).where(reports.c.current).order_by(reports.c.key).limit(_CHUNK)
    last = 0
    while True:
        with archive.read() as connection:
            rows = connection.execute(wanted.where(reports.c.key > last)).all()
        if not rows:
            return
        last = rows[-1].key
        yield [row.id for row in rows]


def _rejected(connection: Connection, ids: Sequence[str]) -> dict[str, set[str]]:
    """The items of these reports that a person rejected."""
    spoken = select(corrections.c.report).where(corrections.c.action == "reject", corrections.c.report.in_(ids))
    concerned = connection.execute(spoken.distinct()).scalars().all()
    found: dict[str, set[str]] = defaultdict(set)
    for table, name in ((events, events.c.event), (statements, statements.c.statement)) if concerned else ():
        wanted = select(reports.c.id, name.label("item")).join(table, table.c.report == reports.c.key)
        mine = wanted.where(reports.c.current, reports.c.id.in_(concerned), table.c.review == "rejected")
        for row in connection.execute(mine):
            found[row.id].add(row.item)
    return found


def _without(record: Record, items: Collection[str]) -> Record:
    if not items:
        return record
    parents = {s.id: s.parent for s in record.statements}
    repeats = {e.id: e.same_as for e in record.events}

    def kept(item: str | None, behind: dict[str, str | None]) -> str | None:
        while item is not None and item in items:
            item = behind[item]
        return item

    replace = msgspec.structs.replace
    return replace(
        record,
        statements=[replace(s, parent=kept(s.parent, parents)) for s in record.statements if s.id not in items],
        events=[
            replace(e, statement=kept(e.statement, parents), same_as=kept(e.same_as, repeats))
            for e in record.events
            if e.id not in items
        ],
    )
