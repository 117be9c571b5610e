"""Who acts on whom as a graph in GraphML: a node an entity, an edge an event from actor to recipient."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from dateline.records import Record

_NODE = ("name", "kind", "country", "sector")
_EDGE = ("type", "mode", "factuality", "begin", "end", "report", "event", "confidence")
# XML 1.0 has no way to write these characters at all.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(records: Iterable[Record], output: Path) -> None:
    """Write the graph; entities of the same id in several reports are one node."""
    seen: set[str] = set()
    with output.open("w", encoding="utf-8") as stream:
        stream.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        )
        for name in _NODE:
            stream.write(f'<key id="n_{name}" for="node" attr.name="{name}" attr.type="string"/>\n')
        for name in _EDGE:
            kind = "double" if name == "confidence" else "string"
            stream.write(f'<key id="e_{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n')
        stream.write('<graph edgedefault="directed">\n')
        for record in records:
            acting = {a.entity for e in record.events for a in (*e.actor, *e.recipient) if a.entity}
            for e in record.entities:
                if e.id in acting and e.id not in seen:
                    seen.add(e.id)
                    values = {"name": e.name, "kind": e.kind, "country": e.country, "sector": e.sector}
                    stream.write(f"<node id={_quoted(e.id)}>{_data('n', values)}</node>\n")
            for event in record.events:
                if event.same_as:
                    continue
                facts = {
                    "type": event.type,
                    "mode": event.mode,
                    "factuality": event.factuality,
                    "begin": event.time.begin,
                    "end": event.time.end,
                    "report": record.report.id,
                    "event": event.id,
                    "confidence": event.confidence,
                }
                for actor in event.actor:
                    for recipient in event.recipient:
                        if actor.entity and recipient.entity:
                            ends = f"source={_quoted(actor.entity)} target={_quoted(recipient.entity)}"
                            stream.write(f"<edge {ends}>{_data('e', facts)}</edge>\n")
        stream.write("</graph>\n</graphml>\n")


def _data(prefix: str, values: dict[str, str | float | None] | dict[str, str | None]) -> str:
    return "".join(
        f'<data key="{prefix}_{name}">{escape(_UNWRITABLE.sub("�", str(value)))}</data>'
        for name, value in values.items()
        if value is not None
    )


def _quoted(value: str) -> str:
    return quoteattr(_UNWRITABLE.sub("�", value))
