"""Score whole records against fully annotated reports: times, statements, chains, events, flags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dateline.evaluate.gold import GoldDocument, GoldEntity, GoldEvent, GoldStatement, key
from dateline.evaluate.score import Score, overlap
from dateline.records import Argument, Entity, Event, Link, Record, Span, Statement

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.?!][”\"’']?\s+(?=[A-Z“\"])|\n")
_WHAT = 0.5


@dataclass
class RecordsReport:
    """Counts over all reports; `figures` names the shares and F1s made from them."""

    counts: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Name and value of each figure that a floor can stand on."""
        c = self.counts

        def f1(right: str, what: str) -> float:
            return Score(c[right], c[f"{what}_predicted"], c[f"{what}_gold"]).f1

        def share(right: str, of: str) -> float:
            return c[right] / c[of] if c[of] else 0.0

        return {
            "times_found": share("times_found", "times_gold"),
            "times_right": share("times_right", "times_gold"),
            "statements_f1": f1("statements_found", "statements"),
            "who_f1": f1("statements_who", "statements"),
            "chain_f1": f1("statements_chain", "statements"),
            "events_f1": f1("events_type", "events"),
            "actor": share("events_actor", "events_type"),
            "recipient": share("events_recipient", "events_type"),
            "factuality": share("events_factuality", "events_type"),
            "event_time": share("events_time", "events_timed"),
            "flags": share("flags_right", "flags_gold"),
        }

    def lines(self) -> list[str]:
        """The report for people."""
        f, c = self.figures(), self.counts
        return [
            f"times found {f['times_found']:.3f} right {f['times_right']:.3f}  n {c['times_gold']}",
            f"statements F1 {f['statements_f1']:.3f}  who F1 {f['who_f1']:.3f}  chain F1 {f['chain_f1']:.3f}"
            f"  n {c['statements_gold']}  predicted {c['statements_predicted']}",
            f"events F1 {f['events_f1']:.3f}  n {c['events_gold']}  predicted {c['events_predicted']};"
            f" where the type is right: actor {f['actor']:.3f} recipient {f['recipient']:.3f}"
            f" factuality {f['factuality']:.3f} time {f['event_time']:.3f}",
            f"flags {c['flags_right']} of {c['flags_gold']}",
        ]


def score_records(gold: Sequence[GoldDocument], records: Sequence[Record]) -> RecordsReport:
    """Compare records with annotated reports, micro-averaged.

    Times count as found on any overlap, as right when begin and end are equal. Statements pair by
    the Jaccard index of their contents (at least .5); then the source must overlap, and the chain
    (publisher left out) name the same entities. Events pair where triggers overlap, or where type
    and sentence are the same; F1 needs the type. Optional records are neither required nor wrong.
    """
    report = RecordsReport()
    for document, record in zip(gold, records, strict=True):
        one = _Comparison(document, record, report)
        one.times()
        one.statements()
        one.events()
        one.flags()
    return report


class _Comparison:
    def __init__(self, gold: GoldDocument, record: Record, report: RecordsReport) -> None:
        self.gold, self.record = gold, record
        self.text = record.report.text
        self.counts, self.differences = report.counts, report.differences
        self.entities: Mapping[str, Entity] = {e.id: e for e in record.entities}

    def differ(self, message: str) -> None:
        self.differences.append(f"  {self.record.report.id}: {message}")

    def show(self, span: Span) -> str:
        return repr(self.text[span[0] : span[1]])

    def times(self) -> None:
        for want in self.gold.times:
            self.counts["times_gold"] += 1
            got = next((t for t in self.record.times if overlap([t.span], [want.span])), None)
            right = got is not None and (got.begin, got.end) == (want.begin, want.end)
            self.counts["times_found"] += got is not None
            self.counts["times_right"] += right
            if not right:
                shown = (got.begin, got.end) if got else "nothing"
                self.differ(f"time {self.show(want.span)} is {want.begin} to {want.end}, got {shown}")

    def words(self, spans: Sequence[Span]) -> set[int]:
        starts = (m.start() for m in _WORD.finditer(self.text))
        return {s for s in starts if any(begin <= s < end for begin, end in spans)}

    def statements(self) -> None:
        contents = [self.words(s.content) for s in self.record.statements]
        used: set[int] = set()
        self.counts["statements_gold"] += sum(not s.optional for s in self.gold.statements)
        self.counts["statements_predicted"] += len(contents)
        for want in self.gold.statements:
            words = self.words(want.content)
            best, at = 0.0, -1
            for p, content in enumerate(contents):
                index = len(words & content) / max(1, len(words | content))
                if p not in used and index > best:
                    best, at = index, p
            if best < _WHAT:
                if not want.optional:
                    self.differ(f"statement {want.id} missed")
                continue
            used.add(at)
            if want.optional:
                self.counts["statements_predicted"] -= 1
                continue
            got = self.record.statements[at]
            who = overlap(want.source, got.source) if want.source else not got.source
            chain = self.same_chain(want, got)
            self.counts["statements_found"] += 1
            self.counts["statements_who"] += who
            self.counts["statements_chain"] += chain
            if not (who and chain):
                names = [self.entities[x.entity].name if x.entity else None for x in self.links(got)]
                self.differ(f"statement {want.id}: who {who}, chain {chain}: {list(want.chain[1:])}, got {names}")

    @staticmethod
    def links(statement: Statement) -> list[Link]:
        return [link for k, link in enumerate(statement.chain) if link.span or k]

    def same_chain(self, want: GoldStatement, got: Statement) -> bool:
        expected, links = want.chain[1:], self.links(got)
        if len(expected) != len(links):
            return False
        return all(
            (len(names) > 1 and link.entity is None) or self.same(names, [link.entity])
            for names, link in zip(expected, links, strict=True)
        )

    def same(self, wanted: Sequence[str], got: Sequence[str | None]) -> bool:
        pool = [self.entities[i] for i in got if i is not None]
        if not all(any(_same_entity(self.gold.entities[w], e) for e in pool) for w in wanted):
            return False
        return bool(pool) or not wanted

    def sentence(self, at: int) -> int:
        return len(_SENTENCE_END.findall(self.text[:at]))

    def events(self) -> None:
        candidates = []
        sentences = [self.sentence(e.trigger[0]) for e in self.record.events]
        for g, want in enumerate(self.gold.events):
            where = self.sentence(want.trigger[0])
            for p, got in enumerate(self.record.events):
                typed = got.type in want.types
                touches = overlap([want.trigger], [got.trigger])
                if touches or (typed and where == sentences[p]):
                    actor = self.same(want.actor, _ids(got.actor))
                    recipient = self.same(want.recipient, _ids(got.recipient))
                    candidates.append((-(4 * typed + 2 * touches + actor + recipient), g, p, typed, actor, recipient))
        self.counts["events_gold"] += sum(not e.optional for e in self.gold.events)
        self.counts["events_predicted"] += len(self.record.events)
        used_gold: set[int] = set()
        used: set[int] = set()
        for _, g, p, typed, actor, recipient in sorted(candidates):
            if g in used_gold or p in used:
                continue
            used_gold.add(g)
            used.add(p)
            if self.gold.events[g].optional:
                self.counts["events_predicted"] -= 1
            else:
                self.event(self.gold.events[g], self.record.events[p], typed, actor, recipient)
        for g, want in enumerate(self.gold.events):
            if g not in used_gold and not want.optional:
                self.differ(f"event {want.id} {want.types[0]} {self.show(want.trigger)} missed")
        for p, got in enumerate(self.record.events):
            if p not in used:
                self.differ(f"event {got.type} {self.show(got.trigger)} is none")

    def event(self, want: GoldEvent, got: Event, typed: bool, actor: bool, recipient: bool) -> None:
        self.counts["events_type"] += typed
        if not typed:
            self.differ(f"event {want.id} is {want.types[0]}, got {got.type}")
            return
        factuality = want.factuality == got.factuality
        time = not want.timed or (want.begin, want.end) == (got.time.begin, got.time.end)
        self.counts["events_actor"] += actor
        self.counts["events_recipient"] += recipient
        self.counts["events_factuality"] += factuality
        self.counts["events_timed"] += want.timed
        self.counts["events_time"] += time and want.timed
        if not (actor and recipient and factuality and time):
            self.differ(
                f"event {want.id} {want.types[0]} {self.show(want.trigger)}: actor {actor}, recipient {recipient},"
                f" factuality {factuality} ({got.factuality}), time {time} ({got.time.begin} to {got.time.end})"
            )

    def flags(self) -> None:
        for want in self.gold.flags:
            self.counts["flags_gold"] += 1
            self.counts["flags_right"] += any(
                f.kind == want.kind and overlap([f.span], [want.span]) for f in self.record.flags
            )


def _ids(arguments: Sequence[Argument]) -> list[str | None]:
    return [a.entity for a in arguments]


def _same_entity(want: GoldEntity, got: Entity) -> bool:
    if want.names & {key(n) for n in (got.name, *got.aliases)}:
        return True
    return want.kind == "country" and got.country == want.country
