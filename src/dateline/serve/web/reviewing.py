"""What a reviewer looks at: items with their words in the text, and the corrections that a form says."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from fastapi import Request

from dateline.errors import InputError
from dateline.records import Record, Span, Statement
from dateline.serve.excerpt import sentence_around
from dateline.serve.web.addresses import report_address
from dateline.serve.wording import Wording
from dateline.store import Archive
from dateline.store.reading import read_records

Row = Mapping[str, Any]

PEOPLE = ("actor", "recipient")
_FIELDS = ("type", "mode", "factuality", "place")


@dataclass(frozen=True)
class Item:
    """An event, statement or flag as a reviewer sees it.

    Attributes:
        kind: ``event``, ``statement``, ``flag``.
        row: what the archive holds of it, as people left it.
        report, name: the report's id, and what the item is called in it.
        pieces: the sentence around it, as (text, what it is): ``trigger``, ``actor``, ``recipient``, ``words`` or "".
        chain: the mouths it came through, the publisher first.
        fields: what a form shows: words by field.
        seen: changes with every correction; a form says by it what it was filled in from.
    """

    kind: str
    row: Row
    report: str
    name: str
    pieces: Sequence[tuple[str, str]]
    chain: Sequence[str]
    fields: Mapping[str, str]
    seen: str

    @property
    def address(self) -> str:
        """The item's card in its report."""
        return report_address(self.report, anchor=self.anchor)

    @property
    def anchor(self) -> str:
        """The item in a page's names."""
        return self.name


def records_behind(archive: Archive, rows: Sequence[Row]) -> dict[str, Record]:
    """The newest records of the reports that rows come from."""
    with archive.read() as connection:
        ids = list(dict.fromkeys(row["report_id"] for row in rows))
        return {record.report.id: record for record in read_records(connection, ids)}


def event_item(row: Row, record: Record) -> Item:
    """An event of the queue."""
    event = next((e for e in record.events if e.id == row["event"]), None)
    statement = next((s for s in record.statements if event and s.id == event.statement), None)
    spans: list[tuple[Span, str]] = []
    if event is not None:
        spans.append((event.trigger, "trigger"))
        spans += [(a.span, role) for role in PEOPLE for a in getattr(event, role) if a.span]
    first, last = _days(row)
    fields = {name: row[name] or "" for name in _FIELDS}
    fields["place"] = row["place_name"] or row["place"] or ""
    fields |= {role: "; ".join(p["name"] for p in row[role]) for role in PEOPLE}
    fields |= {"first": first, "last": last}
    pieces = pieces_around(record.report.text, spans) if event else [(row["trigger"], "trigger")]
    return Item("event", row, row["report_id"], row["event"], pieces, _chain(record, statement), fields, seen_of(row))


def flag_item(row: Row, record: Record) -> Item:
    """A flag of the queue."""
    begin = row["begin"]
    pieces = pieces_around(record.report.text, [((begin, begin + len(row["words"])), "words")])
    return Item("flag", row, row["report_id"], row["flag"], pieces, (), {}, seen_of(row))


def statement_item(row: Row, record: Record) -> Item:
    """A statement that a reviewer came to from its report."""
    statement = next((s for s in record.statements if s.id == row["statement"]), None)
    pieces = [(row["content"], "words")]
    if statement is not None:
        first, last = statement.content[0][0], statement.content[-1][1]
        spans = [(span, "words") for span in statement.content] + [(span, "actor") for span in statement.source]
        if last - first < 600:
            pieces = pieces_around(record.report.text, spans)
    speaker = row["speaker_name"] or row["speaker"] or ""
    chain = _chain(record, statement)
    return Item("statement", row, row["report_id"], row["statement"], pieces, chain, {"speaker": speaker}, seen_of(row))


def _chain(record: Record, statement: Statement | None) -> list[str]:
    return Wording(record).chain(statement)


def pieces_around(text: str, spans: Sequence[tuple[Span, str]]) -> list[tuple[str, str]]:
    """The sentence around the first span, cut where the spans begin and end; where two overlap the first counts."""
    (first, last), _ = spans[0]
    begin, end = sentence_around(text, (first, max(last, first + 1)))
    begin, end = min([begin, *(b for (b, e), _ in spans if begin - 200 < b < end)]), max(end, last)
    kinds = [""] * (end - begin)
    for (b, e), kind in reversed(spans):
        for n in range(max(b, begin), min(e, end)):
            kinds[n - begin] = kind
    out: list[tuple[str, str]] = []
    for character, kind in zip(text[begin:end], kinds, strict=True):
        if out and out[-1][1] == kind:
            out[-1] = (out[-1][0] + character, kind)
        else:
            out.append((character, kind))
    return out


def _days(row: Row) -> tuple[str, str]:
    """First and last day of an event, as a form shows them; the archive's end is the day after the last."""
    begin, end = (row["begin"] or "")[:10], (row["end"] or "")[:10]
    if end and len(row["end"]) == 10:
        try:
            end = (date.fromisoformat(end) - timedelta(1)).isoformat()
        except (ValueError, OverflowError):
            end = ""
    return begin, max(end, begin) if end else ""


def seen_of(row: Row) -> str:
    """A short name for all that people can change of an item."""
    names = ("type", "mode", "factuality", "begin", "end", "place", "speaker", "review")
    held = [row.get(name) for name in names]
    held += [[p["entity"] or p["name"] for p in row[role]] for role in PEOPLE if role in row]
    return blake2b(json.dumps(held).encode(), digest_size=6).hexdigest()


def changes_of(item: Item, given: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """The fields that a form changes, with their values as `correct` takes them.

    Args:
        item: what the form was filled in from.
        given: its fields as they came back; those that are missing are not changed.

    Raises:
        InputError: a day is none, or the last one is before the first.
    """
    fields = item.fields
    for name in ("type", "mode", "factuality", "place", "speaker"):
        if name in fields and name in given and given[name].strip() != fields[name]:
            value = given[name].strip()
            yield name, (value.upper() if name == "type" else value) or None
    for role in PEOPLE:
        if role in fields and role in given and _names(given[role]) != _names(fields[role]):
            known = {p["name"]: p["entity"] or p["name"] for p in item.row[role]}
            yield role, [known.get(name, name) for name in _names(given[role])]
    if "first" in fields and ("first" in given or "last" in given):
        first, last = given.get("first", "").strip(), given.get("last", "").strip()
        if (first, last) != (fields["first"], fields["last"]):
            yield from _interval(item.row, first, last)


def _names(words: str) -> list[str]:
    return [name.strip() for name in words.split(";") if name.strip()]


def _interval(row: Row, first: str, last: str) -> Iterator[tuple[str, str | None]]:
    begin = end = None
    try:
        if first:
            begin = date.fromisoformat(first)
        if last or first:
            end = date.fromisoformat(last or first) + timedelta(1)
    except (ValueError, OverflowError) as error:
        raise InputError(f"a day is written 2024-01-21, not {first or last!r}") from error
    if begin and end and end <= begin:
        raise InputError(f"the last day, {last}, is before the first, {first}")
    for name, value in (("begin", begin), ("end", end)):
        told = value.isoformat() if value else None
        if told != row[name]:
            yield name, told


def reviewer(request: Request, given: str | None = None) -> str:
    """Who reviews: the user of the session, else the name that a form gives, else the one given before.

    On one's own machine, without users, the name of the account there stands in.
    """
    user = request.state.user
    if user is not None and user.name:
        return str(user.name)
    return (given or "").strip()[:64] or request.cookies.get(WHO, "").strip()[:64] or _local()


def named_by_session(request: Request) -> bool:
    """Whether the server knows who asks, so that nobody needs to say."""
    user = request.state.user
    return user is not None and bool(user.name)


WHO = "dateline_who"


def _local() -> str:
    try:
        return os.environ.get("DATELINE_WHO") or getpass.getuser()
    except (KeyError, OSError):
        return ""
