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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

_WORD = re.compile(r"[^\W\d_][\w’'-]+|\d[\d,.]*\d|\d")
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ed", ""))

# Tuned on news of three outlets on the same events; the plateau around each value is wide.
NEAR = 0.13  # least mean similarity within a story
DAY = 0.01  # what a day between two reports takes off their similarity
LONGEST = 10  # days between the first and the last report that can be compared
_LEAD, _LEAD_WEIGHT, _TITLE_WEIGHT, _CAPITAL_WEIGHT = 600, 1.0, 2.0, 1.3
_RARE = 40  # words of a report that bring it together with others
_SHARED = 3  # of which so many must be shared
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
    first: int = 0
    last: int = 0
    days: float = 0.0

    def add(self, other: _Story) -> None:
        if not self.members:
            self.first, self.last = other.first, other.last
        self.members += other.members
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.days += other.days
        for word, value in other.total.items():
            self.total[word] = self.total.get(word, 0.0) + value


def find_stories(documents: Sequence[Document]) -> list[list[str]]:
    """Group documents by the main event that they are about.

    Args:
        documents: in any order; their ids must differ. Documents without a day are compared with
            all others as if they were of the same day.

    Returns:
        The ids of each story's documents, earliest first; stories in the order of their first
        document. Every document is in one story, alone if need be.
    """
    order = sorted(range(len(documents)), key=lambda i: (documents[i].day or date.min, documents[i].id))
    vectors = _unit_vectors([weights(documents[i]) for i in order])
    known = [documents[i].day for i in order]
    stories: dict[int, _Story] = {}
    holders: dict[str, set[int]] = defaultdict(set)
    rare = [sorted(v, key=lambda w: (-v[w], w))[:_RARE] for v in vectors]
    for n, vector in enumerate(vectors):
        day = known[n]
        at = day.toordinal() if day else 0
        alone = _Story([n], dict(vector), at, at, float(at))
        best, chosen = NEAR, -1
        for s in _candidates(rare[n], holders):
            similarity = _near(alone, stories[s])
            if similarity >= best and (similarity > best or chosen < 0):
                best, chosen = similarity, s
        if chosen < 0:
            chosen = n
            stories[n] = _Story()
        stories[chosen].add(alone)
        for word in rare[n]:
            holders[word].add(chosen)
    _join(stories, holders, rare)
    groups = [sorted(story.members) for story in stories.values()]
    return [[documents[order[n]].id for n in group] for group in sorted(groups)]


def _unit_vectors(counted: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    held = Counter(word for words in counted for word in words)
    everything = len(counted) + _IMAGINED
    vectors = []
    for words in counted:
        vector = {}
        for word, weight in words.items():
            usual = _IMAGINED * min(0.6, 1.5 / len(word))
            vector[word] = (1.0 + math.log(weight)) * max(0.0, math.log(everything / (held[word] + usual)))
        length = math.sqrt(sum(v * v for v in vector.values())) or 1.0
        vectors.append({word: value / length for word, value in vector.items() if value})
    return vectors


def _candidates(words: Iterable[str], holders: dict[str, set[int]]) -> list[int]:
    shared = Counter(story for word in words for story in holders.get(word, ()))
    return sorted(story for story, count in shared.items() if count >= _SHARED)


def _near(a: _Story, b: _Story) -> float:
    """Mean similarity of the documents of two stories, less what the days between them take off."""
    if a.first and b.first and max(a.last, b.last) - min(a.first, b.first) > LONGEST:
        return -1.0
    small, large = (a, b) if len(a.total) <= len(b.total) else (b, a)
    other = large.total
    product = sum(value * other[word] for word, value in small.total.items() if word in other)
    size = len(a.members) * len(b.members)
    apart = abs(a.days / len(a.members) - b.days / len(b.members)) if a.first and b.first else 0.0
    return product / size - DAY * apart


def _join(stories: dict[int, _Story], holders: dict[str, set[int]], rare: Sequence[Sequence[str]]) -> None:
    """Join stories that grew near to each other, the nearest first, until none are."""
    waiting = set(stories)
    while waiting:
        joined = set()
        pairs = []
        for s in sorted(waiting):
            if s not in stories:
                continue
            words = {word for n in stories[s].members for word in rare[n]}
            for other in _candidates(sorted(words), holders):
                if other != s and other in stories:
                    similarity = _near(stories[s], stories[other])
                    if similarity >= NEAR:
                        pairs.append((-similarity, min(s, other), max(s, other)))
        gone: set[int] = set()
        for _, a, b in sorted(set(pairs)):
            if a in gone or b in gone or a in joined or b in joined:
                continue
            stories[a].add(stories.pop(b))
            for n in stories[a].members:
                for word in rare[n]:
                    holders[word].discard(b)
                    holders[word].add(a)
            gone.add(b)
            joined.add(a)
        waiting = joined
