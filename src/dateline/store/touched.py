"""Which reports a reconciliation has to look at again when new ones came: those of their blocks and stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, or_, select

from dateline.reconcile.account import NEIGHBOURS
from dateline.reconcile.match import PLAN_DAYS
from dateline.reconcile.mention import EventMention, block_of
from dateline.store.tables import CHANGED, account_events, arguments, events, reports

_CHUNK = 400


def without_account(connection: Connection) -> list[str]:
    """Reports with events that are in no account, or that a person changed since it was told.

    Events that a person rejected are to be in none.
    """
    return list(
        connection.execute(
            select(reports.c.id)
            .join(events, events.c.report == reports.c.key)
            .outerjoin(account_events, account_events.c.event == events.c.key)
            .where(
                events.c.current,
                or_(account_events.c.event.is_(None), account_events.c.why == CHANGED),
                events.c.review.is_distinct_from("rejected"),
            )
            .distinct()
            .order_by(reports.c.id)
        ).scalars()
    )


def stale_accounts(connection: Connection) -> set[int]:
    """Accounts that hold an event of an old version, or one that a person rejected or changed since."""
    return set(
        connection.execute(
            select(account_events.c.account)
            .join(events, events.c.key == account_events.c.event)
            .where(or_(events.c.current.is_(False), events.c.review == "rejected", account_events.c.why == CHANGED))
            .distinct()
        ).scalars()
    )


def beside(connection: Connection, mentions: Iterable[EventMention]) -> set[int]:
    """Accounts of events that share a block with one of the mentions: kind of act or word, somebody, days.

    Of each block the nearest in time are taken, as many as are compared.
    """
    blocks: dict[tuple[str, str], list[EventMention]] = defaultdict(list)
    for mention in mentions:
        for person in mention.people:
            for block in mention.blocks:
                blocks[block, person].append(mention)
    people = sorted({person for _, person in blocks})
    days = sorted(m.day for block in blocks.values() for m in block if m.day)
    near: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for who, type_, trigger, day, account in _told_of(connection, people, days):
        for block in block_of(type_, trigger.lower()):
            key = (block, who)
            if key in blocks:
                near[key].append((_ordinal(day), account))
    found: set[int] = set()
    for key, theirs in near.items():
        for mention in blocks[key]:
            at = mention.day.toordinal() if mention.day else 0
            close = sorted((abs(o - at), a) for o, a in theirs if abs(o - at) <= PLAN_DAYS or not o or not at)
            found.update(a for _, a in close[: 2 * NEIGHBOURS])
    return found


def _told_of(
    connection: Connection, people: Sequence[str], days: Sequence[date]
) -> Iterator[tuple[str, str, str, str, int]]:
    window = []
    if days:
        first = max(days[0], date.min + timedelta(PLAN_DAYS)) - timedelta(PLAN_DAYS)
        last = min(days[-1], date.max - timedelta(PLAN_DAYS)) + timedelta(PLAN_DAYS)
        window = [events.c.day >= first.isoformat(), or_(events.c.day <= last.isoformat() + "~", events.c.day == "~")]
    for column in (arguments.c.entity, arguments.c.country):
        for k in range(0, len(people), _CHUNK):
            rows = connection.execute(
                select(column, events.c.type, events.c.trigger, events.c.day, account_events.c.account)
                .select_from(arguments)
                .join(events, events.c.key == arguments.c.event)
                .join(account_events, account_events.c.event == events.c.key)
                .where(column.in_(people[k : k + _CHUNK]), events.c.current, *window)
            )
            for row in rows:
                yield row[0], row[1], row[2], row[3], row[4]


def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal() if day[:1].isdigit() else 0


def reports_of_accounts(connection: Connection, keys: Iterable[int]) -> Mapping[int, list[tuple[str, str, int]]]:
    """For each account its current tellings: report id, event id, event key."""
    found: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    wanted = sorted(keys)
    for k in range(0, len(wanted), _CHUNK):
        for row in connection.execute(
            select(account_events.c.account, reports.c.id, events.c.event, events.c.key)
            .join(events, events.c.key == account_events.c.event)
            .join(reports, reports.c.key == events.c.report)
            .where(account_events.c.account.in_(wanted[k : k + _CHUNK]), events.c.current)
        ):
            found[row.account].append((row.id, row.event, row.key))
    return found
