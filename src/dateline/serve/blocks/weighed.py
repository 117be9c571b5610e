"""Origins story by story, and accounts with their standing by what is connected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec

from dateline.reconcile.account import Account, Pair, join_pairs
from dateline.reconcile.mention import EventMention, mentions_of
from dateline.reconcile.origin import Origin, origins_of
from dateline.reconcile.reuse import find_reuse
from dateline.reconcile.standing import weigh
from dateline.records import decode
from dateline.serve.blocks.met import Found, part_of, position
from dateline.serve.blocks.told import story_of
from dateline.serve.blocks.work import Heaps, Plan, taken
from dateline.serve.shards.place import Place
from dateline.serve.shards.records import records_of_part, table
from dateline.store.reconciled import account_row, headline, most_telling


class Connected(msgspec.Struct, array_like=True, frozen=True):
    """The telling at a position is connected with others, of which the first stands at `first`."""

    position: int
    first: int


class Reported(msgspec.Struct, array_like=True, frozen=True):
    """A record on its way to its story; `connected` holds those of its tellings that are not alone."""

    part: int
    row: int
    story: str
    connected: dict[int, int]
    record: bytes


class Weighed(msgspec.Struct, array_like=True, frozen=True):
    """A telling with its origin and its line for readers, on its way to its account."""

    first: int
    position: int
    mention: EventMention
    origin: Origin
    headline: str


def connect(plan: Plan) -> None:
    """Find what is connected by pairs; leaves it with the parts, and the pairs with their accounts."""
    lead: dict[int, int] = {}

    def root(place: int) -> int:
        while (above := lead.get(place, place)) != place:
            lead[place] = lead.get(above, above)
            place = above
        return place

    for pair in taken(plan, "pairs", "all", Found):
        a, b = sorted((root(pair.x), root(pair.y)))
        lead.setdefault(a, a)
        lead[b] = a
    out = Heaps(plan, "connected", "all")
    for place in sorted(lead):
        out.put(part_of(place), Connected(place, root(place)))
    out.close()
    out = Heaps(plan, "joined", "all")
    for pair in taken(plan, "pairs", "all", Found):
        if pair.why:  # what a report itself tells again is known from its record
            out.put(root(pair.x) % plan.buckets, pair)
    out.close()


def spread_records(plan: Plan, task: str) -> None:
    """Lay the records of a part with their stories."""
    part = int(task)
    stories = story_of(plan, part)
    connected = {c.position: c.first for c in taken(plan, "connected", part, Connected)}
    out = Heaps(plan, "reported", task)
    for row, record in records_of_part(Place.of(plan.parts[part])):
        if row in stories:
            places = (position(part, row, n) for n in range(len(record.events)))
            mine = {place: connected[place] for place in places if place in connected}
            story = stories[row]
            out.put(plan.bucket(story), Reported(part, row, story, mine, record.to_json()))
    out.close()


def trace(plan: Plan, task: str) -> None:
    """Follow the tellings of each story of a heap to their origins."""
    stories: dict[str, list[Reported]] = defaultdict(list)
    for reported in taken(plan, "reported", task, Reported):
        stories[reported.story].append(reported)
    out = Heaps(plan, "weighed", task)
    for _, members in sorted(stories.items()):
        members.sort(key=lambda r: (r.part, r.row))
        records = {r.report.id: r for r in (decode(member.record) for member in members)}
        reuse = {}
        if len(members) > 1:
            texts = {name: r.report.text for name, r in records.items()}
            reuse = find_reuse(texts, {name: r.report.published for name, r in records.items()})
        for member, record in zip(members, records.values(), strict=True):
            origins = origins_of(record, {e.id for e in record.events}, reuse, records)
            for n, m in enumerate(mentions_of(record)):
                place = position(member.part, member.row, n)
                first = member.connected.get(place, place)
                line = headline(m, record)
                out.put(first % plan.buckets, Weighed(first, place, m, origins[m.key[1]], line))
    out.close()


def weigh_accounts(plan: Plan, task: str) -> None:
    """Join the tellings of a heap to accounts and write these as a part of the result."""
    groups: dict[int, list[Weighed]] = defaultdict(list)
    for weighed in taken(plan, "weighed", task, Weighed):
        groups[weighed.first].append(weighed)
    at = {w.position: first for first, group in groups.items() for w in group}
    pairs: dict[int, list[Found]] = defaultdict(list)
    for pair in sorted(taken(plan, "joined", task, Found), key=lambda p: (p.x, p.y)):
        pairs[at[pair.x]].append(pair)
    rows: list[dict[str, Any]] = []
    for first, group in sorted(groups.items()):
        group.sort(key=lambda w: w.position)
        place = {w.position: n for n, w in enumerate(group)}
        # A pair that shares two people was found twice.
        own = {Pair(p.rank, place[p.x], place[p.y], p.why) for p in pairs.get(first, ())}
        accounts = join_pairs([w.mention for w in group], own)
        origins = {w.mention.key: w.origin for w in group}
        lines = {w.mention.key: w.headline for w in group}
        rows += _rows(accounts, origins, lines)
    number = int(task)
    (Place.of(plan.target) / "accounts" / f"part-{number:05}.parquet").write(table(rows, _COLUMNS))


_COLUMNS = {
    **dict.fromkeys(("id", "type", "begin", "end", "day", "standing"), "string"),
    **dict.fromkeys(("reports", "origins"), "int32"),
    **dict.fromkeys(("headline", "evidence", "tellings"), "string"),
}


def _rows(accounts: list[Account], origins: dict[Any, Origin], lines: dict[Any, str]) -> Iterator[dict[str, Any]]:
    for account in accounts:
        best = most_telling(account.mentions)
        row = account_row("/".join(account.mentions[0].key), account, weigh(account, origins), lines[best.key])
        tellings = [{"telling": "/".join(m.key), "why": account.why.get(m.key, "")} for m in account.mentions]
        yield {**row, "tellings": msgspec.json.encode(tellings).decode()}


def write_stories(plan: Plan, task: str) -> None:
    """Write which story the reports of a part are of."""
    part = int(task)
    stories = story_of(plan, part)
    rows = [
        {"report": record.report.id, "story": stories[row]}
        for row, record in records_of_part(Place.of(plan.parts[part]))
        if row in stories
    ]
    columns = {"report": "string", "story": "string"}
    (Place.of(plan.target) / "stories" / f"part-{part:05}.parquet").write(table(rows, columns))
