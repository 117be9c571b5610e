from __future__ import annotations

from dateline.serve.web.charts.matrix import draw_matrix


def test_the_countries_of_most_events_and_what_is_left_out():
    pairs = [("RUS", "UKR", 90), ("USA", "RUS", 40), ("UKR", "RUS", 9), ("FJI", "TON", 1)]
    matrix = draw_matrix(pairs, most=3)
    assert list(matrix.actors) == ["RUS", "UKR", "USA"]
    assert list(matrix.recipients) == ["RUS", "UKR"]
    assert matrix.others == 1
    cells = {(c.actor, c.recipient): c for row in matrix.rows for c in row}
    assert cells["RUS", "UKR"].events == 90
    assert cells["RUS", "UKR"].step == 5
    assert cells["USA", "UKR"].step == 0


def test_no_pairs_no_matrix():
    assert draw_matrix([]) is None
