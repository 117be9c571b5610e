"""Events as rows: POLECAT's columns (Halterman et al. 2023), and CAMEO rows as ICEWS and Phoenix have them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from dateline.annotate import title_of
from dateline.errors import MissingExtraError
from dateline.records import Argument, Entity, Event, Record
from dateline.store.export.cameo import QUAD, cameo, coded, goldstein

Row = dict[str, Any]
_CHUNK = 5_000

POLECAT = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Primary Actor Sector", "Actor Name Raw", "Wikidata Actor ID"),
    *("Recipient Name", "Recipient Country", "Primary Recipient Sector", "Recipient Name Raw", "Wikidata Recipient ID"),
    *("Placename", "Country", "Latitude", "Longitude", "Event Text", "Source", "Publication Date", "Headline"),
    *("Story ID", "Language", "Factuality", "According To", "Confidence", "Rule"),
)
CAMEO = (
    *("id", "date", "source", "source_name", "target", "target_name", "code", "root", "goldstein", "quad_class"),
    *("latitude", "longitude", "place", "story", "publisher", "factuality", "confidence"),
)
_QUAD_CLASS = {name: n for n, name in enumerate(dict.fromkeys(QUAD.values()), start=1)}


def write_polecat(records: Iterable[Record], output: Path) -> None:
    """Write events as POLECAT rows; an event with several actors or recipients is one row, names joined by ";"."""
    _write(polecat_rows(records), POLECAT, output)


def write_cameo(records: Iterable[Record], output: Path) -> None:
    """Write events as CAMEO rows, a row a pair of actor and recipient."""
    _write(cameo_rows(records), CAMEO, output)


def polecat_rows(records: Iterable[Record]) -> Iterator[Row]:
    """The rows of `write_polecat`: what PLOVER codes (its rules applied), distinct events only."""
    for record in records:
        entities = {e.id: e for e in record.entities}
        speakers = {s.id: s.chain[-1].entity for s in record.statements if s.chain}
        report = record.report
        for event, type, mode in _codings(record):
            code = cameo(type, mode)
            place = entities.get(event.place) if event.place else None
            speaker = entities.get(speakers.get(event.statement or "") or "")
            yield {
                "Event ID": f"{report.id}/{event.id}",
                "Event Date": _date(event, record),
                "Event Type": type,
                "Event Mode": mode,
                "Intensity": goldstein(code) if code else None,
                "Quad Code": QUAD.get(type),
                "Contexts": ";".join(event.contexts),
                **_side("Actor", event.actor, entities, report.text),
                **_side("Recipient", event.recipient, entities, report.text),
                "Placename": place.name if place else None,
                "Country": place.country if place else None,
                "Latitude": place.latitude if place else None,
                "Longitude": place.longitude if place else None,
                "Event Text": report.text[slice(*event.trigger)],
                "Source": report.publisher,
                "Publication Date": (report.published or "")[:10] or None,
                "Headline": title_of(report),
                "Story ID": report.id,
                "Language": report.language,
                "Factuality": event.factuality,
                "According To": speaker.name if speaker else report.publisher,
                "Confidence": event.confidence,
                "Rule": event.rule,
            }


def cameo_rows(records: Iterable[Record]) -> Iterator[Row]:
    """The rows of `write_cameo`."""
    for record in records:
        entities = {e.id: e for e in record.entities}
        text = record.report.text
        for event, type, mode in _codings(record):
            code = cameo(type, mode)
            if code is None:
                continue
            place = entities.get(event.place) if event.place else None
            actors: list[Argument | None] = [*_distinct(event.actor)] or [None]
            recipients: list[Argument | None] = [*_distinct(event.recipient)] or [None]
            pairs = [(a, r) for a in actors for r in recipients]
            for n, (actor, recipient) in enumerate(pairs, start=1):
                yield {
                    "id": f"{record.report.id}/{event.id}/{n}",
                    "date": _date(event, record),
                    "source": _code(actor, entities),
                    "source_name": _name(actor, entities, text),
                    "target": _code(recipient, entities),
                    "target_name": _name(recipient, entities, text),
                    "code": code,
                    "root": code[:2],
                    "goldstein": goldstein(code),
                    "quad_class": _QUAD_CLASS[QUAD[type]],
                    "latitude": place.latitude if place else None,
                    "longitude": place.longitude if place else None,
                    "place": place.name if place else None,
                    "story": record.report.id,
                    "publisher": record.report.publisher,
                    "factuality": event.factuality,
                    "confidence": event.confidence,
                }


def _codings(record: Record) -> Iterator[tuple[Event, str, str | None]]:
    for event in record.events:
        found = coded(event)
        if found is not None and event.same_as is None:
            yield event, *found


def _date(event: Event, record: Record) -> str | None:
    return event.time.begin or (record.report.published or "")[:10] or None


def _side(role: str, arguments: list[Argument], entities: dict[str, Entity], text: str) -> Row:
    known = [entities[a.entity] for a in arguments if a.entity]
    return {
        f"{role} Name": ";".join(_name(a, entities, text) or "" for a in _distinct(arguments)),
        f"{role} Country": ";".join(dict.fromkeys(e.country for e in known if e.country)),
        f"Primary {role} Sector": next((e.sector for e in known if e.sector), None),
        f"{role} Name Raw": ";".join(text[slice(*a.span)] for a in arguments if a.span),
        f"Wikidata {role} ID": ";".join(e.ids["wikidata"] for e in known if "wikidata" in e.ids),
    }


def _distinct(arguments: Sequence[Argument]) -> Iterator[Argument]:
    """Each party once, though two phrases may name it: "Kenya and its army"."""
    seen: set[str] = set()
    for argument in arguments:
        if argument.entity is None or argument.entity not in seen:
            yield argument
        if argument.entity is not None:
            seen.add(argument.entity)


def _name(argument: Argument | None, entities: dict[str, Entity], text: str) -> str | None:
    if argument is None:
        return None
    if argument.entity:
        return entities[argument.entity].name
    return text[slice(*argument.span)] if argument.span else None


def _code(argument: Argument | None, entities: dict[str, Entity]) -> str:
    entity = entities.get(argument.entity or "") if argument else None
    return (entity.code or entity.country or "---") if entity else "---"


def _write(rows: Iterator[Row], columns: tuple[str, ...], output: Path) -> None:
    if output.suffix == ".parquet":
        _parquet(rows, columns, output)
        return
    with output.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _parquet(rows: Iterator[Row], columns: tuple[str, ...], output: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet", "Writing Parquet") from error
    numbers = {"Intensity", "Latitude", "Longitude", "Confidence", "goldstein", "latitude", "longitude", "confidence"}
    kinds = {name: pa.float64() if name in numbers else pa.string() for name in columns} | {"quad_class": pa.int64()}
    schema = pa.schema([(name, kinds[name]) for name in columns])
    with pq.ParquetWriter(output, schema) as writer:
        while group := list(islice(rows, _CHUNK)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
