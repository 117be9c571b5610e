"""Accounts: the mentions of one occurrence, brought together across reports."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import product
from operator import attrgetter
from typing import Any

from dateline.reconcile.match import NOWHERE, compare, enough
from dateline.reconcile.mention import EventMention, Key
from dateline.reconcile.when import OPEN, PLAN_DAYS

# Mentions that share all of a block are compared with the nearest in time only, so that a war with
# ten thousand mentions of shelling costs ten thousand times this, not ten thousand squared.
NEIGHBOURS = 60


@dataclass(slots=True)
class Account:
    """One occurrence.

    Attributes:
        mentions: all tellings, earliest report first.
        why: for each mention but the first, what joined it to the others.
    """

    mentions: list[EventMention] = field(default_factory=list)
    why: dict[Key, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two mentions that tell of one occurrence, the best pairs first in order.

    Attributes:
        rank: the score of the match, negated.
        x, y: positions of the mentions, the lower first.
        why: what counted.
    """

    rank: float
    x: int
    y: int
    why: str


def find_accounts(
    mentions: Sequence[EventMention],
    story_of: Mapping[str, str],
    *,
    joined: Iterable[tuple[Key, Key]] = (),
    parted: Iterable[tuple[Key, Key]] = (),
) -> list[Account]:
    """Bring together the mentions of each occurrence: `candidates`, `pairs_of` and `join_pairs` in one.

    Args:
        mentions: of any number of reports.
        story_of: the story of each report.
        joined: pairs that a person said are one occurrence; nothing parts them.
        parted: pairs that a person said are two; nothing joins them.

    Returns:
        Accounts in the order of their first mention; every mention is in one.
    """
    return join_pairs(mentions, pairs_of(mentions, candidates(mentions), story_of), joined=joined, parted=parted)


def pairs_of(
    mentions: Sequence[EventMention], compared: Iterable[tuple[int, int]], story_of: Mapping[str, str]
) -> Iterator[Pair]:
    """Of the pairs compared those that are one occurrence.

    Args:
        mentions: all mentions.
        compared: positions of two of them, the lower first.
        story_of: the story of each report.
    """
    says = _what_they_say(mentions)
    met: dict[tuple[int, int, bool, bool], tuple[float, str] | None] = {}
    for x, y in compared:
        a, b = mentions[x], mentions[y]
        story_a, story_b = story_of.get(a.key[0]), story_of.get(b.key[0])
        one_story = story_a is not None and story_a == story_b
        if says is None:
            found = _compared(a, b, one_story)
        else:
            known = (says[x], says[y], one_story, a.key[0] == b.key[0])
            if known not in met:
                met[known] = _compared(a, b, one_story)
            found = met[known]
        if found is not None:
            yield Pair(found[0], x, y, found[1])


def _compared(a: EventMention, b: EventMention, one_story: bool) -> tuple[float, str] | None:
    """The rank of a pair and what counted; None where they are not one occurrence."""
    match = compare(a, b, one_story=one_story)
    return (-match.score, "; ".join(match.why)) if match is not None and enough(match, a, b) else None


# What a comparison does not look at: where a mention stands, and that it repeats another.
_OWN = frozenset({"key", "order", "publisher", "repeats"})
_SAID = attrgetter(*(field.name for field in fields(EventMention) if field.name not in _OWN))
_GLANCE = attrgetter("trigger", "actors", "recipients", "begin", "published")


def _what_they_say(mentions: Sequence[EventMention]) -> list[int] | None:
    """Equal numbers for mentions that say the same, as those of copies do; None where most say something of their own.

    A wire that hundreds print is then held against itself once.
    """
    if 2 * len({_GLANCE(m) for m in mentions}) >= len(mentions):
        return None  # seen at less cost
    numbers: dict[Any, int] = {}
    says = [numbers.setdefault(_SAID(m), len(numbers)) for m in mentions]
    return says if 2 * len(numbers) < len(mentions) else None


def join_pairs(
    mentions: Sequence[EventMention],
    pairs: Iterable[Pair],
    *,
    joined: Iterable[tuple[Key, Key]] = (),
    parted: Iterable[tuple[Key, Key]] = (),
) -> list[Account]:
    """Join mentions pair by pair, best first; a group never takes in one that contradicts one of its own.

    Mentions that no chain of pairs or repetitions connects do not touch each other, so connected
    parts may be joined apart.

    Args:
        mentions: all mentions.
        pairs: see `pairs_of`.
        joined: see `find_accounts`.
        parted: see `find_accounts`.

    Returns:
        Accounts in the order of their first mention; every mention is in one.
    """
    place = {m.key: n for n, m in enumerate(mentions)}
    groups = _Groups(mentions, {_pair(place, p) for p in parted if p[0] in place and p[1] in place})
    for p in joined:
        if p[0] in place and p[1] in place:
            groups.join(place[p[0]], place[p[1]], "a person said so", checked=False)
    for n, m in enumerate(mentions):
        if m.repeats in place:
            groups.join(place[m.repeats], n, "told again in the same report", checked=True)
    for pair in sorted(pairs):
        groups.join(pair.x, pair.y, pair.why, checked=True)
    return groups.accounts()


def candidates(mentions: Sequence[EventMention]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: of one kind of act or in one word, with somebody in common, near in time.

    They are those of `near_in_time` and of `plans_and_outcomes` in all blocks, found mention by mention in the
    order of their days, so that no more than one mention's pairs are held at a time.

    Yields:
        Positions in `mentions`, the lower first; each pair once.
    """
    days = [_ordinal(m) for m in mentions]
    order = sorted(range(len(mentions)), key=lambda n: (days[n], mentions[n].key))
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n in order:
        for key in _blocks(mentions[n]):
            blocks[key].append(n)
    blocks = {key: members for key, members in blocks.items() if len(members) > 1}
    place = dict.fromkeys(blocks, 0)
    outcomes: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
    met: set[tuple[int, int]] = set()  # what took place with plans told later on the same day, which find it, too
    for x in order:
        m = mentions[x]
        last = days[x] + m.reach + 1
        found: set[int] = set()
        for key in _blocks(m):
            members = blocks.get(key)
            if members is None:
                continue
            at = place[key] = place[key] + 1
            for y in members[at : at + NEIGHBOURS]:
                if days[y] > last:
                    break
                found.add(y)
            if _undated_plan(m):
                if key not in outcomes:
                    done = [n for n in members if mentions[n].factuality not in OPEN]
                    outcomes[key] = (done, [days[n] for n in done])
                found.update(_after(days[x], *outcomes[key]))
        for y in sorted(found):
            if days[y] == days[x]:
                if (y, x) in met:
                    continue
                if _undated_plan(mentions[y]):
                    met.add((x, y))
            yield (x, y) if x < y else (y, x)


def _blocks(mention: EventMention) -> Iterator[tuple[str, str]]:
    return product(mention.blocks, mention.keys) if mention.factuality not in NOWHERE else iter(())


def _undated_plan(mention: EventMention) -> bool:
    return mention.factuality in OPEN and not mention.begin


def _after(day: int, done: Sequence[int], dates: Sequence[int]) -> Iterator[int]:
    """What took place in the months after a plan was told, the first of it."""
    first = bisect_left(dates, day)
    for n, at in zip(done[first : first + NEIGHBOURS], dates[first : first + NEIGHBOURS], strict=True):
        if at > day + PLAN_DAYS:
            return
        yield n


def near_in_time(
    members: Sequence[int], days: Sequence[int], mentions: Sequence[EventMention]
) -> Iterator[tuple[int, int]]:
    """Pairs of a block's members, in the order of their days, that are told within the first one's reach."""
    for k, x in enumerate(members):
        last = days[x] + mentions[x].reach + 1
        for y in members[k + 1 : k + 1 + NEIGHBOURS]:
            if days[y] > last:
                break
            yield x, y


def plans_and_outcomes(
    members: Sequence[int], days: Sequence[int], mentions: Sequence[EventMention]
) -> Iterator[tuple[int, int]]:
    """Plans without a day of their own, with what took place in the months after they were told."""
    plans = [n for n in members if _undated_plan(mentions[n])]
    if not plans:
        return
    done = [n for n in members if mentions[n].factuality not in OPEN]
    dates = [days[n] for n in done]
    for x in plans:
        for y in _after(days[x], done, dates):
            yield x, y


def _ordinal(mention: EventMention) -> int:
    return mention.day.toordinal() if mention.day else 0


def _pair(place: Mapping[Key, int], keys: tuple[Key, Key]) -> tuple[int, int]:
    x, y = place[keys[0]], place[keys[1]]
    return min(x, y), max(x, y)


class _Groups:
    def __init__(self, mentions: Sequence[EventMention], parted: set[tuple[int, int]]) -> None:
        self.mentions = mentions
        self.parted = parted
        self.group = list(range(len(mentions)))
        self.members = {n: [n] for n in self.group}
        self.why: dict[int, str] = {}

    def join(self, x: int, y: int, why: str, *, checked: bool) -> None:
        a, b = self.group[x], self.group[y]
        if a == b:
            return
        if self.parted and any((min(m, n), max(m, n)) in self.parted for m in self.members[a] for n in self.members[b]):
            return
        first = not self.mentions[x].repeats and not self.mentions[y].repeats
        if checked and not self._agree(self._tellings(a, first), self._tellings(b, first)):
            return
        keep, drop = (a, b) if min(self.members[a]) <= min(self.members[b]) else (b, a)
        # The reason stands at the mention that came to the others.
        newcomer = y if self.group[y] == drop else x
        self.why[newcomer] = why
        for n in self.members[drop]:
            self.group[n] = keep
        self.members[keep] += self.members.pop(drop)

    def _tellings(self, group: int, first: bool) -> list[int]:
        """Those of a group to be held against another's: where two first tellings are to be joined, the first ones.

        "The strike" later in a report is told with less, and what it is taken to say of who and when errs more.
        """
        members = self.members[group]
        told = [n for n in members if not self.mentions[n].repeats] if first else members
        return (told or members)[:8]

    def _agree(self, a: Sequence[int], b: Sequence[int]) -> bool:
        """No pair across the two groups contradicts (both must have people and times to do so)."""
        for x in a:
            for y in b:
                m, n = self.mentions[x], self.mentions[y]
                if (m.repeats or m.key) == (n.repeats or n.key):
                    continue
                match = compare(m, n, one_story=True)
                # Two events that a report itself holds apart are one only if nearly all agrees.
                if match is None or (m.key[0] == n.key[0] and not enough(match, m, n)):
                    return False
        return True

    def accounts(self) -> list[Account]:
        out = []
        for members in self.members.values():
            told = sorted((self.mentions[n] for n in members), key=lambda m: (m.published is None, m.published, m.key))
            out.append(Account(told, {self.mentions[n].key: self.why[n] for n in members if n in self.why}))
        order = {m.key: n for n, m in enumerate(self.mentions)}
        return sorted(out, key=lambda account: min(order[m.key] for m in account.mentions))
