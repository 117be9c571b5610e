"""Records as RDF: events by SEM (van Hage et al. 2011), hearsay by W3C PROV, stances by GRaSP.

An event is a `sem:Event` with its actors, place and time; a statement is a `prov:Entity` attributed to
its speaker and derived, link by link of its chain, from what the next one said; the stance on each
event is a `grasp:Attribution`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dateline.annotate import title_of
from dateline.errors import MissingExtraError
from dateline.records import Record

BASE = "urn:dateline:"


def write_turtle(records: Iterable[Record], output: Path) -> None:
    """Write Turtle."""
    to_graph(records).serialize(destination=str(output), format="turtle", encoding="utf-8")


def write_jsonld(records: Iterable[Record], output: Path) -> None:
    """Write JSON-LD."""
    to_graph(records).serialize(destination=str(output), format="json-ld", encoding="utf-8", auto_compact=True)


def to_graph(records: Iterable[Record]) -> Any:
    """The records as an rdflib graph.

    Raises:
        MissingExtraError: rdflib is not installed.
    """
    try:
        from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
        from rdflib.namespace import DCTERMS, FOAF, PROV, XSD
    except ImportError as error:
        raise MissingExtraError("rdflib", "rdf", "Writing RDF") from error
    sem = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
    grasp = Namespace("http://groundedannotationframework.org/grasp#")
    own = Namespace(BASE)
    graph = Graph()
    for prefix, space in (("sem", sem), ("grasp", grasp), ("prov", PROV), ("dl", own), ("dcterms", DCTERMS)):
        graph.bind(prefix, space)

    def uri(*parts: str) -> URIRef:
        return URIRef(BASE + "/".join(quote(p, safe="") for p in parts))

    def add(subject: Any, predicate: Any, value: Any) -> None:
        if value is not None:
            graph.add((subject, predicate, value))

    def text(value: str | None) -> Any:
        return None if value is None else Literal(value)

    def day(value: str | None) -> Any:
        return None if value is None else Literal(value[:10], datatype=XSD.date)

    for record in records:
        report = record.report
        source = uri("report", report.id)
        add(source, RDF.type, PROV.Entity)
        add(source, DCTERMS.title, text(title_of(report)))
        add(source, DCTERMS.publisher, text(report.publisher))
        add(source, DCTERMS.issued, day(report.published))
        add(source, DCTERMS.source, text(report.url))
        kinds = {e.id: e.kind for e in record.entities}
        who = {e.id: uri("entity", e.id) for e in record.entities}
        for e in record.entities:
            add(who[e.id], RDF.type, sem.Place if e.kind == "place" else sem.Actor)
            add(who[e.id], RDFS.label, text(e.name))
            add(who[e.id], own.code, text(e.code))
            if e.kind == "person":
                add(who[e.id], RDF.type, FOAF.Person)
            if e.kind != "place":
                add(who[e.id], RDF.type, PROV.Agent)
        said = {s.id: uri("report", report.id, s.id) for s in record.statements}
        for s in record.statements:
            add(said[s.id], RDF.type, PROV.Entity)
            add(said[s.id], PROV.value, text(" … ".join(report.text[a:b] for a, b in s.content)))
            add(said[s.id], PROV.wasQuotedFrom, said.get(s.parent or "", source))
            outer = source
            for n, link in enumerate(s.chain):
                told = said[s.id] if n == len(s.chain) - 1 else uri("report", report.id, s.id, f"link{n}")
                if told != said[s.id]:
                    add(told, RDF.type, PROV.Entity)
                add(told, PROV.wasAttributedTo, who.get(link.entity or ""))
                if n:
                    add(outer, PROV.wasDerivedFrom, told)
                outer = told
        for event in record.events:
            node = uri("report", report.id, event.same_as or event.id)
            add(node, RDF.type, sem.Event)
            add(node, sem.eventType, own[event.type])
            add(node, RDFS.label, text(report.text[slice(*event.trigger)]))
            for argument in event.actor:
                add(node, own.actor, who.get(argument.entity or ""))
                add(node, sem.hasActor, who.get(argument.entity or ""))
            for argument in event.recipient:
                if argument.entity and kinds[argument.entity] != "place":
                    add(node, sem.hasActor, who[argument.entity])
                add(node, own.recipient, who.get(argument.entity or ""))
            add(node, sem.hasPlace, who.get(event.place or ""))
            add(node, sem.hasBeginTimeStamp, day(event.time.begin))
            add(node, sem.hasEndTimeStamp, day(event.time.end))
            stance = uri("report", report.id, event.id, "stance")
            add(stance, RDF.type, grasp.Attribution)
            add(stance, grasp.isAttributionFor, node)
            add(stance, grasp.hasAttributionValue, own[event.factuality])
            add(stance, grasp.wasAttributedTo, said.get(event.statement or "", source))
    return graph
