"""Ministries, parliaments, armies and police by rule: a country and the kind of body."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.mentions.names import surface
from dateline.resolve.lexicon import Noun
from dateline.resolve.reading import NounMention, Reading
from dateline.resolve.setting import country_here, names_place, owner_of

# Words that name no body by themselves: "the ministry" is one met before.
_STEPS = 5
GENERIC = frozenset({"ministry"})
# Words that are a body only with a country beside them.
_OWNED = frozenset(
    {"intelligence", "mission", "forces", "congress", "assembly", "court", "courts", "administration", "department"}
)


def _met(reading: Reading, noun: NounMention, country: str | None) -> str | None:
    """The body met last whose name has the word: "the ministry", "the North Korean ministry"."""
    word = reading.syntax.lemma[noun.head]
    for turn in reading.back():
        entity = reading.cast[turn.entity]
        if entity.kind == "person" and word in GENERIC and country in (None, entity.country):
            served = _served(reading, turn.entity)
            if served is not None:
                return served
        if entity.kind == "organization" and (country is None or entity.country == country):
            if any(word in name.lower().split() for name in (entity.name, *entity.aliases)):
                return turn.entity
    return None


def _served(reading: Reading, person: str) -> str | None:
    """The ministry of a minister or its spokesperson: "Foreign Ministry spokesman X … the ministry"."""
    roster = reading.lexicon.roster
    country = reading.cast[person].country
    if country not in roster.countries:
        return None
    for office, of in reading.cast.traits[person].offices:
        for body in roster.bodies.values():
            if of == country and office in body.offices and body.id.endswith("ministry"):
                return reading.cast.body(country, body.id)
    return None


def _hosted(reading: Reading, noun: NounMention, bodies: list[Noun]) -> bool:
    """Whether the country named is only where an embassy stands: "the consulate in Damascus"."""
    syntax = reading.syntax
    if not all(body.id == "embassy" for body in bodies) or noun.end >= len(syntax):
        return False
    if syntax.lower[noun.end] not in ("in", "at") or reading.before(noun.begin) is not None:
        return False
    first = max(noun.begin - 4, syntax.sentences[syntax.sentence[noun.begin]][0])
    return not any(syntax.tag[i] in ("PRP$", "POS") for i in range(first, noun.begin))


def _up(reading: Reading, token: int) -> Iterator[int]:
    """A token and the words above it, not far up."""
    for _ in range(_STEPS):
        yield token
        if reading.syntax.head[token] == token:
            return
        token = reading.syntax.head[token]


def _told_here(reading: Reading, noun: NounMention) -> set[str]:
    """The countries that the sentence has named before a phrase."""
    here = reading.syntax.sentence[noun.begin]
    told = set()
    for turn in reading.back():
        if turn.sentence != here:
            break
        if not names_place(reading, turn.head):
            continue  # who is only spoken of does not say whose army it is
        if any(reading.syntax.dep[k] in ("acl", "relcl") for k in _up(reading, turn.head)):
            continue  # "refugees who reached Chad said soldiers had shot at them"
        entity = reading.cast[turn.entity]
        if entity.country is not None and entity.kind in ("country", "place", "person", "organization"):
            told.add(entity.country)
    return told


def body_entity(reading: Reading, noun: NounMention) -> str | None:
    """The body that a phrase means: "North Korea's foreign ministry", "the Treasury", "the army".

    Without a country beside it, the body of that kind met before is meant, else that of the country
    that the text is about.
    """
    bodies = [n for n in noun.nouns if n.kind == "body"]
    owner = owner_of(reading, noun)
    country = None
    if owner is not None and _hosted(reading, noun, bodies):
        return _met(reading, noun, None)
    if owner is not None:
        entity = reading.cast[owner]
        country = entity.country
        if country is None or entity.kind not in ("country", "place", "person", "organization", "outlet"):
            return None
    if country is None and all(body.plural for body in bodies):
        return None
    if country is None and all(body.id in GENERIC for body in bodies):
        return _met(reading, noun, None)
    if country is None and reading.syntax.lower[noun.begin] in _OWNED and noun.end == noun.begin + 1:
        return None
    if country is None:
        endings = tuple(f"_{body.id}" for body in bodies)
        told = _told_here(reading, noun)
        for turn in reading.back():
            if turn.entity.endswith(endings) and turn.entity[3:] in endings:
                if told and turn.entity[:3] not in told:
                    break  # "hurt in southern Israel, the army said": not the army spoken of before
                return turn.entity
        for body in bodies if not told else ():
            met = reading.cast.last_body(body.id)
            if met is not None:
                return met
        only = [c for body in bodies for c in body.countries]
        here = country_here(reading, noun.begin)
        if not only or here in only or any(not b.countries for b in bodies):
            country = here
        else:
            home = reading.cast[reading.publisher].country if reading.publisher is not None else None
            country = home if home in only else only[0]
    if country is None or country not in reading.lexicon.roster.countries:
        return None
    if all(body.id in GENERIC for body in bodies):
        return _met(reading, noun, country)
    chosen = next((b for b in bodies if country in b.countries), None) or next(
        (b for b in bodies if not b.countries), None
    )
    if chosen is None:
        return None
    entity_id = reading.cast.body(country, chosen.id)
    if owner is not None:
        begin = noun.begin
        near = reading.before(noun.begin)
        if near is not None:
            begin = near.begin
        reading.cast.alias(entity_id, surface(reading.syntax, begin, noun.end))
    return entity_id
