from __future__ import annotations

from dateline.serve.web.charts.lanes import HEIGHT, draw_lanes


def test_a_lane_a_role_with_its_kinds_stacked():
    chart = draw_lanes(
        [
            ("2024-01-01", "actor", "AID", 1),
            ("2024-01-01", "actor", "ASSAULT", 3),
            ("2024-01-02", "speaker", None, 2),
        ]
    )
    assert [(lane.role, lane.total) for lane in chart.lanes] == [("actor", 4), ("speaker", 2)]
    aid, assault = chart.lanes[0].bars
    assert (aid.css, assault.css) == ("kind-material-for", "kind-material-against")
    assert aid.top + aid.height == HEIGHT
    assert assault.top + assault.height == aid.top
    assert chart.lanes[1].bars[0].css == "said"
    assert [words for _, words in chart.said] == [
        "1 January 2024: 4 events acting",
        "2 January 2024: 2 statements",
    ]


def test_nothing_with_a_day_is_nothing_to_draw():
    assert draw_lanes([("~", "actor", "AID", 1)]) is None
