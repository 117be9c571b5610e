"""Amounts as steps of colour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

STEPS = 5


@dataclass(frozen=True)
class Step:
    """A step of the legend: amounts from `least` to `most`."""

    step: int
    least: int
    most: int


class Steps:
    """Five steps that are even on a logarithmic scale: counts of events differ by orders of magnitude."""

    def __init__(self, amounts: Iterable[int]) -> None:
        self.most = max(amounts, default=0)

    def of(self, amount: int) -> int:
        """The step of an amount: 0 for none, 1 to 5."""
        if amount <= 0:
            return 0
        if self.most <= STEPS:
            return min(amount, STEPS)
        return min(STEPS, 1 + int(log(amount) / log(self.most + 1) * STEPS))

    def legend(self) -> list[Step]:
        """The steps that whole numbers fall into, with the least and the greatest of each."""
        found: list[Step] = []
        least = 1
        while least <= self.most:
            step, low, high = self.of(least), least, self.most
            while low < high:  # the last amount of this step, by halving
                half = (low + high + 1) // 2
                low, high = (half, high) if self.of(half) == step else (low, half - 1)
            found.append(Step(step, least, low))
            least = low + 1
        return found
