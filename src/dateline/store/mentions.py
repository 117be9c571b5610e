"""Tellings of events as reconciliation sees them, kept with their reports, and found by what they have in common."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from zlib import crc32

import msgspec
from sqlalchemy import Connection, delete, insert, select

from dateline.reconcile.account import NEIGHBOURS
from dateline.reconcile.match import NOWHERE, compare, enough
from dateline.reconcile.mention import TOLD_DAYS, WIDE_DAYS, EventMention, Key, mentions_of
from dateline.reconcile.when import OPEN, PLAN_DAYS
from dateline.store.nearby import Entries, Entry, Wanted, block_code, enter, leave, nearest
from dateline.store.reading import read_records
from dateline.store.tables import mention_blocks, mentions, reports

_CHUNK = 400
_LAST_DAY = 3_652_059  # `date.max`, as an ordinal

Block = tuple[str, str]  # kind of act, somebody or a place


class _Head(msgspec.Struct, array_like=True, frozen=True):
    """What a mention is held against others by, which is enough to pass most over.

    Attributes:
        acts, shared: its blocks are all pairs of the two.
        day: ordinal, 0: unknown.
        reach: see `EventMention.reach`.
        stage: 0 for what was done, 1 for what lies ahead, 2 for that without a day of its own.
    """

    acts: Collection[str]
    shared: Collection[str]
    day: int
    reach: int
    stage: int

    @classmethod
    def of(cls, m: EventMention) -> _Head:
        day = m.day.toordinal() if m.day else 0
        stage = 0 if m.factuality not in OPEN else 1 if m.begin else 2
        # What is nowhere is held against nothing.
        acts, shared = ((), ()) if m.factuality in NOWHERE else (m.blocks, sorted(m.keys))
        return cls(acts, shared, day, m.reach, stage)

    def blocks(self) -> Iterator[Block]:
        return product(self.acts, self.shared)

    def near(self, other: _Head) -> bool:
        """Whether the two are compared: see `dateline.reconcile.account.candidates`."""
        first, then = (self, other) if self.day <= other.day else (other, self)
        between = then.day - first.day
        if between <= first.reach + 1:
            return True
        return first.stage == 2 and then.stage == 0 and between <= PLAN_DAYS


_mention = msgspec.msgpack.Decoder(EventMention)
_mentions = msgspec.msgpack.Decoder(list[tuple[_Head, msgspec.Raw]])
# What is kept is of use as long as mentions have the same parts.
_SEAL = crc32(" ".join((*EventMention.__annotations__, *_Head.__annotations__)).encode()).to_bytes(4)


def pack(told: Sequence[EventMention]) -> bytes:
    """Mentions as bytes, the head of each before it."""
    heads = [(_Head.of(m), msgspec.Raw(msgspec.msgpack.encode(m))) for m in told]
    return _SEAL + zlib.compress(msgspec.msgpack.encode(heads), 1)


def keep_mentions(connection: Connection, told: Mapping[int, Sequence[EventMention]]) -> None:
    """Keep the mentions of reports, by the reports' keys; nothing may be kept of them yet."""
    rows = [{"report": key, "data": pack(some)} for key, some in told.items()]
    if rows:
        connection.execute(insert(mentions), rows)
    enter(connection, mention_blocks, {entry for key, some in told.items() for entry in entries_of(key, some)})


def keep_all_mentions(connection: Connection, told: Mapping[str, Sequence[EventMention]]) -> None:
    """Keep the mentions of all reports, by the reports' ids, in the place of what is kept."""
    keys: Mapping[str, int] = {
        row.id: row.key for row in connection.execute(select(reports.c.id, reports.c.key).where(reports.c.current))
    }
    connection.execute(delete(mentions))
    entries = Entries()
    names = [name for name in told if name in keys]
    for k in range(0, len(names), _CHUNK):
        some = names[k : k + _CHUNK]
        connection.execute(insert(mentions), [{"report": keys[n], "data": pack(told[n])} for n in some])
        for n in some:
            entries.add(entries_of(keys[n], told[n]))
    entries.replace(connection, mention_blocks)


def outdated(connection: Connection) -> bool:
    """Whether mentions were kept by a version that saw other things in them: then all are to be looked at anew."""
    one = connection.execute(select(mentions.c.data).order_by(mentions.c.report.desc()).limit(1)).scalar()
    return one is not None and one[: len(_SEAL)] != _SEAL


def forget_mentions(connection: Connection, keys: Sequence[int]) -> None:
    """Drop what is kept of reports."""
    for k in range(0, len(keys), _CHUNK):
        here = mentions.c.report.in_(keys[k : k + _CHUNK])
        gone = {
            entry
            for row in connection.execute(select(mentions).where(here)).all()
            for entry in entries_of(row.report, _unpack(row.data) or ())
        }
        leave(connection, mention_blocks, gone)
        connection.execute(delete(mentions).where(here))


def kept_mentions(connection: Connection, ids: Sequence[str]) -> Iterator[EventMention]:
    """The mentions of reports' newest versions, in the order of the archive.

    They come from the records where none that can be read are kept.
    """
    for k in range(0, len(ids), _CHUNK):
        wanted = (
            select(reports.c.id, mentions.c.data)
            .outerjoin(mentions, mentions.c.report == reports.c.key)
            .where(reports.c.id.in_(ids[k : k + _CHUNK]), reports.c.current)
            .order_by(reports.c.key)
        )
        for row in connection.execute(wanted).all():
            told = None if row.data is None else _unpack(row.data)
            if told is None:
                told = [m for record in read_records(connection, [row.id]) for m in mentions_of(record)]
            yield from told


def entries_of(key: int, told: Iterable[EventMention]) -> set[Entry]:
    """The entries under which a report is found that may tell of the same occurrence.

    A plan without a day of its own has others beside: what took place may be told months after it. So has
    what is told of a month only.
    """
    found = set()
    for m in told:
        head = _Head.of(m)
        for block in head.blocks():
            found.add(Entry(block_code(*block), head.day, key))
            if head.stage == 2:
                found.add(Entry(_plans(block), head.day, key))
            if head.reach > TOLD_DAYS:
                found.add(Entry(_wide(block), head.day, key))
    return found


def told_by(came: Iterable[EventMention], others: Iterable[EventMention]) -> set[Key]:
    """Those of the others that can be of one occurrence with one of those that came, of the nearest in each block."""
    by_block = _by_block(came)
    for told in by_block.values():
        told.sort(key=lambda t: t[0].day)
    found: set[Key] = set()
    for m in others:
        head = _Head.of(m)
        met: set[Key] = set()
        for block in head.blocks():
            for near, n in _nearest(by_block.get(block, ()), head.day):
                if n.key not in met and near.near(head):
                    met.add(n.key)
                    if _of_one(n, m):
                        found.add(m.key)
                        break
            if m.key in found:
                break
    return found


def _nearest(told: Sequence[tuple[_Head, EventMention]], day: int) -> Sequence[tuple[_Head, EventMention]]:
    """The nearest to a day on either side of it, of some in the order of their days."""
    at = bisect_left(told, day, key=lambda t: t[0].day)
    return told[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS]


def _by_block(told: Iterable[EventMention]) -> dict[Block, list[tuple[_Head, EventMention]]]:
    by_block: dict[Block, list[tuple[_Head, EventMention]]] = defaultdict(list)
    for m in told:
        head = _Head.of(m)
        for block in head.blocks():
            by_block[block].append((head, m))
    return by_block


def told_nearby(connection: Connection, new: Sequence[EventMention]) -> set[Key]:
    """Kept mentions of other reports that can be of one occurrence with one of these."""
    by_block = _by_block(new)
    fresh = {m.key[0] for m in new}
    keys = sorted(_reports_nearby(connection, {block: [head for head, _ in told] for block, told in by_block.items()}))
    found: set[Key] = set()
    for k in range(0, len(keys), _CHUNK):
        chosen = select(mentions.c.data).where(mentions.c.report.in_(keys[k : k + _CHUNK]))
        for data in connection.execute(chosen.order_by(mentions.c.report)).scalars().all():
            for head, packed in _heads(data) or ():
                partners = {
                    m.key: m for block in head.blocks() for near, m in by_block.get(block, ()) if near.near(head)
                }
                if partners:
                    old = _mention.decode(packed)
                    if old.key[0] not in fresh and any(_of_one(m, old) for m in partners.values()):
                        found.add(old.key)
    return found


def _of_one(new: EventMention, old: EventMention) -> bool:
    return enough(compare(new, old, one_story=True), new, old)


def _reports_nearby(connection: Connection, by_block: Mapping[Block, Sequence[_Head]]) -> set[int]:
    """Reports with an entry near enough in time to be compared; of each block the nearest, as many as are compared."""
    wanted: set[Wanted] = set()
    for block, told in by_block.items():
        code = block_code(*block)
        for head in told:
            day = head.day
            first, last = max(day - TOLD_DAYS - 1, 1 if day else 0), day + head.reach + 1
            if day:
                wanted.add(Wanted(_wide(block), max(day - WIDE_DAYS - 1, 1), day + 1, day))
            if head.stage == 2:
                last = max(last, day + PLAN_DAYS)
            elif head.stage == 0 and day:
                wanted.add(Wanted(_plans(block), max(day - PLAN_DAYS, 1), day + 1, day))
            wanted.add(Wanted(code, first, day, min(last, _LAST_DAY) if day else 0))
    return {entry.report for entry in nearest(connection, mention_blocks, sorted(wanted), NEIGHBOURS)}


def _plans(block: Block) -> int:
    return block_code("plan", *block)


def _wide(block: Block) -> int:
    return block_code("wide", *block)


def _heads(data: bytes) -> list[tuple[_Head, msgspec.Raw]] | None:
    return _mentions.decode(zlib.decompress(data[len(_SEAL) :])) if data[: len(_SEAL)] == _SEAL else None


def _unpack(data: bytes) -> list[EventMention] | None:
    """Mentions from their bytes; None where they were kept by a version that saw other things in them."""
    heads = _heads(data)
    return None if heads is None else [_mention.decode(packed) for _, packed in heads]
