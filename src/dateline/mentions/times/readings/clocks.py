"""Times of day: clock times, parts of days."""

from __future__ import annotations

from dateline.mentions.numerals import number
from dateline.mentions.times.atoms import Atom, Kind
from dateline.mentions.times.readings.reader import Reader, reading


@reading
def part(r: Reader) -> Atom | None:
    """This morning, last night, the next morning."""
    code = r.value("part", "PART") or r.value("part", "CLOCKWORD")
    day = r.atom("shift", grain="day", count=r.setting("shift"), from_reference=r.setting("base") == "reference")
    kind: Kind = "clock" if code[0].isdecimal() else "part"
    return r.atom(kind, value=code, of_day=day)


@reading
def barepart(r: Reader) -> Atom | None:
    """A part of a day, which must stand beside its day."""
    return r.atom("part", value=r.value("part", "PART"), needs_more=True)


@reading
def overnight(r: Reader) -> Atom | None:
    """Overnight: the night before publication."""
    return r.atom("part", value="NI", of_day=r.atom("shift", grain="day", count=-1), weak=True)


@reading
def clockword(r: Reader) -> Atom | None:
    """Noon, midnight."""
    if r.before() == "high":
        return None
    return r.atom("clock", value=r.value("time", "CLOCKWORD"), zone=r.value("zone", "ZONE"))


@reading
def clock(r: Reader) -> Atom | None:
    """A clock time, unless it is a score or a ratio."""
    assert r.parts is not None
    words = r.part("time")
    zone_part = r.part("zone")
    zone = r.value("zone", "ZONE")
    meridiem = r.value("half", "MERIDIEM")
    text = words[0]
    if text.isdecimal() and len(text) == 4:
        hour, minute, second = int(text[:2]), int(text[2:]), None
    elif ":" in text or "." in text:
        pieces = text.replace(".", ":").split(":")
        hour, minute = int(pieces[0]), int(pieces[1])
        second = int(pieces[2]) if len(pieces) > 2 else None
    else:
        value = number(words)
        if value is None or value != int(value):
            return None
        hour, minute, second = int(value), None, None
    part_ = r.value("part", "PART") or ("NI" if "night" in r.part("part") else None)
    if hour > 24 or (minute or 0) > 59 or (second or 0) > 59:
        return None
    if part_ and not 1 <= hour <= 12:
        return None
    if meridiem:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if meridiem == "p" else 0)
    elif part_ in ("AF", "EV") or (part_ == "NI" and 6 <= hour <= 11):
        hour = hour % 12 + 12
    elif not part_ and not zone_part and "clock" not in r.lower[r.first : r.last]:
        # A bare 10:30 may be a score or a ratio or a verse.
        weak = r.before() not in r.words_of("clock_cues")
        return r.atom("clock", value=_clock_text(hour, minute, second), needs_more=weak)
    return r.atom("clock", value=_clock_text(hour, minute, second), zone=zone)


def _clock_text(hour: int, minute: int | None, second: int | None) -> str:
    """A time of day as TIMEX3 writes it."""
    text = f"{hour:02d}:{minute or 0:02d}"
    return text if second is None else f"{text}:{second:02d}"


@reading
def past(r: Reader) -> Atom | None:
    """Half past ten, a quarter to nine."""
    words = r.part("minutes")
    hour = number(r.part("time"))
    minute = 30 if "half" in words else 15 if "quarter" in words else number(words)
    if hour is None or minute is None or not 1 <= hour <= 24 or minute > 30:
        return None
    if r.part("side") == ["to"]:
        if "half" in words or ("quarter" not in words and "minutes" not in r.lower[r.first : r.last]):
            return None
        hour, minute = hour - 1, 60 - minute
    elif "half" not in words and "quarter" not in words and "minutes" not in r.lower[r.first : r.last]:
        return None
    if r.value("half", "MERIDIEM") == "p" and hour < 12:
        hour += 12
    return r.atom("clock", value=_clock_text(int(hour), int(minute), None))
