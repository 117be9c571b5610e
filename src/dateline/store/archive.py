"""The archive: reports with their records, each stored whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, func, insert, select, update

from dateline.records import Record, Report
from dateline.store.correction import apply_corrections
from dateline.store.database import open_database
from dateline.store.items import insert_items
from dateline.store.kept import STALE, TAIL, seal
from dateline.store.pending import mark
from dateline.store.rows import digest, report_row, unpack
from dateline.store.tables import events, flags, reports, statements

Added = Literal["new", "changed", "known"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one record: its report's key, and whether it was new, a new version, or known."""

    key: int
    what: Added


class Archive:
    """Reports and their records in a database.

    Use it as a context manager, or `close` it.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, address: str | Path, *, create: bool = True) -> Archive:
        """Open an archive by its file or ``postgresql://`` address.

        Raises:
            ArchiveError: it cannot be opened; the message says why and what to do.
            MissingExtraError: a PostgreSQL address without the ``postgres`` extra.
        """
        return cls(open_database(address, create=create))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that writes: all of it is kept, or nothing."""
        options = {"sqlite_begin": "IMMEDIATE"}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to ask with."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    def knows(self, digests: Sequence[str]) -> set[str]:
        """Those of the digests (see `rows.digest`) whose reports are stored already."""
        with self.read() as connection:
            found = connection.execute(select(reports.c.digest).where(reports.c.digest.in_(digests)))
            return {row.digest for row in found}

    def add(self, records: Iterable[Record], coder: str) -> list[Stored]:
        """Store records in one transaction.

        A report that is stored already changes nothing; one whose id is known but whose text or head
        differs becomes a new version, and the old one stays.

        Args:
            records: any records of `dateline/1`.
            coder: versions of Dateline and the parser that made them.
        """
        stored = []
        with self.write() as connection:
            before = _last(connection)
            for record in records:
                stored.append(_add(connection, record, coder))
            if _last(connection) // TAIL != before // TAIL:
                seal(connection, least=STALE, tail=TAIL)
        return stored

    def record(self, report_id: str, version: int | None = None) -> Record | None:
        """The record of a report: of its newest version, or of the one named."""
        wanted = reports.c.current if version is None else reports.c.version == version
        with self.read() as connection:
            stored = connection.execute(
                select(reports.c.record).where(reports.c.id == report_id, wanted)
            ).scalar_one_or_none()
        return None if stored is None else unpack(stored)

    def records(self) -> Iterator[Record]:
        """The newest record of every report, in the order in which they came."""
        last = 0
        while True:
            with self.read() as connection:
                rows = connection.execute(
                    select(reports.c.key, reports.c.record)
                    .where(reports.c.current, reports.c.key > last)
                    .order_by(reports.c.key)
                    .limit(200)
                ).all()
            if not rows:
                return
            for key, stored in rows:
                last = key
                yield unpack(stored)

    def current_reports(self, *, but_of: str | None = None) -> Iterator[Report]:
        """The newest version of every report, in the order in which they came.

        Args:
            but_of: leave out those that this coder coded.
        """
        last = 0
        wanted = [reports.c.current] if but_of is None else [reports.c.current, reports.c.coder != but_of]
        while True:
            with self.read() as connection:
                rows = connection.execute(
                    select(reports.c.key, reports.c.record)
                    .where(*wanted, reports.c.key > last)
                    .order_by(reports.c.key)
                    .limit(200)
                ).all()
            if not rows:
                return
            for key, stored in rows:
                last = key
                yield unpack(stored).report

    def optimize(self) -> None:
        """Let the database learn how its values are spread and keep columns to count by; for after a large addition."""
        with self.write() as connection:
            seal(connection)
        if self.engine.dialect.name == "sqlite":
            with self.write() as connection:
                connection.exec_driver_sql("PRAGMA analysis_limit=2000")
                connection.exec_driver_sql("ANALYZE")
        else:
            with self.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")

    def counts(self) -> dict[str, int]:
        """How many reports (newest versions), versions, events and statements there are."""
        with self.read() as connection:
            return {
                "reports": connection.scalar(select(func.count()).select_from(reports).where(reports.c.current)) or 0,
                "versions": connection.scalar(select(func.count()).select_from(reports)) or 0,
                "events": connection.scalar(select(func.count()).select_from(events)) or 0,
                "statements": connection.scalar(select(func.count()).select_from(statements)) or 0,
            }


def _last(connection: Connection) -> int:
    return connection.scalar(select(func.max(events.c.key))) or 0


def _retire(connection: Connection, report_id: str) -> None:
    mine = select(reports.c.key).where(reports.c.id == report_id)
    mark(connection, connection.execute(mine.where(reports.c.current)).scalars().all())
    for table in (events, statements, flags):
        connection.execute(update(table).where(table.c.report.in_(mine)).values(current=False))
    connection.execute(update(reports).where(reports.c.id == report_id).values(current=False))


def _add(connection: Connection, record: Record, coder: str) -> Stored:
    known = connection.execute(select(reports.c.key).where(reports.c.digest == digest(record.report))).scalar()
    if known is not None:
        return Stored(known, "known")
    version = connection.execute(select(func.max(reports.c.version)).where(reports.c.id == record.report.id)).scalar()
    if version is not None:
        _retire(connection, record.report.id)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    row = report_row(record, (version or 0) + 1, coder, now)
    key = connection.execute(insert(reports).values(row).returning(reports.c.key)).scalar_one()
    insert_items(connection, key, record)
    mark(connection, [key])
    if version is not None:
        apply_corrections(connection, key, record)
    return Stored(key, "new" if version is None else "changed")
