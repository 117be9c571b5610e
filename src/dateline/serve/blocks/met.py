"""Pairs of tellings that are one occurrence, looked for by who is in them, the kind of act, and the week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from dateline.reconcile.account import near_in_time, pairs_of, plans_and_outcomes
from dateline.reconcile.match import NOWHERE
from dateline.reconcile.mention import EventMention, mentions_of
from dateline.reconcile.when import OPEN
from dateline.serve.blocks.told import WEEK, story_of, week_of
from dateline.serve.blocks.work import Heaps, Plan, heaps, taken
from dateline.serve.shards.place import Place
from dateline.serve.shards.records import records_of_part

_PLANS = "plans"


class Met(msgspec.Struct, array_like=True, frozen=True):
    """A telling as a heap sees it.

    Attributes:
        position: see `position`.
        own: whether it is of the heap's week, and not of those before.
        story: of its report.
        mention: the telling.
    """

    position: int
    own: bool
    story: str
    mention: EventMention


class Found(msgspec.Struct, array_like=True, frozen=True):
    """A pair of positions that are one occurrence; see `dateline.reconcile.account.Pair`."""

    rank: float
    x: int
    y: int
    why: str


def position(part: int, row: int, number: int) -> int:
    """One number for an event of a record of a part; numbers are in the order of the records."""
    return (part << 40) + (row << 16) + number


def part_of(place: int) -> int:
    """The part of a `position`."""
    return place >> 40


def spread_mentions(plan: Plan, task: str) -> None:
    """Lay the tellings of a part with everybody who is in them, in their week and those after it."""
    part = int(task)
    stories = story_of(plan, part)
    out = Heaps(plan, "mentions", task)
    edges = Heaps(plan, "pairs", f"part-{task}")
    for row, record in records_of_part(Place.of(plan.parts[part])):
        if row not in stories:
            continue
        told = mentions_of(record)
        place = {m.key: position(part, row, n) for n, m in enumerate(told)}
        for m in told:
            here = place[m.key]
            if m.repeats in place:
                edges.put("all", Found(0.0, place[m.repeats], here, ""))
            if m.factuality in NOWHERE:
                continue
            buckets = sorted({plan.bucket(shared) for shared in m.keys})
            week = week_of(m.day)
            for after in range(-(-(m.reach + 1) // WEEK) + 1 if m.day else 1):
                for bucket in buckets:
                    out.put(f"{week + after:06}-{bucket:04}", Met(here, after == 0, stories[row], m))
            if m.factuality not in OPEN or not m.begin:
                for bucket in buckets:
                    out.put(f"{_PLANS}-{bucket:04}", Met(here, True, stories[row], m))
    out.close()
    edges.close()


def meet(plan: Plan, task: str) -> None:
    """Compare the tellings of a heap that share somebody and a kind of act."""
    kind, _, number = task.partition("-")
    met = sorted(
        {held.position: held for held in taken(plan, "mentions", task, Met)}.values(), key=lambda h: h.position
    )
    mentions = [held.mention for held in met]
    stories = {held.mention.key[0]: held.story for held in met}
    compared = sorted(set(_compared(plan, met, mentions, int(number), plans=kind == _PLANS)))
    out = Heaps(plan, "pairs", task)
    for pair in pairs_of(mentions, compared, stories):
        out.put("all", Found(pair.rank, met[pair.x].position, met[pair.y].position, pair.why))
    out.close()


def _compared(
    plan: Plan, met: Sequence[Met], mentions: Sequence[EventMention], number: int, *, plans: bool
) -> Iterator[tuple[int, int]]:
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, m in enumerate(mentions):
        for shared in m.keys:
            if plan.bucket(shared) == number:
                for block in m.blocks:
                    blocks[block, shared].append(n)
    days = [m.day.toordinal() if m.day else 0 for m in mentions]
    for members in blocks.values():
        if len(members) < 2:
            continue
        members.sort(key=lambda n: (days[n], mentions[n].key))
        if plans:
            pairs = plans_and_outcomes(members, days, mentions)
        else:
            # A pair belongs to the week of the later one.
            pairs = ((x, y) for x, y in near_in_time(members, days, mentions) if met[y].own)
        for x, y in pairs:
            yield (x, y) if x < y else (y, x)


def meetings(plan: Plan) -> list[str]:
    """The heaps of tellings."""
    return heaps(plan, "mentions")
