"""Places: cities, regions, seas; which one a name means by the countries of the report."""

from __future__ import annotations

from dateline.mentions.names import NameMention, surface
from dateline.resolve.phrase import head_of
from dateline.resolve.reading import Reading, Value

_LOCATIVE = frozenset({"in", "near", "outside", "around", "across", "through", "inside", "into"})


def enter(reading: Reading, name: str, country: str | None = None) -> str | None:
    """Enter a place by name, the one in `country` where several bear it."""
    state = reading.lexicon.roster.countries.get(country or "")
    entity_id = reading.cast.make(name, "place", country=country)
    entity = reading.cast[entity_id]
    if state is not None and state.capital == name:
        entity.latitude, entity.longitude = state.latitude, state.longitude
    return entity_id


def identify(reading: Reading, name: NameMention[Value]) -> str | None:
    """A place of the gazetteer that a name means here, or None."""
    return None


def make(reading: Reading, name: NameMention[Value]) -> str | None:
    """Enter a place that the gazetteer does not have, with the country that the text gives it."""
    text = surface(reading.syntax, name.begin, name.end)
    behind = (
        reading.name_at[name.end + 1]
        if name.end + 1 < len(reading.syntax) and reading.syntax.lower[name.end] == ","
        else None
    )
    country = reading.country_of(behind) if behind is not None else None
    if country is None:
        near = reading.before(name.begin, reach=4)
        country = reading.country_of(near) if near is not None else None
    return reading.cast.make(text, "place", country=country)


def is_locative(reading: Reading, name: NameMention[Value]) -> bool:
    """Whether a preposition of place governs a name."""
    head = head_of(reading.syntax, name.begin, name.end)
    governor = reading.syntax.head[head]
    syntax = reading.syntax
    if syntax.dep[head] != "pobj":
        return False
    if syntax.lower[governor] in _LOCATIVE:
        return True
    noun = reading.noun_at.get(syntax.head[governor])
    kind = noun.kind("kind") if noun is not None else None
    return syntax.lower[governor] == "of" and kind is not None and kind.id == "place"
