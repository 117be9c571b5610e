"""What reconciliation looks at: each event of a report with all that tells it from others."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from dateline.records import Argument, Entity, Event, Quantity, Record
from dateline.resolve.gazetteer import gazetteer
from dateline.resolve.roster import roster

_HEADLINE = 200  # characters: a first line up to this length is a headline
_LEAD = 700  # characters in which a report says what it is about

Key = tuple[str, str]  # report id, event id

# Types that can be told for one another share a block.
_FAMILY = {
    **dict.fromkeys(("ASSAULT", "COERCE", "SANCTION"), "hostile"),
    **dict.fromkeys(("AGREE", "COOPERATE", "AID"), "friendly"),
    **dict.fromkeys(("CONCEDE", "RETREAT"), "yield"),
    **dict.fromkeys(("ACCUSE", "REJECT"), "against"),
    **dict.fromkeys(("REQUEST", "THREATEN"), "demand"),
}

_TOLD = frozenset({"expression", "clause", "statement"})  # what of the report itself tells an event's time


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of an event: what it counts (its unit's last word), and the bounds of what it can mean.

    "At least 60" is 60 to infinity.
    """

    unit: str
    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True)
class EventMention:
    """One telling of an event.

    Attributes:
        key: report id and event id.
        order: where its trigger begins in the text.
        publisher: entity id of the publisher, or its name, or None.
        published: day of publication, or None.
        type, mode, factuality, trigger: as coded; the trigger in lower case.
        actors, recipients: entity ids; `actor_countries`, `recipient_countries`: the codes behind them.
        particular: those of them who are somebody in particular, and not a mouth or arm of a state.
        begin, end: the interval of the event (half-open), None where unknown.
        told: whether the report tells that time, and not only its day of publication does.
        place: entity id.
        where: latitude and longitude of the place, in degrees, where known.
        amounts: figures.
        leads: whether it stands in the headline or the first lines.
        guessed: whether its time is that of another act by the same actor in the same lines.
        repeats: key of the earlier event of the same report that this one repeats.
    """

    key: Key
    order: int
    publisher: str | None
    published: date | None
    type: str
    mode: str | None
    factuality: str
    trigger: str
    actors: frozenset[str]
    recipients: frozenset[str]
    actor_countries: frozenset[str]
    recipient_countries: frozenset[str]
    particular: frozenset[str]
    begin: date | None
    end: date | None
    told: bool
    place: str | None
    where: tuple[float, float] | None
    amounts: tuple[Amount, ...]
    repeats: Key | None
    leads: bool = False
    guessed: bool = False

    @property
    def blocks(self) -> tuple[str, str]:
        """The kinds of act that it is held against, see `block_of`."""
        return block_of(self.type, self.trigger)

    @property
    def people(self) -> frozenset[str]:
        """Everybody in it, by id and by country."""
        return self.actors | self.recipients | self.actor_countries | self.recipient_countries

    @property
    def day(self) -> date | None:
        """When it was, or else when it was told."""
        return self.begin or self.published


def block_of(type: str, trigger: str) -> tuple[str, str]:
    """The kinds of act that an event is held against: of its family, and told in the same word."""
    return _FAMILY.get(type, type), f"“{stem(trigger)}”"


@lru_cache(maxsize=20_000)
def stem(trigger: str) -> str:
    """The first word of a trigger, in lower case, without its ending."""
    word = trigger.split()[0] if trigger else ""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def mentions_of(record: Record) -> list[EventMention]:
    """The events of a record as mentions, in their order."""
    report = record.report
    entities = {e.id: e for e in record.entities}
    publisher = next((s.chain[0].entity for s in record.statements if s.chain and s.chain[0].span is None), None)
    published = day_of(report.published)
    lead = _lead(report.text)
    stance = {e.id: e.factuality for e in record.events}
    vague = {e.id for e in record.entities if _vague(e)}
    found = [
        EventMention(
            key=(report.id, e.id),
            order=e.trigger[0],
            publisher=publisher or report.publisher,
            published=published,
            type=e.type,
            mode=e.mode,
            factuality=e.factuality,
            trigger=report.text[slice(*e.trigger)].lower(),
            actors=_ids(e.actor) - vague,
            recipients=_ids(e.recipient) - vague,
            actor_countries=_countries(e.actor, entities),
            recipient_countries=_countries(e.recipient, entities),
            particular=frozenset(
                a.entity for a in (*e.actor, *e.recipient) if a.entity and _particular(entities[a.entity])
            ),
            begin=day_of(e.time.begin),
            end=day_of(e.time.end),
            told=e.time.basis in _TOLD,
            place=e.place,
            where=_where(entities.get(e.place) if e.place else None),
            amounts=_amounts(e, record),
            repeats=(report.id, e.same_as) if e.same_as and not _ahead(e, stance[e.same_as]) else None,
            leads=e.trigger[0] < lead,
        )
        for e in record.events
    ]
    return _timed_by_lead(found)


def _timed_by_lead(mentions: list[EventMention]) -> list[EventMention]:
    """Give what a headline tells without a time that of the lead's act by the same actor, as a guess (`told` false)."""
    told = [m for m in mentions if m.leads and m.told and m.begin and m.end]
    if not told:
        return mentions
    out = []
    for m in mentions:
        if m.leads and m.begin is None and m.factuality in _HAPPENED:
            near = [n for n in told if n.factuality in _HAPPENED and n.actors & m.actors]
            if near:
                m = replace(m, begin=near[0].begin, end=near[0].end, guessed=True)
        out.append(m)
    return out


_HAPPENED = frozenset({"occurred", "ongoing"})


def _lead(text: str) -> int:
    """Where the first paragraph of the body ends, a headline before it included (characters)."""
    at = text.find("\n")
    if 0 <= at < _HEADLINE:
        while at < len(text) and text[at].isspace():
            at += 1
        at = text.find("\n", at)
    return min(at, _LEAD) if at >= 0 else min(len(text), _LEAD)


def day_of(value: str | None) -> date | None:
    """The day of an ISO date or date-time; None where there is none.

    An archive takes records of other programs as they are: a date that is none is one that nobody knows.
    """
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _ids(arguments: list[Argument]) -> frozenset[str]:
    return frozenset(a.entity for a in arguments if a.entity)


def _countries(arguments: list[Argument], entities: dict[str, Entity]) -> frozenset[str]:
    found = (entities[a.entity].country for a in arguments if a.entity)
    return frozenset(c for c in found if c)


def _particular(entity: Entity) -> bool:
    if entity.id.endswith("_embassy"):
        return True  # a building in one place
    if entity.kind == "organization":
        return entity.sector not in ("GOV", "MIL")  # "Russian forces" and "the Defence Ministry" are both Russia
    return entity.kind in ("person", "outlet")


def _ahead(event: Event, first: str) -> bool:
    """Whether an event lies ahead of the deed that it seems to repeat: "met … and will hold talks" are two."""
    return event.factuality in ("planned", "requested") and first in _HAPPENED


def _vague(entity: Entity) -> bool:
    """Whether an entity is nobody whom another report could name: "people", "protesters", "fighters"."""
    return entity.kind == "group" and entity.country is None and roster().entry(entity.id) is None


def _where(place: Entity | None) -> tuple[float, float] | None:
    if place is None or place.kind == "country" or place.latitude is None or place.longitude is None:
        return None  # the middle of a country says nothing of where in it
    return None if _is_wide(place.name) else (place.latitude, place.longitude)


@lru_cache(maxsize=5_000)
def _is_wide(name: str) -> bool:
    """Whether a name is that of a region, a sea or a river, and of no town: its middle is not where things are."""
    found = gazetteer().named(name)
    return bool(found) and all(place.kind in _WIDE for place in found)


_WIDE = frozenset({"region", "sea", "strait", "river", "lake", "canal", "route", "border", "island"})


def _amounts(event: Event, record: Record) -> tuple[Amount, ...]:
    wanted = set(event.quantities)
    return tuple(
        Amount(_unit(q.unit), *_bounds(q), words=record.report.text[slice(*q.span)])
        for q in record.quantities
        if q.id in wanted and q.value is not None
    )


def _unit(unit: str | None) -> str:
    # "12 Russian diplomats" and "40 diplomats" count the same thing.
    words = (unit or "").lower().split()
    return words[-1] if words else ""


def _bounds(quantity: Quantity) -> tuple[float, float]:
    value = quantity.value or 0.0
    if quantity.low is None and quantity.high is None:
        return value, value
    # A bound that is not given is open: "at least 60", "fewer than 10".
    low = quantity.low if quantity.low is not None else -math.inf
    return low, quantity.high if quantity.high is not None else math.inf
