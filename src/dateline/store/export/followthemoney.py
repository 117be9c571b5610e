"""FollowTheMoney entities (OpenSanctions, Aleph): people, bodies, reports, and events that link them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha1
from pathlib import Path
from typing import Any

from dateline.annotate import title_of
from dateline.records import Entity, Record

_SCHEMA = {
    "person": "Person",
    "organization": "Organization",
    "outlet": "Organization",
    "country": "PublicBody",
    "group": "LegalEntity",
    "place": "Address",
}


def write_entities(records: Iterable[Record], output: Path) -> None:
    """Write JSON lines; an entity that several reports name is written once, when it is first named."""
    seen: set[str] = set()
    with output.open("w", encoding="utf-8") as stream:
        for record in records:
            for item in ftm_entities(record):
                if item["id"] not in seen:
                    seen.add(item["id"])
                    stream.write(json.dumps(item, ensure_ascii=False) + "\n")


def ftm_entities(record: Record) -> Iterator[dict[str, Any]]:
    """The entities of one record: its article, whom it names, and its events."""
    report = record.report
    article = _id("report", report.id)
    ids = {e.id: _id(e.kind, e.id if e.kind == "country" else e.name) for e in record.entities}
    yield _item(
        article,
        "Article",
        title=title_of(report) or report.id,
        author=report.byline,
        publisher=report.publisher,
        publishedAt=report.published,
        sourceUrl=report.url,
        language=report.language,
        bodyText=report.text,
    )
    for e in record.entities:
        yield _entity(e, ids[e.id])
    for event in record.events:
        if event.same_as:
            continue
        people = [a.entity for a in (*event.actor, *event.recipient) if a.entity]
        place = next((e.name for e in record.entities if e.id == event.place), None)
        yield _item(
            _id("event", f"{report.id}/{event.id}"),
            "Event",
            name=f"{event.type}: {report.text[slice(*event.trigger)]}",
            startDate=event.time.begin,
            endDate=event.time.end,
            location=place,
            involved=[ids[p] for p in people],
            proof=article,
            summary=f"{event.factuality}; rule {event.rule}",
        )


def _entity(entity: Entity, id: str) -> dict[str, Any]:
    return _item(
        id,
        _SCHEMA[entity.kind],
        name=entity.name,
        alias=entity.aliases,
        country=entity.country.lower() if entity.country else None,
        position=[role.title for role in entity.roles] if entity.kind == "person" else None,
        wikidataId=entity.ids.get("wikidata"),
        keywords=entity.code,
    )


def _item(id: str, schema: str, **properties: Any) -> dict[str, Any]:
    filled = {k: v if isinstance(v, list) else [v] for k, v in properties.items() if v not in (None, "", [])}
    return {"id": id, "schema": schema, "properties": filled}


def _id(kind: str, name: str) -> str:
    return "dl-" + sha1(f"{kind}:{name}".encode(), usedforsecurity=False).hexdigest()
