"""The map: where on it a place lies, and how countries and places are shown.

The land is drawn by d3-geo when the pages are built (``web/build.mjs``), in the Equal Earth projection:
B. Šavrič, T. Patterson, B. Jenny: The Equal Earth map projection. International Journal of Geographical
Information Science 33(3), 2019. Places are put on it here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, cos, pi, radians, sin, sqrt

from dateline.resolve.roster import roster
from dateline.serve.web.charts.amount import Step, Steps
from dateline.serve.web.rendering import STATIC

MOST_PLACES = 150
_LEAST, _GREATEST = 2.6, 15.0  # radii, in units of the map
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


@dataclass(frozen=True)
class Frame:
    """The map's size in units, and the projection's scale and origin."""

    width: int
    height: int
    scale: float
    x: float
    y: float
    countries: Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Land:
    """A country with events; without a shape on the map (`shape` false) it is a dot at `x`, `y`."""

    code: str
    events: int
    step: int
    shape: bool
    x: float
    y: float


@dataclass(frozen=True)
class Spot:
    """A place with events, a circle of radius `r`."""

    place: str
    name: str
    events: int
    x: float
    y: float
    r: float


@dataclass(frozen=True)
class World:
    """What the template draws; `elsewhere` counts places that are not shown."""

    width: int
    height: int
    lands: Sequence[Land]
    spots: Sequence[Spot]
    legend: Sequence[Step]
    elsewhere: int


@cache
def frame() -> Frame:
    """The frame of the map that comes along."""
    data = json.loads((STATIC / "vendor" / "world.json").read_text("utf-8"))
    x, y = data["translate"]
    middles = {code: (at[0], at[1]) for code, at in data["middles"].items()}
    return Frame(data["width"], data["height"], data["scale"], x, y, middles)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place lies on the map.

    Args:
        longitude: in degrees, east positive.
        latitude: in degrees, north positive.

    Returns:
        x to the right and y downwards, in units of the map.
    """
    of = frame()
    m = sqrt(3) / 2
    angle = asin(m * sin(radians(latitude)))
    a2 = angle * angle
    a6 = a2 * a2 * a2
    turned = (radians(longitude) + pi) % (2 * pi) - pi
    x = turned * cos(angle) / (m * (_A1 + 3 * _A2 * a2 + a6 * (7 * _A3 + 9 * _A4 * a2)))
    y = angle * (_A1 + _A2 * a2 + a6 * (_A3 + _A4 * a2))
    return round(of.x + of.scale * x, 1), round(of.y - of.scale * y, 1)


def draw_world(
    countries: Iterable[tuple[str, int]], places: Iterable[tuple[str, str, float, float, int]]
) -> World | None:
    """Lay events out on the map.

    Args:
        countries: alpha-3 code and events in which somebody of it acts or is acted upon.
        places: entity id, name, latitude, longitude, events; the place of most events first.

    Returns:
        None where there is nothing to show.
    """
    of = frame()
    known = roster().countries
    amounts = list(countries)
    steps = Steps(n for _, n in amounts)
    lands = []
    for code, n in amounts:
        state = known.get(code)
        if code in of.countries:
            lands.append(Land(code, n, steps.of(n), True, *of.countries[code]))
        elif state is not None and state.latitude is not None and state.longitude is not None:
            lands.append(Land(code, n, steps.of(n), False, *project(state.longitude, state.latitude)))
    found = list(places)
    greatest = max((n for *_, n in found), default=1)
    spots = [
        Spot(place, name, n, *project(longitude, latitude), round(max(_LEAST, _GREATEST * sqrt(n / greatest)), 1))
        for place, name, latitude, longitude, n in found[:MOST_PLACES]
    ]
    if not lands and not spots:
        return None
    return World(of.width, of.height, lands, spots, steps.legend(), len(found) - len(spots))
