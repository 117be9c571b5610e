"""Score PLOVER event types where actor and recipient are known (as Zero-Shot-PLOVER, Hu et al. 2024)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.evaluate.gold import GoldPair
from dateline.evaluate.score import Score, overlap
from dateline.records import Argument, Event, Record, Span

NONE = "NONE"
_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_SYMMETRIC = frozenset({"AGREE", "CONSULT", "COOPERATE"})


@dataclass(frozen=True)
class EventsReport:
    """Figures over all rows.

    Attributes:
        found: share of the rows for which any event links the pair.
        accuracy: share of the rows with the right type.
        accuracy_found: the same among the found.
        by_type: score of each type of the gold.
        confusion: (gold type, predicted type) of the wrong rows, with counts.
    """

    found: float
    accuracy: float
    accuracy_found: float
    by_type: dict[str, Score]
    confusion: Counter[tuple[str, str]]

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the types of the gold."""
        return sum(s.f1 for s in self.by_type.values()) / max(1, len(self.by_type))

    def figures(self) -> dict[str, float]:
        """Name and value of each figure that a floor can stand on."""
        return {"found": self.found, "accuracy": self.accuracy, "macro_f1": self.macro_f1}

    @property
    def differences(self) -> list[str]:
        """Wrong readings, the most frequent first."""
        return [f"{want} read as {got}: {n}" for (want, got), n in self.confusion.most_common()]

    def lines(self) -> list[str]:
        """The report for people."""
        out = [f"{name:10s} F1 {s.f1:.3f}  n {s.gold}" for name, s in self.by_type.items()]
        out.append(
            f"rows {sum(s.gold for s in self.by_type.values())}  pairs found {self.found:.3f}"
            f"  accuracy where found {self.accuracy_found:.3f}  accuracy {self.accuracy:.3f}"
            f"  macro-F1 {self.macro_f1:.3f}"
        )
        return out


def score_events(gold: Sequence[GoldPair], records: Sequence[Record]) -> EventsReport:
    """Compare the event between each gold pair with the gold type.

    The events whose actor overlaps the gold source and whose recipient overlaps the gold target
    count (the other way round too for reciprocal types; the actor alone where there is no target);
    of several, the most confident, then the first. A row without one is read as ``NONE``.

    Args:
        gold: one pair a row.
        records: their records, in the same order.
    """
    merged = any(pair.label == "YIELD" for pair in gold)
    rows = []
    for pair, record in zip(gold, records, strict=True):
        got = _predict(pair, record)
        want = pair.label
        if merged:
            want, got = _YIELD.get(want, want), _YIELD.get(got, got)
        rows.append((want, got))
    by_type = {}
    for name in sorted({want for want, _ in rows}):
        right = sum(want == got == name for want, got in rows)
        by_type[name] = Score(right, sum(got == name for _, got in rows), sum(want == name for want, _ in rows))
    found = [row for row in rows if row[1] != NONE]
    right = sum(want == got for want, got in rows)
    return EventsReport(
        found=len(found) / max(1, len(rows)),
        accuracy=right / max(1, len(rows)),
        accuracy_found=right / max(1, len(found)),
        by_type=by_type,
        confusion=Counter(row for row in rows if row[0] != row[1]),
    )


def _predict(pair: GoldPair, record: Record) -> str:
    text = record.report.text
    source, target = _occurrences(text, pair.source), _occurrences(text, pair.target)
    hits: list[tuple[float, int, str]] = []
    for event in record.events:
        coded = _coded(event)
        actor, recipient = _spans(event.actor), _spans(event.recipient)
        hit = overlap(actor, source) and (not target or overlap(recipient, target))
        if not hit and coded in _SYMMETRIC:
            hit = overlap(recipient, source) and (not target or overlap(actor, target))
        if hit:
            hits.append((-event.confidence, event.trigger[0], coded))
    return min(hits, key=lambda hit: hit[:2])[2] if hits else NONE


def _coded(event: Event) -> str:
    return event.plover.type if event.plover else event.type


def _spans(arguments: Sequence[Argument]) -> list[Span]:
    return [a.span for a in arguments if a.span is not None]


def _occurrences(text: str, needles: Sequence[str]) -> list[Span]:
    spans = []
    for needle in (n.strip() for n in needles):
        at = text.find(needle) if needle else -1
        while at >= 0:
            spans.append((at, at + len(needle)))
            at = text.find(needle, at + 1)
    return spans
