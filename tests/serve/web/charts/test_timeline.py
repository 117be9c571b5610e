from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.serve.web.charts.timeline import ROW, TOP, draw_timeline


def _days(first: str, number: int, type_: str = "AID") -> list[tuple[str, str, int]]:
    begin = date.fromisoformat(first)
    return [((begin + timedelta(k)).isoformat(), type_, 1) for k in range(number)]


def test_without_a_day_there_is_nothing_to_draw():
    assert draw_timeline([]) is None
    assert draw_timeline([("~", "AID", 3), ("2024-13-45", "AID", 1)]) is None


def test_columns_are_days_weeks_months_or_years():
    assert draw_timeline(_days("2024-01-01", 60)).unit == "day"
    assert draw_timeline(_days("2024-01-01", 400)).unit == "week"
    assert draw_timeline(_days("2020-01-01", 1500)).unit == "month"
    assert draw_timeline(_days("1990-01-01", 9000)).unit == "year"
    assert draw_timeline([("1000-01-01", "AID", 5), ("1500-01-01", "AID", 5)]).unit == "decade"


def test_weeks_begin_on_monday_and_months_on_the_first():
    weeks = draw_timeline(_days("2024-01-03", 400)).columns
    assert {date.fromisoformat(c.begin).weekday() for c in weeks} == {0}
    months = draw_timeline(_days("2020-01-15", 1500)).columns
    assert months[0].begin == "2020-01-01"
    assert months[0].end == months[1].begin == "2020-02-01"


def test_a_thin_past_is_told_not_drawn():
    past, future = [("1953-07-27", "AGREE", 2), ("1991-12-26", "RETREAT", 1)], [("2050-01-01", "AGREE", 1)]
    line = draw_timeline([*past, *_days("2024-01-01", 60), *future])
    assert (line.columns[0].begin, line.columns[-1].begin) == ("2024-01-01", "2024-02-29")
    assert (line.before, line.total, line.after) == (3, 60, 1)


def test_an_even_past_is_drawn():
    line = draw_timeline(_days("2010-01-01", 4000))
    assert line.columns[0].begin <= "2010-01-01"
    assert line.before == 0


def test_what_is_asked_for_is_what_is_drawn():
    line = draw_timeline(_days("2024-01-01", 300), since="2024-02", until="2024-03-01")
    assert (line.columns[0].begin, line.columns[-1].end) == ("2024-02-01", "2024-03-01")
    assert (line.before, line.after) == (31, 300 - 31 - 29)


def test_rows_stand_in_the_order_of_plover_and_kinds_are_counted():
    line = draw_timeline([("2024-01-01", "ASSAULT", 3), ("2024-01-02", "AGREE", 1), ("2024-01-02", "MY_OWN", 2)])
    assert [(r.type, r.kind, r.total) for r in line.rows] == [
        ("AGREE", "verbal-for", 1),
        ("ASSAULT", "material-against", 3),
        ("MY_OWN", "other", 2),
    ]
    assert [k[0] for k in line.kinds] == ["verbal-for", "material-against", "other"]


def test_a_column_says_what_it_is():
    line = draw_timeline([("2024-01-01", "ASSAULT", 1200), ("2024-01-01", "AGREE", 1)])
    assert line.columns[0].said == "1 January 2024: 1,201 events (ASSAULT 1,200, AGREE 1)"


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.dates().map(date.isoformat), st.sampled_from(["AID", "ASSAULT", "X"]), st.integers(1, 10**6)),
        min_size=1,
        max_size=40,
    )
)
def test_whatever_comes_is_counted_once_and_stays_in_the_frame(counts):
    line = draw_timeline(counts)
    if line is None:
        assert all(day < "0002" for day, _, _ in counts)
        return
    assert line.before + line.total + line.after == sum(n for day, _, n in counts if day >= "0002")
    for column in line.columns:
        assert column.begin < column.end
        assert -0.01 <= column.left <= column.left + column.width <= 100.5
        for bar in column.stack:
            assert -0.1 <= bar.top <= bar.top + bar.height <= TOP + 0.1
        for row, bar in enumerate(column.cells):
            assert row * ROW <= bar.top <= bar.top + bar.height <= (row + 1) * ROW + 0.1
    assert len(line.columns) <= 160
    assert len(line.ticks) <= 40
