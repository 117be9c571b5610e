"""Records for annotation tools: Label Studio, brat, and spaCy's own DocBin."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dateline.attribute.brat import to_brat
from dateline.records import Record, Span

_UNSAFE = re.compile(r"[^\w.-]+")


def write_brat(records: Iterable[Record], output: Path) -> None:
    """Write a ``.txt`` and an ``.ann`` file a report into a folder, named for the report's id."""
    used: set[str] = set()
    for record in records:
        name = _UNSAFE.sub("_", record.report.id).strip("._")[:100] or "report"
        unique, n = name, 1
        while unique.casefold() in used:
            n += 1
            unique = f"{name}-{n}"
        used.add(unique.casefold())
        text, annotation = to_brat(record)
        (output / f"{unique}.txt").write_text(text, encoding="utf-8", newline="")
        (output / f"{unique}.ann").write_text(annotation, encoding="utf-8", newline="")


def spans_of(record: Record) -> Iterator[tuple[str, str, Span, str]]:
    """Every span worth annotating: (layer, label, span, id of its item)."""
    for t in record.times:
        yield "times", t.type, t.span, t.id
    for s in record.statements:
        for role, spans in (("source", s.source), ("cue", s.cue), ("content", s.content)):
            for span in spans:
                yield "statements", role, span, s.id
    for e in record.events:
        yield "events", e.type, e.trigger, e.id
        for role, arguments in (("actor", e.actor), ("recipient", e.recipient)):
            for argument in arguments:
                if argument.span:
                    yield "arguments", role, argument.span, e.id
    for entity in record.entities:
        for mention in entity.mentions:
            yield "entities", entity.kind, mention.span, entity.id


def labelstudio_task(record: Record) -> dict[str, Any]:
    """One task: the text as data, the record as a prediction; result ids carry the record's own ids.

    Relations tie arguments to their triggers. `dateline.store.labelstudio` takes annotations back.
    """
    text = record.report.text
    results: list[dict[str, Any]] = []
    triggers: dict[str, str] = {}
    for n, (layer, label, (begin, end), item) in enumerate(spans_of(record)):
        if layer == "events":
            triggers[item] = f"{item}:{label}:{n}"
        elif layer == "arguments":
            results.append(
                {
                    "type": "relation",
                    "from_id": triggers[item],
                    "to_id": f"{item}:{label}:{n}",
                    "direction": "right",
                    "labels": [label],
                }
            )
        results.append(
            {
                "id": f"{item}:{label}:{n}",
                "from_name": layer,
                "to_name": "text",
                "type": "labels",
                "value": {"start": begin, "end": end, "text": text[begin:end], "labels": [label]},
            }
        )
    for e in record.events:
        begin, end = e.trigger
        # A choice about a region has the region's id and place.
        results.append(
            {
                "id": triggers[e.id],
                "from_name": "factuality",
                "to_name": "text",
                "type": "choices",
                "value": {"start": begin, "end": end, "text": text[begin:end], "choices": [e.factuality]},
            }
        )
    head = record.report
    return {
        "data": {"text": text, "report": head.id, "title": head.title, "publisher": head.publisher},
        "predictions": [{"model_version": record.schema, "result": results}],
    }


def write_labelstudio(records: Iterable[Record], output: Path) -> None:
    """Write a list of tasks with predictions."""
    with output.open("w", encoding="utf-8") as stream:
        stream.write("[")
        for n, record in enumerate(records):
            stream.write(("," if n else "") + "\n" + json.dumps(labelstudio_task(record), ensure_ascii=False))
        stream.write("\n]\n")


def write_docbin(records: Iterable[Record], output: Path) -> None:
    """Write a DocBin of tokenised texts with a span group a layer; spans that cut a token are widened to it."""
    import spacy
    from spacy.tokens import DocBin, SpanGroup

    nlp = spacy.blank("en")
    nlp.max_length = 1 << 30
    bin_ = DocBin(store_user_data=True)
    for record in records:
        doc = nlp.make_doc(record.report.text)
        doc.user_data["report"] = record.report.id
        layers: dict[str, list[Any]] = {}
        for layer, label, (begin, end), item in spans_of(record):
            span = doc.char_span(begin, end, label=label, span_id=item, alignment_mode="expand")
            if span is not None:
                layers.setdefault(layer, []).append(span)
        for layer, spans in layers.items():
            doc.spans[layer] = SpanGroup(doc, name=layer, spans=spans)
        bin_.add(doc)
    output.write_bytes(bin_.to_bytes())
