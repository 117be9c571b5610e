"""One report as people left it: its versions, and the rows of its items with what was said of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from dateline.records import Record
from dateline.store.archive import Archive
from dateline.store.ask import with_people
from dateline.store.corrected import as_corrected
from dateline.store.rows import unpack
from dateline.store.tables import account_events, accounts, corrections, events, flags, reports, statements

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Version:
    """One version of a report."""

    number: int
    current: bool
    added: str
    title: str | None
    published: str | None
    coder: str


@dataclass(frozen=True)
class Whole:
    """A version of a report with all that the archive holds of it.

    Attributes:
        record: what the machine read.
        left: the same with what people said in its place.
        version: which version this is.
        versions: all of them, the first first.
        events, statements, flags: rows by the item's id, as people left them; ``account``, ``standing``,
            ``account_reports`` and ``origins`` of an event tell of the account that it is told in.
        log: the corrections that hold, in the order in which they were said.
    """

    record: Record
    left: Record
    version: Version
    versions: Sequence[Version]
    events: Mapping[str, Row]
    statements: Mapping[str, Row]
    flags: Mapping[str, Row]
    log: Sequence[Row]


def whole_report(archive: Archive, report_id: str, version: int | None = None) -> Whole | None:
    """A report with everything that hangs on it; None: there is no such report or version.

    Args:
        archive: an open archive.
        report_id: the report.
        version: its number; None: the newest.
    """
    with archive.read() as connection:
        versions = {
            row.key: Version(row.version, row.current, row.added, row.title, row.published, row.coder)
            for row in connection.execute(
                select(
                    reports.c.key,
                    reports.c.version,
                    reports.c.current,
                    reports.c.added,
                    reports.c.title,
                    reports.c.published,
                    reports.c.coder,
                )
                .where(reports.c.id == report_id)
                .order_by(reports.c.version)
            )
        }
        key = next((k for k, v in versions.items() if (v.current if version is None else v.number == version)), None)
        if key is None:
            return None
        record = unpack(connection.execute(select(reports.c.record).where(reports.c.key == key)).scalar_one())
        told = connection.execute(
            select(
                events,
                account_events.c.account,
                accounts.c.standing,
                accounts.c.reports.label("account_reports"),
                accounts.c.origins,
            )
            .outerjoin(account_events, account_events.c.event == events.c.key)
            .outerjoin(accounts, accounts.c.key == account_events.c.account)
            .where(events.c.report == key)
        ).mappings()
        done = {row["event"]: row for row in with_people(connection, [dict(row) for row in told])}
        said = connection.execute(select(statements).where(statements.c.report == key)).mappings()
        queried = connection.execute(select(flags).where(flags.c.report == key)).mappings()
        return Whole(
            record,
            as_corrected(connection, record) if versions[key].current else record,
            versions[key],
            list(versions.values()),
            done,
            {row["statement"]: dict(row) for row in said},
            {row["flag"]: dict(row) for row in queried},
            holding(connection, report_id) if versions[key].current else [],
        )


def holding(connection: Connection, report_id: str) -> list[Row]:
    """The corrections of a report's items that nobody took back, in the order in which they were said."""
    gone = select(corrections.c.undoes).where(corrections.c.undoes.is_not(None))
    rows = connection.execute(
        select(corrections)
        .where(
            corrections.c.report == report_id,
            corrections.c.action.in_(("accept", "reject", "change")),
            corrections.c.key.not_in(gone),
        )
        .order_by(corrections.c.key)
    ).mappings()
    return [
        {**row, "machine": json.loads(row["machine"]), "human": json.loads(row["human"]) if row["human"] else None}
        for row in rows
    ]
