from __future__ import annotations

import json

import pytest

from dateline.resolve.roster import roster
from dateline.serve.web.charts.world import draw_world, frame, project
from dateline.serve.web.rendering import STATIC


@pytest.mark.parametrize("check", json.loads((STATIC / "vendor/world.json").read_text("utf-8"))["checks"])
def test_places_lie_where_the_land_is_drawn(check):
    longitude, latitude, x, y = check
    assert project(longitude, latitude) == pytest.approx((x, y), abs=0.11)


def test_every_country_of_the_map_is_one_that_the_roster_knows():
    unknown = set(frame().countries) - set(roster().countries)
    assert unknown <= {"ATF"}  # French Southern and Antarctic Lands


def test_a_country_too_small_for_the_map_is_a_dot():
    world = draw_world([("RUS", 4), ("SGP", 2), ("ZZZ", 1)], [])
    assert [(land.code, land.shape) for land in world.lands] == [("RUS", True), ("SGP", False)]
    dot = world.lands[1]
    assert 0 < dot.x < world.width
    assert 0 < dot.y < world.height


def test_circles_grow_with_the_square_root_and_the_rest_is_told():
    world = draw_world([], [("a", "A", 10.0, 10.0, 100), *((f"p{k}", "P", 0.0, float(k), 25) for k in range(170))])
    assert world.spots[0].r == 2 * world.spots[1].r
    assert world.elsewhere == 171 - len(world.spots) > 0
    assert draw_world([], []) is None
