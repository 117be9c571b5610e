"""Which of several: the Friday, the June, the spring that a text means, and TIMEX3 values with Xs for
what it leaves open.
"""

from __future__ import annotations

from datetime import date

from dateline.mentions.times.atoms import Atom
from dateline.mentions.times.calendar import SEASONS, Period, day_of, day_text, period_of
from dateline.mentions.times.holidays import holiday


def candidates(atom: Atom, base: int) -> list[Period]:
    """The times of this name around a day, in order."""
    if atom.name == "weekday":
        first = base + (atom.number - (base - 1)) % 7 - 14
        return [Period("day", day) for day in range(max(first, 1), first + 35, 7)]
    if atom.name == "weekend":
        return [period_of("weekend", base).shift(k) for k in (-1, 0, 1)]
    year = date.fromordinal(base).year
    out: list[Period] = []
    for y in (year - 2, year - 1, year, year + 1, year + 2):
        found: Period | None
        if atom.name == "month":
            found = Period("month", y * 12 + atom.number)
        elif atom.name == "season":
            found = Period("season", y * 4 + atom.number)
        elif atom.name == "quarter":
            found = Period("quarter", y * 4 + atom.number)
        elif atom.name == "half":
            found = Period("half", y * 2 + atom.number)
        elif atom.name == "monthday":
            found = day_of(y, atom.number + 1, atom.day)
        elif atom.name == "holiday":
            found = holiday(atom.text, y)
        else:
            found = None
        if found is not None and found.begin() is not None and found.end() is not None:
            out.append(found)
    return out


def nearest(atom: Atom, base: int, way: int, strict: bool) -> Period | None:
    """The nearest time of this name before or after a day.

    Args:
        atom: a named atom.
        base: the day.
        way: -1 for before, 1 for after, 0 for the one nearest by.
        strict: the day itself (the month that holds it) does not count.
    """
    found: Period | None = None
    best = 0
    for period in candidates(atom, base):
        begin, end = period.begin(), period.end()
        if begin is None or end is None:
            continue
        if way < 0:
            if (end <= base) if strict else (begin <= base):
                found = period
        elif way > 0:
            if (begin > base) if strict else (end > base):
                return period
        else:
            distance = 0 if begin <= base < end else begin - base if begin > base else base - end + 1
            if found is None or distance < best:
                found, best = period, distance
    return found


def likeliest(atom: Atom, published: int, way: int) -> Period | None:
    """The time of this name before or after publication that is meant.

    Tense says which, unless the other one is far nearer: in November "extended to Nov. 20" is this
    year's. Without tense, news tells of what has happened, unless that was long ago.
    """
    past = nearest(atom, published, -1, strict=False)
    future = nearest(atom, published, 1, strict=False)
    if past is None or future is None or past == future:
        return past or future
    if atom.name == "weekday":
        return future if way > 0 else past
    ago = published - (past.begin() or published)
    ahead = (future.begin() or published) - published
    far = {"monthday": (4, 10), "month": (8, 20)}.get(atom.name, (1000, 1000))
    if way < 0:
        return future if ago > far[0] * ahead else past
    if way > 0:
        return past if ahead > far[1] * max(ago, 1) else future
    return past if ago <= 2 * ahead else future


def on_weekday(atom: Atom, published: int, weekday: int, way: int) -> Period | None:
    """The day of this name nearest to publication that falls on a weekday (1 Monday to 7 Sunday)."""
    fits = [p for p in candidates(atom, published) if (p.index - 1) % 7 + 1 == weekday]
    if not fits:
        return None
    if way > 0:
        ahead = [p for p in fits if p.index >= published]
        if ahead:
            return ahead[0]
    return min(fits, key=lambda p: abs(p.index - published))


def inside(atom: Atom, outer: Period) -> Period | None:
    """The named part of a larger period."""
    begin, end = outer.begin(), outer.end()
    if atom.name == "" and atom.extra.get("around"):
        if atom.grain == "weekend" and begin is not None and (begin - 1) % 7 < 3:
            return outer.within("weekend").shift(-1)  # that before a Monday's feast
        return outer.within(atom.grain)  # type: ignore[arg-type]
    if begin is None or end is None:
        return None
    first = date.fromordinal(begin)
    if atom.name == "month":
        months = period_of("month", begin)
        return months.shift((atom.number - months.index) % 12)
    if atom.name == "monthday":
        return day_of(first.year, atom.number + 1, atom.day)
    if atom.name == "daynumber":
        return day_of(first.year, first.month, atom.day)
    if atom.name == "weekday":
        return Period("day", begin + (atom.number - (begin - 1)) % 7)
    if atom.name == "weekend":
        return period_of("weekend", begin)
    if atom.name == "holiday":
        return holiday(atom.text, first.year)
    if atom.name == "quarter":
        return Period("quarter", first.year * 4 + atom.number)
    if atom.name == "half":
        if outer.grain == "year":
            return Period("half", outer.index * 2 + atom.number)
        return outer
    if atom.name == "season":
        return Period("season", first.year * 4 + atom.number)
    return None


def this_one(atom: Atom, published: int) -> Period | None:
    """The one of this name in the week or year of publication."""
    if atom.name == "weekday":
        week = period_of("week", published)
        return Period("day", week.index * 7 + 1 + atom.number)
    year = date.fromordinal(published).year
    if atom.name == "season":
        return Period("season", year * 4 + atom.number)
    return inside(atom, Period("year", year))


def in_narrative(atom: Atom, reference: Period) -> Period | None:
    """The next such time from the time mentioned before, or the one within it."""
    begin = reference.begin()
    if begin is None:
        return None
    if reference.grain in ("year", "decade", "century", "season", "half", "quarter"):
        return inside(atom, reference.within("year"))
    if atom.name == "weekday":
        return nearest(atom, begin, 1, strict=False)
    # A story goes on, mostly within its year: a month earlier than the last one is the same year's.
    return inside(atom, reference.within("year"))


_OPEN: dict[str, str] = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "season": "XXXX-XX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
    "millennium": "X",
}


def open_shift(grain: str) -> str:
    """The value of a week, a month … of which only the grain is known."""
    return _OPEN.get(grain, "XXXX-XX-XX")


def open_named(atom: Atom) -> str:
    """The value of a weekday, a month … of which the name is known but not the year or week."""
    number = atom.number
    if atom.name == "holiday":
        one, two = holiday(atom.text, 2001), holiday(atom.text, 2002)
        if one is not None and two is not None and day_text(one.index)[5:] == day_text(two.index)[5:]:
            return f"XXXX{day_text(one.index)[4:]}"
        return "XXXX-XX-XX"
    forms = {
        "weekday": f"XXXX-WXX-{number + 1}",
        "month": f"XXXX-{number + 1:02d}",
        "monthday": f"XXXX-{number + 1:02d}-{atom.day:02d}",
        "season": f"XXXX-{SEASONS[number % 4]}",
        "quarter": f"XXXX-Q{number + 1}",
        "half": f"XXXX-H{number + 1}",
        "weekend": "XXXX-WXX-WE",
        "daynumber": f"XXXX-XX-{atom.day:02d}",
    }
    return forms.get(atom.name, "XXXX-XX-XX")


def open_within(atom: Atom, outer: str) -> str:
    """The value of a named time within another that is itself open."""
    inner = open_named(atom)
    return outer + inner[4:] if len(outer) == 4 and outer.isdecimal() else inner


def open_stem(reference: Period) -> str:
    """The value of some day within a period that is too coarse to count days from."""
    value = reference.value()
    if reference.grain == "year":
        return value + "-XX-XX"
    if reference.grain == "month":
        return value + "-XX"
    return "XXXX-XX-XX"
