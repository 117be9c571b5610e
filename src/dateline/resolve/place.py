"""Places: cities, regions, seas; which one a name means by the words and the countries around it."""

from __future__ import annotations

from math import log10

from dateline.mentions.names import NameMention, fold, surface, word_set
from dateline.resolve.gazetteer import Place, gazetteer
from dateline.resolve.phrase import head_of
from dateline.resolve.reading import Reading, Value

_LOCATIVE = frozenset({"in", "near", "outside", "around", "across", "through", "inside", "into"})
# What stands beside the name of a state of a federation, not beside a country of the same name.
_OF_A_STATE = word_set(
    "gov. governor sen. senator rep. state voters county primary caucus statehouse republican democrat "
    "republicans democrats lawmakers legislature district congressman congresswoman sheriff university "
    "attorney"
)
_SUFFIXES = word_set("province city region district county governorate state oblast prefecture island valley peninsula")
_DIRECTIONS = word_set(
    "north south east west northern southern eastern western central northeast northwest southeast southwest"
)
# A town so small is meant only where the report speaks of its country.
_SMALL = 150_000
# Taggers take towns for bodies and persons: of so many, they are believed to be towns.
_LARGE = 100_000
_GOVERNED = frozenset({"dobj", "pobj", "nsubjpass"})


def enter(reading: Reading, name: str, country: str | None = None) -> str | None:
    """Enter a capital or a seat of government as the place it is."""
    state = reading.lexicon.roster.countries.get(country or "")
    entity_id = reading.cast.make(name, "place", country=country)
    entity = reading.cast[entity_id]
    if state is not None and state.capital == name:
        entity.latitude, entity.longitude = state.latitude, state.longitude
    elif entity.latitude is None:
        found = gazetteer().named(name, country)
        if found:
            entity.latitude, entity.longitude = found[0].latitude, found[0].longitude
    return entity_id


def elsewhere(reading: Reading, name: NameMention[Value], country: str) -> str | None:
    """The place that has the name of a capital but lies in another country ("Paris, Texas"), or None."""
    syntax = reading.syntax
    text = surface(syntax, name.begin, name.end)
    if name.end < len(syntax) and syntax.lower[name.end] == "state" and syntax.tag[name.end] == "NN":
        return reading.cast.make(f"{text} state", "place", country=country)
    if name.end >= len(syntax) or syntax.lower[name.end] != ",":
        return None
    told = _told_country(reading, name)
    if told is None or told == country:
        return None
    inside = gazetteer().named(text, told)
    return _enter_place(reading, text, inside[0]) if inside else None


def identify(reading: Reading, name: NameMention[Value]) -> str | None:
    """A place of the gazetteer that a name means here, or None.

    The country named behind a comma or before the name decides, else the countries that the report
    speaks of and the size of the place.
    """
    if name.label == "" and not is_locative(reading, name) and not _before_comma(reading, name):
        return None
    text = surface(reading.syntax, name.begin, name.end)
    found = _named(text)
    if not found:
        return None
    told = _told_country(reading, name)
    chosen = _best(reading, found, told)
    if chosen is None:
        return None
    return _enter_place(reading, text, chosen)


def is_town(reading: Reading, name: NameMention[Value]) -> bool:
    """Whether a name is that of a large town or a region and stands where something is done to it ("struck Kharkiv").

    Of a region that was taken for a person, and beside a noun ("the Jaffna peninsula"), the report must speak of its
    country. Words that are also the surnames of persons whom the roster knows tell nothing.
    """
    syntax = reading.syntax
    head = head_of(syntax, name.begin, name.end)
    while syntax.dep[head] == "conj" and syntax.head[head] != head:
        head = syntax.head[head]
    modifies = syntax.dep[head] == "compound"
    if syntax.dep[head] not in _GOVERNED and not modifies:
        return False
    text = surface(syntax, name.begin, name.end)
    if reading.lexicon.roster.families.get(fold(text.lower())):
        return False
    for place in gazetteer().named(text):
        spoken_of = reading.countries[place.country or ""] > 0
        if place.kind == "city":
            return place.population >= _LARGE and (not modifies or spoken_of)
        if place.kind == "region" and (spoken_of or (name.label == "ORG" and not modifies)):  # "invaded Tigray"
            return True
    return False


def _named(text: str) -> list[Place]:
    """Places called so, or so but for "western" before or "province" behind."""
    known = gazetteer()
    found = known.named(text)
    words = text.split()
    while not found and len(words) > 1:
        if words[-1].lower() in _SUFFIXES:
            words.pop()
        elif words[0].lower() in _DIRECTIONS:
            words.pop(0)
        else:
            break
        found = known.named(" ".join(words))
    return found


def _enter_place(reading: Reading, text: str, place: Place) -> str:
    entity_id = reading.cast.make(text, "place", country=place.country)
    entity = reading.cast[entity_id]
    if entity.latitude is None:
        entity.latitude, entity.longitude = place.latitude, place.longitude
    reading.cast.alias(entity_id, place.name)
    return entity_id


def _told_country(reading: Reading, name: NameMention[Value]) -> str | None:
    """The country that the words beside a place give it: "Paris, Texas", "the Syrian town of X", "Iraq's Y"."""
    syntax = reading.syntax
    if name.end + 1 < len(syntax) and syntax.lower[name.end] == ",":
        behind = reading.name_at[name.end + 1]
        if behind is not None:
            country = reading.country_of(behind)
            if country is None and not behind.values:
                regions = [p for p in _named(surface(syntax, behind.begin, behind.end)) if p.kind == "region"]
                country = regions[0].country if regions else None
            if country is not None:
                return country
    near = reading.before(name.begin, reach=4)
    if near is None and name.begin > 1 and syntax.lower[name.begin - 1] == "of":
        near = reading.before(name.begin - 1, reach=4)
    return reading.country_of(near) if near is not None else None


def _before_comma(reading: Reading, name: NameMention[Value]) -> bool:
    """Whether a country or a region follows behind a comma ("Chappaqua, New York")."""
    syntax = reading.syntax
    if name.end + 1 >= len(syntax) or syntax.lower[name.end] != ",":
        return False
    behind = reading.name_at[name.end + 1]
    return behind is not None and (behind.label == "GPE" or reading.country_of(behind) is not None)


def _best(reading: Reading, found: list[Place], told: str | None) -> Place | None:
    countries = reading.countries
    if told is not None:
        inside = [place for place in found if place.country == told]
        if inside:
            return inside[0]
    total = sum(countries.values()) or 1
    ranked = []
    for k, place in enumerate(found):
        score = log10(place.population + 10) if place.kind == "city" else 6.5
        if place.country is not None:
            score += 6.0 * countries[place.country] / total
        ranked.append((-score, k, place))
    chosen = min(ranked)[2]
    if chosen.kind == "city" and chosen.population < _SMALL and not countries[chosen.country or ""]:
        return None
    return chosen


def is_state_of(reading: Reading, name: NameMention[Value], country: str) -> str | None:
    """The place that a country's name is instead, where it is also a state of a federation (Georgia).

    A city before a comma, another state of the same federation, or a governor, senator or voters
    beside it tell; nothing of the country itself may be in the report.
    """
    text = surface(reading.syntax, name.begin, name.end)
    regions = [p for p in gazetteer().named(text) if p.kind == "region" and p.country not in (None, country)]
    if not regions:
        return None
    syntax = reading.syntax
    own = reading.lexicon.roster.countries[country].name
    for other in reading.names:
        if any(e == country for e, _ in other.values) and surface(syntax, other.begin, other.end) != own:
            return None
    around = syntax.lower[max(0, name.begin - 3) : name.begin] + syntax.lower[name.end : name.end + 3]
    cue = bool(_OF_A_STATE.intersection(around))
    if not cue and name.begin > 1 and syntax.lower[name.begin - 1] == ",":
        before = reading.name_at[name.begin - 2]
        cities = _named(surface(syntax, before.begin, before.end)) if before is not None else []
        cue = any(p.country == regions[0].country for p in cities)
    if not cue:
        for other in reading.names:
            if not other.values and other.label == "GPE":
                named = gazetteer().named(surface(syntax, other.begin, other.end))
                if named and named[0].kind == "region" and named[0].country == regions[0].country:
                    cue = True
                    break
    return _enter_place(reading, text, regions[0]) if cue else None


def make(reading: Reading, name: NameMention[Value]) -> str | None:
    """Enter a place that the gazetteer does not have, with the country that the text gives it."""
    text = surface(reading.syntax, name.begin, name.end)
    return reading.cast.make(text, "place", country=_told_country(reading, name))


def is_setting(reading: Reading, name: NameMention[Value]) -> bool:
    """Whether a name that the tagger takes for a town's stands as one does: "in Chicago", "Chicago police"."""
    if name.label != "GPE":
        return False
    return is_locative(reading, name) or reading.syntax.dep[head_of(reading.syntax, name.begin, name.end)] == "compound"


def is_locative(reading: Reading, name: NameMention[Value]) -> bool:
    """Whether a preposition of place, or a noun such as "the town of", governs a name."""
    syntax = reading.syntax
    head = head_of(syntax, name.begin, name.end)
    governor = syntax.head[head]
    if syntax.dep[head] != "pobj":
        return False
    if syntax.lower[governor] in _LOCATIVE:
        return True
    noun = reading.noun_at.get(syntax.head[governor])
    kind = noun.kind("kind") if noun is not None else None
    return syntax.lower[governor] == "of" and kind is not None and kind.id == "place"
