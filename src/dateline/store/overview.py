"""Overviews: events over time, by place, by country and between countries; somebody's roles over time.

All count events of the newest versions of reports; a `Question` narrows them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import and_, func, or_, select

from dateline.store.archive import Archive
from dateline.store.ask import matching
from dateline.store.question import Question, names
from dateline.store.rows import UNKNOWN_DAY
from dateline.store.tables import arguments, events, places, statements

Period = Literal["day", "week", "month", "year"]
Role = Literal["actor", "recipient", "speaker"]

_ALL = Question()
# Characters of an ISO date that name the period.
_LENGTH = {"day": 10, "month": 7, "year": 4}


@dataclass(frozen=True, slots=True)
class TypeCount:
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
    with archive.read() as connection:
        day = events.c.day if by in ("day", "week") else func.substr(events.c.day, 1, _LENGTH[by])
        wanted = (
            matching(archive, question, day.label("begin"), events.c.type, func.count())
            .where(events.c.day != UNKNOWN_DAY)
            .group_by(day, events.c.type)
        )
        found: dict[tuple[str, str], int] = defaultdict(int)
        for begin, type_, count in connection.execute(wanted):
            found[_begin(begin, by), type_] += count
    return [TypeCount(begin, type_, count) for (begin, type_), count in sorted(found.items())]


def country_matrix(archive: Archive, question: Question = _ALL) -> list[CountryPair]:
    """Events between countries: who acts, upon whom.

    An event of several actors or recipients counts once for each pair of their countries.

    Args:
        archive: an open archive.
        question: which events.

    Returns:
        The most frequent pair first, then in alphabetical order.
    """
    actor, recipient = arguments.alias("actor"), arguments.alias("recipient")
    number = func.count(events.c.key.distinct())
    wanted = (
        matching(archive, question, actor.c.country, recipient.c.country, number)
        .join(actor, and_(actor.c.event == events.c.key, actor.c.role == "actor"))
        .join(recipient, and_(recipient.c.event == events.c.key, recipient.c.role == "recipient"))
        .where(actor.c.country.is_not(None), recipient.c.country.is_not(None))
        .group_by(actor.c.country, recipient.c.country)
    )
    with archive.read() as connection:
        found = [CountryPair(one, other, count) for one, other, count in connection.execute(wanted)]
    return sorted(found, key=lambda p: (-p.events, p.actor, p.recipient))


def events_by_country(archive: Archive, question: Question = _ALL) -> list[CountryCount]:
    """Events of each country: those in which somebody of it acts or is acted upon.

    Returns:
        The country of most events first, then in alphabetical order.
    """
    wanted = (
        matching(archive, question, arguments.c.country, func.count(events.c.key.distinct()))
        .join(arguments, arguments.c.event == events.c.key)
        .where(arguments.c.country.is_not(None))
        .group_by(arguments.c.country)
    )
    with archive.read() as connection:
        found = [CountryCount(country, count) for country, count in connection.execute(wanted)]
    return sorted(found, key=lambda c: (-c.events, c.country))


def events_by_place(archive: Archive, question: Question = _ALL) -> list[PlaceCount]:
    """Events at each place that has coordinates, the place of most events first."""
    counted = (
        matching(archive, question, events.c.place, func.count().label("events"))
        .where(events.c.place.is_not(None))
        .group_by(events.c.place)
        .subquery()
    )
    wanted = select(places, counted.c.events).join(counted, counted.c.place == places.c.place)
    with archive.read() as connection:
        found = [PlaceCount(**row) for row in connection.execute(wanted).mappings()]
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
    found: dict[tuple[str, Role, str | None], int] = defaultdict(int)
    with archive.read() as connection:
        for role in ("actor", "recipient"):
            acting = select(arguments.c.event).where(arguments.c.role == role, names(who))
            wanted = (
                matching(archive, _ALL, events.c.day, events.c.type, func.count())
                .where(events.c.key.in_(acting), events.c.day != UNKNOWN_DAY)
                .group_by(events.c.day, events.c.type)
            )
            for day, type_, count in connection.execute(wanted):
                found[_begin(day, by), role, type_] += count
        said = (
            select(statements.c.day, func.count())
            .where(
                statements.c.current,
                statements.c.review.is_distinct_from("rejected"),
                statements.c.day != UNKNOWN_DAY,
                or_(statements.c.speaker == who, func.lower(statements.c.speaker_name) == who.lower()),
            )
            .group_by(statements.c.day)
        )
        for day, count in connection.execute(said):
            found[_begin(day, by), "speaker", None] += count
    ordered = sorted(found.items(), key=lambda f: (f[0][0], f[0][1], f[0][2] or ""))
    return [RoleCount(*place, count) for place, count in ordered]


def _begin(day: str, by: Period) -> str:
    if by == "week":
        at = date.fromisoformat(day[:10])
        return (at - timedelta(min(at.weekday(), at.toordinal() - 1))).isoformat()
    return day[: _LENGTH[by]] + {"day": "", "month": "-01", "year": "-01-01"}[by]
