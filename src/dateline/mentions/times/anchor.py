"""When an expression is: from an atom, the day of publication and the times before it, to a TIMEX3
value and an interval.

Two anchors move through the text: the day of publication, from which "yesterday" counts, and the
time mentioned before, from which "two days later" counts. In a history, where nearly all dates lie
long before publication, months and weekdays without a year go by the time before, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dateline.mentions.times.atoms import Atom
from dateline.mentions.times.calendar import (
    ORDER,
    SEASONS,
    Grain,
    Period,
    period_of,
    shift_day,
)
from dateline.mentions.times.choice import (
    in_narrative,
    inside,
    likeliest,
    nearest,
    on_weekday,
    open_named,
    open_shift,
    open_stem,
    open_within,
    this_one,
)
from dateline.mentions.times.holidays import length_of
from dateline.mentions.times.readings.counts import length_value
from dateline.records import TimexMod, TimexType

Direction = Callable[[Atom], int]


# Months that accounts are made of, besides quarters.
_ACCOUNTED = (9,)


@dataclass(slots=True)
class Found:
    """What an expression turned out to mean."""

    type: TimexType
    value: str
    begin: int | None = None
    end: int | None = None
    mod: TimexMod | None = None
    anchor: str | None = None
    period: Period | None = None
    compared: bool = False


@dataclass(slots=True)
class Anchors:
    """The state of the reading.

    Attributes:
        published: ordinal of the day of publication, or None.
        direction: which way an atom's clause points (-1 past, 1 future, 0 open).
        narrative: the text tells a history; see the module's description.
        reference, reference_id: the calendar period mentioned last, and the id of its expression.
        quarter: the quarter that accounts are about.
        year_told: they went on to nine months, so that "a year earlier" is no quarter.
        day, day_id: the day mentioned last.
        near: a bare "2 p.m." goes by the day mentioned last, unless it heads its line.
    """

    published: int | None
    direction: Direction
    narrative: bool = False
    reference: Period | None = None
    reference_id: str | None = None
    quarter: Period | None = None
    year_told: bool = False
    near: bool = True
    day: Period | None = None
    day_id: str | None = None

    def note(self, found: Found, name: str) -> None:
        """Remember a resolved expression as the time mentioned last."""
        if found.period is not None and found.period.grain == "quarter":
            self.year_told = False
        if found.period is not None and found.type in ("DATE", "TIME") and not found.compared:
            self.reference, self.reference_id = found.period, name
            if found.period.grain == "day":
                self.day, self.day_id = found.period, name
            if found.period.grain == "quarter" and not self._is_comparison(found.period):
                self.quarter = found.period

    def _is_comparison(self, quarter: Period) -> bool:
        """Whether a quarter is not the one that accounts tell of: it lies ahead, or before that one."""
        if self.published is not None:
            current = period_of("quarter", self.published).index
            if quarter.index > current or (quarter.index == current and self.quarter is not None):
                return True
        return self.quarter is not None and quarter.index < self.quarter.index

    def quarter_told(self) -> Period | None:
        """The quarter that accounts are about: the one mentioned, else the last that is over."""
        if self.quarter is not None or self.published is None:
            return self.quarter
        return period_of("quarter", self.published).shift(-1)


def after(atom: Atom, start: Period, found: Found) -> Found:
    """The end of a range that would lie before its start ("June 1 through November 30"): the next one after."""
    begin = start.begin()
    if begin is None or found.begin is None or found.begin >= begin or atom.kind != "named" or atom.within is not None:
        return found
    if found.period is None or found.period.grain != start.grain:
        return found
    period = nearest(atom, begin, 1, strict=False)
    if period is None:
        return found
    return Found(found.type, period.value(), period.begin(), period.end(), found.mod, found.anchor, period)


def resolve(atom: Atom, anchors: Anchors) -> Found:
    """Say when an atom is.

    Args:
        atom: a composed expression.
        anchors: what it may count from; the caller notes the answer there.
    """
    if atom.kind == "vague":
        return Found("DATE", atom.value, anchor="published" if anchors.published else None)
    if atom.kind == "set":
        return Found("SET", atom.value)
    if atom.kind == "duration":
        if atom.grain == "month" and atom.count in _ACCOUNTED:
            anchors.year_told = True
        return Found("DURATION", atom.value, mod=atom.mod)
    if atom.kind == "span":
        return _span(atom, anchors)
    if atom.kind in ("clock", "part"):
        return _time_of_day(atom, anchors)
    period, open_value, anchor = _period(atom, anchors)
    if period is None and not open_value and atom.within is not None:
        # No calendar tells days before the common era: "March 15, 44 BC" is in that year.
        outer = resolve(atom.within, anchors)
        return Found("DATE", outer.value, outer.begin, outer.end, atom.mod, outer.anchor, outer.period)
    if period is None:
        return Found("DATE", open_value, mod=atom.mod)
    found = Found("DATE", period.value(), period.begin(), period.end(), atom.mod, anchor, period)
    if atom.kind == "named" and atom.name == "holiday" and found.begin is not None:
        found.end = found.begin + length_of(atom.text)
    found.compared = _compares(atom, anchors)
    if atom.kind == "shift" and atom.grain == "week" and atom.of_day is None and found.begin is not None:
        _newspaper_week(atom, anchors, found)
    if atom.edge:
        _narrow(atom, anchors, found)
    return found


def _compares(atom: Atom, anchors: Anchors) -> bool:
    """Whether an expression only names what the one told of is compared with ("from a year earlier")."""
    if atom.which == "yearago" or atom.extra.get("accounts") == 1 or "year" in atom.extra:
        return True
    # "profit rose in the quarter, compared with a loss a year ago"
    told = "ago" in atom.extra or "compared" in atom.extra
    ago = atom.grain == "year" and atom.count == -1 and told
    return ago and anchors.quarter is not None and not anchors.year_told


def _newspaper_week(atom: Atom, anchors: Anchors, found: Found) -> None:
    # A Sunday's "last week" is the seven days before it; ISO's week, which Sunday ends, is its value.
    if atom.count == -1 and not atom.from_reference and anchors.published is not None and anchors.published % 7 == 0:
        week = period_of("week", anchors.published)
        found.period, found.value = week, week.value()
        found.begin, found.end = anchors.published - 7, anchors.published


def _narrow(atom: Atom, anchors: Anchors, found: Found) -> None:
    """Cut the interval of "earlier this month", "late January" to the part that is meant."""
    begin, end = found.begin, found.end
    if begin is None or end is None:
        return
    published = anchors.published
    if atom.from_reference and ("earlier" in atom.extra or "later" in atom.extra):
        # "later that month": after the day told before, where that is known.
        day = anchors.reference
        if day is not None and day.grain == "day" and begin <= day.index < end:
            found.begin, found.end = (begin, day.index) if "earlier" in atom.extra else (day.index, end)
        return
    if "earlier" in atom.extra and published is not None and begin < published < end:
        found.end = published
        return
    if "later" in atom.extra and published is not None and begin <= published < end:
        if end - begin > 1:
            found.begin = published
        return
    grain = found.period.grain if found.period else "day"
    mod = atom.mod
    if grain == "month":
        if mod == "START":
            found.end = begin + 10
        elif mod == "MID":
            found.begin, found.end = begin + 9, begin + 20
        elif mod == "END":
            found.begin = begin + 19
    elif grain == "week":
        if mod == "START":
            found.end = begin + 3
        elif mod == "MID":
            found.begin, found.end = begin + 2, begin + 5
        elif mod == "END":
            found.begin = begin + 4
    elif grain in ("year", "decade", "century", "quarter", "season"):
        third = (end - begin) // 3
        if mod == "START":
            found.end = _month_edge(begin + third)
        elif mod == "MID":
            found.begin, found.end = _month_edge(begin + third), _month_edge(end - third)
        elif mod == "END":
            found.begin = _month_edge(end - third)


def _month_edge(ordinal: int) -> int:
    """The first day of the month that begins nearest to a day."""
    month = period_of("month", min(ordinal + 15, date.max.toordinal() - 31))
    return month.begin() or ordinal


def _span(atom: Atom, anchors: Anchors) -> Found:
    value = atom.value or length_value(atom.count, atom.grain)
    found = Found("DURATION", value, mod=atom.mod)
    base = anchors.published
    if base is None or atom.count is None:
        return found
    side = atom.extra["side"]
    other = shift_day(
        base,
        "week" if atom.grain == "fortnight" else atom.grain,
        side * atom.count * (2 if atom.grain == "fortnight" else 1),
    )
    if other is None:
        return found
    found.begin, found.end = (other, base) if side < 0 else (base, other)
    found.anchor = "published"
    if found.begin == found.end:
        found.end = found.begin + 1
    return found


def _time_of_day(atom: Atom, anchors: Anchors) -> Found:
    day: Period | None = None
    anchor: str | None = None
    open_value = "XXXX-XX-XX"
    if atom.of_day is not None:
        day, open_value, anchor = _period(atom.of_day, anchors)
    elif anchors.near and anchors.reference is not None and anchors.reference.grain == "day":
        day, anchor = anchors.reference, anchors.reference_id
    elif anchors.published is not None:
        day, anchor = Period("day", anchors.published), "published"
    value = f"{day.value() if day is not None else open_value}T{atom.value}"
    if atom.kind == "clock" and atom.zone is not None:
        value += _zone_text(atom.zone)
    found = Found("TIME", value, mod=atom.mod, anchor=anchor, period=day)
    if day is not None:
        found.begin, found.end = day.begin(), day.end()
    return found


def _zone_text(minutes: int) -> str:
    if minutes == 0:
        return "Z"
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}" + (f":{rest:02d}" if rest else "")


Answer = tuple[Period | None, str, str | None]


def _period(atom: Atom, anchors: Anchors) -> Answer:
    """The period of a fixed, named or shifted atom; else a value with Xs for what is not known."""
    if atom.kind == "fixed":
        return atom.period, "", None
    if atom.kind == "shift":
        return _shifted(atom, anchors)
    if atom.kind == "part" and atom.of_day is not None:
        return _period(atom.of_day, anchors)
    if atom.within is not None:
        outer, open_value, anchor = _period(atom.within, anchors)
        if outer is None:
            return None, open_within(atom, open_value), None
        found = inside(atom, outer)
        return found, open_value if found is None else "", anchor
    return _named(atom, anchors)


def _shifted(atom: Atom, anchors: Anchors) -> Answer:
    grain, count = atom.grain, atom.count or 0
    if atom.of_day is not None:  # "a week after Christmas", "a year ago Friday"
        base, _, anchor = _period(atom.of_day, anchors)
        if base is None or base.begin() is None:
            return None, "XXXX-XX-XX", None
        start = base.begin()
        assert start is not None
        day = shift_day(start, grain, count)
        if day is None:
            return None, "XXXX-XX-XX", None
        if atom.extra.get("ago") and atom.of_day.kind == "named":  # the weekday nearest to that day
            day += (atom.of_day.number - (day - 1) % 7 + 3) % 7 - 3
        if (atom.extra.get("whole") or (atom.extra.get("exact") and base.grain != "day")) and grain in ORDER:
            return period_of(grain, day), "", anchor  # type: ignore[arg-type]
        return Period("day", day), "", anchor
    if "accounts" in atom.extra and grain == "quarter":
        quarter = anchors.quarter_told()
        if quarter is None:
            return None, "XXXX-QX", None

        if "year" in atom.extra:
            return Period("quarter", atom.extra["year"] * 4 + quarter.index % 4), "", None
        return quarter.shift(count), "", "published"
    if _compares(atom, anchors) and anchors.quarter is not None:
        return anchors.quarter.shift(-4), "", anchors.reference_id
    if atom.from_reference:
        return _from_reference(atom, anchors)
    published = anchors.published
    if published is None:
        return None, open_shift(grain), None
    return _count_from(atom, published, anchors)


def _count_from(atom: Atom, base: int, anchors: Anchors) -> Answer:
    grain, count = atom.grain, atom.count or 0
    anchor = "published"
    if atom.extra.get("ago"):
        if grain in ("hour", "minute", "second"):
            day = shift_day(base, grain, count)
            return (Period("day", day) if day is not None else None), "XXXX-XX-XX", anchor
        if grain in ("decade", "century", "millennium"):
            grain, count = "year", count * {"decade": 10, "century": 100, "millennium": 1000}[grain]
    if grain in ORDER:
        return period_of(grain, base).shift(count), "", anchor  # type: ignore[arg-type]
    return None, open_shift(grain), None


def _from_reference(atom: Atom, anchors: Anchors) -> Answer:
    reference = anchors.reference
    grain, count = atom.grain, atom.count or 0
    if reference is None:
        if anchors.published is None:
            return None, open_shift(grain), None
        return _count_from(atom, anchors.published, anchors)
    anchor = anchors.reference_id
    if grain in ("hour", "minute", "second"):
        if reference.grain == "day":
            day = shift_day(reference.index, grain, count)
            return (Period("day", day) if day is not None else None), "XXXX-XX-XX", anchor
        return reference, "", anchor
    if grain in ("decade", "century", "millennium") and atom.extra.get("ago"):
        grain, count = "year", count * {"decade": 10, "century": 100, "millennium": 1000}[grain]
    if grain not in ORDER:
        return None, open_shift(grain), None
    if ORDER[reference.grain] > ORDER[grain]:
        if grain == "day" and count == 0 and anchors.day is not None:
            return anchors.day, "", anchors.day_id
        # The reference is too coarse to count from: "two days later" after "in 1998".
        if count == 0:
            return None, open_shift(grain), None
        return None, f"{open_stem(reference)}", None

    if grain == "year" and reference.grain == "month" and atom.extra.get("ago") and abs(count) == 1:
        return reference.shift(count * 12), "", anchor
    return reference.within(grain).shift(count), "", anchor  # type: ignore[arg-type]


def _named(atom: Atom, anchors: Anchors) -> Answer:
    """A month, weekday, season … whose year or week the text leaves to the reader."""
    reference = anchors.reference
    if atom.which in ("that", "following", "previous") and reference is not None and reference.begin() is not None:
        base, anchor = reference.begin(), anchors.reference_id
        assert base is not None
        way = {"that": 0, "following": 1, "previous": -1}[atom.which]
        if atom.which == "that" and ORDER[reference.grain] > 2:
            return inside(atom, reference), "", anchor
        found = nearest(atom, base, way, strict=way != 0)
        return found, open_named(atom), anchor
    if atom.name == "daynumber":
        return _in_month(atom, anchors)
    if anchors.narrative and reference is not None and atom.which in ("", "this"):
        return in_narrative(atom, reference), open_named(atom), anchors.reference_id
    published = anchors.published
    if published is None:
        return _without_date(atom, anchors)
    if atom.which == "last":
        return nearest(atom, published, -1, strict=True), open_named(atom), "published"
    if atom.which == "next":
        found = nearest(atom, published, 1, strict=True)
        if found is not None and atom.extra.get("plus"):
            found = found.shift(atom.extra["plus"])
        return found, open_named(atom), "published"
    if atom.which == "this":
        return this_one(atom, published), open_named(atom), "published"
    if atom.name == "quarter":
        told = _quarter(atom, published, anchors)
        return (told.shift(-4) if atom.which == "yearago" else told), "", "published"
    way = 1 if atom.extra.get("ahead") else anchors.direction(atom)
    if atom.edge and "earlier" in atom.extra:
        way = -1
    elif atom.edge and "later" in atom.extra and atom.name != "weekday":
        way = 1
    stated = atom.extra.get("weekday")
    if stated and atom.name == "monthday":  # "Friday, Oct. 23": the year in which that day is a Friday
        found = on_weekday(atom, published, stated, way)
        if found is not None:
            return found, "", "published"
    return likeliest(atom, published, way), open_named(atom), "published"


def _in_month(atom: Atom, anchors: Anchors) -> Answer:
    """A day by its number: of the month mentioned last, else of the last one before publication."""
    month, anchor = None, None
    if anchors.reference is not None and anchors.reference.grain in ("day", "month"):
        month, anchor = anchors.reference.within("month"), anchors.reference_id
    elif anchors.published is not None:
        month, anchor = period_of("month", anchors.published), "published"
        if date.fromordinal(anchors.published).day < atom.day and anchors.direction(atom) <= 0:
            month = month.shift(-1)
    if month is None:
        return None, open_named(atom), None
    return inside(atom, month), open_named(atom), anchor


def _without_date(atom: Atom, anchors: Anchors) -> Answer:
    reference = anchors.reference
    if reference is not None and atom.name in ("month", "monthday", "season", "quarter", "holiday") and not atom.which:
        if reference.grain in ("year", "month", "day", "season", "quarter", "half"):
            return inside(atom, reference.within("year")), open_named(atom), anchors.reference_id
    return None, open_named(atom), None


def _quarter(atom: Atom, published: int, anchors: Anchors) -> Period:
    """A quarter in accounts: one that is over or runs, unless it was nearly a year ago and lies ahead."""
    current = period_of("quarter", published)
    back = (current.index - atom.number) % 4
    if back == 3 and anchors.direction(atom) > 0:
        return current.shift(1)
    return current.shift(-back)


def grain_of(value: str) -> Grain | None:
    """The grain of the calendar that a TIMEX3 value has (``2024-W03`` a week), or None for others."""
    if not value[:1].isdecimal():
        return None
    if len(value) >= 10 and value[4] == "-" and value[8:10].isdecimal():
        return "day"
    if "-WE" in value:
        return "weekend"
    if "-W" in value:
        return "week"
    if "-Q" in value:
        return "quarter"
    if "-H" in value:
        return "half"
    if value[5:7] in SEASONS:
        return "season"
    return {7: "month", 4: "year", 3: "decade", 2: "century", 1: "millennium"}.get(len(value))  # type: ignore[return-value]
