"""What an expression says before it is known when: the pieces that the grammar finds, and composes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dateline.mentions.times.calendar import Grain, Period
from dateline.records import TimexMod

# fixed: a period of the calendar that needs no anchor.   named: a month, weekday, … of some year or week.
# shift: so many units from the anchor.   clock, part: a time of day.   duration: a length of time.
# span: a length up to or from the anchor.   set: a repeated time.   vague: a TIMEX3 reference.
Kind = Literal["fixed", "named", "shift", "clock", "part", "duration", "span", "set", "vague"]
Name = Literal[
    "month", "weekday", "season", "quarter", "half", "monthday", "daynumber", "holiday", "weekend", "year", ""
]


@dataclass(slots=True)
class Atom:
    """One expression, or a piece of one.

    Attributes:
        first, last: token range of the tagger's own words, half-open.
        kind: see above; it says which of the other attributes count.
        period: of a fixed one.
        name, number, day: of a named one: which month (0 to 11), weekday (0 to 6), season, quarter …;
            `day` is that of a month and day.
        text: the name of a holiday.
        which: how a named one was pointed at: "last", "next", "this", "that", "following", "previous".
        grain, count: of a shift, a span: the unit, and how many (None: not said).
        from_reference: counts from the time mentioned before instead of from publication.
        value: TIMEX3 value of durations, sets, vague ones; the time of day of clocks and parts.
        zone: minutes from UTC, of clocks.
        within: the larger expression that says which one.
        of_day: for clocks and parts, the day they belong to.
        length: (years, months, days), of a length of time that is counted out.
        needs_more: no time expression unless composed with another.
    """

    first: int
    last: int
    kind: Kind
    period: Period | None = None
    name: Name = ""
    number: int = 0
    day: int = 0
    text: str = ""
    which: str = ""
    grain: str = ""
    count: int | None = None
    from_reference: bool = False
    value: str = ""
    zone: int | None = None
    within: Atom | None = None
    of_day: Atom | None = None
    mod: TimexMod | None = None
    edge: bool = False
    needs_more: bool = False
    weak: bool = False
    anchored: str = ""
    extra: dict[str, int] = field(default_factory=dict)

    def level(self) -> Grain | None:
        """The grain of the calendar that this one has, where it has one."""
        if self.kind == "fixed":
            return self.period.grain if self.period else None
        if self.kind == "named":
            return _LEVELS[self.name]
        if self.kind in ("shift", "span"):
            return _UNIT_GRAIN.get(self.grain)
        return None


_LEVELS: dict[str, Grain] = {
    "month": "month",
    "weekday": "day",
    "season": "season",
    "quarter": "quarter",
    "half": "half",
    "monthday": "day",
    "daynumber": "day",
    "holiday": "day",
    "weekend": "weekend",
    "year": "year",
}
_UNIT_GRAIN: dict[str, Grain] = {
    "day": "day",
    "week": "week",
    "fortnight": "week",
    "weekend": "weekend",
    "month": "month",
    "quarter": "quarter",
    "half": "half",
    "season": "season",
    "year": "year",
    "decade": "decade",
    "century": "century",
    "millennium": "millennium",
}
