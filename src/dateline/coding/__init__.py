"""Coding: events, their factuality, framings."""

from __future__ import annotations

from dateline.annotate import Syntax, Zone
from dateline.coding.arguments import Party
from dateline.coding.codebook import Codebook, default_codebook, load_codebook
from dateline.coding.coder import code
from dateline.mentions.predicates import predicates
from dateline.records import Argument, Event, EventTime, Plover, Quantity, Report, Statement, Time
from dateline.resolve import Resolution

__all__ = ["Codebook", "code_events", "default_codebook", "load_codebook"]


def code_events(
    syntax: Syntax,
    zones: list[Zone],
    resolution: Resolution,
    times: list[Time],
    quantities: list[Quantity],
    statements: list[Statement],
    report: Report,
    codebook: Codebook | None = None,
) -> list[Event]:
    """Code the events of a report after a codebook.

    Args:
        syntax: the parse.
        zones: headline, byline, dateline, caption, body.
        resolution: who each phrase means.
        times: the report's time expressions.
        quantities: its amounts.
        statements: its statements.
        report: the report itself.
        codebook: None for PLOVER's sixteen types, which come along.

    Returns:
        The events in the order of their triggers, ids ``e1``, ``e2``, …; spans are half-open code
        point offsets of the report's text.
    """
    book = codebook if codebook is not None else default_codebook()
    view = predicates(syntax)
    events = []
    for number, event in enumerate(code(syntax, view, resolution, statements, book), 1):
        entry, token = event.match.entry, event.match.token
        events.append(
            Event(
                id=f"e{number}",
                type=entry.type,
                mode=event.mode,
                contexts=event.contexts,
                plover=Plover(type=entry.crosswalk or entry.type, mode=event.mode),
                trigger=syntax.span(token, token + 1),
                actor=[_argument(syntax, p) for p in event.actors],
                recipient=[_argument(syntax, p) for p in event.recipients],
                place=None,
                time=EventTime(),
                factuality="occurred",
                statement=event.statement,
                quantities=[],
                same_as=None,
                rule=entry.rule,
                confidence=event.confidence,
            )
        )
    return events


def _argument(syntax: Syntax, party: Party) -> Argument:
    return Argument(entity=party.entity, span=syntax.span(party.begin, party.end))
