"""What reconciliation looks at: each event of a report with all that tells it from others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateline.records import Argument, Entity, Event, Record

Key = tuple[str, str]  # report id, event id


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of an event: its unit, and the bounds of what it can mean."""

    unit: str
    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True)
class EventMention:
    """One telling of an event.

    Attributes:
        key: report id and event id.
        publisher: entity id of the publisher, or its name, or None.
        published: day of publication, or None.
        type, mode, factuality, trigger: as coded; the trigger in lower case.
        actors, recipients: entity ids; `actor_countries`, `recipient_countries`: the codes behind them.
        begin, end: the interval of the event (half-open), None where unknown.
        place: entity id.
        amounts: figures.
        repeats: key of the earlier event of the same report that this one repeats.
    """

    key: Key
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
    begin: date | None
    end: date | None
    place: str | None
    amounts: tuple[Amount, ...]
    repeats: Key | None

    @property
    def people(self) -> frozenset[str]:
        """Everybody in it, by id and by country."""
        return self.actors | self.recipients | self.actor_countries | self.recipient_countries

    @property
    def day(self) -> date | None:
        """When it was, or else when it was told."""
        return self.begin or self.published


def mentions_of(record: Record) -> list[EventMention]:
    """The events of a record as mentions, in their order."""
    report = record.report
    entities = {e.id: e for e in record.entities}
    publisher = next((s.chain[0].entity for s in record.statements if s.chain and s.chain[0].span is None), None)
    published = _day(report.published)
    return [
        EventMention(
            key=(report.id, e.id),
            publisher=publisher or report.publisher,
            published=published,
            type=e.type,
            mode=e.mode,
            factuality=e.factuality,
            trigger=report.text[slice(*e.trigger)].lower(),
            actors=_ids(e.actor),
            recipients=_ids(e.recipient),
            actor_countries=_countries(e.actor, entities),
            recipient_countries=_countries(e.recipient, entities),
            begin=_day(e.time.begin),
            end=_day(e.time.end),
            place=e.place,
            amounts=_amounts(e, record),
            repeats=(report.id, e.same_as) if e.same_as else None,
        )
        for e in record.events
    ]


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value[:10]) if value else None


def _ids(arguments: list[Argument]) -> frozenset[str]:
    return frozenset(a.entity for a in arguments if a.entity)


def _countries(arguments: list[Argument], entities: dict[str, Entity]) -> frozenset[str]:
    found = (entities[a.entity].country for a in arguments if a.entity)
    return frozenset(c for c in found if c)


def _amounts(event: Event, record: Record) -> tuple[Amount, ...]:
    wanted = set(event.quantities)
    return tuple(
        Amount(
            unit=(q.unit or "").lower(),
            low=q.low if q.low is not None else q.value,
            high=q.high if q.high is not None else q.value,
            words=record.report.text[slice(*q.span)],
        )
        for q in record.quantities
        if q.id in wanted and q.value is not None
    )
