"""Overviews: events over time, by place, by country and between countries; somebody's roles over time.

All count events of the newest versions of reports; a `Question` narrows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

import numpy as np
from sqlalchemy import select

from dateline.store.archive import Archive
from dateline.store.columns import Mask, Numbers
from dateline.store.question import Question
from dateline.store.rows import UNKNOWN_DAY
from dateline.store.sift import PEOPLE, Run, acting, sift, sift_statements, tally
from dateline.store.tables import places

Period = Literal["day", "week", "month", "year"]
Role = Literal["actor", "recipient", "speaker"]

_ALL = Question()
# Characters of an ISO date that name the period.
_TYPES = 1024  # more than a codebook has types
_DENSE = 16_000_000
_LENGTH = {"day": 10, "month": 7, "year": 4}


class TypeCount(NamedTuple):
    """Events of one type in one period; `begin` is its first day (weeks begin on Monday, as in ISO 8601)."""

    begin: str
    type: str
    events: int


@dataclass(frozen=True, slots=True)
class CountryPair:
    """Events in which somebody of one country acts upon somebody of another (ISO 3166-1 alpha-3), or of the same."""

    actor: str
    recipient: str
    events: int


@dataclass(frozen=True, slots=True)
class CountryCount:
    """Events in which somebody of a country acts or is acted upon (ISO 3166-1 alpha-3)."""

    country: str
    events: int


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """Events at a place; coordinates in degrees (WGS 84)."""

    place: str
    name: str
    kind: str
    country: str | None
    latitude: float
    longitude: float
    events: int


@dataclass(frozen=True, slots=True)
class RoleCount:
    """How often somebody appears in a role in one period: acting, acted upon (by type), speaking (type None)."""

    begin: str
    role: Role
    type: str | None
    count: int


def events_over_time(archive: Archive, question: Question = _ALL, *, by: Period = "day") -> list[TypeCount]:
    """Events of each type by day, week, month or year.

    An event counts on the day on which it begins, else on the day on which it was told; events without
    any day are left out.

    Args:
        archive: an open archive.
        question: which events.
        by: the period.

    Returns:
        Periods in their order, types in alphabetical order; those without events are not in it.
    """
    counted = _Calendar()
    with archive.read() as connection:
        for run in sift(connection, question, ("ordinal", "type")):
            counted.add(run.run, run.found())
    return [TypeCount(begin, type_, count) for begin, type_, count in counted.by(by)]


def country_matrix(archive: Archive, question: Question = _ALL) -> list[CountryPair]:
    """Events between countries: who acts, upon whom.

    An event of several actors or recipients counts once for each pair of their countries.

    Args:
        archive: an open archive.
        question: which events.

    Returns:
        The most frequent pair first, then in alphabetical order.
    """
    pairs: Counter[str] = Counter()
    with archive.read() as connection:
        for run in sift(connection, question, ("pair_at", "pair")):
            pair = run.run.words("pair")
            tally(pairs, pair, pair.codes[run.found()[run.run.numbers("pair_at")]])
    found = []
    for both, count in pairs.items():
        actor, recipient = both.split(" ")
        found.append(CountryPair(actor, recipient, count))
    return sorted(found, key=lambda p: (-p.events, p.actor, p.recipient))


def events_by_country(archive: Archive, question: Question = _ALL) -> list[CountryCount]:
    """Events of each country: those in which somebody of it acts or is acted upon.

    Returns:
        The country of most events first, then in alphabetical order.
    """
    states: Counter[str] = Counter()
    with archive.read() as connection:
        for run in sift(connection, question, ("state_at", "state")):
            state = run.run.words("state")
            tally(states, state, state.codes[run.found()[run.run.numbers("state_at")]])
    found = [CountryCount(country, count) for country, count in states.items()]
    return sorted(found, key=lambda c: (-c.events, c.country))


def events_by_place(archive: Archive, question: Question = _ALL) -> list[PlaceCount]:
    """Events at each place that has coordinates, the place of most events first."""
    counted: Counter[str] = Counter()
    with archive.read() as connection:
        for run in sift(connection, question, ("place",)):
            place = run.run.words("place")
            tally(counted, place, place.codes[run.found()])
        known = connection.execute(select(places)).mappings().all()
    found = [PlaceCount(**row, events=counted[row["place"]]) for row in known if counted[row["place"]]]
    return sorted(found, key=lambda p: (-p.events, p.place))


def actor_timeline(archive: Archive, who: str, *, by: Period = "month") -> list[RoleCount]:
    """How often somebody acts, is acted upon, and speaks, over time.

    Args:
        archive: an open archive.
        who: a country code (the country and everybody of it), an entity's id, or a name.
        by: the period.

    Returns:
        Periods in their order, then roles, then types. An event counts on the day on which it begins,
        else on that on which it was told; a statement on the day of its report.
    """
    found: Counter[tuple[str, Role, str | None]] = Counter()
    roles: dict[Role, _Calendar] = {"actor": _Calendar(), "recipient": _Calendar()}
    with archive.read() as connection:
        for run in sift(connection, Question(), ("ordinal", "type", *PEOPLE)):
            for role, counted in roles.items():
                counted.add(run.run, run.found() & acting(run.run, who, role))
        days: Counter[str] = Counter()
        for sifted in sift_statements(connection, Question(source=who), ("day",)):
            day = sifted.run.words("day")
            tally(days, day, day.codes[sifted.found()])
        for said, count in days.items():
            if said != UNKNOWN_DAY:
                found[_begin(date.fromisoformat(said), by), "speaker", None] += count
    for role, counted in roles.items():
        for begin, type_, count in counted.by(by):
            found[begin, role, type_] = count
    ordered = sorted(found.items(), key=lambda f: (f[0][0], f[0][1], f[0][2] or ""))
    return [RoleCount(*place, count) for place, count in ordered]


class _Calendar:
    """Events counted by day and type."""

    def __init__(self) -> None:
        self.types: dict[str, int] = {}
        self.codes: list[Numbers] = []

    def add(self, run: Run, taken: Mask) -> None:
        """Count the events of a run that are taken."""
        words = run.words("type")
        number = np.array([0, *(self.types.setdefault(word, len(self.types)) for word in words.words)])
        days = run.numbers("ordinal")[taken].astype(np.int64)
        self.codes.append(days * _TYPES + number[words.codes[taken]])

    def by(self, period: Period) -> Iterator[tuple[str, str, int]]:
        """First day of the period, type, and number of events, in this order; without those of unknown days."""
        codes = np.concatenate(self.codes) if self.codes else np.zeros(0, dtype=np.int64)
        codes = codes[codes >= _TYPES]
        low = int(codes.min(initial=0)) if len(codes) == 0 else int(codes.min())
        if len(codes) and int(codes.max()) - low < _DENSE:
            counted = np.bincount(codes - low)
            places = np.nonzero(counted)[0]
            found = zip((places + low).tolist(), counted[places].tolist(), strict=True)
        else:
            found = zip(*(n.tolist() for n in np.unique(codes, return_counts=True)), strict=True)
        names = {number: word for word, number in self.types.items()}
        sums: dict[str, Counter[str]] = {}
        last, begin = 0, ""
        for code, count in found:
            day, number = divmod(code, _TYPES)
            if day != last:
                last, begin = day, _begin(date.fromordinal(day), period)
                sums.setdefault(begin, Counter())
            sums[begin][names[number]] += count
        for begin, types in sums.items():
            for type_ in sorted(types):
                yield begin, type_, types[type_]


def _begin(day: date, by: Period) -> str:
    """The first day of the period; the year 1 begins on a Monday."""
    if by == "week":
        return (day - timedelta(day.weekday())).isoformat()
    return (day.isoformat()[: _LENGTH[by]] + "-01-01")[:10]
