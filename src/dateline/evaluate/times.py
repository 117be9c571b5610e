"""Score times as TempEval-3 task A does (UzZaman et al. 2013, "SemEval-2013 Task 1: TempEval-3")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.evaluate.gold import GoldTime
from dateline.evaluate.score import Score
from dateline.records import Record, Time


@dataclass(frozen=True)
class TimesReport:
    """Figures over all documents, micro-averaged.

    Attributes:
        relaxed: an expression was found (any overlap).
        strict: with the same span.
        type, value: found, and with the same TIMEX3 type or value.
        differences: one line a wrong or missed value.
    """

    relaxed: Score
    strict: Score
    type: Score
    value: Score
    differences: list[str]

    def figures(self) -> dict[str, float]:
        """Name and value of each figure that a floor can stand on."""
        return {
            "relaxed_f1": self.relaxed.f1,
            "strict_f1": self.strict.f1,
            "type_f1": self.type.f1,
            "value_f1": self.value.f1,
        }

    def lines(self) -> list[str]:
        """The report for people."""
        row = "  ".join(f"{name.replace('_f1', '')} F1 {value:.4f}" for name, value in self.figures().items())
        return [f"gold {self.relaxed.gold}  predicted {self.relaxed.predicted}  {row}"]


def score_times(gold: Sequence[tuple[str, Sequence[GoldTime]]], records: Sequence[Record]) -> TimesReport:
    """Compare the times of records with gold ones.

    Args:
        gold: text and expressions of each document.
        records: their records, in the same order.
    """
    relaxed = strict = types = values = predicted = 0
    differences = []
    for (text, times), record in zip(gold, records, strict=True):
        predicted += len(record.times)
        met: set[int] = set()
        for g, time in _pair(times, record.times):
            met.add(g)
            want = times[g]
            relaxed += 1
            strict += want.span == time.span
            types += want.type.upper() == time.type
            if want.value.upper() == time.value.upper():
                values += 1
            else:
                shown = text[want.span[0] : want.span[1]]
                differences.append(f"{record.report.id}: {shown!r} is {want.value}, got {time.value}")
        for g, want in enumerate(times):
            if g not in met:
                shown = text[want.span[0] : want.span[1]]
                differences.append(f"{record.report.id}: {shown!r} is {want.value}, missed")
    total = sum(len(times) for _, times in gold)

    def score(right: int) -> Score:
        return Score(right, predicted, total)

    return TimesReport(score(relaxed), score(strict), score(types), score(values), differences)


def _pair(gold: Sequence[GoldTime], predicted: Sequence[Time]) -> list[tuple[int, Time]]:
    candidates = []
    for g, want in enumerate(gold):
        for p, time in enumerate(predicted):
            shared = min(want.span[1], time.span[1]) - max(want.span[0], time.span[0])
            if shared > 0:
                candidates.append((want.span != time.span, -shared, g, p))
    used_gold: set[int] = set()
    used: set[int] = set()
    pairs = []
    for _, _, g, p in sorted(candidates):
        if g not in used_gold and p not in used:
            used_gold.add(g)
            used.add(p)
            pairs.append((g, predicted[p]))
    return pairs
