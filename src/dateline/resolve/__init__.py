"""Resolve: who and where every phrase of a report means, on the day of the report."""

from __future__ import annotations

from dateline.annotate import Syntax, Zone
from dateline.records import Entity, Report
from dateline.resolve.resolution import Reference, Resolution

__all__ = ["Reference", "Resolution", "resolve"]


def resolve(syntax: Syntax, zones: list[Zone], report: Report) -> Resolution:
    """Tell who every phrase of a report means."""
    entities: dict[str, Entity] = {}
    references = []
    for begin, end, label in syntax.names:
        if label in ("PERSON", "ORG", "GPE", "NORP"):
            name = syntax.text[syntax.begin[begin] : syntax.end[end - 1]]
            key = name.casefold().replace(" ", "_")
            kind = {"PERSON": "person", "ORG": "organization", "GPE": "place", "NORP": "group"}[label]
            entities.setdefault(key, Entity(id=key, name=name, kind=kind))  # type: ignore[arg-type]
            head = next((i for i in range(begin, end) if not begin <= syntax.head[i] < end), end - 1)
            references.append(Reference(begin, end, head, key, "name"))
    return Resolution(list(entities.values()), references)
