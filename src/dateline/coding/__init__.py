"""Coding: events, their factuality, framings."""

from __future__ import annotations

import msgspec

from dateline.annotate import Syntax, Zone
from dateline.coding.circumstance import amounts_of, places_of
from dateline.coding.codebook import Codebook, default_codebook, load_codebook
from dateline.coding.coded import Coded
from dateline.coding.coder import code
from dateline.coding.factuality import Stances, factuality
from dateline.coding.implied import Implication
from dateline.coding.party import Party
from dateline.coding.plover import plover
from dateline.coding.same_event import link_mentions, told_once
from dateline.coding.stance_marks import Stance
from dateline.coding.time import EventClock, share_times
from dateline.mentions.predicates import predicates
from dateline.records import Argument, Event, EventTime, Plover, Quantity, Report, Statement, Time
from dateline.resolve import Resolution

__all__ = ["Codebook", "code_events", "default_codebook", "load_codebook"]

# Types that are done by speaking: the time of the speech is theirs.
_VERBAL = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"))
_OPEN = frozenset(("planned", "possible", "requested", "threatened", "hypothetical"))


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
    coded = code(syntax, view, resolution, statements, book)
    title = next((syntax.chars_to_tokens(z.begin, z.end)[1] for z in zones if z.kind == "headline"), 0)
    body = next((syntax.chars_to_tokens(z.begin, z.end)[0] for z in zones if z.kind == "body"), 0)
    coded = told_once(coded, view)
    link_mentions(coded, syntax, resolution, title, body)
    Implication(coded, syntax, view, resolution, statements, book).fill()
    if not coded:
        return []
    places = places_of(coded, syntax, resolution)
    amounts = amounts_of(coded, syntax, quantities)
    numbers = {id(event): number for number, event in enumerate(coded)}
    stances = Stances(syntax, view)
    clock = EventClock(syntax, times, report)
    by_id = {statement.id: statement for statement in statements}
    triggers = {event.match.token for event in coded}
    events: list[Event] = []
    told: list[Stance] = []
    for number, event in enumerate(coded, 1):
        entry, token = event.match.entry, event.match.token
        statement = by_id.get(event.statement or "")
        own = statement is None or _speaks(statement, event)
        side = own or _sides(statement, event, resolution)
        stance = factuality(
            syntax,
            view,
            token,
            statement,
            stances=stances,
            performative=entry.speaker,
            violent=entry.type == "ASSAULT",
            own=side and statement is not None,
            spoken=entry.type in _VERBAL,
            earlier=told[numbers[id(event.same)]] if event.same is not None else None,
        )
        told.append(stance)
        verbal = entry.type in _VERBAL
        events.append(
            Event(
                id=f"e{number}",
                type=entry.type,
                mode=event.mode,
                contexts=event.contexts,
                plover=_coded_as(event, stance, stance.governor in triggers),
                trigger=syntax.span(event.shown, event.shown + 1),
                actor=[_argument(syntax, party) for party in event.actors],
                recipient=[_argument(syntax, party) for party in event.recipients],
                place=places.get(number - 1),
                time=clock.of(token, statement, stance.value, verbal=verbal, own_words=side),
                factuality=stance.value,
                statement=event.statement,
                quantities=amounts.get(number - 1, []),
                same_as=None,
                rule=entry.rule,
                confidence=event.confidence,
            )
        )
        if event.same is not None and not _came_about(entry.kind, stance, told[numbers[id(event.same)]]):
            first = events[numbers[id(event.same)]]
            mine = events[-1].time
            if event.same.shown < title and first.time.basis == "publication" != mine.basis and mine.begin is not None:
                # A headline tells no day; the text does.
                first.time = msgspec.structs.replace(mine, basis="previous")
            if _may_be_one(first.time, events[-1].time):
                events[-1].same_as = first.id
    _code_once(events, coded, told)
    share_times(events)
    return events


def _code_once(events: list[Event], coded: list[Coded], told: list[Stance]) -> None:
    """What somebody agrees, refuses or threatens to do, PLOVER codes there, and not again with the act itself."""
    at = {event.match.token: number for number, event in enumerate(coded)}
    for event, stance in zip(events, told, strict=True):
        number = at.get(stance.governor) if stance.governor is not None else None
        above = events[number] if number is not None else event
        if event.plover is None or above.plover is None or above.confidence < event.confidence:
            continue
        if event.plover.type == above.plover.type == above.type != event.type:
            if _covers(above.actor, event.actor) and _covers(above.recipient, event.recipient):
                event.plover = None


def _covers(one: list[Argument], other: list[Argument]) -> bool:
    """Whether some arguments are among some others, phrase by phrase."""
    return {argument.span for argument in other} <= {argument.span for argument in one}


def _may_be_one(one: EventTime, other: EventTime) -> bool:
    """Whether two mentions can be one event as far as their times go."""
    if one.begin is None or one.end is None or other.begin is None or other.end is None:
        return True
    return one.begin < other.end and other.begin < one.end


def _speaks(statement: Statement, event: Coded) -> bool:
    """Whether an event's actor is the one who speaks the statement that carries it."""
    speaker = statement.chain[-1].entity if statement.chain else None
    return speaker is not None and any(party.entity == speaker for party in event.actors)


def _sides(statement: Statement | None, event: Coded, resolution: Resolution) -> bool:
    """Whether an event's actor is the country of the one who speaks, or of the same country's state."""
    speaker = statement.chain[-1].entity if statement is not None and statement.chain else None
    if speaker is None:
        return False
    country = resolution.entity(speaker).country
    return country is not None and any(
        party.entity is not None and resolution.entity(party.entity).code == country for party in event.actors
    )


def _came_about(kind: str, stance: Stance, before: Stance) -> bool:
    """Does a verb tell that something took place, where a plan was told before? Another act, or else its outcome."""
    return kind == "verb" and stance.value in ("occurred", "ongoing") and before.value in _OPEN


def _coded_as(event: Coded, stance: Stance, governor_coded: bool) -> Plover | None:
    """PLOVER's coding of the act; where the act stands, the crosswalk's type if it names another."""
    entry = event.match.entry
    coded = plover(entry.type, event.mode, stance, governor_coded=governor_coded)
    if stance.value == "requested" and event.how == "support":
        coded = Plover(type=entry.type, mode=event.mode)  # "ordered airstrikes": who gives the order acts
    if coded is not None and coded.type == entry.type and entry.crosswalk is not None:
        return Plover(type=entry.crosswalk, mode=entry.crosswalk_mode)
    return coded


def _argument(syntax: Syntax, party: Party) -> Argument:
    return Argument(entity=party.entity, span=syntax.span(party.begin, party.end))
