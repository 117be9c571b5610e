"""Score statements on who said what, as sets of words (PARC 3, Pareti 2015; PolNeAR, Newell et al. 2018).

A span counts as the words that it covers, so that quote marks and punctuation at its edges
never matter. PolNeAR annotates the outermost attribution only: statements with a parent are
left out where the gold has no nested ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.evaluate.gold import GoldStatement
from dateline.evaluate.score import Score, pair_by_jaccard
from dateline.records import Record, Span

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_DIRECT = 0.9  # a content is direct when at least this share of its words stands in double quotes
_WHAT = 0.5  # a content is the same when the Jaccard index of its words is at least this

ROLES = ("source", "cue", "content")


@dataclass(frozen=True)
class StatementsReport:
    """Figures over all documents.

    Attributes:
        exact, overlapping: by role ("source", "cue", "content").
        who_what: the contents are the same and the sources share a word (or neither has one).
        by_quote: who_what recall of direct, mixed and indirect gold, as scores.
        differences: one line a gold statement that was not met.
    """

    exact: dict[str, Score]
    overlapping: dict[str, Score]
    who_what: Score
    by_quote: dict[str, Score]
    differences: list[str]

    def figures(self) -> dict[str, float]:
        """Name and value of each figure that a floor can stand on."""
        found = {"who_what_f1": self.who_what.f1}
        found |= {f"{quote}_recall": score.recall for quote, score in self.by_quote.items()}
        found |= {f"{role}_exact_f1": score.f1 for role, score in self.exact.items()}
        return found | {f"{role}_overlap_f1": score.f1 for role, score in self.overlapping.items()}

    def lines(self) -> list[str]:
        """The report for people."""
        out = []
        for role in ROLES:
            cells = [
                f"{name} P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}"
                for name, score in (("exact", self.exact[role]), ("overlap", self.overlapping[role]))
            ]
            out.append(f"{role:8s}  {'  '.join(cells)}")
        out += [f"who+what recall {q:8s} {s.recall:.3f}  n {s.gold}" for q, s in self.by_quote.items()]
        s = self.who_what
        out.append(f"who+what P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f}")
        return out


def score_statements(
    gold: Sequence[tuple[str, Sequence[GoldStatement]]], records: Sequence[Record]
) -> StatementsReport:
    """Compare the statements of records with gold ones.

    Args:
        gold: text and statements of each document.
        records: their records, in the same order.
    """
    exact = dict.fromkeys(ROLES, Score(0, 0, 0))
    overlapping = dict(exact)
    who_what = Score(0, 0, 0)
    hits: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    differences = []
    for (text, statements), record in zip(gold, records, strict=True):
        words = _Words(text)
        want = [w for s in statements if (w := words.roles(s))["content"]]
        nested = any(s.parent for s in statements)
        got = [w for s in record.statements if nested or not s.parent if (w := words.roles(s))["content"]]
        for role in ROLES:
            a, b = [w[role] for w in want], [w[role] for w in got]
            if role != "content":
                a, b = _distinct(a), _distinct(b)
            exact[role] += Score(len(pair_by_jaccard(a, b, None)), len(b), len(a))
            overlapping[role] += Score(len(pair_by_jaccard(a, b, 1e-9)), len(b), len(a))
        met = set()
        for g, p in pair_by_jaccard([w["content"] for w in want], [w["content"] for w in got], _WHAT):
            a_source, b_source = want[g]["source"], got[p]["source"]
            if a_source & b_source or (not a_source and not b_source):
                met.add(g)
        who_what += Score(len(met), len(got), len(want))
        for g, roles in enumerate(want):
            quote = words.quote(roles["content"])
            kinds[quote] += 1
            hits[quote] += g in met
            if g not in met:
                differences.append(f"{record.report.id}: missed {quote} {words.show(roles['content'])!r}")
    by_quote = {quote: Score(hits[quote], 0, kinds[quote]) for quote in ("direct", "mixed", "indirect")}
    return StatementsReport(exact, overlapping, who_what, by_quote, differences)


def _distinct(sets: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    return sorted({s for s in sets if s}, key=sorted)


class _Words:
    """The words of one text, numbered."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [m.span() for m in _WORD.finditer(text)]
        self.starts = [begin for begin, _ in self.spans]
        self.quoted = _quoted(text)

    def roles(self, statement: object) -> dict[str, frozenset[int]]:
        return {role: self.of(getattr(statement, role)) for role in ROLES}

    def of(self, spans: Iterable[Span]) -> frozenset[int]:
        """Numbers of the words of which at least half lies in the spans."""
        out = set()
        for begin, end in spans:
            i = max(0, bisect_left(self.starts, begin) - 1)
            while i < len(self.spans) and self.spans[i][0] < end:
                a, b = self.spans[i]
                if min(b, end) - max(a, begin) >= (b - a) / 2:
                    out.add(i)
                i += 1
        return frozenset(out)

    def quote(self, words: frozenset[int]) -> str:
        inside = sum(self.quoted[self.starts[i]] for i in words)
        if inside >= _DIRECT * len(words):
            return "direct"
        return "mixed" if inside else "indirect"

    def show(self, words: frozenset[int]) -> str:
        return self.text[self.spans[min(words)][0] : self.spans[max(words)][1]]


def _quoted(text: str) -> bytearray:
    mask = bytearray(len(text))
    inside = False
    for i, char in enumerate(text):
        if char == "“":
            inside = True
        elif char in "”\n":
            inside = False
        elif char == '"':
            inside = not inside
        mask[i] = inside
    return mask
