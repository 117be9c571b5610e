"""What reconciliation looks at: each event of a report with all that tells it from others."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain

from dateline.reconcile.wording import (
    Sentences,
    country_words,
    phrase,
    stand_ins,
    stem,
    stems_of,
    telling_words,
    words_of,
)
from dateline.records import Argument, Entity, Event, Quantity, Record
from dateline.resolve.gazetteer import gazetteer
from dateline.resolve.roster import roster

_HEADLINE = 200  # characters: a first line up to this length is a headline
_LEAD = 700  # characters in which a report says what it is about

TOLD_DAYS = 12  # two tellings without a time of the event are of one event at most so far apart
WIDE_DAYS = 31  # where one tells only the month

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
        persons: persons among them.
        sites: places that it was done to.
        organs: those who act for a state, and states themselves.
        vague: what those are called whom no other report could name: "protesters", "gunmen".
        objects: words of what was hit, signed, left: "hospital", "embassy".
        names: names in its sentence.
        begin, end: the interval of the event (half-open), None where unknown.
        told: whether the report tells that time, and not only its day of publication does.
        place: entity id.
        where: latitude and longitude of the place, in degrees, where known.
        amounts: figures.
        leads: whether it stands in the headline or the first lines; `headline`: in the headline.
        guessed: whether its time is that of another act by the same actor in the same lines.
        spots: towns and the like where it was or that it was done to, each with latitude and longitude.
        land: the country that the place is in, or is.
        speaker: the country of whoever says it, where it is told through a statement.
        who: names of the actors; `place_name`: that of the place.
        once: whether it is done to the same one only once: a town is captured, a man arrested, a treaty signed.
        sentence: a number that it shares with events in a sentence of the same words, 0 in a short one.
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
    headline: bool = False
    guessed: bool = False
    persons: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    organs: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    spots: tuple[tuple[str, float, float], ...] = ()
    land: str | None = None
    speaker: str | None = None
    who: tuple[str, ...] = ()
    place_name: str | None = None
    once: bool = False
    sentence: int = 0

    @property
    def blocks(self) -> tuple[str, str]:
        """The kinds of act that it is held against, see `block_of`."""
        return block_of(self.type, self.trigger)

    @property
    def people(self) -> frozenset[str]:
        """Everybody in it, by id and by country."""
        return self.actors | self.recipients | self.actor_countries | self.recipient_countries

    @property
    def keys(self) -> frozenset[str]:
        """What it is held against others by: everybody in it, and where nobody is said to have done it, the place."""
        return self.people if self.actors or self.place is None else self.people | {self.place}

    @property
    def reach(self) -> int:
        """How many days after its own those of another telling can be: more where its own time is a month."""
        length = (self.end - self.begin).days if self.begin and self.end else 0
        return max(TOLD_DAYS, min(length, WIDE_DAYS))

    @property
    def day(self) -> date | None:
        """When it was, or else when it was told."""
        return self.begin or self.published


def block_of(type: str, trigger: str) -> tuple[str, str]:
    """The kinds of act that an event is held against: of its family, and told in the same word."""
    kind = kind_of(type, trigger)
    return _FAMILY.get(kind, kind), f"“{stem(trigger)}”"


def kind_of(type: str, trigger: str) -> str:
    """The type of an act, as far as tellings of one act agree in it."""
    return "AGREE" if type == "SUPPORT" and stem(trigger) in stems_of("signed") else type


def mentions_of(record: Record) -> list[EventMention]:
    """The events of a record as mentions, in their order."""
    report = record.report
    entities = {e.id: e for e in record.entities}
    publisher = next((s.chain[0].entity for s in record.statements if s.chain and s.chain[0].span is None), None)
    published = day_of(report.published)
    headline, lead = _lead(report.text)
    stance = {e.id: e.factuality for e in record.events}
    vague = {e.id for e in record.entities if _vague(e)}
    organs = {e.id for e in record.entities if _acts_for_state(e)}
    particular = {e.id for e in record.entities if _particular(e)}
    persons = {e.id for e in record.entities if e.kind == "person"}
    sites = {e.id for e in record.entities if e.kind == "place"}
    located = {id: where for id in sites if (where := _where(entities[id])) is not None}
    speakers = {s.id: _country_of(s.chain[-1].entity, entities) for s in record.statements if len(s.chain) > 1}
    lands = country_words(record)
    sentences = Sentences(report.text, lands)
    found = []
    for e in record.events:
        trigger = report.text[slice(*e.trigger)].lower()
        actors, recipients = _ids(e.actor), _ids(e.recipient)
        parties = actors | recipients
        words = [telling_words(phrase(record, a.span), lands) for a in e.recipient if a.span is not None]
        objects = words[0] if len(words) == 1 else frozenset(chain.from_iterable(words))
        recipients -= vague
        place = entities.get(e.place) if e.place else None
        found.append(
            EventMention(
                key=(report.id, e.id),
                order=e.trigger[0],
                publisher=publisher or report.publisher,
                published=published,
                type=e.type,
                mode=e.mode,
                factuality=e.factuality,
                trigger=trigger,
                actors=_one(actors - vague),
                recipients=_one(recipients),
                actor_countries=_one(_countries(e.actor, entities)),
                recipient_countries=_one(_countries(e.recipient, entities)),
                particular=_one(parties & particular),
                begin=day_of(e.time.begin),
                end=day_of(e.time.end),
                told=e.time.basis in _TOLD,
                place=e.place,
                where=located.get(e.place) if e.place else None,
                amounts=_amounts(e, record) if e.quantities else (),
                repeats=(report.id, e.same_as) if e.same_as and not _ahead(e, stance[e.same_as]) else None,
                leads=e.trigger[0] < lead,
                headline=e.trigger[0] < headline,
                persons=_one(parties & persons),
                sites=_one(recipients & sites),
                organs=_one(parties & organs),
                vague=_one(actors & vague),
                objects=_one(objects),
                names=_one(sentences.names(sentences.at(e.trigger[0]))),
                spots=_spots(e, located),
                land=place.country if place else None,
                speaker=speakers.get(e.statement) if e.statement else None,
                who=tuple(sorted(entities[a.entity].name for a in e.actor if a.entity and a.entity not in vague)),
                place_name=place.name if place else None,
                once=_once(e.type, trigger, parties & persons & recipients, bool(recipients or objects)),
                sentence=sentences.mark(sentences.at(e.trigger[0])),
            )
        )
    return _timed_by_lead(_with_effects(found, sentences))


@lru_cache(maxsize=100_000)
def _one(few: frozenset[str]) -> frozenset[str]:
    """The same set for equal ones: most of a million mentions' sets are empty or hold one country."""
    return few


def _once(type: str, trigger: str, somebody: frozenset[str], something: bool) -> bool:
    word = stem(trigger)
    if word in stems_of("done_once"):
        return something or type == "RETREAT"
    return bool(somebody) and word in stems_of("done_once_to_somebody")


def _with_effects(mentions: list[EventMention], sentences: Sentences) -> list[EventMention]:
    """Let what an act did repeat the act that the same sentence tells of, and a denial what is denied.

    "Struck the city and killed seven", "raided the embassy to arrest him" are one occurrence each.
    """
    out = list(mentions)
    by_key = {m.key: m for m in mentions}
    for n, m in enumerate(mentions):
        first = by_key.get(m.repeats) if m.repeats else None
        if first is not None and first.once and m.factuality == "ongoing" and stem(m.trigger) != stem(first.trigger):
            out[n] = m = replace(m, repeats=None)  # what is done once does not go on: the battle is not the capture
        if m.repeats is not None:
            continue
        if (m.type == "ASSAULT" and stem(m.trigger) in stems_of("effects")) or (m.type == "COERCE" and m.persons):
            sentence = sentences.at(m.order)
            for k in sorted(range(max(0, n - 3), min(len(mentions), n + 4)), key=lambda k: abs(k - n)):
                act = out[k]
                if k != n and sentences.at(act.order) == sentence and _is_effect(m, act):
                    out[n] = replace(m, repeats=act.repeats or act.key)
                    break
        elif m.factuality == "denied":
            for act in reversed(out[max(0, n - 4) : n]):
                if _is_denied(m, act):
                    out[n] = replace(m, repeats=act.repeats or act.key)
                    break
    return out


def _is_effect(effect: EventMention, act: EventMention) -> bool:
    if act.type != effect.type or act.repeats == effect.key:
        return False
    if act.type == "ASSAULT" and stem(act.trigger) in stems_of("effects"):
        return False
    if act.type == "COERCE" and (act.mode != effect.mode or act.persons & act.recipients or not act.recipients):
        return False
    if (act.factuality in _HAPPENED) != (effect.factuality in _HAPPENED):
        return False
    if effect.actors and act.actors and not effect.actors & act.actors:
        return False
    if act.begin and effect.begin and act.begin != effect.begin:
        return False
    return not (act.place and effect.place and act.place != effect.place)


def _is_denied(denial: EventMention, act: EventMention) -> bool:
    """Whether a denial is of an act just told: of its kind, by the same side, to what may be the same."""
    if act.type != denial.type or act.factuality not in _HAPPENED or not denial.actor_countries & act.actor_countries:
        return False
    if denial.begin and act.begin and denial.begin != act.begin and denial.begin != denial.published:
        return False
    if denial.recipients and act.recipients:
        return bool(denial.recipients & act.recipients or denial.objects & act.objects)
    return True


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


def _lead(text: str) -> tuple[int, int]:
    """Where the headline ends (0 without one), and where the first paragraph of the body does (characters)."""
    headline, at = 0, text.find("\n")
    if 0 <= at < _HEADLINE:
        headline = at
        while at < len(text) and text[at].isspace():
            at += 1
        at = text.find("\n", at)
    return headline, min(at, _LEAD) if at >= 0 else min(len(text), _LEAD)


def day_of(value: str | None) -> date | None:
    """The day of an ISO date or date-time; None where there is none.

    An archive takes records of other programs as they are: a date that is none is one that nobody knows.
    """
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _ids(arguments: list[Argument]) -> frozenset[str]:
    others = stand_ins()
    return frozenset([others.get(a.entity, a.entity) for a in arguments if a.entity])


def _countries(arguments: list[Argument], entities: dict[str, Entity]) -> frozenset[str]:
    return frozenset([c for a in arguments if a.entity and (c := entities[a.entity].country)])


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
    """Whether an entity is nobody whom another report could name: "people", "protesters", "the army" of nowhere."""
    if entity.country is not None or roster().entry(entity.id) is not None:
        return False
    return entity.kind == "group" or (entity.kind == "organization" and entity.id in words_of("bodies"))


_STATE = frozenset({"COP", "GOV", "JUD", "LEG", "MIL", "SPY"})


def _acts_for_state(entity: Entity) -> bool:
    return entity.kind == "country" or (entity.country is not None and entity.sector in _STATE)


def _country_of(id: str | None, entities: dict[str, Entity]) -> str | None:
    entity = entities.get(id) if id else None
    return entity.country if entity else None


def _where(place: Entity | None) -> tuple[float, float] | None:
    if place is None or place.kind == "country" or place.latitude is None or place.longitude is None:
        return None  # the middle of a country says nothing of where in it
    return None if _is_wide(place.name) else (place.latitude, place.longitude)


def _spots(event: Event, located: dict[str, tuple[float, float]]) -> tuple[tuple[str, float, float], ...]:
    if not located:
        return ()
    ids = {id for id in (event.place, *(a.entity for a in event.recipient)) if id in located}
    return tuple((id, *located[id]) for id in sorted(ids)) if ids else ()


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
