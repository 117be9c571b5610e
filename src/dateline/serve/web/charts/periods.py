"""The time that a chart shows: from when to when, in days, weeks, months or longer, and the labels under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "year", "decade", "century"]

COLUMNS = 100  # at most, unless the years alone are more
_TICKS = 7
# What lies before (or after) most events, has at most this share of them and is so much thinner, is left out and
# told in words: what is told of the past would squeeze the present into a corner.
_THIN, _SHARE = 0.15, 0.15
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905

_YEARS: Mapping[Unit, int] = {"year": 1, "decade": 10, "century": 100}


@dataclass(frozen=True)
class Period:
    """A column: `begin` and `end` half-open ISO days, `left` and `width` in per cent of the plot."""

    begin: str
    end: str
    left: float
    width: float


@dataclass
class Tick:
    """A label under the plot; `at` in per cent."""

    at: float
    label: str


@dataclass(frozen=True)
class Periods:
    """Columns of one unit from left to right, and the labels under them."""

    unit: Unit
    columns: Sequence[Period]
    ticks: Sequence[Tick]


def periods_of(
    counts: Iterable[tuple[str, int]], *, since: str | None = None, until: str | None = None
) -> Periods | None:
    """Choose the time and the unit that show most of what there is.

    Args:
        counts: ISO days with numbers of events, in any order; what is no day is passed over.
        since: show nothing before this ISO day; None: from where most events begin.
        until: show nothing from this day on; None: to the last event.

    Returns:
        None where there is no event with a day.
    """
    per_day = Counter[date]()
    for day, n in counts:
        if is_day(day):
            per_day[date.fromisoformat(day[:10])] += n
    if not per_day:
        return None
    first, last = _span(per_day, since, until)
    unit = _unit(first, last)
    columns = _columns(first, last, unit)
    return Periods(unit, columns, _ticks(columns, unit))


def is_day(text: str) -> bool:
    """Does it begin with an ISO day that a calendar has?"""
    try:
        return date.fromisoformat(text[:10]).year > 1
    except ValueError:
        return False


def _span(per_day: Mapping[date, int], since: str | None, until: str | None) -> tuple[date, date]:
    """First and last day that are shown."""
    ordered = sorted(per_day)
    first, last = ordered[0], ordered[-1]
    if until is not None:
        last = _given(until, last + timedelta(1)) - timedelta(1)
    elif since is None:
        last = _close(per_day, ordered[::-1])
    first = _given(since, first) if since is not None else _close(per_day, ordered)
    return first, max(first, last)


def _close(per_day: Mapping[date, int], ordered: Sequence[date]) -> date:
    """The day at which events begin to lie close, walking from one end of them.

    What is cut off first is thinnest against all the rest; then the same is asked of what is left.
    """
    total = sum(per_day.values())
    at, gone = 0, 0
    while True:
        best, best_at, best_gone, passed = 1 / _THIN, at, gone, gone
        for k in range(at + 1, len(ordered)):
            passed += per_day[ordered[k - 1]]
            if passed > total * _SHARE:
                break
            before = (passed - gone) / abs((ordered[k] - ordered[at]).days)
            ratio = (total - passed) / (abs((ordered[-1] - ordered[k]).days) + 1) / before
            if ratio > best:
                best, best_at, best_gone = ratio, k, passed
        if best_at == at:
            return ordered[at]
        at, gone = best_at, best_gone


def _given(text: str, otherwise: date) -> date:
    try:
        whole = date.fromisoformat((text + "-01-01")[:10] if len(text) < 10 else text[:10])
    except ValueError:
        return otherwise
    return max(whole, date(2, 1, 1))


def _unit(first: date, last: date) -> Unit:
    days_ = (last - first).days + 1
    if days_ <= COLUMNS:
        return "day"
    if days_ <= COLUMNS * 7 - 7:
        return "week"
    if days_ <= COLUMNS * 30:
        return "month"
    years = days_ / 365
    return "year" if years <= COLUMNS else "decade" if years <= COLUMNS * 10 else "century"


def _columns(first: date, last: date, unit: Unit) -> list[Period]:
    begins = [_floor(first, unit)]
    while begins[-1] < (following := _next(begins[-1], unit)) <= last:
        begins.append(following)
    ends = [*begins[1:], _next(begins[-1], unit)]
    width = 100 / len(begins)
    return [
        Period(begin.isoformat(), end.isoformat(), round(k * width, 3), round(width, 3))
        for k, (begin, end) in enumerate(zip(begins, ends, strict=True))
    ]


def _floor(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(day.weekday())
    if unit == "month":
        return day.replace(day=1)
    if unit in _YEARS:
        return date(max(1, day.year // _YEARS[unit] * _YEARS[unit]), 1, 1)
    return day


def _next(begin: date, unit: Unit) -> date:
    try:
        if unit == "month":
            return (begin + timedelta(31)).replace(day=1)
        if unit in _YEARS:
            return date((begin.year // _YEARS[unit] + 1) * _YEARS[unit], 1, 1)
        return begin + timedelta(7 if unit == "week" else 1)
    except (OverflowError, ValueError):
        return date.max


def _ticks(columns: Sequence[Period], unit: Unit) -> list[Tick]:
    every = max(1, -(-len(columns) // _TICKS))
    if unit == "month" and every > 1:
        every = next((n for n in (2, 3, 6, 12, 24) if n >= every), 24)
    ticks: list[Tick] = []
    year = ""
    for k, column in enumerate(columns):
        begin = date.fromisoformat(column.begin)
        due = (begin.month - 1) % every == 0 if unit == "month" and every <= 12 else k % every == 0
        # A label at the right edge would be cut off.
        if not due or column.left > 94:
            continue
        label = str(begin.year)
        if unit not in _YEARS:
            short = _MONTHS[begin.month - 1] if unit == "month" else f"{begin.day} {_MONTHS[begin.month - 1]}"
            label = short if year == str(begin.year) else f"{short} {begin.year}"
            year = str(begin.year)
        ticks.append(Tick(column.left, label))
    return ticks
