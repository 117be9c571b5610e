"""Counting for every scorer: precision, recall, F1, and one-to-one matching by overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """What was right, how much was predicted, how much there was to find."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted that is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall (0 where there is nothing)."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)


def pair_by_jaccard(
    gold: Sequence[Set[int]], predicted: Sequence[Set[int]], least: float | None
) -> list[tuple[int, int]]:
    """Match sets one to one, greedily by their Jaccard index.

    Args:
        gold: sets of word numbers.
        predicted: likewise.
        least: the smallest index that counts; None: only identical sets do.

    Returns:
        (index in gold, index in predicted) of each pair.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for p, words in enumerate(predicted):
        for word in words:
            holders[word].append(p)
    candidates = []
    for g, words in enumerate(gold):
        for p in {p for word in words for p in holders.get(word, ())}:
            index = len(words & predicted[p]) / len(words | predicted[p])
            if words == predicted[p] if least is None else index >= least:
                candidates.append((-index, g, p))
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for _, g, p in sorted(candidates):
        if g not in used_gold and p not in used_predicted:
            used_gold.add(g)
            used_predicted.add(p)
            pairs.append((g, p))
    return pairs


def overlap(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> bool:
    """Do any two of the half-open spans share a character?"""
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)
