"""Statements as brat standoff, to be looked at and corrected in that annotation tool.

The format is that of brat 1.3 (Stenetorp et al. 2012): text-bound annotations ``T``, events ``E``
with the cue as trigger, attributes ``A`` and notes ``#``.
"""

from __future__ import annotations

import re

from dateline.records import Record, Span, Statement

_LINE = re.compile(r"[^\n\r]+")


def to_brat(record: Record) -> tuple[str, str]:
    """Write the statements of a record as brat standoff.

    Args:
        record: a record.

    Returns:
        The text, unchanged, and the annotations (``.ann``): for each statement a `Source`, a
        `Content` and a `Statement` event that joins them, triggered by the cue (by the content,
        where a statement has no cue of its own), with its parent, kind of quote and chain.
        Offsets are code points; a span over several lines is given in pieces, as brat wants it.
    """
    text = record.report.text
    names = {entity.id: entity.name for entity in record.entities}
    lines: list[str] = []
    bounds = 0
    events = {statement.id: f"E{k}" for k, statement in enumerate(record.statements, 1)}
    attributes: list[str] = []
    notes: list[str] = []

    def bound(kind: str, spans: list[Span]) -> str | None:
        nonlocal bounds
        pieces = [
            (begin + m.start(), begin + m.end())
            for begin, end in spans
            for m in _LINE.finditer(text[begin:end])
            if m.group().strip()
        ]
        if not pieces:
            return None
        bounds += 1
        offsets = ";".join(f"{begin} {end}" for begin, end in pieces)
        covered = " ".join(text[begin:end] for begin, end in pieces)
        lines.append(f"T{bounds}\t{kind} {offsets}\t{covered}")
        return f"T{bounds}"

    for statement in record.statements:
        event = events[statement.id]
        source = bound("Source", statement.source)
        content = bound("Content", statement.content)
        trigger = bound("Statement", statement.cue or statement.content)
        if trigger is None:
            continue
        parts = [f"Statement:{trigger}"]
        if source is not None:
            parts.append(f"Source:{source}")
        if content is not None:
            parts.append(f"Content:{content}")
        if statement.parent in events:
            parts.append(f"Within:{events[statement.parent]}")
        lines.append(f"{event}\t{' '.join(parts)}")
        attributes.append(f"Quote {event} {statement.quote}")
        if statement.inherited:
            attributes.append(f"Inherited {event}")
        notes.append(f"AnnotatorNotes {event}\t{_chain(statement, text, names)}")
    lines += [f"A{k}\t{attribute}" for k, attribute in enumerate(attributes, 1)]
    lines += [f"#{k}\t{note}" for k, note in enumerate(notes, 1)]
    return text, "".join(line + "\n" for line in lines)


def _chain(statement: Statement, text: str, names: dict[str, str]) -> str:
    words = []
    for link in statement.chain:
        if link.entity is not None:
            words.append(names.get(link.entity, link.entity))
        elif link.span is not None:
            words.append(" ".join(text[link.span[0] : link.span[1]].split()))
        else:
            words.append("(publisher)")
    return " > ".join(words)
