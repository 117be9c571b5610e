"""Which accounts and tellings a reconciliation has to look at again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from sys import intern
from typing import Any

from sqlalchemy import Connection, select

from dateline.reconcile.mention import Key
from dateline.store.tables import account_events, events, reports

_CHUNK = 400


def accounts_of_reports(connection: Connection, keys: Sequence[int]) -> set[int]:
    """Accounts that hold an event of these reports, newest versions or not."""
    held = select(account_events.c.account).join(events, events.c.key == account_events.c.event)
    return {
        account
        for part in _parts(keys)
        for account in connection.execute(held.where(events.c.report.in_(part)).distinct()).scalars()
    }


def accounts_of_tellings(connection: Connection, told: Collection[Key]) -> set[int]:
    """Accounts that hold one of these tellings."""
    by_report: dict[str, set[str]] = defaultdict(set)
    for report, event in told:
        by_report[report].add(event)
    held = (
        select(reports.c.id, events.c.event, account_events.c.account)
        .join(events, events.c.report == reports.c.key)
        .join(account_events, account_events.c.event == events.c.key)
        .where(reports.c.current)
    )
    return {
        row.account
        for part in _parts(sorted(by_report))
        for row in connection.execute(held.where(reports.c.id.in_(part)))
        if row.event in by_report[row.id]
    }


def tellings_of(connection: Connection, accounts: Iterable[int]) -> set[Key]:
    """What accounts hold, of the newest versions of reports."""
    held = (
        select(reports.c.id, events.c.event)
        .join(events, events.c.report == reports.c.key)
        .join(account_events, account_events.c.event == events.c.key)
        .where(events.c.current)
    )
    return {
        (row.id, row.event)
        for part in _parts(sorted(accounts))
        for row in connection.execute(held.where(account_events.c.account.in_(part)))
    }


def event_keys(connection: Connection, ids: Collection[str] | None) -> Mapping[Key, int]:
    """Keys of the events that can be told of: of the newest versions of these reports, or of all; not rejected."""
    wanted = (
        select(reports.c.id, events.c.event, events.c.key)
        .join(events, events.c.report == reports.c.key)
        .where(reports.c.current, events.c.review.is_distinct_from("rejected"))
    )
    chosen = [wanted] if ids is None else [wanted.where(reports.c.id.in_(part)) for part in _parts(sorted(ids))]
    return {(intern(row.id), intern(row.event)): row.key for some in chosen for row in connection.execute(some)}


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for k in range(0, len(items), _CHUNK):
        yield items[k : k + _CHUNK]
