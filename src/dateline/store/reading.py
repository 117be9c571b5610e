"""Reading many records at once, without checking again what was checked when it was stored."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, select

from dateline.records import Record
from dateline.store.corrected import as_corrected, changed_reports
from dateline.store.tables import reports

_CHUNK = 200
_decoder = msgspec.json.Decoder(Record)


def read_records(connection: Connection, ids: Sequence[str] | None = None) -> Iterator[Record]:
    """The newest records of these reports, or of all, in the order of the archive, as people corrected them.

    Args:
        connection: to ask with; it may be used for other things between two records.
        ids: report ids; those that are not there are left out.
    """
    changed = changed_reports(connection)

    def held(packed: bytes) -> Record:
        record = _decoder.decode(zlib.decompress(packed))
        return as_corrected(connection, record) if record.report.id in changed else record

    if ids is not None:
        for k in range(0, len(ids), _CHUNK):
            wanted = select(reports.c.record).where(reports.c.current, reports.c.id.in_(ids[k : k + _CHUNK]))
            for row in connection.execute(wanted.order_by(reports.c.key)).all():
                yield held(row.record)
        return
    last = 0
    while rows := connection.execute(
        select(reports.c.key, reports.c.record)
        .where(reports.c.current, reports.c.key > last)
        .order_by(reports.c.key)
        .limit(_CHUNK)
    ).all():
        last = rows[-1].key
        for row in rows:
            yield held(row.record)
