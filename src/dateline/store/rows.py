"""A record as rows of the archive's tables."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from typing import Any

from dateline.annotate import title_of
from dateline.records import Argument, Entity, Record, Report, Span, Statement, decode, encode

Row = dict[str, Any]

UNKNOWN_DAY = "~"  # sorts after every date, and unlike NULL in the same way in either database


def digest(report: Report) -> str:
    """A key of all that is given of a report: the same report twice has the same key."""
    parts = (report.id, report.url, report.title, report.publisher, report.byline, report.published, report.text)
    joined = "\x1f".join("" if p is None else p for p in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def pack(record: Record) -> bytes:
    """The record's JSON, compressed."""
    return zlib.compress(encode(record), 6)


def unpack(stored: bytes) -> Record:
    """The record behind the stored bytes.

    Raises:
        RecordError: they are no valid record.
    """
    return decode(zlib.decompress(stored))


def report_row(record: Record, version: int, coder: str, added: str) -> Row:
    """The row of ``reports``."""
    report = record.report
    return {
        "id": report.id,
        "version": version,
        "current": True,
        "digest": digest(report),
        "title": title_of(report),
        "publisher": report.publisher,
        "byline": report.byline,
        "language": report.language,
        "url": report.url,
        "published": report.published,
        "published_basis": report.published_basis,
        "text": report.text,
        "record": pack(record),
        "coder": coder,
        "added": added,
    }


def entity_rows(record: Record, report_key: int) -> list[Row]:
    """The rows of ``entities``."""
    return [
        {
            "report": report_key,
            "entity": e.id,
            "name": e.name,
            "folded": e.name.casefold(),
            "kind": e.kind,
            "country": e.country,
            "sector": e.sector,
            "code": e.code,
            "mentions": len(e.mentions),
        }
        for e in record.entities
    ]


def statement_rows(record: Record, report_key: int) -> list[Row]:
    """The rows of ``statements``."""
    text = record.report.text
    names = {e.id: e.name for e in record.entities}
    rows = []
    for s in record.statements:
        speaker = s.chain[-1].entity if s.chain else None
        rows.append(
            {
                "report": report_key,
                "statement": s.id,
                "parent": s.parent,
                "quote": s.quote,
                "speaker": speaker,
                "speaker_name": names.get(speaker) if speaker else None,
                "source": _words(text, s.source),
                "cue": _words(text, s.cue),
                "content": _words(text, s.content),
                "chain": " > ".join(_link(text, s)),
                "time": s.time,
                "day": (record.report.published or "")[:10] or UNKNOWN_DAY,
                "current": True,
            }
        )
    return rows


def _link(text: str, statement: Statement) -> list[str]:
    return [link.entity or (text[slice(*link.span)] if link.span else "?") for link in statement.chain]


def _words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(text[begin:end] for begin, end in spans)


def event_rows(record: Record, report_key: int) -> list[tuple[Row, list[Row]]]:
    """Each row of ``events`` with its rows of ``arguments`` (which lack the event's key)."""
    text = record.report.text
    entities = {e.id: e for e in record.entities}
    speakers = {s.id: s.chain[-1].entity for s in record.statements if s.chain}
    published = (record.report.published or "")[:10] or None
    rows = []
    for e in record.events:
        place = entities.get(e.place) if e.place else None
        row = {
            "report": report_key,
            "event": e.id,
            "type": e.type,
            "mode": e.mode,
            "plover": e.plover.type if e.plover else None,
            "contexts": f",{','.join(e.contexts)}," if e.contexts else "",
            "trigger": text[slice(*e.trigger)],
            "factuality": e.factuality,
            "begin": e.time.begin,
            "end": e.time.end,
            "granularity": e.time.granularity,
            "basis": e.time.basis,
            "day": e.time.begin or published or UNKNOWN_DAY,
            "current": True,
            "place": e.place,
            "place_name": place.name if place else None,
            "statement": e.statement,
            "speaker": speakers.get(e.statement) if e.statement else None,
            "same_as": e.same_as,
            "rule": e.rule,
            "confidence": e.confidence,
        }
        people = [
            _argument(text, role, k, argument, entities)
            for role, arguments in (("actor", e.actor), ("recipient", e.recipient))
            for k, argument in enumerate(arguments)
        ]
        rows.append((row, people))
    return rows


def place_rows(record: Record) -> list[Row]:
    """The rows of ``places``: those places of the record's events that have coordinates."""
    named = {e.place for e in record.events}
    return [
        {
            "place": e.id,
            "name": e.name,
            "kind": e.kind,
            "country": e.country,
            "latitude": e.latitude,
            "longitude": e.longitude,
        }
        for e in record.entities
        if e.id in named and e.latitude is not None and e.longitude is not None
    ]


def flag_name(position: int) -> str:
    """What a flag is called in the archive, by its place in the record counted from 0."""
    return f"f{position + 1}"


def flag_rows(record: Record, report_key: int) -> list[Row]:
    """The rows of ``flags``."""
    text = record.report.text
    names = {e.id: e.name for e in record.entities}
    return [
        {
            "report": report_key,
            "flag": flag_name(position),
            "kind": flag.kind,
            "words": text[slice(*flag.span)],
            "begin": flag.span[0],
            "suggestion": flag.suggestion,
            "suggestion_name": names.get(flag.suggestion) if flag.suggestion else None,
            "why": flag.why,
            "current": True,
        }
        for position, flag in enumerate(record.flags)
    ]


def _argument(text: str, role: str, position: int, argument: Argument, entities: dict[str, Entity]) -> Row:
    entity = entities.get(argument.entity) if argument.entity else None
    name = entity.name if entity else text[slice(*argument.span)] if argument.span else ""
    return {
        "role": role,
        "position": position,
        "entity": argument.entity,
        "name": name,
        "folded": name.casefold(),
        "country": entity.country if entity else None,
        "sector": entity.sector if entity else None,
    }
