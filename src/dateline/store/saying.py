"""What people say of accounts: these tellings are one occurrence, those are not. Nothing undoes it but they.

Each saying is a row of the append-only log of corrections. Tellings are found by the words of their
events and where they stand, so that a saying holds when a report is coded again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from dateline.errors import InputError
from dateline.reconcile.mention import Key
from dateline.records import Record
from dateline.store.accounts import account_tree
from dateline.store.archive import Archive
from dateline.store.pending import mark_named
from dateline.store.reading import read_records
from dateline.store.tables import corrections


def say_one(archive: Archive, first: str, second: str, *, who: str, why: str | None = None) -> int:
    """Write down that two accounts are one occurrence; `reconcile` acts on it.

    Returns:
        The number of the correction, for `dateline.store.correction.undo`.

    Raises:
        InputError: there is no such account, they are one already, or nobody says so.
    """
    one, other = account_tree(archive, first), account_tree(archive, second)
    if one["key"] == other["key"]:
        raise InputError(f"{first!r} and {second!r} are one account already ({one['id']})")
    return _say(archive, "merge", [_keys(one), _keys(other)], who, why)


def say_apart(archive: Archive, account: str, tellings: Sequence[str], *, who: str, why: str | None = None) -> int:
    """Write down that some tellings of an account are another occurrence; `reconcile` acts on it.

    Args:
        archive: an open archive.
        account: see `dateline.store.accounts.find_account`.
        tellings: ``report/event`` of those that are another occurrence, or report ids for all in them.
        who: who says so.
        why: in their words.

    Returns:
        The number of the correction, for `dateline.store.correction.undo`.

    Raises:
        InputError: there is no such account or telling, nothing would be left, or nobody says so.
    """
    tree = account_tree(archive, account)
    known = _keys(tree)
    for name in tellings:
        if not any(name in (key[0], "/".join(key)) for key in known):
            raise InputError(
                f"account {tree['id']!r} has no telling {name!r}; `dateline account {tree['key']}` shows them"
            )
    gone = [key for key in known if key[0] in tellings or "/".join(key) in tellings]
    rest = [key for key in known if key not in gone]
    if not gone or not rest:
        raise InputError(f"a split of account {tree['id']!r} must leave some of its tellings and take some")
    return _say(archive, "split", [gone, rest], who, why)


def sayings(
    connection: Connection, ids: Collection[str] | None = None
) -> tuple[set[tuple[Key, Key]], set[tuple[Key, Key]]]:
    """Pairs of tellings that people said are one, and pairs that they said are two.

    The latest saying about a pair holds; one that was taken back does not.

    Args:
        connection: to ask with.
        ids: only sayings about one of these reports are wanted.
    """
    undone = set(connection.execute(select(corrections.c.undoes).where(corrections.c.undoes.is_not(None))).scalars())
    rows = connection.execute(
        select(corrections.c.key, corrections.c.action, corrections.c.human)
        .where(corrections.c.action.in_(("merge", "split")))
        .order_by(corrections.c.key)
    ).all()
    said = [(row.key, row.action, json.loads(row.human)) for row in rows]
    if ids is not None:
        said = [(n, a, sides) for n, a, sides in said if any(t["report"] in ids for side in sides for t in side)]
    concerned = {telling["report"] for _, _, sides in said for side in sides for telling in side}
    records = {record.report.id: record for record in read_records(connection, sorted(concerned))} if said else {}
    joined: set[tuple[Key, Key]] = set()
    parted: set[tuple[Key, Key]] = set()
    for number, action, sides in said:
        if number in undone:
            continue
        ours, theirs = (list(_found(side, records)) for side in sides)
        pairs = {(min(a, b), max(a, b)) for a in ours for b in theirs if a != b}
        joined -= pairs
        parted -= pairs
        (joined if action == "merge" else parted).update(pairs)
    return joined, parted


def _keys(tree: Mapping[str, Any]) -> list[Key]:
    return [(t["report"], t["event"]) for t in tree["tellings"]]


def _say(archive: Archive, action: str, sides: Sequence[Sequence[Key]], who: str, why: str | None) -> int:
    if not who.strip():
        raise InputError("a correction needs to know who says it")
    with archive.write() as connection:
        wanted = sorted({report for side in sides for report, _ in side})
        records = {r.report.id: r for r in read_records(connection, wanted)}
        human = [[_telling(records[report], event) for report, event in side] for side in sides]
        report, event = sides[0][0]
        number: int = connection.execute(
            insert(corrections)
            .values(
                at=datetime.now(UTC).isoformat(timespec="seconds"),
                who=who,
                why=why,
                action=action,
                report=report,
                item=event,
                human=json.dumps(human, ensure_ascii=False),
            )
            .returning(corrections.c.key)
        ).scalar_one()
        mark_named(connection, wanted)
    return number


def _telling(record: Record, event_id: str) -> dict[str, Any]:
    event = next(e for e in record.events if e.id == event_id)
    begin, end = event.trigger
    return {"report": record.report.id, "event": event_id, "words": record.report.text[begin:end], "begin": begin}


def _found(tellings: Iterable[Mapping[str, Any]], records: Mapping[str, Record]) -> Iterable[Key]:
    for telling in tellings:
        record = records.get(telling["report"])
        if record is None:
            continue
        same = [e for e in record.events if record.report.text[slice(*e.trigger)] == telling["words"]]
        if same:
            begin: int = telling["begin"]
            yield record.report.id, min(same, key=lambda e: abs(e.trigger[0] - begin)).id
