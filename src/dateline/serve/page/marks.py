"""The spans of a record as marks on the text, and the text cut where marks begin or end, so that
nested and overlapping spans are shown right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dateline.records import Record, Span

# Which mark a piece of text links to where several lie on it: the first of these.
LAYERS = (
    "trigger",
    "flag",
    "time",
    "quantity",
    "framing",
    "cue",
    "mention",
    "source",
    "argument",
    "link",
    "content",
)
_RANK = {layer: rank for rank, layer in enumerate(LAYERS)}


@dataclass(frozen=True, slots=True)
class Mark:
    """One span of the record on the text.

    Attributes:
        begin, end: half-open code point offsets.
        layer: what the span is, one of `LAYERS`.
        key: the card it belongs to, such as ``e3``: a letter for the kind, a number for the place
            in the record. (Ids of the record are not used: they may hold any character.)
        anchor: the name of the place in the text, to link to.
    """

    begin: int
    end: int
    layer: str
    key: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text on which the same marks lie.

    Attributes:
        begin, end: half-open code point offsets.
        marks: those that lie on it, the one to link to first.
        starting: those that begin here, in the order of the record.
    """

    begin: int
    end: int
    marks: tuple[Mark, ...]
    starting: tuple[Mark, ...]


class Marks:
    """All marks of a record, to be asked for by what they mark."""

    def __init__(self, record: Record) -> None:
        self.all: list[Mark] = []
        self._found: dict[tuple[str, str], list[Mark]] = {}
        self.keys: dict[str, dict[str, str]] = {
            kind: {item.id: f"{letter}{k}" for k, item in enumerate(getattr(record, kind), 1)}
            for kind, letter in (
                ("events", "e"),
                ("statements", "s"),
                ("times", "t"),
                ("quantities", "q"),
                ("entities", "n"),
            )
        }
        for k, event in enumerate(record.events, 1):
            self._add(f"e{k}", "trigger", event.trigger)
            for argument in (*event.actor, *event.recipient):
                self._add(f"e{k}", "argument", argument.span)
        for k, statement in enumerate(record.statements, 1):
            for layer, spans in (
                ("content", statement.content),
                ("cue", statement.cue),
                ("source", statement.source),
                ("link", [link.span for link in statement.chain]),
            ):
                for span in spans:
                    self._add(f"s{k}", layer, span)
        for k, time in enumerate(record.times, 1):
            self._add(f"t{k}", "time", time.span)
        for k, quantity in enumerate(record.quantities, 1):
            self._add(f"q{k}", "quantity", quantity.span)
        for k, entity in enumerate(record.entities, 1):
            for mention in entity.mentions:
                self._add(f"n{k}", "mention", mention.span)
        for k, framing in enumerate(record.framings, 1):
            for term in framing.terms:
                self._add(f"w{k}", "framing", term.span)
        for k, flag in enumerate(record.flags, 1):
            self._add(f"f{k}", "flag", flag.span)

    def _add(self, key: str, layer: str, span: Span | None) -> None:
        if span is None:
            return
        mark = Mark(span[0], span[1], layer, key, f"x{len(self.all) + 1}")
        self.all.append(mark)
        self._found.setdefault((key, layer), []).append(mark)

    def of(self, key: str, layer: str) -> list[Mark]:
        """The marks of one card in one layer, in the order of the record."""
        return self._found.get((key, layer), [])

    def at(self, key: str, span: Span | None) -> Mark | None:
        """The mark of one card at a span."""
        for layer in LAYERS:
            for mark in self._found.get((key, layer), ()):
                if (mark.begin, mark.end) == span:
                    return mark
        return None

    def pieces(self, size: int) -> Iterator[Piece]:
        """Cut a text of `size` characters at the borders of all marks: pieces that together are the text."""
        starts: dict[int, list[Mark]] = {}
        stops: dict[int, list[Mark]] = {}
        for mark in self.all:
            starts.setdefault(mark.begin, []).append(mark)
            stops.setdefault(mark.end, []).append(mark)
        active: dict[Mark, None] = {}
        borders = sorted({0, size, *starts, *stops})
        for begin, end in pairwise(borders):
            for mark in stops.get(begin, ()):
                active.pop(mark, None)
            starting = starts.get(begin, [])
            active.update(dict.fromkeys(starting))
            ranked = sorted(active, key=lambda mark: (_RANK[mark.layer], mark.end - mark.begin))
            yield Piece(begin, end, tuple(ranked), tuple(starting))
