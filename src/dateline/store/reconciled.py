"""Reconciling the archive: stories, accounts and their standing, kept with the reports.

Only what came or changed is looked at, with what shares a block or a story with it; see
`dateline.store.touched`. An account keeps its name as long as it keeps a telling.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from dateline.reconcile.account import Account, find_accounts
from dateline.reconcile.match import OPEN, compare, enough
from dateline.reconcile.mention import EventMention, Key, mentions_of
from dateline.reconcile.origin import Origin, origins_of
from dateline.reconcile.reuse import find_reuse
from dateline.reconcile.standing import Evidence, weigh
from dateline.records import Record
from dateline.store.archive import Archive
from dateline.store.columns import seal
from dateline.store.reading import read_records
from dateline.store.saying import say_apart, say_one, sayings
from dateline.store.stories import Told, tell_stories
from dateline.store.tables import account_events, accounts, events, reports, stories
from dateline.store.touched import beside, reports_of_accounts, stale_accounts, without_account

T = TypeVar("T")

_CHUNK = 400
# With more than this share of the reports new, looking at all of them anew is less work.
_MANY = 0.3
# Columns are kept anew when so many runs of events lack some: to keep those of one takes as long as to read it once.
_STALE = 4


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the archive holds after a run."""

    reports: int
    stories: int
    accounts: int
    told_more_than_once: int


def reconcile(
    archive: Archive, *, full: bool = False, on_progress: Callable[[str], None] = lambda step: None
) -> Reconciled:
    """Tell stories and accounts and keep them.

    What people joined or parted (see `merge_accounts`, `split_account`) holds.

    Args:
        archive: an open archive.
        full: look at all reports anew, not only at what came or changed.
        on_progress: called with the name of each step.
    """
    with _without_cycles():
        return _reconcile(archive, full, on_progress)


@contextmanager
def _without_cycles() -> Iterator[None]:
    # Millions of records' parts are made and dropped, none in a cycle: looking for cycles among them
    # again and again took half of the time.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _reconcile(archive: Archive, full: bool, on_progress: Callable[[str], None]) -> Reconciled:
    on_progress("stories")
    told = tell_stories(archive, full=full)
    on_progress("accounts")
    with archive.read() as connection:
        joined, parted, concerned = sayings(connection)
        fresh = without_account(connection)
        stale = stale_accounts(connection)
        count = connection.scalar(select(func.count()).select_from(reports).where(reports.c.current)) or 0
        pool = None
        if not full and len(fresh) <= _MANY * count:
            pool = _pool(connection, fresh, told, stale, concerned)
        story_of = _stories(connection, pool)
        if pool is None or pool:
            keys = _event_keys(connection, pool)
            ids = None if pool is None else sorted({report for report, _ in pool})
            mentions = [
                m
                for record in read_records(connection, ids)
                for m in mentions_of(record)
                if m.key in keys and (pool is None or m.key in pool)
            ]
            found = find_accounts(mentions, story_of, joined=sorted(joined), parted=sorted(parted))
            on_progress("origins")
            origins, headlines = _origins(connection, found, story_of)
            weighed = [(account, weigh(account, origins)) for account in found]
    if pool is None or pool:
        on_progress("keeping")
        with archive.write() as connection:
            _keep(connection, weighed, keys, headlines, None if pool is None else stale)
            # Standings changed, and with them columns that questions read.
            seal(connection, least=1 if pool is None else _STALE)
    with archive.read() as connection:
        number = connection.scalar(select(func.count()).select_from(accounts)) or 0
        several = connection.scalar(select(func.count()).select_from(accounts).where(accounts.c.reports > 1)) or 0
    return Reconciled(count, told.stories, number, several)


def merge_accounts(archive: Archive, first: str, second: str, *, who: str, why: str | None = None) -> int:
    """A person says that two accounts are one occurrence; see `dateline.store.saying.say_one`."""
    number = say_one(archive, first, second, who=who, why=why)
    reconcile(archive)
    return number


def split_account(archive: Archive, account: str, tellings: Sequence[str], *, who: str, why: str | None = None) -> int:
    """A person says that tellings of an account are another occurrence; see `dateline.store.saying.say_apart`."""
    number = say_apart(archive, account, tellings, who=who, why=why)
    reconcile(archive)
    return number


def _stories(connection: Connection, pool: Iterable[Key] | None) -> dict[str, str]:
    """The story of each report, or only of those that share one with a report of the pool."""
    shared = (
        select(reports.c.id, stories.c.story)
        .join(stories, stories.c.report == reports.c.key)
        .where(reports.c.current)
        .order_by(reports.c.key)
    )
    if pool is None:
        return {row.id: row.story for row in connection.execute(shared)}
    mine: set[str] = set()
    for part in _parts(sorted({report for report, _ in pool})):
        mine.update(row.story for row in connection.execute(shared.where(reports.c.id.in_(part))))
    found: dict[str, str] = {}
    for part in _parts(sorted(mine)):
        found |= {row.id: row.story for row in connection.execute(shared.where(stories.c.story.in_(part)))}
    return found


def _event_keys(connection: Connection, pool: Iterable[Key] | None) -> dict[Key, int]:
    wanted = (
        select(reports.c.id, events.c.event, events.c.key)
        .join(events, events.c.report == reports.c.key)
        .where(reports.c.current, events.c.review.is_distinct_from("rejected"))
    )
    if pool is None:
        return {(row.id, row.event): row.key for row in connection.execute(wanted)}
    ids = sorted({report for report, _ in pool})
    keys: dict[Key, int] = {}
    for k in range(0, len(ids), _CHUNK):
        for row in connection.execute(wanted.where(reports.c.id.in_(ids[k : k + _CHUNK]))):
            keys[row.id, row.event] = row.key
    return keys


def _pool(connection: Connection, fresh: Sequence[str], told: Told, stale: set[int], concerned: set[str]) -> set[Key]:
    """The tellings to look at: the new ones, and all of every account that they could change."""
    again = sorted(set(fresh) | told.moved | concerned)
    # Reports of a story that changed: copies of each other may be told apart from now on.
    touched = set(stale)
    for k in range(0, len(again), _CHUNK):
        touched.update(
            connection.execute(
                select(account_events.c.account)
                .join(events, events.c.key == account_events.c.event)
                .join(reports, reports.c.key == events.c.report)
                .where(reports.c.id.in_(again[k : k + _CHUNK]))
                .distinct()
            ).scalars()
        )
    new = [m for record in read_records(connection, fresh) for m in mentions_of(record)]
    near = reports_of_accounts(connection, beside(connection, new) - touched)
    touched.update(_matching(connection, new, near))
    pool = {
        (report, event) for told_in in reports_of_accounts(connection, touched).values() for report, event, _ in told_in
    }
    return pool | {m.key for m in new}


def _matching(
    connection: Connection, new: Sequence[EventMention], near: Mapping[int, Sequence[tuple[str, str, int]]]
) -> set[int]:
    """Of the accounts in the same blocks those with a telling that a new one could be of."""
    account_of = {(report, event): account for account, told in near.items() for report, event, _ in told}
    by_block: dict[tuple[str, str], list[EventMention]] = defaultdict(list)
    for m in new:
        for person in m.people:
            for block in m.blocks:
                by_block[block, person].append(m)
    found: set[int] = set()
    for record in read_records(connection, sorted({report for report, _ in account_of})):
        for old in mentions_of(record):
            account = account_of.get(old.key)
            if account is None or account in found:
                continue
            partners = {m.key: m for p in old.people for b in old.blocks for m in by_block.get((b, p), ())}
            if any(enough(compare(m, old, one_story=True), m, old) for m in partners.values()):
                found.add(account)
    return found


def _origins(
    connection: Connection, found: Sequence[Account], story_of: Mapping[str, str]
) -> tuple[dict[Key, Origin], dict[Key, str]]:
    """The origin of each telling, and the headlines of those that tell most.

    Records are read story by story, so that memory stays flat.
    """
    told: dict[str, set[str]] = defaultdict(set)
    for account in found:
        for m in account.mentions:
            told[m.key[0]].add(m.key[1])
    best = {m.key: m for m in (most_telling(account.mentions) for account in found)}
    members: dict[str, list[str]] = defaultdict(list)
    for report, story in story_of.items():
        members[story].append(report)
    wanted = sorted({story_of.get(report, report) for report in told})
    origins: dict[Key, Origin] = {}
    headlines: dict[Key, str] = {}
    for batch in _batches(wanted, members):
        records = {r.report.id: r for r in read_records(connection, [n for s in batch for n in members.get(s, [s])])}
        for story in batch:
            names = [n for n in members.get(story, [story]) if n in records]
            reuse = {}
            if len(names) > 1:
                texts = {n: records[n].report.text for n in names}
                reuse = find_reuse(texts, {n: records[n].report.published for n in names})
            for name in names:
                wanted_here = told.get(name, set())
                for event, origin in origins_of(records[name], wanted_here, reuse, records).items():
                    key = (name, event)
                    origins[key] = origin
                    if key in best:
                        headlines[key] = headline(best[key], records[name])
    return origins, headlines


def _batches(wanted: Iterable[str], members: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for story in wanted:
        batch.append(story)
        size += len(members.get(story, [story]))
        if size >= _CHUNK:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _keep(
    connection: Connection,
    weighed: Sequence[tuple[Account, Evidence]],
    keys: Mapping[Key, int],
    headlines: Mapping[Key, str],
    stale: set[int] | None,
) -> None:
    """Put the accounts in place of those that held their tellings, and of stale ones (None: of all).

    Names go on with the tellings.
    """
    full = stale is None
    mine = {keys[m.key]: n for n, (account, _) in enumerate(weighed) for m in account.mentions}
    held: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))  # old account: new account: tellings
    for key, account in _held(connection, sorted(mine), stale):
        if key in mine:
            held[account][mine[key]] += 1
        else:
            held[account]
    names = dict(_names(connection, None if full else sorted(held)))
    number_of, name_of = _go_on(weighed, held, names)
    if full:
        connection.execute(delete(account_events))
        connection.execute(delete(accounts))
    else:
        for part in _parts(sorted(held)):
            connection.execute(delete(account_events).where(account_events.c.account.in_(part)))
            connection.execute(delete(accounts).where(accounts.c.key.in_(part)))
    following = (connection.scalar(select(func.max(accounts.c.key))) or 0) + 1
    following = max(following, max(number_of.values(), default=0) + 1)
    taken = set(name_of.values())
    natural = ["/".join(m.key) for account, _ in weighed for m in account.mentions[:1]]
    taken.update(name for _, name in _named(connection, natural))
    rows: list[dict[str, Any]] = []
    tellings: list[dict[str, Any]] = []
    for n, (told, evidence) in enumerate(weighed):
        number = number_of.get(n)
        if number is None:
            number = following
            following += 1
        name = name_of.get(n)
        if name is None:
            name = next((k for m in told.mentions if (k := "/".join(m.key)) not in taken), None)
            name = name or f"{'/'.join(told.mentions[0].key)}+{number}"
            taken.add(name)
        best = most_telling(told.mentions)
        rows.append({"key": number, **account_row(name, told, evidence, headlines[best.key])})
        tellings += [{"event": keys[m.key], "account": number, "why": told.why.get(m.key, "")} for m in told.mentions]
    for some in _parts(rows):
        connection.execute(insert(accounts), some)
    for some in _parts(tellings):
        connection.execute(insert(account_events), some)


def _go_on(
    weighed: Sequence[tuple[Account, Evidence]],
    held: Mapping[int, Mapping[int, int]],
    names: Mapping[int, str],
) -> tuple[dict[int, int], dict[int, str]]:
    """Which new account goes on with the number and name of which old one: that with its first telling, or most."""
    first = {n: {"/".join(m.key) for m in account.mentions} for n, (account, _) in enumerate(weighed)}
    claims = sorted(
        (names.get(old) not in first[new], -count, old, new)
        for old, news in held.items()
        for new, count in news.items()
    )
    number_of: dict[int, int] = {}
    gone: set[int] = set()
    for _, _, old, new in claims:
        if old not in gone and new not in number_of:
            gone.add(old)
            number_of[new] = old
    return number_of, {new: names[old] for new, old in number_of.items() if old in names}


def _held(connection: Connection, keys: Sequence[int], stale: set[int] | None) -> Iterator[tuple[int, int]]:
    """(event, account) of the accounts that hold one of these events, and of stale ones (None: of all)."""
    wanted = select(account_events.c.event, account_events.c.account)
    if stale is None:
        yield from map(tuple, connection.execute(wanted).all())
        return
    # What became stale since it was read is for the next run, which looks at all that it holds.
    touched = set(stale)
    for part in _parts(keys):
        touched.update(
            connection.execute(
                select(account_events.c.account).where(account_events.c.event.in_(part)).distinct()
            ).scalars()
        )
    empty = (
        select(accounts.c.key)
        .outerjoin(account_events, account_events.c.account == accounts.c.key)
        .where(account_events.c.event.is_(None))
    )
    for account in connection.execute(empty).scalars():
        yield -1, account
    for part in _parts(sorted(touched)):
        yield from map(tuple, connection.execute(wanted.where(account_events.c.account.in_(part))).all())


def _names(connection: Connection, keys: Sequence[int] | None) -> Iterator[tuple[int, str]]:
    wanted = select(accounts.c.key, accounts.c.id)
    if keys is None:
        yield from map(tuple, connection.execute(wanted).all())
        return
    for part in _parts(keys):
        yield from map(tuple, connection.execute(wanted.where(accounts.c.key.in_(part))).all())


def _named(connection: Connection, names: Sequence[str]) -> Iterator[tuple[int, str]]:
    for part in _parts(names):
        wanted = select(accounts.c.key, accounts.c.id).where(accounts.c.id.in_(part))
        yield from map(tuple, connection.execute(wanted).all())


def _parts(items: Sequence[T]) -> Iterator[list[T]]:
    for k in range(0, len(items), _CHUNK):
        yield list(items[k : k + _CHUNK])


def account_row(name: str, account: Account, evidence: Evidence, headline: str) -> dict[str, Any]:
    """An account as a row: what, when, how it stands and why."""
    best = most_telling(account.mentions)
    return {
        "id": name,
        "type": best.type,
        "begin": best.begin.isoformat() if best.begin else None,
        "end": best.end.isoformat() if best.end else None,
        "day": best.day.isoformat() if best.day else None,
        "standing": evidence.standing,
        "reports": len({m.key[0] for m in account.mentions}),
        "origins": len(evidence.origins),
        "headline": headline,
        "evidence": msgspec.json.encode(evidence).decode(),
    }


def most_telling(mentions: Sequence[EventMention]) -> EventMention:
    """The mention that says most: that it took place, who, to whom, when, where."""
    return max(
        mentions,
        key=lambda m: (
            m.factuality not in OPEN,
            bool(m.actors) + bool(m.recipients) + bool(m.begin) + bool(m.place),
            m.told,
            m.leads,
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
