"""Reconciling the archive: stories, accounts and their standing, kept with the reports."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, insert, select

from dateline.reconcile.account import Account, find_accounts
from dateline.reconcile.match import OPEN
from dateline.reconcile.mention import EventMention, Key, mentions_of
from dateline.reconcile.origin import Origin, origin_of
from dateline.reconcile.reuse import find_reuse
from dateline.reconcile.standing import Evidence, weigh
from dateline.records import Record
from dateline.store.archive import Archive
from dateline.store.stories import tell_stories
from dateline.store.tables import account_events, accounts, corrections, events, reports, stories


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a run found."""

    reports: int
    stories: int
    accounts: int
    told_more_than_once: int


def reconcile(
    archive: Archive, *, full: bool = False, on_progress: Callable[[str], None] = lambda step: None
) -> Reconciled:
    """Tell stories and accounts of all reports anew and keep them.

    What people joined or parted (see ``dateline correct``) holds.

    Args:
        archive: an open archive.
        full: look at all reports anew, not only at what came or changed.
        on_progress: called with the name of each step.
    """
    on_progress("stories")
    told = tell_stories(archive)
    on_progress("accounts")
    records = {record.report.id: record for record in archive.records()}
    with archive.read() as connection:
        story_of = {
            row.id: row.story
            for row in connection.execute(
                select(reports.c.id, stories.c.story)
                .join(stories, stories.c.report == reports.c.key)
                .where(reports.c.current)
            )
        }
        keys: dict[Key, int] = {
            (row.id, row.event): row.key
            for row in connection.execute(
                select(reports.c.id, events.c.event, events.c.key)
                .join(events, events.c.report == reports.c.key)
                .where(reports.c.current)
            )
        }
        joined, parted = _said_by_people(connection)
    mentions = [m for record in records.values() for m in mentions_of(record) if m.key in keys]
    found = find_accounts(mentions, story_of, joined=joined, parted=parted)
    on_progress("origins")
    origins = _origins(records, story_of)
    with archive.write() as connection:
        connection.execute(delete(account_events))
        connection.execute(delete(accounts))
        for number, account in enumerate(found, start=1):
            _keep(connection, number, account, weigh(account, origins), records, keys)
    several = sum(len({m.key[0] for m in a.mentions}) > 1 for a in found)
    return Reconciled(len(records), told, len(found), several)


def _origins(records: dict[str, Record], story_of: dict[str, str]) -> dict[Key, Origin]:
    by_story: dict[str, list[str]] = {}
    for name in records:
        by_story.setdefault(story_of.get(name, name), []).append(name)
    origins = {}
    for names in by_story.values():
        reuse = find_reuse({n: records[n].report.text for n in names}, {n: records[n].report.published for n in names})
        for name in names:
            record = records[name]
            for event in record.events:
                origins[name, event.id] = origin_of(event, record, reuse, records)
    return origins


def _said_by_people(connection: Connection) -> tuple[list[tuple[Key, Key]], list[tuple[Key, Key]]]:
    joined: list[tuple[Key, Key]] = []
    parted: list[tuple[Key, Key]] = []
    rows = connection.execute(
        select(corrections.c.action, corrections.c.human)
        .where(corrections.c.action.in_(("merge", "split")))
        .order_by(corrections.c.key)
    )
    for action, human in rows:
        a, b = (tuple(k) for k in json.loads(human))
        pair = (a, b) if a <= b else (b, a)
        for pairs in (joined, parted):
            if pair in pairs:
                pairs.remove(pair)
        (joined if action == "merge" else parted).append(pair)
    return joined, parted


def _keep(
    connection: Connection,
    number: int,
    account: Account,
    evidence: Evidence,
    records: dict[str, Record],
    keys: dict[Key, int],
) -> None:
    first = account.mentions[0]
    best = _most_telling(account.mentions)
    connection.execute(
        insert(accounts).values(
            key=number,
            id="/".join(first.key),
            type=best.type,
            begin=best.begin.isoformat() if best.begin else None,
            end=best.end.isoformat() if best.end else None,
            day=best.day.isoformat() if best.day else None,
            standing=evidence.standing,
            reports=len({m.key[0] for m in account.mentions}),
            origins=len(evidence.origins),
            headline=headline(best, records[best.key[0]]),
            evidence=json.dumps(asdict(evidence), ensure_ascii=False, default=str),
        )
    )
    connection.execute(
        insert(account_events),
        [{"event": keys[m.key], "account": number, "why": account.why.get(m.key, "")} for m in account.mentions],
    )


def _most_telling(mentions: Sequence[EventMention]) -> EventMention:
    """The mention that says most: that it took place, who, to whom, when, where."""
    return max(
        mentions,
        key=lambda m: (
            m.factuality not in OPEN,
            bool(m.actors) + bool(m.recipients) + bool(m.begin) + bool(m.place),
            [-ord(c) for c in "/".join(m.key)],
        ),
    )


def headline(mention: EventMention, record: Record) -> str:
    """Who did what to whom, in one line."""
    names = {e.id: e.name for e in record.entities}

    def some(ids: frozenset[str]) -> str:
        return ", ".join(sorted(names.get(i, i) for i in ids)) or "?"

    act = mention.type + (f" ({mention.mode})" if mention.mode else "")
    whom = f" → {some(mention.recipients)}" if mention.recipients else ""
    return f"{some(mention.actors)} – {act} “{mention.trigger}”{whom}"
