"""Stories: which reports are about the same main event.

Reports are bags of weighted words (tf-idf; what stands in the title, the first lines and in capitals
counts more), and a story is a group of reports near in words and in days, by average linkage, as in
topic detection and tracking (Allan 2002). Cost stays near linear: a report is compared with the
stories of its days that share some of its rarest words, not with all.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain

_WORD = re.compile(r"[^\W\d_][\w’'-]+|\d[\d,.]*\d|\d")
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ed", ""))

# Tuned on news of three outlets on the same events; the plateau around each value is wide.
NEAR = 0.13  # least mean similarity within a story
DAY = 0.01  # what a day between two reports takes off their similarity
LONGEST = 10  # days between the first and the last report that can be compared
_LEAD, _LEAD_WEIGHT, _TITLE_WEIGHT, _CAPITAL_WEIGHT = 600, 1.0, 2.0, 1.3
_RARE = 40  # words of a report that bring it together with others
SHARED = 3  # of which so many must be shared
# In a small archive a word's frequency says little; these many imagined reports hold it as often as
# is usual for its length (short words are common words).
_IMAGINED = 10.0


@dataclass(frozen=True, slots=True)
class Document:
    """What a story is told by: an id, the day of publication (None: unknown), title and text."""

    id: str
    day: date | None
    title: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Bag:
    """A document as a bag of weighted words, see `weights`."""

    id: str
    day: date | None
    words: Mapping[str, float]


def bag_of(document: Document) -> Bag:
    """The words of a document with their weights, its id and its day."""
    return Bag(document.id, document.day, weights(document))


def weights(document: Document) -> dict[str, float]:
    """Words of a document with their weights, before they are weighed against all others."""
    counted: dict[str, float] = defaultdict(float)
    before: tuple[str, int] | None = None
    for match in _WORD.finditer(document.text):
        word = match.group()
        stem = _stem(word.lower())
        if len(stem) < 3 and not stem.isdigit():
            before = None
            continue
        weight = 1.0 + (_LEAD_WEIGHT if match.start() < _LEAD else 0.0)
        capital = word[0].isupper()
        counted[stem] += weight * (_CAPITAL_WEIGHT if capital else 1.0)
        if capital and before and match.start() - before[1] <= 2:
            counted[f"{before[0]} {stem}"] += weight  # names of more than one word
        before = (stem, match.end()) if capital else None
    for match in _WORD.finditer(document.title or ""):
        stem = _stem(match.group().lower())
        if len(stem) > 2:
            counted[stem] += _TITLE_WEIGHT
    return counted


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)] + instead
    return word


@dataclass(slots=True)
class _Story:
    members: list[int] = field(default_factory=list)
    total: dict[str, float] = field(default_factory=dict)  # sum of the members' unit vectors
    first: int = 0  # ordinals of days, of those members whose day is known; 0: of none
    last: int = 0
    days: float = 0.0  # their sum
    dated: int = 0

    def add(self, other: _Story) -> None:
        self.members += other.members
        if other.dated:
            self.first = min(self.first, other.first) if self.dated else other.first
            self.last = max(self.last, other.last)
            self.days += other.days
            self.dated += other.dated
        for word, value in other.total.items():
            self.total[word] = self.total.get(word, 0.0) + value


@dataclass(frozen=True, slots=True)
class Grouped:
    """Stories: the ids of each one's documents, earliest first; and the rare words of each document, by its id."""

    stories: list[list[str]]
    rare: dict[str, list[str]]


def find_stories(documents: Sequence[Document]) -> list[list[str]]:
    """Group documents by the main event that they are about.

    Args:
        documents: in any order; their ids must differ. Documents without a day are compared with
            all others as if they were of the same day, but never join two stories that are too far apart.

    Returns:
        The ids of each story's documents, earliest first; stories in the order of their first
        document. Every document is in one story, alone if need be.
    """
    return group([bag_of(document) for document in documents]).stories


class Rarity:
    """How many of some documents hold a word."""

    def __init__(self) -> None:
        self.documents = 0
        self.held: Counter[str] = Counter()

    def count(self, words: Iterable[str], times: int = 1) -> None:
        """Count one more document, or so many with the same words."""
        self.documents += times
        if times == 1:
            self.held.update(iter(words))  # of a mapping, too, its words alone
        else:
            self.held.update(dict.fromkeys(words, times))


def group(bags: Sequence[Bag], rarity: Rarity | None = None) -> Grouped:
    """Group bags of words, see `find_stories`.

    Args:
        bags: those that are grouped.
        rarity: how rare words are among documents that hold these; without it, among these.
    """
    if rarity is None:
        rarity = Rarity()
        for bag in bags:
            rarity.count(bag.words)
    order = sorted(range(len(bags)), key=lambda i: (bags[i].day or date.min, bags[i].id))
    vectors = [_unit_vector(bags[i].words, rarity) for i in order]
    known = [bags[i].day for i in order]
    stories: dict[int, _Story] = {}
    holders = _Holders()
    rare = [_rarest(vector) for vector in vectors]
    for n, vector in enumerate(vectors):
        day = known[n]
        at = day.toordinal() if day else 0
        alone = _Story([n], dict(vector), at, at, float(at), int(at > 0))
        best, chosen = NEAR, -1
        for s in holders.candidates(rare[n], at):
            similarity = _near(alone, stories[s])
            if similarity >= best and (similarity > best or chosen < 0):
                best, chosen = similarity, s
        if chosen < 0:
            chosen = n
            stories[n] = _Story()
        stories[chosen].add(alone)
        holders.add(chosen, rare[n], stories[chosen].first)
    _join(stories, holders, rare)
    groups = [sorted(story.members) for story in stories.values()]
    return Grouped(
        [[bags[order[n]].id for n in members] for members in sorted(groups)],
        {bags[i].id: words for i, words in zip(order, rare, strict=True)},
    )


def rare_words(bag: Bag, rarity: Rarity) -> list[str]:
    """The words that bring a document together with others: at least `SHARED` of them must be shared.

    Args:
        bag: the document.
        rarity: how rare words are among documents that hold this one.
    """
    return _rarest(_unit_vector(bag.words, rarity))


def _rarest(vector: Mapping[str, float]) -> list[str]:
    return sorted(vector, key=lambda w: (-vector[w], w))[:_RARE]


def _unit_vector(words: Mapping[str, float], rarity: Rarity) -> dict[str, float]:
    everything = rarity.documents + _IMAGINED
    held = rarity.held
    vector = {}
    for word, weight in words.items():
        usual = _IMAGINED * min(0.6, 1.5 / len(word))
        vector[word] = (1.0 + math.log(weight)) * max(0.0, math.log(everything / (held[word] + usual)))
    length = math.sqrt(sum(v * v for v in vector.values())) or 1.0
    return {word: value / length for word, value in vector.items() if value}


class _Holders:
    """Which stories hold a word, by the days on which they begin.

    Stories whose first days are more than `LONGEST` apart are none (see `_near`), so those of the same
    span of days and of the spans beside it are looked at, and those without days.
    """

    def __init__(self) -> None:
        self.spans: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))

    def add(self, story: int, words: Iterable[str], first: int) -> None:
        """Enter a story that begins on this day (0: unknown) under words of it."""
        span = self.spans[first // (LONGEST + 1)]
        for word in words:
            span[word].add(story)

    def drop(self, story: int, words: Iterable[str], first: int) -> None:
        """Take a story out."""
        span = self.spans[first // (LONGEST + 1)]
        for word in words:
            span[word].discard(story)

    def candidates(self, words: Iterable[str], first: int) -> list[int]:
        """Stories that share enough of the words, and that can be one with a story that begins on this day."""
        at = first // (LONGEST + 1)
        places = sorted({0, at - 1, at, at + 1} if at else self.spans)
        near = [self.spans[place] for place in places if place in self.spans]
        shared = Counter(
            chain.from_iterable(span[word] for word in words for span in near if word in span),
        )
        return sorted(story for story, count in shared.items() if count >= SHARED)


def _near(a: _Story, b: _Story) -> float:
    """Mean similarity of the documents of two stories, less what the days between them take off."""
    if a.dated and b.dated and max(a.last, b.last) - min(a.first, b.first) > LONGEST:
        return -1.0
    small, large = (a, b) if len(a.total) <= len(b.total) else (b, a)
    other = large.total
    product = sum(value * other[word] for word, value in small.total.items() if word in other)
    size = len(a.members) * len(b.members)
    apart = abs(a.days / a.dated - b.days / b.dated) if a.dated and b.dated else 0.0
    return product / size - DAY * apart


def _join(stories: dict[int, _Story], holders: _Holders, rare: Sequence[Sequence[str]]) -> None:
    """Join stories that grew near to each other, the nearest first, until none are."""
    waiting = set(stories)
    while waiting:
        joined = set()
        pairs = []
        for s in sorted(waiting):
            if s not in stories:
                continue
            words = {word for n in stories[s].members for word in rare[n]}
            for other in holders.candidates(words, stories[s].first):
                if other != s and other in stories:
                    similarity = _near(stories[s], stories[other])
                    if similarity >= NEAR:
                        pairs.append((-similarity, min(s, other), max(s, other)))
        gone: set[int] = set()
        for _, a, b in sorted(set(pairs)):
            if a in gone or b in gone or a in joined or b in joined:
                continue
            for n in (a, b):
                holders.drop(n, {word for m in stories[n].members for word in rare[m]}, stories[n].first)
            stories[a].add(stories.pop(b))
            holders.add(a, {word for m in stories[a].members for word in rare[m]}, stories[a].first)
            gone.add(b)
            joined.add(a)
        waiting = joined
