"""Named days: feasts, national days, and days that history named. The list is `holidays.yaml`.

Easter follows the anonymous Gregorian computation (Meeus, Astronomical Algorithms, 1991) and, for
the Orthodox churches, his Julian one; feasts of lunar calendars come from the list, by year.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from dateline.mentions.times.calendar import Period, day_of
from dateline.mentions.times.lexicon import read_yaml

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip


@cache
def _holidays() -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    table: dict[str, dict[str, Any]] = {str(name): entry for name, entry in read_yaml("holidays.yaml").items()}
    names = {}
    for name, entry in table.items():
        for spelling in (name, *entry.get("aka", ())):
            names[spelling] = name
    return names, table


def holiday_names() -> list[str]:
    """Every spelling of every named day."""
    return list(_holidays()[0])


def holiday_called(spelling: str) -> str | None:
    """The main name of a named day, given a spelling of it in any case."""
    return _by_lower().get(" ".join(spelling.lower().replace("’", "'").split()))


@cache
def _by_lower() -> dict[str, str]:
    return {" ".join(spelling.lower().replace("’", "'").split()): name for spelling, name in _holidays()[0].items()}


def happened_once(name: str) -> Period | None:
    """The day of a named day that was only once (D-Day), else None."""
    once = _holidays()[1][name].get("once")
    if once is None:
        return None
    return Period("day", (once if isinstance(once, date) else date.fromisoformat(once)).toordinal())


def length_of(name: str) -> int:
    """How many days a named day or feast lasts."""
    return int(_holidays()[1][name].get("length", 1))


@cache
def holiday(name: str, year: int) -> Period | None:
    """The (first) day of a named day in a year, or None where the list does not tell."""
    if not 1 <= year <= 9998:
        return None
    entry = _holidays()[1][name]
    plus = int(entry.get("plus", 0))
    if "easter" in entry:
        return Period("day", easter(year) + int(entry["easter"]))
    if "orthodox" in entry:
        return Period("day", orthodox_easter(year) + int(entry["orthodox"]))
    if "days" in entry:
        text = entry["days"].get(year)
        return day_of(year, int(text[:2]), int(text[3:])) if text else None
    if "day" not in entry:
        return happened_once(name)
    words = str(entry["day"]).split()
    if len(words) == 1:
        return day_of(year, int(words[0][:2]), int(words[0][3:]))
    number, weekday, month = int(words[0]), _WEEKDAYS.index(words[1]), _MONTHS.index(words[2]) + 1
    if number > 0:
        first = date(year, month, 1)
        day = first.toordinal() + (weekday - first.weekday()) % 7 + 7 * (number - 1)
    else:
        after = date(year + month // 12, month % 12 + 1, 1).toordinal()
        last = date.fromordinal(after - 1)
        day = last.toordinal() - (last.weekday() - weekday) % 7
    return Period("day", day + plus)


def easter(year: int) -> int:
    """Ordinal of Easter Sunday of the western churches."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1).toordinal()


def orthodox_easter(year: int) -> int:
    """Ordinal (Gregorian) of Easter Sunday of the Orthodox churches."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    f = d + e + 114
    # The Julian calendar is behind by one day more in each century whose year 400 does not divide.
    return date(year, f // 31, f % 31 + 1).toordinal() + year // 100 - year // 400 - 2
