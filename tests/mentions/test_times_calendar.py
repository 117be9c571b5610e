from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.mentions.times.calendar import Period, period_from_value, period_of, read_published, shift_day
from dateline.mentions.times.holidays import easter, holiday, holiday_called, holiday_names, orthodox_easter

GRAINS = ["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century", "millennium"]
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 1))


@given(st.sampled_from(GRAINS), DAYS)
def test_a_day_lies_in_its_period(grain: str, day: date) -> None:
    period = period_of(grain, day.toordinal())  # type: ignore[arg-type]
    begin, end = period.begin(), period.end()
    assert begin is not None
    assert end is not None
    if grain != "weekend":
        assert begin <= day.toordinal() < end
        assert period.shift(1).begin() == end
    assert period.shift(3).shift(-3) == period


@given(st.sampled_from(GRAINS), DAYS)
def test_values_read_back(grain: str, day: date) -> None:
    period = period_of(grain, day.toordinal())  # type: ignore[arg-type]
    assert period_from_value(period.value()) == period


@pytest.mark.parametrize("value", ["PAST_REF", "P3D", "XXXX-WXX", "2024-13", "2024-W54", "2023-02-29", "", "BC0044"])
def test_values_that_are_no_period(value: str) -> None:
    assert period_from_value(value) is None


def test_years_outside_the_calendar_have_no_days() -> None:
    assert Period("year", -43).value() == "BC0044"
    assert Period("year", -43).begin() is None
    assert Period("year", 10_000).begin() is None


@pytest.mark.parametrize(
    ("grain", "count", "expected"),
    [("month", 1, "2024-02-29"), ("month", 13, "2025-02-28"), ("year", 1, "2025-01-31"), ("week", -1, "2024-01-24"),
     ("day", 30, "2024-03-01"), ("hour", -48, "2024-01-29"),
     ("quarter", 1, "2024-04-30"), ("decade", -1, "2014-01-31")],
)  # fmt: skip
def test_shifts_of_days(grain: str, count: int, expected: str) -> None:
    moved = shift_day(date(2024, 1, 31).toordinal(), grain, count)
    assert moved is not None
    assert date.fromordinal(moved).isoformat() == expected


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [(1999, "04-04", "04-11"), (2010, "04-04", "04-04"), (2016, "03-27", "05-01"), (2024, "03-31", "05-05")],
)
def test_easter(year: int, western: str, orthodox: str) -> None:
    assert date.fromordinal(easter(year)).isoformat() == f"{year}-{western}"
    assert date.fromordinal(orthodox_easter(year)).isoformat() == f"{year}-{orthodox}"


def test_every_named_day_is_known_by_each_spelling() -> None:
    for name in holiday_names():
        known = holiday_called(name)
        assert known is not None
        assert holiday(known, 2020) is not None or known in ("D-Day", "VE Day", "VJ Day", "9/11"), name


@pytest.mark.parametrize(
    ("published", "day"),
    [("2024-01-21", "2024-01-21"), ("2024-01-21T10:00:00Z", "2024-01-21"), ("2024-01-21T23:30:00-05:00", "2024-01-21")],
)
def test_publication_dates(published: str, day: str) -> None:
    assert read_published(published) == date.fromisoformat(day).toordinal()


@pytest.mark.parametrize("published", [None, "", "soon", "2024-02-30"])
def test_no_publication_date(published: str | None) -> None:
    assert read_published(published) is None
