"""Calendar periods: days, ISO weeks, months, … centuries, as numbers that can be counted along.

A period is a grain and an index; the index of the next period of that grain is one higher, so
"two months later" is an addition. TIMEX3 values follow TimeML 1.2.1; weeks are ISO 8601 weeks;
seasons are those of meteorologists in the north (spring is March to May, winter begins in December).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Grain = Literal[
    "day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century", "millennium"
]

SEASONS = ("SP", "SU", "FA", "WI")
# From fine to coarse: a period lies within one of a later grain.
ORDER: dict[str, int] = {
    "day": 0,
    "weekend": 1,
    "week": 2,
    "month": 3,
    "quarter": 4,
    "season": 4,
    "half": 5,
    "year": 6,
    "decade": 7,
    "century": 8,
    "millennium": 9,
}
_YEARS = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}
_LAST_DAY = date.max.toordinal()
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-W(?P<week>\d\d)(?P<weekend>-WE)?|-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<season>SP|SU|FA|WI)"
    r"|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|(?P<coarse>\d{1,3}X{0,3})"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar.

    Attributes:
        grain: its length's name.
        index: its number among all of that grain: for days `date.toordinal`, for weeks and weekends
            that of the Monday divided by 7, for months year × 12 + month − 1, for years the year
            (0 is 1 BCE), for decades the year divided by 10, and so on.
    """

    grain: Grain
    index: int

    def shift(self, count: int) -> Period:
        """The period `count` steps later (earlier where negative)."""
        return Period(self.grain, self.index + count)

    def begin(self) -> int | None:
        """Ordinal of the first day, or None where it lies outside the years 1 to 9999."""
        grain, index = self.grain, self.index
        if grain == "day":
            ordinal = index
        elif grain == "week":
            ordinal = index * 7 + 1
        elif grain == "weekend":
            ordinal = index * 7 + 6
        elif grain == "month":
            return month_start(index)
        elif grain == "quarter":
            return month_start(index * 3)
        elif grain == "half":
            return month_start(index * 6)
        elif grain == "season":
            return month_start(index * 3 + 2)
        else:
            return month_start(index * _YEARS[grain] * 12)
        return ordinal if 1 <= ordinal <= _LAST_DAY else None

    def end(self) -> int | None:
        """Ordinal of the day after the last, or None where it lies outside the years 1 to 9999."""
        if self.grain == "weekend":
            ordinal = self.index * 7 + 8
            return ordinal if 1 <= ordinal <= _LAST_DAY else None
        return self.shift(1).begin()

    def value(self) -> str:
        """The TIMEX3 value: ``2024-01-21``, ``2024-W03``, ``2024-Q1``, ``198`` for the 1980s."""
        grain, index = self.grain, self.index
        if grain == "day":
            return day_text(index)
        if grain in ("week", "weekend"):
            thursday = index * 7 + 4
            if not 1 <= thursday <= _LAST_DAY:
                return "XXXX-WXX"
            year, week, _ = date.fromordinal(thursday).isocalendar()
            return f"{year:04d}-W{week:02d}" + ("-WE" if grain == "weekend" else "")
        if grain == "month":
            return f"{year_text(index // 12)}-{index % 12 + 1:02d}"
        if grain == "quarter":
            return f"{year_text(index // 4)}-Q{index % 4 + 1}"
        if grain == "half":
            return f"{year_text(index // 2)}-H{index % 2 + 1}"
        if grain == "season":
            return f"{year_text(index // 4)}-{SEASONS[index % 4]}"
        if grain == "year":
            return year_text(index)
        width = {"decade": 3, "century": 2, "millennium": 1}[grain]
        return f"{index:0{width}d}" if index >= 0 else f"BC{-index:0{width}d}"

    def within(self, grain: Grain) -> Period:
        """The period of a coarser (or finer) grain in which this one begins."""
        if grain == self.grain:
            return self
        if self.grain in _YEARS and grain in _YEARS:
            return Period(grain, self.index * _YEARS[self.grain] // _YEARS[grain])
        ordinal = self.begin()
        if ordinal is None:
            return Period(grain, self.index)
        return period_of(grain, ordinal)


def year_text(year: int) -> str:
    """A year as TIMEX3 writes it; years before the common era as ``BC0044``."""
    return f"{year:04d}" if year > 0 else f"BC{1 - year:04d}"


def day_text(ordinal: int) -> str:
    """An ordinal as an ISO date."""
    return date.fromordinal(ordinal).isoformat() if 1 <= ordinal <= _LAST_DAY else "XXXX-XX-XX"


def month_start(index: int) -> int | None:
    """Ordinal of the first day of the month of this index (year × 12 + month − 1)."""
    year, month = divmod(index, 12)
    return date(year, month + 1, 1).toordinal() if 1 <= year <= 9999 else None


def period_of(grain: Grain, ordinal: int) -> Period:
    """The period of a grain that holds a day."""
    if grain == "day":
        return Period(grain, ordinal)
    if grain in ("week", "weekend"):
        return Period(grain, (ordinal - 1) // 7)
    day = date.fromordinal(ordinal)
    months = day.year * 12 + day.month - 1
    if grain == "month":
        return Period(grain, months)
    if grain == "quarter":
        return Period(grain, months // 3)
    if grain == "half":
        return Period(grain, months // 6)
    if grain == "season":
        return Period(grain, (months - 2) // 3)
    return Period(grain, day.year // _YEARS[grain])


def day_of(year: int, month: int, day: int) -> Period | None:
    """A day of the calendar, or None where there is no such day."""
    try:
        return Period("day", date(year, month, day).toordinal())
    except (ValueError, OverflowError):
        return None


def shift_months(ordinal: int, months: int) -> int | None:
    """The same day of a month further on, or the last day of that month where it is shorter."""
    day = date.fromordinal(ordinal)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        found = day_of(year, month + 1, number)
        if found is not None and number <= day.day:
            return found.index
    return None


def shift_day(ordinal: int, grain: str, count: int) -> int | None:
    """A day so many days, weeks, months or years further on.

    Args:
        ordinal: the day to count from.
        grain: a grain, or ``hour``, ``minute``, ``second`` (less than a day: the day itself).
        count: how many, negative for earlier.
    """
    if grain == "day":
        moved = ordinal + count
    elif grain in ("week", "weekend"):
        moved = ordinal + 7 * count
    elif grain == "hour":
        moved = ordinal + (count // 24 if count > 0 else -(-count // 24))
    elif grain in ("minute", "second"):
        moved = ordinal
    else:
        months = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
        return shift_months(ordinal, months.get(grain, 12_000) * count)
    return moved if 1 <= moved <= _LAST_DAY else None


def period_from_value(value: str) -> Period | None:
    """The period of a TIMEX3 value of a date (``2024-W03``, ``2024-01-21T10:30``, ``198``), or None."""
    date_part = value.partition("T")[0]
    match = _VALUE.fullmatch(date_part)
    if match is None:
        return None
    if match["day"]:
        return day_of(int(match["year"]), int(match["month"]), int(match["day"]))
    if match["week"]:
        try:
            monday = date.fromisocalendar(int(match["year"]), int(match["week"]), 1).toordinal()
        except ValueError:
            return None
        return Period("weekend" if match["weekend"] else "week", (monday - 1) // 7)
    if match["year"]:
        year = int(match["year"])
        if match["month"]:
            month = int(match["month"])
            return Period("month", year * 12 + month - 1) if 1 <= month <= 12 else None
        if match["quarter"]:
            return Period("quarter", year * 4 + int(match["quarter"]) - 1)
        if match["half"]:
            return Period("half", year * 2 + int(match["half"]) - 1)
        if match["season"]:
            return Period("season", year * 4 + SEASONS.index(match["season"]))
        return Period("year", year)
    digits = match["coarse"].rstrip("Xx")
    grains: dict[int, Grain] = {3: "decade", 2: "century", 1: "millennium"}
    return Period(grains[len(digits)], int(digits)) if len(digits) in grains else None


def read_published(published: str | None) -> int | None:
    """Ordinal of the day of an ISO date or date-time; None for None and for a text that is none."""
    if not published:
        return None
    try:
        return datetime.fromisoformat(published.strip().replace("Z", "+00:00")).toordinal()
    except ValueError:
        try:
            return date.fromisoformat(published.strip()[:10]).toordinal()
        except ValueError:
            return None
