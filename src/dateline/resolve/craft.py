"""What a country has that acts or is acted upon in its stead: its ships and planes, its elections."""

from __future__ import annotations

from dateline.resolve.lexicon import Noun
from dateline.resolve.organisation import SHIPS
from dateline.resolve.reading import NounMention, Reading
from dateline.resolve.setting import is_definite, owner_of


def craft_entity(reading: Reading, noun: NounMention, craft: Noun) -> str | None:
    """Ships and planes: a country's navy or air force; "the carrier" is a ship named before."""
    owner = owner_of(reading, noun)
    if owner is not None:
        entity = reading.cast[owner]
        if entity.kind == "organization":
            return owner
        if entity.country in reading.lexicon.roster.countries:
            return reading.cast.body(entity.country or "", craft.id)
        return None
    if craft.id == "navy" and not craft.plural and is_definite(reading, noun):
        for turn in reading.back():
            if reading.cast[turn.entity].name.split()[0] in SHIPS:
                return turn.entity
    return None


def voters_country(reading: Reading, noun: NounMention) -> str | None:
    """The country that votes in an election: named in the phrase, or with an election before."""
    owner = owner_of(reading, noun)
    country = reading.cast[owner].country if owner is not None else None
    if country in reading.lexicon.roster.countries:
        found = reading.cast.country(country or "")
        reading.described["election"] = found
        return found
    return reading.described.get("election") if is_definite(reading, noun) else None
