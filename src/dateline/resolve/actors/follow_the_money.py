"""FollowTheMoney entities as OpenSanctions publishes them: one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from dateline.resolve.actors.actor import Actor, ActorKind, Period, is_day
from dateline.resolve.actors.merge import ImportReport, Skipped

_KINDS: dict[str, ActorKind] = {
    "Person": "person",
    "Organization": "organization",
    "Company": "organization",
    "PublicBody": "organization",
    "LegalEntity": "organization",
}
_TOPICS = (
    ("role.pep", "GOV"), ("gov.igo", "IGO"), ("gov", "GOV"), ("mil", "MIL"), ("crime.terror", "REB"),
    ("role.judge", "JUD"), ("pol.party", "PTY"), ("role.pol", "GOV"), ("role.spy", "SPY"), ("role.journo", "MED"),
    ("role.act", "CVL"), ("rel", "REL"), ("crime", "CRM"), ("corp", "BUS"), ("fin", "BUS"),
    ("role.oligarch", "BUS"), ("media", "MED"),
)  # fmt: skip


class _Entity(msgspec.Struct):
    id: str
    schema: str
    properties: dict[str, list[str | dict[str, object]]] = {}


def read_follow_the_money(
    lines: Iterable[bytes | str], countries: Mapping[str, str], report: ImportReport
) -> Iterator[Actor]:
    """Read FollowTheMoney JSON lines.

    Args:
        lines: one entity each.
        countries: two-letter code in lower case -> alpha-3.
        report: where malformed lines are noted, with their numbers.

    Yields:
        Persons and bodies; last those who hold a ``Position`` by an ``Occupancy`` once more, with
        the dates, to be merged with the first.
    """
    decoder = msgspec.json.Decoder(_Entity)
    posts: dict[str, tuple[str, str | None]] = {}
    held: list[tuple[str, str, str | None, str | None]] = []
    holders: dict[str, Actor] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entity = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            report.skipped.append(Skipped(number, f"no FollowTheMoney entity: {error}"))
            continue
        if entity.schema == "Position":
            posts[entity.id] = (_first(entity, "name") or "", _country(entity, countries))
        elif entity.schema == "Occupancy":
            holder, post = _first(entity, "holder"), _first(entity, "post")
            if holder and post:
                held.append((holder, post, _date(entity, "startDate"), _date(entity, "endDate")))
            else:
                report.skipped.append(Skipped(number, "an Occupancy without holder or post"))
        elif entity.schema in _KINDS:
            actor = _actor(entity, countries)
            if actor is None:
                report.skipped.append(Skipped(number, f"{entity.schema} {entity.id} has no name"))
                continue
            if actor.kind == "person" and "pep" in str(entity.properties.get("topics", "")):
                holders[entity.id] = actor
            yield actor
    for holder, post, begin, end in held:
        person, title = holders.get(holder), posts.get(post)
        if person is not None and title is not None:
            period = Period(title[1] or person.country, "GOV", begin, end, title[0])
            yield msgspec.structs.replace(person, periods=[period])


def _values(entity: _Entity, key: str) -> list[str]:
    return [v for v in entity.properties.get(key, ()) if isinstance(v, str) and v]


def _first(entity: _Entity, key: str) -> str | None:
    for value in entity.properties.get(key, ()):
        if isinstance(value, str) and value:
            return value
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            return str(value["id"])
    return None


def _date(entity: _Entity, key: str) -> str | None:
    value = _first(entity, key)
    return value[:10] if value is not None and is_day(value[:10]) else None


def _country(entity: _Entity, countries: Mapping[str, str]) -> str | None:
    for key in ("country", "nationality", "jurisdiction", "citizenship", "mainCountry"):
        for code in _values(entity, key):
            found = countries.get(code.lower()[:2]) if len(code) == 2 else None
            if found is not None:
                return found
    return None


def _actor(entity: _Entity, countries: Mapping[str, str]) -> Actor | None:
    names = _values(entity, "name")
    latin = [n for n in names if n.isascii()] or names
    if not latin:
        return None
    topics = _values(entity, "topics")
    sector = next((s for topic, s in _TOPICS if any(t == topic or t.startswith(topic + ".") for t in topics)), None)
    if sector is None and entity.schema == "PublicBody":
        sector = "GOV"
    if sector is None and entity.schema == "Company":
        sector = "BUS"
    country = _country(entity, countries)
    ids = {"ftm": entity.id}
    wikidata = _first(entity, "wikidataId") or (entity.id if entity.id[:1] == "Q" and entity.id[1:].isdigit() else None)
    if wikidata:
        ids["wikidata"] = wikidata
    gender = {"male": "m", "female": "f"}.get(_first(entity, "gender") or "", "")
    others = [n for n in dict.fromkeys([*latin, *names, *_values(entity, "alias")]) if n != latin[0]]
    return Actor(
        name=latin[0],
        kind=_KINDS[entity.schema],
        aliases=others,
        periods=[Period(country, sector)] if country or sector else [],
        gender=gender,
        ids=ids,
        source="ftm",
    )
