"""Times counted from an anchor: yesterday, last week, two years ago, the following day, the quarter told of."""

from __future__ import annotations

from dateline.mentions.times.atoms import Atom
from dateline.mentions.times.readings.counts import count_of, length_value, unit_of
from dateline.mentions.times.readings.reader import Reader, ordinal_of, reading


@reading
def deictic(r: Reader) -> Atom | None:
    """Today, yesterday, tomorrow."""
    word, previous = r.words[r.first], r.words[r.first - 1] if r.first else ""
    if word == "Today" and previous[:1].isupper() and previous.isalpha():
        return None  # USA Today
    if r.after() in r.lexicon.values["POSS"] and r.after(1) in r.words_of("of_our_times"):
        return None  # "today's world"
    return r.atom("shift", grain="day", count=r.value("day", "DEICTIC"))


@reading
def tonight(r: Reader) -> Atom | None:
    """Tonight."""
    return r.atom("part", value="NI", of_day=r.atom("shift", grain="day", count=0))


@reading
def shift(r: Reader) -> Atom | None:
    """So many days, weeks, years from the anchor: last week, the following day."""
    unit = r.setting("unit") or r.value("unit", "UNIT")
    if unit in ("second", "minute", "hour"):
        return None
    if r.lower[r.last - 1] == "last" and (
        r.after() in r.lexicon.values["WEEKDAY"] or r.after() in r.lexicon.values["MONTH"]
    ):
        return None  # "the day before last Tuesday"
    count = r.setting("count")
    reference = r.setting("base") == "reference"
    if r.setting("alone") and (r.after() and (r.after()[0].isalnum() or r.after() in ('"', "“"))):
        return None
    if unit == "fortnight":
        return r.atom("shift", grain="week", count=count * 2, from_reference=reference)
    if r.after() in ("-", "–") and r.after(1) in ("old", "olds"):
        return None
    if r.words[r.first] == "This" and r.words[r.last - 1][0].isupper():
        return None  # This Week With …: a programme
    if (
        count == 1
        and r.lower[r.first] == "the"
        and r.lower[r.first + 1] in ("next",)
        and unit not in ("day", "weekend")
    ):
        # "the next year" is a length from now on, "the following year" the one after.
        return r.atom("span", grain=unit, count=1, extra={"side": 1})
    if count == -1 and r.lower[r.first] == "the" and r.lower[r.first + 1] == "last":
        return r.atom("span", grain=unit, count=1, extra={"side": -1})
    extra = {}
    if unit == "year" and count == -1 and "compared" in r.lower[max(0, r.first - 14) : r.first]:
        extra["compared"] = 1
    return r.atom("shift", grain=unit, count=count, from_reference=reference, extra=extra)


@reading
def definite(r: Reader) -> Atom | None:
    """The week, the month: a time only beside what tells which."""
    if r.after() in ("-", "–", "‑"):
        return None
    return r.atom("shift", grain=r.value("unit", "CALENDARUNIT"), count=0, needs_more=True, extra={"definite": 1})


@reading
def accounts(r: Reader) -> Atom | None:
    """The quarter that the accounts are about."""
    if r.after() in ("-", "–", "‑"):
        return None
    if r.part("unit") == ["period"] and "latest" not in r.lower[r.first : r.last]:
        return None
    return r.atom("shift", grain="quarter", count=0, extra={"accounts": 0})


@reading
def accountsyear(r: Reader) -> Atom | None:
    """The quarter that the accounts are about, in another year: the 1988 quarter."""
    year = int(r.part("year")[0])
    return r.atom("shift", grain="quarter", count=0, extra={"accounts": 0, "year": year})


@reading
def yearago(r: Reader) -> Atom | None:
    """The quarter a year before the one that the accounts are about."""
    words = r.part("ord")
    if words:
        value = ordinal_of(r, words)
        if value is None or not 1 <= value <= 4:
            return None
        return r.atom("named", name="quarter", number=value - 1, which="yearago")
    return r.atom("shift", grain="quarter", count=-4, extra={"accounts": 1})


@reading
def theyear(r: Reader) -> Atom | None:
    """The year, in accounts and after "of"."""
    if r.words[r.last - 1] == "Year" or r.after() in ("-", "–", "‑", "after", "before"):
        return None
    if r.after() in ("ended", "ending", "to", "through"):
        return r.atom("duration", value="P1Y", grain="year", count=1)
    if r.after() in ("that", "when", "he", "she", "they", "in") or (r.after() == "of" and r.before() != "for"):
        return None
    return r.atom("shift", grain="year", count=0, extra={"definite": 1, "accounts": 2})


@reading
def yearend(r: Reader) -> Atom | None:
    """The last day of the year."""
    return r.atom("named", name="monthday", number=11, day=31, extra={"ahead": 1})


@reading
def named(r: Reader) -> Atom | None:
    """A weekday, month or season with last, next, this, that."""
    which = r.setting("which")
    for kind, name in (("WEEKDAY", "weekday"), ("MONTH", "month"), ("SEASON", "season")):
        value = r.value("name", kind)
        if value is None:
            continue
        word = r.words[r.last - 1]
        if name == "weekday":
            value -= 1
        if name == "month":
            if word.lower() in ("march", "may") and which in ("this", "that") and r.lower[r.first] == "that":
                return None
            value -= 1
        if name == "season" and word.lower() in ("fall", "spring") and r.lower[r.first] == "the" and which == "last":
            return None
        return r.atom("named", name=name, number=value, which=which)
    return None


@reading
def ago(r: Reader) -> Atom | None:
    """Two years ago, two years later, two years from now."""
    unit = unit_of(r)
    words = r.part("count")
    if words == ["the"] and unit not in ("day", "week", "month", "year"):
        return None
    if words in (["the"], ["a"]) and r.lower[r.last - 2] in ("-", "–"):
        return None  # "the year-ago quarter"
    count = count_of(r, words)
    if r.part("half") and count is not None:
        count += 0.5
    sign = r.setting("sign")
    reference = r.setting("base") == "reference"
    if r.setting("end") and r.after() and (r.after()[0].isalnum() or r.after() in ('"', "“", "‘")):
        return None  # "two years before the war" is a length
    if count is None:
        if reference:
            return r.atom("duration", value=length_value(None, unit))
        return r.atom("vague", value="PAST_REF" if sign < 0 else "FUTURE_REF")
    if reference and unit in ("hour", "minute", "second"):
        atom = r.atom("duration", value=length_value(count, unit), grain=unit, count=int(count))
        atom.last = (r.parts or {})["unit"][1]  # "two hours later" says how long, hardly when
        return atom
    mod = "APPROX" if r.setting("approx") else None
    if count != int(count):
        smaller = {
            "year": ("month", 12),
            "hour": ("minute", 60),
            "week": ("day", 7),
            "month": ("day", 30),
            "decade": ("year", 10),
        }.get(unit)
        if smaller is None:
            return None
        unit, count = smaller[0], round(count * smaller[1])
    if unit == "fortnight":
        unit, count = "week", count * 2
    return r.atom("shift", grain=unit, count=int(sign * count), from_reference=reference, mod=mod, extra={"ago": 1})


@reading
def halfago(r: Reader) -> Atom | None:
    """Half a year ago."""
    unit = unit_of(r)
    smaller = {
        "year": ("month", 6),
        "hour": ("minute", 30),
        "decade": ("year", 5),
        "century": ("year", 50),
        "day": ("hour", 12),
    }.get(unit)
    if smaller is None:
        return None
    return r.atom("shift", grain=smaller[0], count=r.setting("sign") * smaller[1], extra={"ago": 1})


@reading
def fromday(r: Reader) -> Atom | None:
    """A week from Monday."""
    count = count_of(r, r.part("count"))
    unit = unit_of(r)
    if count is None or count != int(count) or unit not in ("day", "week", "fortnight"):
        return None
    days = int(count) * {"day": 1, "week": 7, "fortnight": 14}[unit]
    weekday_ = r.value("day", "WEEKDAY")
    if weekday_ is None:
        return r.atom("shift", grain="day", count=days + int(r.value("day", "DEICTIC")))
    return r.atom("named", name="weekday", number=weekday_ - 1, which="next", extra={"plus": days})


@reading
def weekend(r: Reader) -> Atom | None:
    """The weekend."""
    return r.atom("named", name="weekend", needs_more=r.lower[r.first] == "weekend")
