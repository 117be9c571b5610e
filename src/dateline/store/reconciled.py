"""Reconciling the archive: stories, accounts and their standing, kept with the reports.

Only what came or changed is looked at, with what shares a block or a story with it; see
`dateline.store.pending`. An account keeps its name as long as it keeps a telling.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from dateline.reconcile.account import Account, find_accounts
from dateline.reconcile.mention import EventMention, Key, mentions_of
from dateline.reconcile.origin import Origin, origins_of
from dateline.reconcile.reuse import Reuse
from dateline.reconcile.sharing import Sharing
from dateline.reconcile.standing import Evidence, weigh
from dateline.reconcile.when import OPEN
from dateline.records import Record
from dateline.store.archive import Archive
from dateline.store.columns import keep_on, kept_of
from dateline.store.kept import ACCOUNTS, EVENTS, STALE, TAIL, seal
from dateline.store.mentions import (
    forget_mentions,
    keep_all_mentions,
    keep_mentions,
    kept_mentions,
    outdated,
    told_by,
    told_nearby,
)
from dateline.store.pending import done, mark_all, most_wait, waiting
from dateline.store.reading import read_records
from dateline.store.saying import say_apart, say_one, sayings
from dateline.store.stories import tell_all, tell_more
from dateline.store.tables import account_events, accounts, reports, stories
from dateline.store.touched import accounts_of_reports, accounts_of_tellings, event_keys, tellings_of

T = TypeVar("T")

_CHUNK = 400
# Reports that are looked at in one transaction: others who write wait for its end.
_AT_ONCE = 100
# What columns of events tell of accounts.
_OF_TELLINGS = ("standing", "account")


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the archive holds after a run."""

    reports: int
    stories: int
    accounts: int
    told_more_than_once: int


def reconcile(archive: Archive, *, full: bool = False, on_progress: Callable[[str], None] = lambda step: None) -> None:
    """Tell stories and accounts and keep them.

    What people joined or parted (see `merge_accounts`, `split_account`) holds.

    Args:
        archive: an open archive.
        full: look at all reports anew, not only at what came or changed.
        on_progress: called with the name of each step.
    """
    with _without_cycles():
        if not full:
            with archive.read() as connection:
                found = waiting(connection)
                full = most_wait(connection, found) or outdated(connection)
            if not found.marks and not full:
                return
        if full:
            _all(archive, on_progress)
            return
        on_progress("accounts")
        while _some(archive):
            pass


def totals(archive: Archive) -> Reconciled:
    """Count what reconciling found."""
    with archive.read() as connection:
        told = select(stories.c.story).join(reports, reports.c.key == stories.c.report).where(reports.c.current)
        several = select(func.count()).select_from(accounts).where(accounts.c.reports > 1)
        return Reconciled(
            connection.scalar(select(func.count()).select_from(reports).where(reports.c.current)) or 0,
            connection.scalar(select(func.count()).select_from(told.distinct().subquery())) or 0,
            connection.scalar(select(func.count()).select_from(accounts)) or 0,
            connection.scalar(several) or 0,
        )


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


def _all(archive: Archive, on_progress: Callable[[str], None]) -> None:
    with archive.write() as connection:
        mark_all(connection)  # until it is done: a run that is broken off is begun again
        found = waiting(connection)
    on_progress("stories")
    tell_all(archive)
    on_progress("accounts")
    with archive.read() as connection:
        joined, parted = sayings(connection)
        story_of = _stories(connection)
        keys = event_keys(connection, None)
        sharing = Sharing()
        told = {r.report.id: [sharing.of(m) for m in mentions_of(r)] for r in read_records(connection)}
        mentions = [m for some in told.values() for m in some if m.key in keys]
        accounts_found = find_accounts(mentions, story_of, joined=sorted(joined), parted=sorted(parted))
        on_progress("origins")
        origins, headlines = _origins(connection, accounts_found, story_of)
    on_progress("keeping")
    with archive.write() as connection:
        keep_all_mentions(connection, told)
        del told, mentions
        _keep(connection, accounts_found, origins, headlines, keys, None)
        # Standings changed, and with them columns that questions read.
        seal(connection)
        done(connection, found)


def _some(archive: Archive) -> bool:
    """Look at some of what came or changed; whether there is more."""
    with archive.write() as connection:
        found = waiting(connection, _AT_ONCE)
        if not found.marks:
            return False
        moved = tell_more(connection, found.reports)
        forget_mentions(connection, found.reports)
        names = _newest(connection, found.reports)
        told = {names[r.report.id]: mentions_of(r) for r in read_records(connection, sorted(names))}
        mine = event_keys(connection, names)
        new = [m for some in told.values() for m in some if m.key in mine]
        touched = accounts_of_reports(connection, sorted({*found.reports, *moved.keys}))
        near = told_nearby(connection, new)
        for came, stayed in moved.beside:
            # The accounts of those that came are looked at in any case.
            near |= told_by(kept_mentions(connection, came), kept_mentions(connection, stayed))
        touched |= accounts_of_tellings(connection, near)
        keep_mentions(connection, told)
        pool = tellings_of(connection, touched) | {m.key for m in new}
        ids = sorted({report for report, _ in pool})
        keys = event_keys(connection, ids)
        mentions = [m for m in kept_mentions(connection, ids) if m.key in pool and m.key in keys]
        joined, parted = sayings(connection, set(ids))
        story_of = _stories(connection, ids)
        accounts_found = find_accounts(mentions, story_of, joined=sorted(joined), parted=sorted(parted))
        origins, headlines = _origins(connection, accounts_found, story_of)
        _keep(connection, accounts_found, origins, headlines, keys, touched)
        done(connection, found)
        more = len(found.marks) == _AT_ONCE
        if not more:
            seal(connection, least=STALE, tail=TAIL, most=1)
    return more


def _newest(connection: Connection, keys: Sequence[int]) -> dict[str, int]:
    """Of these reports the newest versions, by their ids."""
    found: dict[str, int] = {}
    for part in _parts(keys):
        wanted = select(reports.c.id, reports.c.key).where(reports.c.key.in_(part), reports.c.current)
        found |= {row.id: row.key for row in connection.execute(wanted)}
    return found


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


def _stories(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, str]:
    """The story of each of these reports, or of all."""
    wanted = (
        select(reports.c.id, stories.c.story)
        .join(stories, stories.c.report == reports.c.key)
        .where(reports.c.current)
        .order_by(reports.c.key)
    )
    chosen = [wanted] if ids is None else [wanted.where(reports.c.id.in_(part)) for part in _parts(ids)]
    return {row.id: row.story for some in chosen for row in connection.execute(some)}


def _origins(
    connection: Connection, found: Sequence[Account], story_of: Mapping[str, str]
) -> tuple[dict[Key, Origin], dict[Key, str]]:
    """The origin of each telling, and the headlines of those that tell most.

    Records are read part by part, so that memory stays flat, story by story: texts are taken from there.
    """
    told: dict[str, set[str]] = defaultdict(set)
    for account in found:
        for m in account.mentions:
            told[m.key[0]].add(m.key[1])
    best = {m.key: m for m in (most_telling(account.mentions) for account in found)}
    origins: dict[Key, Origin] = {}
    headlines: dict[Key, str] = {}
    for part in _parts(sorted(told, key=lambda name: (story_of.get(name, name), name))):
        reuse = _reuse(connection, part)
        wanted = sorted({*part, *(taken.source for taken in reuse.values())})
        records = {r.report.id: r for r in read_records(connection, wanted)}
        for name in part:
            for event, origin in origins_of(records[name], told[name], reuse, records).items():
                key = (name, event)
                origins[key] = origin
                if key in best:
                    headlines[key] = headline(best[key], records[name])
    return origins, headlines


def _reuse(connection: Connection, ids: Collection[str]) -> dict[str, Reuse]:
    """From which others of their stories these reports take their text."""
    wanted = (
        select(reports.c.id, stories.c.source, stories.c.share)
        .join(stories, stories.c.report == reports.c.key)
        .where(reports.c.current, reports.c.id.in_(ids), stories.c.source.is_not(None))
    )
    return {row.id: Reuse(row.id, row.source, row.share) for row in connection.execute(wanted)}


def _keep(
    connection: Connection,
    found: Sequence[Account],
    origins: Mapping[Key, Origin],
    headlines: Mapping[Key, str],
    keys: Mapping[Key, int],
    stale: set[int] | None,
) -> None:
    """Put the accounts in place of those that held their tellings, and of stale ones (None: of all).

    Names go on with the tellings. Accounts are weighed one by one as they are written.
    """
    full = stale is None
    mine = {keys[m.key]: n for n, account in enumerate(found) for m in account.mentions}
    held: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))  # old account: new account: tellings
    lost: list[int] = []
    for key, account in _held(connection, sorted(mine), stale):
        if key in mine:
            held[account][mine[key]] += 1
        else:
            held[account]
            lost.append(key)
    names = dict(_names(connection, None if full else sorted(held)))
    number_of, name_of = _go_on(found, held, names)
    tellings_kept = {} if full else kept_of(connection, EVENTS, {*mine, *lost}, _OF_TELLINGS)
    accounts_kept = {} if full else kept_of(connection, ACCOUNTS, held, ACCOUNTS.names)
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
    natural = ["/".join(m.key) for account in found for m in account.mentions[:1]]
    taken.update(name for _, name in _named(connection, natural))
    del natural
    rows: list[dict[str, Any]] = []
    tellings: list[dict[str, Any]] = []
    numbers: list[int] = []
    for n, told in enumerate(found):
        number = number_of.get(n)
        if number is None:
            number = following
            following += 1
        numbers.append(number)
        name = name_of.get(n)
        if name is None:
            name = next((k for m in told.mentions if (k := "/".join(m.key)) not in taken), None)
            name = name or f"{'/'.join(told.mentions[0].key)}+{number}"
            taken.add(name)
        best = most_telling(told.mentions)
        evidence = weigh(told, origins)
        rows.append({"key": number, **account_row(name, told, evidence, headlines[best.key])})
        tellings += [{"event": keys[m.key], "account": number, "why": told.why.get(m.key, "")} for m in told.mentions]
        if len(rows) >= _CHUNK:
            _insert(connection, rows, tellings)
    _insert(connection, rows, tellings)
    keep_on(connection, EVENTS, tellings_kept, [*mine, *lost], _OF_TELLINGS)
    keep_on(connection, ACCOUNTS, accounts_kept, [*held, *numbers], ACCOUNTS.names)


def _insert(connection: Connection, rows: list[dict[str, Any]], tellings: list[dict[str, Any]]) -> None:
    """Write accounts and what they hold, and empty the lists."""
    for table, some in ((accounts, rows), (account_events, tellings)):
        if some:
            connection.execute(insert(table), some)
        some.clear()


def _go_on(
    found: Sequence[Account],
    held: Mapping[int, Mapping[int, int]],
    names: Mapping[int, str],
) -> tuple[dict[int, int], dict[int, str]]:
    """Which new account goes on with the number and name of which old one: that with its first telling, or most."""
    claims = sorted(
        (all("/".join(m.key) != names.get(old) for m in found[new].mentions), -count, old, new)
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
    touched = set(stale)
    for part in _parts(keys):
        touched.update(
            connection.execute(
                select(account_events.c.account).where(account_events.c.event.in_(part)).distinct()
            ).scalars()
        )
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
