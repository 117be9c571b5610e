"""Many records from few: those of the shipped reports, in other worlds, on other days, by other outlets.

In each world the countries have changed places and the people are others, so that what a report tells
there is another occurrence than what it tells elsewhere. Reports that tell of one event stay together:
wire copies, denials, plans and outcomes keep the days between them.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from dateline.annotate import load_model
from dateline.pipeline import records_of
from dateline.records import Argument, Entity, Link, Record
from dateline.samples import sample, sample_names
from dateline.samples.demo import demo_reports

FIRST = date(2010, 1, 1)
DAYS = 5000
OUTLETS = 200
WORLDS = 60
_CODES = """
USA RUS CHN DEU FRA GBR UKR POL IRN IRQ ISR PSE SYR TUR SAU YEM IND PAK AFG JPN KOR PRK EGY LBY SDN ETH
NGA VEN COL MEX BRA CAN AUS ITA ESP SWE NOR FIN HUN SRB GEO ARM AZE KAZ
"""
COUNTRIES = _CODES.split()
_OTHERS = ("person", "organization")  # kinds of which each world has its own


def models() -> list[Record]:
    """The records of the samples and of the demo reports."""
    return list(records_of([*(sample(name) for name in sample_names()), *demo_reports()], load_model()))


def varied(count: int, seed: int = 1, of: Sequence[Record] | None = None) -> Iterator[Record]:
    """Records in their thousands; the same every time.

    Args:
        count: how many.
        seed: of the draw, and the beginning of the reports' ids.
        of: see `models`, which are coded anew without it.
    """
    draw = random.Random(seed)
    families: dict[str, list[Record]] = defaultdict(list)
    for model in models() if of is None else of:
        families[model.report.id.split("-")[0]].append(model)
    worlds = [_world(n) for n in range(WORLDS)]
    names = sorted(families)
    made = 0
    while made < count:
        family = families[draw.choice(names)]
        start = FIRST + timedelta(draw.randrange(DAYS))
        # A few countries are in the news every day, and most seldom.
        world = worlds[int(WORLDS * draw.random() ** 3)]
        first = min(_day(model) for model in family)
        for model in family:
            if made < count:
                yield _vary(model, start - first, world, draw, f"{seed}-{made}")
                made += 1


def _world(number: int) -> tuple[int, dict[str, str]]:
    places = list(COUNTRIES)
    if number:
        random.Random(number).shuffle(places)
    return number, dict(zip(COUNTRIES, places, strict=True))


def _day(model: Record) -> date:
    return date.fromisoformat((model.report.published or "2020-01-01")[:10])


def _vary(model: Record, shift: timedelta, world: tuple[int, dict[str, str]], draw: random.Random, id: str) -> Record:
    number, moved = world
    outlet = draw.randrange(OUTLETS)
    voice = next((s.chain[0].entity for s in model.statements if s.chain and s.chain[0].span is None), None)
    other: dict[str, str] = {}
    entities = []
    for e in model.entities:
        name = e.name
        if e.id == voice:
            other[e.id], name = f"outlet_{outlet}", f"Outlet {outlet}"
        elif e.id in moved:
            other[e.id] = name = moved[e.id]
        elif number and e.kind in _OTHERS:
            other[e.id], name = f"{e.id}_{number}", f"{name} {number}"
        country = moved.get(e.country or "", e.country)
        code = country + (e.code or "")[3:] if country and e.code else e.code
        entities.append(_with(e, id=other.get(e.id, e.id), name=name, country=country, code=code))
    report = _with(
        model.report,
        id=id,
        text=model.report.text + f" Word{draw.randrange(20_000)} word{draw.randrange(200)}.",
        published=(_day(model) + shift).isoformat(),
        publisher=f"Outlet {outlet}",
        title=f"{model.report.title} {draw.randrange(20_000)}",
    )
    return _with(
        model,
        report=report,
        entities=_once(entities),
        statements=[
            _with(s, chain=_renamed(s.chain, other), addressee=other.get(s.addressee or "", s.addressee))
            for s in model.statements
        ],
        framings=[
            _with(
                f,
                referent=other.get(f.referent or "", f.referent),
                terms=[_with(t, used_by=other.get(t.used_by or "", t.used_by)) for t in f.terms],
            )
            for f in model.framings
        ],
        events=[
            _with(
                e,
                actor=_renamed(e.actor, other),
                recipient=_renamed(e.recipient, other),
                place=other.get(e.place or "", e.place),
                time=_with(e.time, begin=_later(e.time.begin, shift), end=_later(e.time.end, shift)),
                confidence=round(min(1.0, max(0.0, e.confidence + draw.uniform(-0.1, 0.1))), 2),
            )
            for e in model.events
        ],
    )


def _once(entities: Sequence[Entity]) -> list[Entity]:
    return list({e.id: e for e in reversed(entities)}.values())[::-1]


def _renamed(people: Sequence[Link] | Sequence[Argument], other: dict[str, str]) -> list[Link] | list[Argument]:
    return [_with(p, entity=other.get(p.entity, p.entity)) if p.entity else p for p in people]


_with = msgspec.structs.replace


def _later(day: str | None, shift: timedelta) -> str | None:
    return (date.fromisoformat(day[:10]) + shift).isoformat() if day else None
