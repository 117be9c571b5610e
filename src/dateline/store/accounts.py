"""Questions about accounts: which there are, how one is supported, and on whom reports rely."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from dateline.errors import InputError
from dateline.store.archive import Archive
from dateline.store.ask import pages_of
from dateline.store.first import few, first_keys
from dateline.store.question import Question, names, report_conditions
from dateline.store.sift_accounts import sift_accounts
from dateline.store.tables import account_events, accounts, arguments, events, reports

_PAGE = 500


def ask_accounts(
    archive: Archive,
    *,
    standing: str | None = None,
    type: str | None = None,
    who: str | None = None,
    since: str | None = None,
    until: str | None = None,
    least_reports: int = 1,
) -> Iterator[dict[str, Any]]:
    """Accounts by day (unknown days last), then in the order in which they were found.

    Args:
        archive: an open archive.
        standing: in the words of `Standing`.
        type: PLOVER type.
        who: somebody in it: a country code, an entity's id, or a name.
        since: it took place on this ISO day or later.
        until: it took place before this day.
        least_reports: told by at least so many reports.
    """
    question = Question(standing=standing, type=type, actor=who, since=since, until=until)
    if accounts_in_order(archive, question, least_reports):
        conditions = account_conditions(question, least_reports, archive.engine.dialect.name).values()
        order = (accounts.c.day.is_(None), accounts.c.day, accounts.c.key)
        for row in _rows(archive, select(accounts).where(*conditions).order_by(*order)):
            yield {**row, "evidence": json.loads(row["evidence"])}
        return
    with archive.read() as connection:
        keys = first_keys(sift_accounts(connection, question, ("day",), least_reports=least_reports), None)
        for page in pages_of(connection, select(accounts), accounts, keys):
            yield from ({**row, "evidence": json.loads(row["evidence"])} for row in page)


def accounts_in_order(archive: Archive, question: Question, least_reports: int) -> bool:
    """Whether the database has an order of its own for these filters, or so few accounts that it needs none."""
    return (least_reports <= 1 and not any(question.given())) or few(archive, accounts)


def count_accounts(archive: Archive) -> int:
    """How many accounts there are."""
    with archive.read() as connection:
        return connection.scalar(select(func.count()).select_from(accounts)) or 0


def account_conditions(question: Question, least_reports: int, dialect: str) -> dict[str, ColumnElement[bool]]:
    """A condition on ``accounts`` for each filter that is set and applies.

    Args:
        question: its `actor` is anybody in the account, its `since` and `until` are held against the
            account's day, its filters on reports hold for at least one telling.
        least_reports: told by at least so many reports.
        dialect: ``sqlite`` or ``postgresql``.
    """
    q, found = question, {}
    if least_reports > 1:
        found["least_reports"] = accounts.c.reports >= least_reports
    if q.standing:
        found["standing"] = accounts.c.standing == q.standing
    if q.type:
        found["type"] = accounts.c.type == q.type.upper()
    if q.since:
        found["since"] = accounts.c.day >= q.since
    if q.until:
        found["until"] = accounts.c.day < q.until
    told = select(account_events.c.account).join(events, events.c.key == account_events.c.event)
    if q.actor:
        found["actor"] = _told(takes_part(q.actor))
    if q.country:
        found["country"] = _told(arguments.c.country == q.country.upper())
    if q.factuality:
        found["factuality"] = accounts.c.key.in_(told.where(events.c.factuality == q.factuality))
    if q.source:
        found["source"] = accounts.c.key.in_(
            told.where(or_(events.c.speaker == q.source, events.c.speaker == q.source.upper()))
        )
    for name, condition in report_conditions(q, dialect).items():
        found[name] = accounts.c.key.in_(told.join(reports, reports.c.key == events.c.report).where(condition))
    return found


def takes_part(who: str) -> ColumnElement[bool]:
    """The condition on ``arguments`` that somebody is meant: by country code in any case, entity's id, or name."""
    return or_(names(who), arguments.c.country == who.upper())


def _told(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return accounts.c.key.in_(
        select(account_events.c.account).join(arguments, arguments.c.event == account_events.c.event).where(condition)
    )


def find_account(archive: Archive, name: str) -> dict[str, Any]:
    """An account by its id (report/event), by its number, or by any of its tellings.

    Raises:
        InputError: there is none of this name.
    """
    with archive.read() as connection:
        row = connection.execute(select(accounts).where(accounts.c.id == name)).mappings().first()
        if row is None and name.isdecimal() and len(name) < 10:
            row = connection.execute(select(accounts).where(accounts.c.key == int(name))).mappings().first()
        if row is None and "/" in name:
            report, _, event = name.rpartition("/")
            row = (
                connection.execute(
                    select(accounts)
                    .join(account_events, account_events.c.account == accounts.c.key)
                    .join(events, events.c.key == account_events.c.event)
                    .join(reports, reports.c.key == events.c.report)
                    .where(reports.c.id == report, events.c.event == event, reports.c.current)
                )
                .mappings()
                .first()
            )
        told = None if row is not None else _first_telling(connection, name)
    if told is not None:
        raise InputError(f"{name!r} is a report, which may tell of several accounts: name an event of it, as {told!r}")
    if row is None:
        raise InputError(
            f"there is no account {name!r}; `dateline accounts` lists them, `dateline reconcile` brings them up to date"
        )
    return dict(row)


def _first_telling(connection: Connection, report: str) -> str | None:
    """``report/event`` of the first event of a report that is in an account; None: there is no such report or event."""
    told = (
        select(events.c.event)
        .join(reports, reports.c.key == events.c.report)
        .join(account_events, account_events.c.event == events.c.key)
        .where(reports.c.id == report, reports.c.current)
        .order_by(events.c.key)
    )
    event = connection.execute(told.limit(1)).scalar()
    return None if event is None else f"{report}/{event}"


def account_tree(archive: Archive, name: str) -> dict[str, Any]:
    """An account with its evidence and all its tellings, each with its path to its origin.

    Args:
        archive: an open archive.
        name: see `find_account`.

    Raises:
        InputError: there is none of this name.
    """
    found = find_account(archive, name)
    found["evidence"] = json.loads(found["evidence"])
    paths = found["evidence"].pop("paths", {})
    with archive.read() as connection:
        tellings = connection.execute(
            select(
                reports.c.id.label("report"),
                reports.c.publisher,
                reports.c.published,
                reports.c.title,
                events.c.event,
                events.c.type,
                events.c.trigger,
                events.c.factuality,
                events.c.begin,
                events.c.end,
                account_events.c.why,
            )
            .select_from(account_events)
            .join(events, events.c.key == account_events.c.event)
            .join(reports, reports.c.key == events.c.report)
            .where(account_events.c.account == found["key"])
            .order_by(reports.c.published.is_(None), reports.c.published, events.c.key)
        ).mappings()
        found["tellings"] = [dict(t) for t in tellings]
    for telling in found["tellings"]:
        way = paths.get(f"{telling['report']}/{telling['event']}")
        telling["origin"] = way["origin"] if way else None
        telling["path"] = way["names"] if way else [telling["publisher"]]
        telling["how"] = way["how"] if way else "voice"
    return found


class _Origin(msgspec.Struct):
    """What is told of a root source in an account's evidence."""

    name: str
    kind: str
    country: str | None
    how: str
    state: bool = False


class _Rests(msgspec.Struct):
    """Of an account's evidence, on whom it rests: sources, and by each the reports that pass it on."""

    origins: dict[str, _Origin]
    reports: dict[str, list[str]]


@dataclass
class _Source:
    origin: _Origin
    accounts: int = 0
    alone: int = 0
    reports: set[str] = field(default_factory=set)
    relied: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def ask_sources(archive: Archive) -> Iterator[dict[str, Any]]:
    """Root sources, those that most accounts rest on first: what rests on them, and who relies on them.

    Yields:
        ``source, name, kind, country, state, accounts, alone`` (accounts that rest on it alone),
        ``reports`` (that pass it on), ``relied_on_by`` (publishers with the number of accounts for
        which they rely on it, most first; an outlet's own reporting is not counted).
    """
    with archive.read() as connection:
        publishers = {
            row.id: row.publisher
            for row in connection.execute(select(reports.c.id, reports.c.publisher).where(reports.c.current))
        }
    found: dict[str, _Source] = {}
    decode = msgspec.json.Decoder(_Rests).decode
    for evidence in _evidence(archive):
        rests = decode(evidence)
        for name, origin in rests.origins.items():
            source = found.get(name)
            if source is None:
                source = found[name] = _Source(origin)
            source.accounts += 1
            source.alone += len(rests.origins) == 1
            told = rests.reports.get(name, ())
            source.reports.update(told)
            if origin.how != "voice":
                for publisher in {publishers.get(r) or "?" for r in told} - {origin.name}:
                    source.relied[publisher] += 1
    for name, source in sorted(found.items(), key=lambda s: (-s[1].accounts, s[0])):
        relied = sorted(source.relied.items(), key=lambda p: (-p[1], p[0]))
        yield {
            "source": name,
            "name": source.origin.name,
            "kind": source.origin.kind,
            "country": source.origin.country,
            "state": source.origin.state,
            "accounts": source.accounts,
            "alone": source.alone,
            "reports": len(source.reports),
            "relied_on_by": [{"publisher": p, "accounts": n} for p, n in relied],
        }


def _evidence(archive: Archive) -> Iterator[str]:
    """The evidence of all accounts, in their order."""
    wanted = select(accounts.c.evidence).order_by(accounts.c.key)
    with archive.read() as connection, connection.execution_options(yield_per=_PAGE).execute(wanted) as result:
        for page in result.scalars().partitions(_PAGE):
            yield from page


def _rows(archive: Archive, wanted: Select[Any]) -> Iterator[dict[str, Any]]:
    # Fetched page by page: the order is that of the moment of asking, memory stays flat.
    with (
        archive.read() as connection,
        connection.execution_options(yield_per=_PAGE).execute(wanted) as result,
    ):
        for page in result.mappings().partitions(_PAGE):
            yield from (dict(row) for row in page)
