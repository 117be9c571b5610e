"""Statements as they stand in the text: the words that were said, who says so and how, and the sentence around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dateline.records import Record, Span, Statement
from dateline.serve.excerpt import sentence_around
from dateline.serve.wording import Wording
from dateline.store import Archive
from dateline.store.corrected import as_corrected, changed_reports
from dateline.store.reading import read_records

_LONGEST = 900  # characters of an excerpt
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Mouth:
    """One link of a chain: `entity` is None where the text's words alone are known."""

    entity: str | None
    name: str
    medium: str | None


@dataclass(frozen=True)
class Piece:
    """A stretch of the excerpt: `css` is words (said), cue, source or context."""

    css: str
    text: str


@dataclass(frozen=True)
class Quoted:
    """A statement as a page shows it.

    Attributes:
        row: of the archive, as `find_statements` gives it.
        chain: the mouths that it came through, the publisher first.
        pieces: the sentences around it; empty where the record has it no more.
        cut: does the report's text go on before or after the excerpt within the statement?
        addressee: to whom.
        place: where.
        inherited: does it go on without a cue of its own?
    """

    row: Row
    chain: Sequence[Mouth]
    pieces: Sequence[Piece]
    cut: bool
    addressee: str | None
    place: str | None
    inherited: bool


def quoted(store: Archive, rows: Sequence[Row]) -> list[Quoted]:
    """Rows of statements with their context, in the same order."""
    records = _records(store, {row["report_id"] for row in rows})
    return [_quoted(row, records.get(row["report_id"])) for row in rows]


def quoted_of(store: Archive, rows: Sequence[Row], entity: str, limit: int) -> list[Quoted]:
    """Those of the rows whose words name an entity, at most `limit`."""
    records = _records(store, {row["report_id"] for row in rows})
    found = []
    for row in rows:
        record = records.get(row["report_id"])
        if record is not None and _names(record, row["statement"], entity):
            found.append(_quoted(row, record))
            if len(found) == limit:
                break
    return found


def _records(store: Archive, ids: set[str]) -> dict[str, Record]:
    with store.read() as connection:
        changed = changed_reports(connection)
        found = {record.report.id: record for record in read_records(connection, sorted(ids))}
        return {id: as_corrected(connection, r) if id in changed else r for id, r in found.items()}


def _names(record: Record, statement_id: str, entity: str) -> bool:
    contents = next((s.content for s in record.statements if s.id == statement_id), [])
    mentions = next((e.mentions for e in record.entities if e.id == entity), [])
    return any(begin <= m.span[0] and m.span[1] <= end for m in mentions for begin, end in contents)


def _quoted(row: Row, record: Record | None) -> Quoted:
    statement = None
    if record is not None:
        statement = next((s for s in record.statements if s.id == row["statement"]), None)
    if record is None or statement is None:
        chain = [Mouth(None, link, None) for link in row["chain"].split(" > ")]
        return Quoted(row, chain, [Piece("words", row["content"])], False, None, None, False)
    words = Wording(record)
    chain = [
        Mouth(link.entity, words.entity(link.entity) or (words.cut(link.span) if link.span else "?"), link.medium)
        for link in statement.chain
    ]
    begin, end, cut = _extent(record, statement)
    return Quoted(
        row,
        chain,
        list(_pieces(record.report.text, statement, begin, end)),
        cut,
        words.entity(statement.addressee),
        words.entity(statement.place),
        statement.inherited,
    )


def _extent(record: Record, statement: Statement) -> tuple[int, int, bool]:
    """Begin and end of the sentences that hold the statement, and whether they were cut short."""
    text = record.report.text
    spans = [*statement.source, *statement.cue, *statement.content] or [(0, min(len(text), _LONGEST))]
    first, last = min(spans), max(spans, key=lambda s: s[1])
    near = [s for s in spans if s[0] < first[0] + _LONGEST and s[1] > first[0]]
    begin = sentence_around(text, (first[0], min(first[1], first[0] + 200)), _LONGEST)[0]
    reach = max(s[1] for s in near)
    end = sentence_around(text, (max(begin, reach - 1), reach), _LONGEST)[1]
    longest = min(end, begin + _LONGEST)
    return begin, longest, last[1] > longest


def _pieces(text: str, statement: Statement, begin: int, end: int) -> Iterator[Piece]:
    layers: list[tuple[str, Sequence[Span]]] = [
        ("cue", statement.cue),
        ("source", statement.source),
        ("words", statement.content),
    ]
    borders = {begin, end}
    for _, spans in layers:
        borders.update(at for span in spans for at in span if begin < at < end)
    ordered = sorted(borders)
    for left, right in pairwise(ordered):
        css = next((name for name, spans in layers if any(a <= left and right <= b for a, b in spans)), "context")
        yield Piece(css, text[left:right])
