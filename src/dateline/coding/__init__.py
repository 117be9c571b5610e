"""Coding: events, their factuality, framings."""

from __future__ import annotations

from dateline.annotate import Syntax, Zone
from dateline.coding.arguments import Party
from dateline.coding.codebook import Codebook, default_codebook, load_codebook
from dateline.coding.coder import code
from dateline.coding.factuality import Stances, factuality
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
    stances = Stances(syntax, view)
    by_id = {statement.id: statement for statement in statements}
    events = []
    for number, event in enumerate(code(syntax, view, resolution, statements, book), 1):
        entry, token = event.match.entry, event.match.token
        stance = factuality(
            syntax,
            view,
            token,
            by_id.get(event.statement or ""),
            stances=stances,
            performative=entry.kind == "modal",
            violent=entry.type == "ASSAULT",
        )
        events.append(
            Event(
                id=f"e{number}",
                type=entry.type,
                mode=event.mode,
                contexts=event.contexts,
                plover=placeholder(entry, event.mode, stance.value),
                trigger=syntax.span(token, token + 1),
                actor=[_argument(syntax, p) for p in event.actors],
                recipient=[_argument(syntax, p) for p in event.recipients],
                place=None,
                time=EventTime(),
                factuality=stance.value,
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


_KIND = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 1, "AID": 1, "CONCEDE": 1, "RETREAT": 1}


def placeholder(entry, mode, value):
    kind = entry.crosswalk or entry.type
    coop = kind in _KIND
    if value == "planned":
        kind = "AGREE" if coop else "THREATEN" if kind in ("SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST") else kind
    elif value in ("negated", "denied"):
        kind = "REJECT" if coop else kind
    elif value == "requested":
        kind = "REQUEST"
    elif value == "threatened":
        kind = "THREATEN"
    return Plover(type=kind, mode=mode)
