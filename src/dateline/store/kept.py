"""What is kept column by column of events, statements, entities and accounts; see `dateline.store.columns`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from dateline.store import columns
from dateline.store.columns import Kind
from dateline.store.tables import (
    account_columns,
    account_events,
    accounts,
    arguments,
    entities,
    entity_columns,
    event_columns,
    events,
    reports,
    statement_columns,
    statements,
)

# So many new rows without columns are joined to them: reading them takes a few milliseconds.
TAIL = 1024
# Columns are kept anew when so many runs lack some: to keep those of one takes as long as to read it once.
STALE = 4


def _of_event(wanted: Select[Any], names: Collection[str]) -> Select[Any]:
    if {"publisher", "published"} & set(names):
        wanted = wanted.join(reports, reports.c.key == events.c.report)
    if {"standing", "account"} & set(names):
        wanted = wanted.outerjoin(account_events, account_events.c.event == events.c.key)
    if "standing" in names:
        wanted = wanted.outerjoin(accounts, accounts.c.key == account_events.c.account)
    return wanted


def _of_statement(wanted: Select[Any], names: Collection[str]) -> Select[Any]:
    if {"publisher", "published"} & set(names):
        wanted = wanted.join(reports, reports.c.key == statements.c.report)
    if "country" in names:
        speaks = and_(entities.c.report == statements.c.report, entities.c.entity == statements.c.speaker)
        wanted = wanted.outerjoin(entities, speaks)
    return wanted


def _alone(wanted: Select[Any], _: Collection[str]) -> Select[Any]:
    return wanted


# Who acts or is acted upon; "at" is the place of the event in its run.
_OF_PEOPLE = ("at", "acts", "entity", "folded", "country", "sector")
# Countries of an event, each once ("state"), and pairs of an actor's and a recipient's ("pair", "RUS UKR").
_OF_COUNTRIES = ("state_at", "state", "pair_at", "pair")


def _people(connection: Connection, low: int, high: int, place: Mapping[int, int]) -> Mapping[str, Sequence[Any]]:
    a = arguments.c
    rows = connection.execute(
        select(a.event, a.role, a.entity, a.folded, a.country, a.sector)
        .where(a.event.between(low, high))
        .order_by(a.event, a.role, a.position)
    ).all()
    at = [place[row[0]] for row in rows]
    found: dict[str, Sequence[Any]] = {"at": at, "acts": [row[1] == "actor" for row in rows]}
    for n, name in enumerate(_OF_PEOPLE[2:], 2):
        found[name] = [row[n] for row in rows]
    sides: dict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for n, row in zip(at, rows, strict=True):
        if row[4] is not None:
            sides[n][row[1] != "actor"].add(row[4])
    states = [(n, c) for n, (ours, theirs) in sides.items() for c in sorted(ours | theirs)]
    pairs = [(n, f"{x} {y}") for n, (ours, theirs) in sides.items() for x in sorted(ours) for y in sorted(theirs)]
    found |= {"state_at": [n for n, _ in states], "state": [c for _, c in states]}
    return found | {"pair_at": [n for n, _ in pairs], "pair": [c for _, c in pairs]}


def _said(connection: Connection, low: int, high: int, place: Mapping[int, int]) -> Mapping[str, Sequence[Any]]:
    wanted = select(statements.c.key, statements.c.content).where(statements.c.key.between(low, high))
    at: list[int] = []
    said: list[str] = []
    for key, content in connection.execute(wanted.order_by(statements.c.key)):
        words = content.split(" ")
        at += [place[key]] * len(words)
        said += words
    return {"word_at": at, "word": said}


EVENTS = Kind(
    table=events,
    columns=event_columns,
    of={
        "key": events.c.key,
        "current": events.c.current,
        "report": events.c.report,
        "type": events.c.type,
        "plover": events.c.plover,
        "mode": events.c.mode,
        "factuality": events.c.factuality,
        "contexts": events.c.contexts,
        "begin": events.c.begin,
        "end": events.c.end,
        "day": events.c.day,
        "ordinal": events.c.day,
        "place": events.c.place,
        "place_name": events.c.place_name,
        "speaker": events.c.speaker,
        "repeats": events.c.same_as.is_not(None),
        "review": events.c.review,
        "confidence": events.c.confidence,
        "publisher": reports.c.publisher,
        "published": reports.c.published,
        "standing": accounts.c.standing,
        "account": func.coalesce(account_events.c.account, 0),  # 0: in none
    },
    join=_of_event,
    numbers={
        "key": "i4",
        "current": "?",
        "report": "i4",
        "ordinal": "i4",
        "repeats": "?",
        "confidence": "f8",
        "account": "i4",
        "at": "u2",
        "acts": "?",
        "pair_at": "u2",
        "state_at": "u2",
    },
    beside={(*_OF_PEOPLE, *_OF_COUNTRIES): _people},
    places=("at", "pair_at", "state_at"),
)
STATEMENTS = Kind(
    table=statements,
    columns=statement_columns,
    of={
        "key": statements.c.key,
        "current": statements.c.current,
        "report": statements.c.report,
        "day": statements.c.day,
        "quote": statements.c.quote,
        "speaker": statements.c.speaker,
        "country": entities.c.country,  # the speaker's
        "review": statements.c.review,
        "publisher": reports.c.publisher,
        "published": reports.c.published,
    },
    join=_of_statement,
    numbers={"key": "i4", "current": "?", "report": "i4", "word_at": "u2"},
    beside={("word_at", "word"): _said},  # of the content: what stands between blanks, in its order
    places=("word_at",),
)
_OF_ENTITY = ("key", "report", "entity", "name", "kind", "country", "sector")
ENTITIES = Kind(
    table=entities,
    columns=entity_columns,
    of={
        name: entities.c[name] for name in ("key", "report", "entity", "name", "kind", "country", "sector", "mentions")
    },
    join=_alone,
    numbers={"key": "i4", "report": "i4", "mentions": "i4"},
    run=65_536,  # they do not change, and the more are in a run the less often a name is in it
)
ACCOUNTS = Kind(
    table=accounts,
    columns=account_columns,
    of={name: accounts.c[name] for name in ("key", "type", "standing", "day", "reports")},
    join=_alone,
    numbers={"key": "i4", "reports": "i4"},
)
KINDS = (EVENTS, STATEMENTS, ENTITIES, ACCOUNTS)


def seal(connection: Connection, *, least: int = 1, tail: int = 1, most: int | None = None) -> int:
    """Keep the columns of all that lacks some; see `dateline.store.columns.seal`."""
    sealed = 0
    for kind in KINDS:
        few = 1 if kind is ENTITIES else least
        sealed += columns.seal(connection, kind, least=few, tail=tail, most=most)
    return sealed


def untrue(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """Table, run and name of each column that is not what the rows hold; none in a sound archive."""
    for kind in KINDS:
        for run, name in columns.untrue(connection, kind):
            yield kind.table.name, run, name
