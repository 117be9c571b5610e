"""Agents: common nouns for people who act (rebels, police, lawmakers), with the country they belong to."""

from __future__ import annotations

from dateline.resolve.lexicon import Noun
from dateline.resolve.reading import NounMention, Reading
from dateline.resolve.setting import country_here, owner_of

# Sectors whose people act for a state and are taken to be those of the country the text is about.
_OF_STATE = frozenset({"MIL", "COP", "GOV", "LEG", "JUD", "SPY", "REB", "OPP"})
_REGIME = frozenset({"government", "regime", "loyalist", "state", "federal"})


def agent_entity(reading: Reading, noun: NounMention, agent: Noun) -> str | None:
    """The entity that an agent noun means.

    Officials of a country without a body of their own are the country; officials of a body are
    the body; troops are the country's armed forces; others are a group by country and noun.
    """
    cast = reading.cast
    owner = owner_of(reading, noun)
    sector = _sector(reading, noun, agent)
    country = cast[owner].country if owner is not None else None
    if owner is not None:
        entity = cast[owner]
        if entity.kind == "person" and sector in ("GOV", "MIL", "LEG") and entity.country:
            country = entity.country
        elif entity.kind in ("organization", "outlet") and agent.id != "rebels" and _is_staff(agent):
            return owner
        elif entity.kind == "group" and entity.country is None:
            if sector == "GOV":
                return owner
            return cast.make(
                f"{entity.name} {_word(reading, agent)}".removeprefix("the "), "group", sector=sector, plural=True
            )
    if country is None:
        regime = any(reading.syntax.lower[i] in _REGIME for i in range(max(0, noun.begin - 2), noun.begin))
        met = _met(reading, agent, sector)
        if met is not None:
            return met
        if sector in _OF_STATE or regime:
            country = country_here(reading, noun.begin)
        if country is None or country not in reading.lexicon.roster.countries:
            return cast.agent(None, agent.id, sector, _word(reading, agent))
    if country not in reading.lexicon.roster.countries:
        return None
    if sector == "GOV":
        return cast.country(country)
    if sector in ("MIL", "SPY") and _has_body(reading, sector):
        return cast.body(country, _has_body(reading, sector))
    return cast.agent(country, agent.id, sector, _word(reading, agent))


def _is_staff(agent: Noun) -> bool:
    return agent.sector in ("GOV", "MIL", None, "LEG", "SPY", "COP") or agent.id in (
        "officials",
        "sources",
        "executives",
    )


def _sector(reading: Reading, noun: NounMention, agent: Noun) -> str | None:
    """The sector, as the word before may change it: "military officials", "intelligence officials"."""
    if agent.sector == "GOV" and noun.begin:
        word = reading.syntax.lower[noun.begin - 1]
        return {
            "military": "MIL",
            "intelligence": "SPY",
            "police": "COP",
            "army": "MIL",
            "court": "JUD",
            "security": "MIL",
        }.get(word, agent.sector)
    return agent.sector


def _has_body(reading: Reading, sector: str | None) -> str:
    bodies = reading.lexicon.roster.bodies
    wanted = {"MIL": "military", "SPY": "intelligence"}.get(sector or "", "")
    return wanted if wanted in bodies else ""


def _word(reading: Reading, agent: Noun) -> str:
    entry = reading.lexicon.agent(agent.id)
    return entry.plural[0] if entry.plural else entry.singular[0]


def _met(reading: Reading, agent: Noun, sector: str | None) -> str | None:
    """The entity that the same noun meant last in this report."""
    body = _has_body(reading, sector)
    for turn in reversed(reading.history):
        if reading.cast.traits[turn.entity].agent == agent.id or (body and turn.entity.endswith(f"_{body}")):
            return turn.entity
    return None
