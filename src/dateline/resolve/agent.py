"""Agents: common nouns for people who act (rebels, police, lawmakers), with the country they belong to."""

from __future__ import annotations

from dateline.mentions.names import surface
from dateline.resolve.lexicon import Noun, plural
from dateline.resolve.reading import NounMention, Reading
from dateline.resolve.setting import country_here, country_told, is_definite, owner_of

# Sectors whose people act for a state and are taken to be those of the country the text is about.
_OF_STATE = frozenset({"MIL", "COP", "GOV", "LEG", "JUD", "SPY", "REB", "OPP"})
# Those of whom a report on one country says no more because it is plain whose they are.
_BODIES_OF_STATE = frozenset({"MIL", "COP", "LEG", "JUD", "REB", "OPP"})
_OF_PLACE = frozenset({"protester", "civilian", "activist", "refugee", "medic"})
# Agents whose several words mean one body of people; of the others each word is its own.
_ONE_BODY = frozenset({"REB", "MIL", "COP", "LEG", "GOV", "UAF", "SPY"})
_FIGHTING = frozenset({"rebel", "militant", "separatist", "fighter", "terrorist"})
_REGIME = frozenset({"government", "regime", "loyalist", "state", "federal"})
_AIR = frozenset(
    {"aircraft", "jet", "warplane", "airstrike", "plane", "pilot", "shootdown", "sortie", "fly", "bomber", "pass"}
)
# Whose troops these are the text does not say; they are not those of the country it is about.
_FOREIGN = frozenset({"foreign", "allied", "coalition", "partner", "international", "multinational", "friendly"})
_BODIES = frozenset({"group", "organization", "organisation", "movement", "cell", "agency"})
_MUTINOUS = frozenset({"rebel", "mutinous", "rogue", "renegade", "breakaway", "dissident", "coup"})
_BY_MODIFIER = {
    "military": "MIL",
    "army": "MIL",
    "security": "MIL",
    "intelligence": "SPY",
    "police": "COP",
    "court": "JUD",
}


# Those of whom nobody knows who they are take up nobody.
_UNKNOWN = frozenset({"unidentified", "unknown", "unnamed", "masked"})


def agent_entity(reading: Reading, noun: NounMention, agent: Noun) -> str | None:
    """The entity that an agent noun means.

    Officials of a country without a body of their own are the country; officials of a body are
    the body; troops are the country's armed forces; others are a group by country and noun.
    """
    cast = reading.cast
    owner = owner_of(reading, noun)
    sector = _sector(reading, noun, agent)
    key = _key(reading, noun, agent)
    word = _word(reading, noun, agent)
    country = cast[owner].country if owner is not None else None
    lower = reading.syntax.lower
    if owner is not None and reading.syntax.lemma[noun.head] == "counterpart":
        return cast.country(country) if country in reading.lexicon.roster.countries else None
    if sector == "UAF" and _in_the_air(reading, noun):
        sector, key = "MIL", "troop"
    if noun.begin and lower[noun.begin - 1] in _UNKNOWN:
        land = country if country in reading.lexicon.roster.countries else None
        return cast.make(f"{lower[noun.begin - 1]} {word}", "group", country=land, sector=sector, plural=True)
    if owner is None:
        if is_definite(reading, noun):
            told = reading.described.get(reading.syntax.lemma[noun.head])
            if told is not None:
                return told
            if lower[noun.end - 1] in _BODIES:
                return None
    elif lower[noun.begin - 1] in ("ally", "allies"):
        return None
    if owner is not None:
        entity = cast[owner]
        if (
            entity.kind in ("organization", "outlet")
            and _is_staff(agent)
            and (entity.kind, sector) != ("outlet", "MIL")
        ):
            return owner
        if entity.kind == "group" and entity.country is None:
            if sector == "GOV":
                return owner
            return cast.make(f"{entity.name} {word}".removeprefix("the "), "group", sector=sector, plural=True)
        if entity.kind == "organization" and sector not in _ONE_BODY:
            near = reading.before(noun.begin, reach=3)
            name = (
                surface(reading.syntax, near.begin, near.end) + " " + word
                if near is not None
                else f"{word} of {entity.name}"
            )
            return cast.make(name, "group", country=country, sector=sector, plural=True)
        if entity.kind == "person" and sector not in _ONE_BODY:
            return cast.make(f"{word} of {entity.name}", "group", country=country, sector=sector, plural=True)
    if country is None:
        regime = any(lower[i] in _REGIME for i in range(max(0, noun.begin - 2), noun.begin))
        if not regime:
            met = _met(reading, agent, key, sector)
            if met is not None:
                return met
        if regime:
            country = country_here(reading, noun.begin, local=True)
        elif (sector in _OF_STATE and sector != "GOV") or agent.id in _OF_PLACE:
            country = country_told(reading, noun, sector in _BODIES_OF_STATE)
        if country is None or country not in reading.lexicon.roster.countries:
            return cast.agent(None, key, sector, word)
    if country not in reading.lexicon.roster.countries:
        return None
    if sector == "GOV":
        return cast.country(country)
    body = _body(reading, sector)
    found = cast.body(country, body) if body else cast.agent(country, key, sector, word)
    _alias(reading, noun, found)
    return found


def forces_entity(reading: Reading, noun: NounMention) -> str | None:
    """Forces that are no country's army: "pro-regime forces", "coalition troops", "allied forces"."""
    if noun.kind("body", "agent") is None or not any(n.sector in ("MIL", "UAF") for n in noun.nouns):
        return None
    owner = owner_of(reading, noun)
    country = reading.cast[owner].country if owner is not None else None
    pro = _pro_government(reading, noun, "MIL", country)
    if pro is not None:
        return pro
    lower = reading.syntax.lower
    if noun.begin and lower[noun.begin - 1] in _MUTINOUS and owner is None:
        return reading.cast.agent(country_here(reading, noun.begin), "mutineer", "REB", f"rebel {lower[noun.end - 1]}")
    bare = lower[noun.begin] if lower[noun.begin] == "coalition" else lower[noun.begin - 1] if noun.begin else ""
    if bare not in _FOREIGN or reading.syntax.tag[noun.begin] == "VB":
        return None
    if bare == "coalition":
        known = reading.described.get("coalition")
        if known is not None:
            return known
    return reading.cast.agent(None, f"{bare} troop", "MIL", f"{bare} {lower[noun.end - 1]}")


def _in_the_air(reading: Reading, noun: NounMention) -> bool:
    """Whether a "fighter" is an aircraft."""
    if reading.syntax.lemma[noun.head] != "fighter":
        return False
    first = max(0, noun.begin - 15)
    return bool(_AIR.intersection(reading.syntax.lemma[first : noun.end + 12]))


def _pro_government(reading: Reading, noun: NounMention, sector: str | None, owner: str | None) -> str | None:
    """Irregulars who fight for a government: "pro-regime forces"; later "the regime forces", if they were met."""
    lower = reading.syntax.lower
    if sector not in ("MIL", "UAF"):
        return None
    first = max(0, noun.begin - 5)
    before = lower[first : noun.begin]
    loyal = noun.end < len(lower) and lower[noun.end] == "loyal"
    if not _REGIME & set(before) and not loyal:
        return None
    if "pro" not in before and not any(w.startswith("pro-") for w in before):
        words = "regime forces" if loyal or before[-1:] == ["regime"] else ""
        return reading.cast.register.named(words) if words else None
    country = owner or country_here(reading, noun.begin, local=True)
    if country not in reading.lexicon.roster.countries:
        return None
    demonym = reading.cast.demonym(country or "")
    found = reading.cast.make(f"pro-{demonym}-government forces", "group", country=country, sector="MIL", plural=True)
    at = next(i for i in range(first, noun.begin) if lower[i].startswith("pro"))
    reading.cast.alias(found, surface(reading.syntax, at, noun.end))
    reading.cast.alias(found, surface(reading.syntax, noun.begin - 1, noun.end))
    return found


def _alias(reading: Reading, noun: NounMention, entity: str) -> None:
    """Note the phrase with its country: "Syrian troops", "U.S. warplanes"."""
    near = reading.before(noun.begin, reach=3)
    if near is not None and noun.end - near.begin <= 5:
        reading.cast.alias(entity, surface(reading.syntax, near.begin, noun.end))


def _is_staff(agent: Noun) -> bool:
    """Whether such people of a body speak and act for it ("Pentagon officials")."""
    return agent.sector in ("GOV", "MIL", "LEG", "SPY", "COP") or agent.id in ("company", "journalist", "worker")


def _sector(reading: Reading, noun: NounMention, agent: Noun) -> str | None:
    """The sector, as the word before may change it: "military officials", "intelligence officials"."""
    if (agent.sector == "GOV" or agent.id == "source") and noun.begin:
        return _BY_MODIFIER.get(reading.syntax.lower[noun.begin - 1], agent.sector)
    return agent.sector


def _body(reading: Reading, sector: str | None) -> str:
    """The body that people of a sector are taken for, or ""."""
    wanted = {"MIL": "military", "SPY": "intelligence"}.get(sector or "", "")
    return wanted if wanted in reading.lexicon.roster.bodies else ""


def _key(reading: Reading, noun: NounMention, agent: Noun) -> str:
    """What makes two phrases one entity: the kind of agent, or for loose kinds the noun itself."""
    return agent.id if agent.sector in _ONE_BODY else reading.syntax.lemma[noun.head].lower()


def _word(reading: Reading, noun: NounMention, agent: Noun) -> str:
    """The plural noun that names the agents."""
    if agent.sector not in _ONE_BODY:
        words = " ".join(reading.syntax.lower[noun.begin : noun.end])
        return words if agent.plural else plural(words)
    entry = reading.lexicon.agent(agent.id)
    return entry.plural[0] if entry.plural else entry.singular[0]


def _met(reading: Reading, agent: Noun, key: str, sector: str | None) -> str | None:
    """The entity that the same noun meant last in this report; rebels and militants may be the same."""
    body = _body(reading, sector)
    fighting = agent.id in _FIGHTING
    for turn in reading.back():
        own = reading.cast.traits[turn.entity].agent
        if own == key or (body and turn.entity.endswith(f"_{body}")) or (fighting and own in _FIGHTING):
            return turn.entity
    return None
