"""What each rule of the grammar means: from the words it covers to an `Atom`.

A reading gets the tokens of its match and the parts that the rule names, and answers with an atom,
or with None where the words look like a time but are none ("may", a score of 10:30, his 40s).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dateline.mentions.numerals import number
from dateline.mentions.times.atoms import Atom, Kind
from dateline.mentions.times.calendar import Period, day_of
from dateline.mentions.times.holidays import happened_once, holiday_called
from dateline.mentions.times.lexicon import Lexicon


@dataclass(slots=True)
class Reader:
    """The words around a match, for the readings.

    Attributes:
        words, lower: the tagger's tokens and the same in lower case.
        begins: the offset of each.
        lexicon: classes and values.
        day_first: a slashed date has the day before the month.
        first, last: token range of the match.
        parts: token range of each named part.
        settings: what the rule says besides its pattern.
    """

    words: list[str]
    lower: list[str]
    begins: list[int]
    lexicon: Lexicon
    day_first: bool = False
    first: int = 0
    last: int = 0
    parts: dict[str, tuple[int, int]] | None = None
    settings: dict[str, Any] | None = None

    def part(self, name: str) -> list[str]:
        """The words of a named part in lower case, empty where it is missing."""
        assert self.parts is not None
        found = self.parts.get(name)
        return self.lower[found[0] : found[1]] if found else []

    def value(self, name: str, kind: str) -> Any:
        """The value of the first word of a part that belongs to a class, or None."""
        table = self.lexicon.values[kind]
        return next((table[word] for word in self.part(name) if word in table), None)

    def setting(self, name: str, default: Any = None) -> Any:
        """What the rule says under this key."""
        assert self.settings is not None
        return self.settings.get(name, default)

    def before(self, back: int = 1) -> str:
        """The lower-case word so many places before the match, "" at the start."""
        at = self.first - back
        return self.lower[at] if at >= 0 else ""

    def after(self, on: int = 0) -> str:
        """The lower-case word so many places after the match, "" at the end."""
        at = self.last + on
        return self.lower[at] if at < len(self.lower) else ""

    def touches(self, left: int) -> bool:
        """Whether no space lies between token `left` and the one after it."""
        return self.begins[left] + len(self.words[left]) == self.begins[left + 1]

    def atom(self, kind: Kind, **fields: Any) -> Atom:
        """An atom that covers the match."""
        return Atom(self.first, self.last, kind, **fields)


Reading = Callable[[Reader], Atom | None]
READINGS: dict[str, Reading] = {}


def reading(function: Reading) -> Reading:
    """Register a reading under its name."""
    READINGS[function.__name__.rstrip("_")] = function
    return function


def _ordinal(reader: Reader, words: list[str]) -> int | None:
    total = 0
    for word in words:
        if word in reader.lexicon.values["ORDWORD"]:
            return total + int(reader.lexicon.values["ORDWORD"][word])
        if word[0].isdigit():
            digits = word.rstrip("stndrh")
            return int(digits) if digits.isdigit() and len(digits) < 6 else None
        total += int(reader.lexicon.values["NUMWORD"].get(word, 0))
    return None


def _year(words: list[str]) -> int | None:
    if not words:
        return None
    if words[0].isdigit():
        return int(words[0]) if len(words[0]) == 4 else None
    numbers = [word for word in words if word not in ("-", "–", "‑", "and")]
    if numbers[0] == "two":
        rest = number(numbers[2:]) if len(numbers) > 2 else 0
        return 2000 + int(rest or 0)
    century, rest = number(numbers[:1]), number(numbers[1:])
    if rest is None or century is None or not (10 <= rest < 100 or rest == 100):
        return None
    return int(century * 100 + rest) if rest < 100 else int(century * 100)


# Dates with figures


@reading
def iso(r: Reader) -> Atom | None:
    text = r.words[r.first]
    day, _, time = text.partition("T")
    year, month, number_ = (int(part) for part in day.split("-"))
    found = day_of(year, month, number_)
    if found is None:
        return None
    atom = r.atom("fixed", period=found)
    if time:
        return r.atom("clock", value=time.rstrip("Z")[:5], of_day=atom)
    return atom


@reading
def slashed(r: Reader) -> Atom | None:
    parts = [int(part) for part in r.words[r.first].split("/")]
    if len(parts) == 3:
        if len(r.words[r.first].split("/")[0]) == 4:
            year, month, day = parts
        else:
            first, second, year = parts
            month, day = (second, first) if r.day_first else (first, second)
            if month > 12 >= day:
                month, day = day, month
        if year < 100:
            year += 1900 if year > 50 else 2000
        found = day_of(year, month, day)
        return r.atom("fixed", period=found) if found else None
    if parts == [9, 11]:
        return r.atom("fixed", period=day_of(2001, 9, 11))
    return None


@reading
def dotted(r: Reader) -> Atom | None:
    day, month, year = (int(part) for part in r.words[r.first].split("."))
    found = day_of(year, month, day)
    return r.atom("fixed", period=found) if found else None


def _full(r: Reader, month: int, day: int, year: int) -> Atom | None:
    found = day_of(year, month, day)
    return r.atom("fixed", period=found) if found else None


_ATTACKS = {"attack", "attacks", "terror", "terrorist", "terrorists", "hijackers", "hijackings", "hijacker"}


@reading
def monthday(r: Reader) -> Atom | None:
    month = r.value("month", "MONTH")
    words = r.part("day")
    day = int(words[0]) if words[0].isdigit() else _ordinal(r, [word for word in words if word != "the"])
    if day is None or not 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31):
        return None
    year = _year(r.part("year"))
    if year is not None:
        return _full(r, month, day, year)
    if month == 9 and day == 11 and r.after() in _ATTACKS:
        return _full(r, 9, 11, 2001)
    # "10 May" may be ten women called May, but hardly in print; "May 20" before a unit is no date.
    return r.atom("named", name="monthday", number=month - 1, day=day)


_MONTH_CUES = {"in", "since", "by", "until", "till", "of", "from", "during", "after", "before", "early", "late", "mid", "last",
               "next", "this", "to", "and", "through", "for", "between", "on", "or", "-", "–", "throughout", "every", "each",
               "late-", "to", "but", "as", ",", "(", "around", "about", "that", "middle", "end"}  # fmt: skip


@reading
def month(r: Reader) -> Atom | None:
    number_ = r.value("month", "MONTH")
    year = _year(r.part("year"))
    if year is not None:
        return r.atom("fixed", period=Period("month", year * 12 + number_ - 1))
    word = r.lower[r.first]
    ambiguous = word in ("may", "march", "april", "june", "august", "mar", "jan", "dec", "jun")
    if ambiguous:
        previous, following = r.before(), r.after()
        if word in ("may", "march") and previous not in _MONTH_CUES:
            return None
        if previous == "to" and r.before(2) not in ("to", "from") and word in ("may", "march") and not _is_month(r, -2):
            return None
        if word in ("march", "may") and previous in (",", "(", "on", "but", "as", "that", "about", "around"):
            return None
        # April Ryan, June Allyson: a given name before a surname, except at the head of a compound.
        if (
            previous not in _MONTH_CUES
            and r.last < len(r.words)
            and r.words[r.last][:1].isupper()
            and r.words[r.last].isalpha()
            and previous not in ("the", "a", "its", "his", "their")
        ):
            return None
        if following in ("of", "on") and word == "march" and previous not in ("in", "since", "by"):
            return None
    return r.atom("named", name="month", number=number_ - 1)


def _is_month(r: Reader, offset: int) -> bool:
    at = r.first + offset
    return at >= 0 and r.lower[at] in r.lexicon.values["MONTH"]


_YEAR_CUES = {"in", "since", "by", "until", "till", "of", "from", "during", "after", "before", "early", "late", "mid", "to",
              "through", "between", "circa", "around", "about", "and", "than", "the", "("}  # fmt: skip
_COUNTED_THINGS = {"people", "men", "women", "children", "troops", "soldiers", "dollars", "miles", "feet", "points", "percent",
                   "per", "times", "tons", "tonnes", "euros", "pounds", "meters", "metres", "kilometers", "kilometres", "km",
                   "votes", "shares", "jobs", "square", "degrees", "%", "million", "billion", "yards", "acres", "hectares",
                   "refugees", "families", "homes", "members", "workers", "employees", "students", "civilians", "workers",
                   "fighters", "rounds", "missiles", "tanks", "megawatts", "mw", "years", "or", "residents"}  # fmt: skip
_MONEY = {"$", "£", "€", "¥", "dlr", "dlrs", "rs", "#", "no", "number", "flight", "us$", "section", "room", "page", "%",
          "boeing", "windows", "route", "highway", "article", "resolution", "channel", "unit", "model"}  # fmt: skip


@reading
def year(r: Reader) -> Atom | None:
    words = r.part("year")
    value = _year(words)
    if value is None:
        return None
    atom = r.atom("fixed", period=Period("year", value))
    if r.setting("sure"):
        return atom
    previous, following = r.before(), r.after()
    if not words[0].isdigit():
        return atom if previous in _YEAR_CUES or r.before(1) in r.lexicon.values["MONTH"] or value < 2000 else None
    if previous in _MONEY or following in _COUNTED_THINGS:
        return None
    if r.first and r.touches(r.first - 1) and previous not in ("-", "–", "(", "—", '"', "“", "'", "‘", "_", "/", "["):
        return None
    if r.last < len(r.words) and r.touches(r.last - 1) and following in ("-", "–", "/", "%", "@", "th", "st", "x", "°"):
        after = r.after(1)
        if not after[:1].isdigit() and following not in ("-", "–"):
            return None
        if (
            following == "-"
            and after[:1].isalpha()
            and after not in r.lexicon.values["UNIT"]
            and not 1800 <= value <= 2100
        ):
            return None
    if previous in (".", ",") and r.first > 1 and r.touches(r.first - 1) and r.lower[r.first - 2][:1].isdigit():
        return None
    if not 1900 <= value <= 2050 or value == 2000:
        capital = r.last < len(r.words) and r.words[r.last][0].isupper()
        if (
            not (value == 2000 and capital)
            and previous not in _YEAR_CUES
            and previous not in r.lexicon.values["SEASON"]
        ):
            return None
        if (
            previous in ("of", "to", "than", "about", "around", "the", "and", "by", "from")
            and not 1400 <= value <= 2050
        ):
            return None
        if value % 100 == 0 and following.endswith("s") and previous != "since" and not capital:
            return None
        if (
            value % 100 == 0
            and value != 2000
            and previous in ("to", "than", "about", "around", "from", "of", "and", "after")
        ):
            return None
    if previous in ("than", "about", "around", "nearly", "almost", "least", "some", "over") and following.endswith("s"):
        return None
    return atom


@reading
def era(r: Reader) -> Atom | None:
    digits = r.part("year")[0].rstrip("stndrh")
    if not digits.isdigit() or not 1 <= int(digits[:6]) <= 9999:
        return None
    sign = r.value("era", "ERA")
    word = r.words[r.parts["era"][0]] if r.parts else ""
    if word != word.upper():
        return None
    value = int(digits)
    return r.atom("fixed", period=Period("year", value if sign > 0 else 1 - value))


@reading
def shortyear(r: Reader) -> Atom | None:
    if not r.touches(r.first) or (r.first and r.touches(r.first - 1)):
        return None
    two = int(r.part("year")[0])
    return r.atom("fixed", period=Period("year", two + (1900 if two >= 30 else 2000)))


@reading
def fiscalyear(r: Reader) -> Atom | None:
    digits = r.part("year")[0]
    value = int(digits)
    if len(digits) == 2:
        value += 1900 if value >= 50 else 2000
    return r.atom("fixed", period=Period("year", value))


_POSSESSIVES = {"his", "her", "their", "my", "your", "our", "its"}


@reading
def decade(r: Reader) -> Atom | None:
    words = r.part("decade")
    digits = words[0].strip("'’s")
    value = int(digits)
    previous = r.before()
    if len(digits) == 2:
        if previous in _POSSESSIVES or previous in r.lexicon.values["EARLYLATE"] and r.before(2) in _POSSESSIVES:
            return None
        if words[0][0].isdigit() and previous not in ("the", "early", "late", "mid", "-") and r.lower[r.first] != "the":
            return None
        if (
            r.lower[r.first] == "the"
            and words[0][0].isdigit()
            and previous in ("in", "into")
            and r.after() in ("for", "with")
        ):
            return None
        value += 1900 if value >= 20 else 2000
    return r.atom("fixed", period=Period("decade", value // 10))


@reading
def decadeword(r: Reader) -> Atom | None:
    value = int(r.value("decade", "DECADEWORD"))
    century_ = r.value("century", "CENTURYWORD")
    if century_:
        value = int(century_) * 100 + value % 100
    return r.atom("fixed", period=Period("decade", value // 10))


@reading
def century(r: Reader) -> Atom | None:
    value = _ordinal(r, r.part("ord"))
    if value is None or not 1 <= value <= 40:
        return None
    if r.value("era", "ERA") == -1:
        return r.atom("fixed", period=Period("century", -value))
    return r.atom("fixed", period=Period("century", value - 1))


@reading
def quarter(r: Reader) -> Atom | None:
    value = _ordinal(r, r.part("ord"))
    if value is None or not 1 <= value <= 4:
        return None
    if r.lower[r.first] == "q" and not r.touches(r.first):
        return None
    stated = _year(r.part("year"))
    if stated is not None:
        return r.atom("fixed", period=Period("quarter", stated * 4 + value - 1))
    # In a compound the article belongs to the noun: "the third-quarter loss".
    begin = r.first
    if r.lower[begin] == "the" and any(r.lower[i] in ("-", "–") for i in range(begin, r.last)):
        begin += 1
    atom = r.atom("named", name="quarter", number=value - 1)
    atom.first = begin
    return atom


@reading
def half(r: Reader) -> Atom | None:
    number_ = 0 if r.part("ord")[0] == "first" else 1
    return r.atom("named", name="half", number=number_, needs_more=True, extra={"edge": number_})


_SEASON_CUES = {"in", "the", "this", "last", "next", "by", "of", "late", "early", "mid", "since", "during", "until", "every", "each",
                "through", "that", "over", "for", "and", "between", "from", "to", "after", "before"}  # fmt: skip


@reading
def season(r: Reader) -> Atom | None:
    word = r.lower[r.last - 1]
    previous = r.before()
    number_ = r.value("season", "SEASON")
    weak = False
    if word in ("fall", "spring"):
        definite = r.lower[r.first] == "the"
        if definite and (
            r.after() == "of"
            or previous not in ("in", "by", "since", "until", "during", "for", "of", "from", "through")
        ):
            weak = True
        elif not definite and previous not in _SEASON_CUES - {"the", "and", "to", "of", "for", "over", "that", "from"}:
            weak = True
    elif r.lower[r.first] != "the" and previous not in _SEASON_CUES:
        weak = True
    if word in ("summer", "winter") and r.after() in (
        "olympics",
        "games",
        "school",
        "camp",
        "palace",
        "olympic",
        "paralympics",
    ):
        weak = True
    return r.atom("named", name="season", number=number_, needs_more=weak)


_AFTER_WEEKDAY = {"times", "telegraph", "mirror", "post", "express", "herald", "mail", "tribune", "night", "world", "business",
                  "night's", "sun", "star", "people", "independent", "agreement", "accord", "massacre", "school"}  # fmt: skip
_NAME_WEEKDAYS = {"night", "agreement", "accord", "massacre", "school", "people", "world"}


@reading
def weekday(r: Reader) -> Atom | None:
    following = r.words[r.last] if r.last < len(r.words) else ""
    if r.setting("short"):
        number_ = r.value("day", "WEEKDAYABBR")
        if r.lower[r.last - 1] != "." and not (following == "," or following.lower() in r.lexicon.values["MONTH"]):
            return None
        return r.atom("named", name="weekday", number=number_ - 1, needs_more=r.lower[r.last - 1] != ".")
    if following.lower() in _AFTER_WEEKDAY and following[0].isupper():
        after = r.words[r.last + 1] if r.last + 1 < len(r.words) else ""
        if not (following == "Night" and after[:1] not in ("F", "L")):
            return None
    if r.before() in ("black", "bloody", "ruby", "freaky") and r.words[r.first - 1][0].isupper():
        return None
    if r.words[r.first].islower():
        return None
    return r.atom("named", name="weekday", number=r.value("day", "WEEKDAY") - 1)


@reading
def weekdayset(r: Reader) -> Atom | None:
    number_ = r.value("day", "WEEKDAYS") or r.value("day", "WEEKDAY")
    part_ = r.value("part", "PART") or r.value("part", "PARTS")
    return r.atom("set", value=f"XXXX-WXX-{number_}" + (f"T{part_}" if part_ else ""))


@reading
def monthdaynumber(r: Reader) -> Atom | None:
    value = _ordinal(r, r.part("day"))
    return r.atom("named", name="daynumber", day=value or 1, needs_more=True) if value else None


@reading
def holiday(r: Reader) -> Atom | None:
    spelling = " ".join(r.lower[r.first : r.last])
    for glued in (" '", " ’", " ."):
        spelling = spelling.replace(glued, glued[1:])
    name = holiday_called(spelling) or holiday_called(spelling.replace(" - ", "-"))
    if name is None:
        return None
    once = happened_once(name)
    if once is not None:
        return r.atom("fixed", period=once)
    if name == "Easter" and r.after() in ("island", "egg", "eggs", "bunny"):
        return None
    if name == "Christmas" and r.after() in ("tree", "island", "carol", "gift", "gifts", "card", "cards"):
        return None
    return r.atom("named", name="holiday", text=name)


# Counted from an anchor


@reading
def deictic(r: Reader) -> Atom | None:
    if r.before() in ("usa",):
        return None
    return r.atom("shift", grain="day", count=r.value("day", "DEICTIC"))


@reading
def tonight(r: Reader) -> Atom | None:
    return r.atom("part", value="NI", of_day=r.atom("shift", grain="day", count=0))


_ORDINAL_BEFORE = {"second", "minute"}


@reading
def shift(r: Reader) -> Atom | None:
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
    return r.atom("shift", grain=unit, count=count, from_reference=reference)


@reading
def definite(r: Reader) -> Atom | None:
    if r.after() in ("-", "–", "‑"):
        return None
    return r.atom("shift", grain=r.value("unit", "CALENDARUNIT"), count=0, needs_more=True, extra={"definite": 1})


@reading
def accounts(r: Reader) -> Atom | None:
    if r.after() in ("-", "–", "‑"):
        return None
    if r.part("unit") == ["period"] and "latest" not in r.lower[r.first : r.last]:
        return None
    return r.atom("shift", grain="quarter", count=0, extra={"accounts": 0})


@reading
def yearago(r: Reader) -> Atom | None:
    words = r.part("ord")
    if words:
        value = _ordinal(r, words)
        if value is None or not 1 <= value <= 4:
            return None
        return r.atom("named", name="quarter", number=value - 1, which="yearago")
    return r.atom("shift", grain="quarter", count=-4, extra={"accounts": 1})


@reading
def theyear(r: Reader) -> Atom | None:
    if r.words[r.last - 1] == "Year" or r.after() in ("-", "–", "‑", "after", "before"):
        return None
    if r.after() in ("ended", "ending", "to", "through"):
        return r.atom("duration", value="P1Y", grain="year", count=1)
    if r.after() in ("that", "when", "he", "she", "they", "in") or (r.after() == "of" and r.before() != "for"):
        return None
    return r.atom("shift", grain="year", count=0, extra={"definite": 1, "accounts": 2})


@reading
def yearend(r: Reader) -> Atom | None:
    return r.atom("named", name="monthday", number=11, day=31, extra={"ahead": 1})


@reading
def oneday(r: Reader) -> Atom | None:
    if r.before() in (
        "in",
        "for",
        "within",
        "after",
        "about",
        "only",
        "just",
        "than",
        "of",
        "last",
        "and",
        "every",
        "by",
        "at",
        "to",
    ):
        return r.atom("duration", value="P1D", grain="day", count=1)
    if r.after() in ("after", "before", "earlier", "later", "of", "in", "and", ",", "."):
        return r.atom("duration", value="P1D", grain="day", count=1)
    return r.atom("vague", value="FUTURE_REF")


@reading
def named(r: Reader) -> Atom | None:
    which = r.setting("which")
    for kind, name in (("WEEKDAY", "weekday"), ("MONTH", "month"), ("SEASON", "season")):
        value = r.value("name", kind)
        if value is None:
            continue
        word = r.words[r.last - 1]
        if name == "weekday":
            if word.islower():
                return None
            value -= 1
        if name == "month":
            if word.lower() in ("march", "may") and which in ("this", "that") and r.lower[r.first] == "that":
                return None
            value -= 1
        if name == "season" and word.lower() in ("fall", "spring") and r.lower[r.first] == "the" and which == "last":
            return None
        return r.atom("named", name=name, number=value, which=which)
    return None


def _count(r: Reader, words: list[str]) -> float | None:
    """How many: None where the words do not say ("several")."""
    drop = {"more", "additional", "extra", "full", "long", "whole", "straight", "consecutive", "successive", "further", "other",
            "short", "calendar", "separate", "of", "-", "–", "‑"}  # fmt: skip
    words = [word for word in words if word not in drop]
    if "couple" in words or "pair" in words:
        return 2
    if "dozen" in words:
        return 12 * (number([word for word in words if word not in ("dozen", "a")]) or 1)
    if not words or words[0] in ("a", "an", "one", "the") and len(words) == 1:
        return 1
    if any(
        word in r.lexicon.values["VAGUECOUNT"]
        or word in ("number", "dozens", "scores", "hundreds", "thousands", "tens")
        for word in words
    ):
        return None
    return number([word for word in words if word != "a"])


def unit_of(r: Reader, name: str = "unit") -> str:
    """The unit that a part names, in the singular."""
    return str(r.value(name, "UNIT") or r.value(name, "UNITS"))


_CODES = {"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "W", "weekend": "WE", "month": "M",
          "quarter": "Q", "season": "SE", "half": "H", "year": "Y", "decade": "DE", "century": "CE", "millennium": "ML"}  # fmt: skip


def length_value(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time; ``PXY`` where the count is open."""
    if unit == "fortnight":
        unit, count = "week", None if count is None else count * 2
    elif unit == "decade" and count is not None:
        unit, count = "year", count * 10
    elif unit == "century" and count is not None:
        unit, count = "year", count * 100
    elif unit == "millennium" and count is not None:
        unit, count = "year", count * 1000
    code = _CODES[unit]
    time, code = ("T", code[1:]) if code[0] == "T" else ("", code)
    if code == "CE":
        code = "C"
    if count is None:
        return f"P{time}X{code}"
    if count != int(count):
        smaller = {
            "Y": ("M", 12),
            "H": ("M", 60),
            "M": ("S", 60) if time else ("D", 30),
            "D": ("TH", 24),
            "W": ("D", 7),
        }.get(code)
        rest = (count - int(count)) * smaller[1] if smaller else 0
        if smaller and abs(rest - round(rest)) < 0.01:
            whole = f"{int(count)}{code}" if int(count) else ""
            inner = smaller[0]
            inner = "T" + f"{round(rest)}H" if inner == "TH" else f"{round(rest)}{inner}"
            return f"P{time}{whole}{inner}"
        return f"P{time}{count:g}{code}"
    return f"P{time}{int(count)}{code}"


def _is_age(r: Reader) -> bool:
    after = r.after()
    if after in ("-", "–", "‑"):
        return r.after(1) in ("old", "olds")
    return after in ("old", "older", "younger") or (after == "of" and r.after(1) == "age")


@reading
def ago(r: Reader) -> Atom | None:
    unit = unit_of(r)
    words = r.part("count")
    if words == ["the"] and unit not in ("day", "week", "month", "year"):
        return None
    count = _count(r, words)
    if r.part("half") and count is not None:
        count += 0.5
    sign = r.setting("sign")
    reference = r.setting("base") == "reference"
    if r.lower[r.last - 1] == "on" and (r.after()[:1].isalnum() or unit not in ("year", "month", "decade")):
        return None  # "two years on" counts, "two days on the road" does not
    if r.setting("end") and r.after() and (r.after()[0].isalnum() or r.after() in ('"', "“", "‘")):
        return None  # "two years before the war" is a length
    if count is None:
        if reference:
            return r.atom("duration", value=length_value(None, unit))
        return r.atom("vague", value="PAST_REF" if sign < 0 else "FUTURE_REF")
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
    count = _count(r, r.part("count"))
    unit = unit_of(r)
    if count is None or count != int(count) or unit not in ("day", "week", "fortnight"):
        return None
    days = int(count) * {"day": 1, "week": 7, "fortnight": 14}[unit]
    weekday_ = r.value("day", "WEEKDAY")
    if weekday_ is None:
        return r.atom("shift", grain="day", count=days + int(r.value("day", "DEICTIC")))
    return r.atom("named", name="weekday", number=weekday_ - 1, which="next", extra={"plus": days})


# Parts of days and clock times


@reading
def part(r: Reader) -> Atom | None:
    code = r.value("part", "PART") or r.value("part", "CLOCKWORD")
    day = r.atom("shift", grain="day", count=r.setting("shift"), from_reference=r.setting("base") == "reference")
    kind: Kind = "clock" if code[0].isdigit() else "part"
    return r.atom(kind, value=code, of_day=day)


@reading
def barepart(r: Reader) -> Atom | None:
    return r.atom("part", value=r.value("part", "PART"), needs_more=True)


@reading
def overnight(r: Reader) -> Atom | None:
    return r.atom("part", value="NI", of_day=r.atom("shift", grain="day", count=-1), weak=True)


@reading
def clockword(r: Reader) -> Atom | None:
    return r.atom("clock", value=r.value("time", "CLOCKWORD"), zone=r.value("zone", "ZONE"))


_CLOCK_CUES = {"at", "by", "around", "about", "from", "until", "till", "before", "after", "to", "and", "-", "–", "between", "since",
               "approximately", "past", "nearly", "exactly"}  # fmt: skip


@reading
def clock(r: Reader) -> Atom | None:
    assert r.parts is not None
    words = r.part("time")
    zone_part = r.part("zone")
    zone = r.value("zone", "ZONE")
    meridiem = r.value("half", "MERIDIEM")
    text = words[0]
    if text.isdigit() and len(text) == 4:
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
        weak = r.before() not in _CLOCK_CUES
        return r.atom("clock", value=_clock_text(hour, minute, second), needs_more=weak)
    return r.atom("clock", value=_clock_text(hour, minute, second), zone=zone)


def _clock_text(hour: int, minute: int | None, second: int | None) -> str:
    text = f"{hour:02d}:{minute or 0:02d}"
    return text if second is None else f"{text}:{second:02d}"


@reading
def past(r: Reader) -> Atom | None:
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


@reading
def weekend(r: Reader) -> Atom | None:
    return r.atom("named", name="weekend", needs_more=r.lower[r.first] == "weekend")


# Lengths of time

_DURATION_STOPS = {"second", "minute"}


@reading
def duration(r: Reader) -> Atom | None:
    unit = unit_of(r)
    words = r.part("count")
    if _is_age(r):
        return None
    if unit == "second" and r.lower[r.last - 1] == "second":
        if words[:1] in (["a"], ["the"], ["an"]) or "-" not in words and words != ["one"]:
            return None
    count = _count(r, words)
    if (
        words == ["one"]
        and unit == "day"
        and r.lower[r.first] == "one"
        and r.last - r.first == 2
        and not r.touches(r.first)
    ):
        pass
    if r.part("half") and count is not None:
        count += 0.5
    if unit in ("quarter", "weekend", "season", "half") and (count is None or words in (["a"], ["the"], ["one"])):
        return None
    if unit == "quarter" and r.after() == "of":
        return None

    if words in (["a"], ["an"]) and unit == "year" and r.before(1) in ("time", "times"):
        return None
    if count is not None and count > 10_000_000:
        return None
    if r.words[r.last - 1][0].isupper() and r.words[r.first].isdigit():
        return None  # 60 Minutes, a programme
    if r.lower[r.first] in ("a", "an") and len(words) == 1 and r.after() not in ("ago",):
        amount = r.before()
        if (amount in ("percent", "%", "million", "billion", "times", "barrels", "tons", "dollars", "euros", "people")
                or amount.replace(",", "").isdigit()) and unit in ("day", "week", "month", "year", "hour", "minute", "quarter"):  # fmt: skip
            return r.atom("set", value=length_value(1, unit))
    # "the three-year war": the article belongs to the noun.
    atom = r.atom(
        "duration",
        value=length_value(count, unit),
        grain=unit,
        count=None if count is None or count != int(count) else int(count),
    )
    if (
        r.lower[r.first] in ("the", "a", "these", "those")
        and any(word in ("-", "–", "‑") for word in words)
        and len(words) > 2 - (r.lower[r.first] == "the")
    ):
        atom.first += 1
    return atom


@reading
def durations(r: Reader) -> Atom | None:
    first, second = _count(r, r.part("count")), _count(r, r.part("count2"))
    unit, other = unit_of(r), unit_of(r, "unit2")
    order = ["second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century"]
    if (
        first is None
        or second is None
        or unit not in order
        or other not in order
        or order.index(other) >= order.index(unit)
    ):
        return None
    if _is_age(r):
        return None
    one, two = length_value(first, unit), length_value(second, other)
    if one.startswith("PT"):
        return r.atom("duration", value=one + two[2:])
    return r.atom("duration", value=one + two[1:])


@reading
def halfduration(r: Reader) -> Atom | None:
    unit = unit_of(r)
    value = {"year": "P6M", "hour": "PT30M", "day": "PT12H", "decade": "P5Y", "century": "P50Y", "minute": "PT30S"}.get(
        unit
    )
    if value is None or r.lower[r.first] == "the" and unit != "hour":
        return None
    return r.atom("duration", value=value)


@reading
def durationrange(r: Reader) -> Atom | None:
    low, high = _count(r, r.part("count")), _count(r, r.part("count2"))
    if low is None or high is None or _is_age(r) or (high <= low and high != int(high)):
        return None
    if high < low:
        return None
    return r.atom("duration", value=length_value(high, unit_of(r)), mod="APPROX")


@reading
def span(r: Reader) -> Atom | None:
    unit = unit_of(r)
    words = r.part("count")
    counted = bool(words) or r.lower[r.last - 1] in r.lexicon.values["UNIT"]
    count = _count(r, words) if counted else None
    if r.first + 1 < r.last and r.lower[r.first] in _POSSESSIVES and not words:
        return None
    return r.atom("span", grain=unit, count=None if count is None or count != int(count) else int(count),
                  value=length_value(count, unit), extra={"side": r.setting("side")})  # fmt: skip


@reading
def vaguelength(r: Reader) -> Atom | None:
    unit = unit_of(r)
    if _is_age(r) or unit in ("second", "minute", "quarter", "weekend", "half", "season"):
        return None
    previous = r.before()
    if previous in ("old", "golden", "formative", "teenage", "light", "work", "dog") or previous.endswith("teen"):
        return None
    if previous in ("-", "–") or (previous and previous[-1].isdigit()) or previous == "'":
        return None
    if r.lower[r.first] == "the" and r.after() in ("of", "when", "that", "following", "leading"):
        pass
    return r.atom("duration", value=length_value(None, unit), grain=unit)


@reading
def onelength(r: Reader) -> Atom | None:
    return r.atom("duration", value=length_value(1, unit_of(r)), grain=unit_of(r), count=1)


@reading
def seasons(r: Reader) -> Atom | None:
    code = ("SP", "SU", "FA", "WI")[r.value("season", "SEASONS")]
    return r.atom("set", value=f"XXXX-{code}")


@reading
def recentspan(r: Reader) -> Atom | None:
    unit = unit_of(r)
    if unit in ("second", "minute", "quarter"):
        return r.atom("vague", value="PAST_REF")
    return r.atom("vague", value="PAST_REF")


# Sets


@reading
def adverbset(r: Reader) -> Atom | None:
    word = r.words[r.first]
    if word[0].isupper() and r.first and r.words[r.first - 1][:1].isupper():
        return None  # a newspaper: the China Daily
    if word[0].isupper() and r.last < len(r.words) and r.words[r.last][:1].isupper():
        return None  # Daily Mail
    if word == "quarterly" and r.after().isalpha() and r.after() not in ("and", "or", "in", "by", "at", "to", "from"):
        return None  # an adjective: a quarterly dividend
    return r.atom("set", value=r.value("value", "ADVERBSET"))


@reading
def every(r: Reader) -> Atom | None:
    words = r.part("count")
    count: float | None = 1
    if words == ["other"]:
        count = 2
    elif words:
        count = _ordinal(r, words) or _count(r, words)
    return r.atom("set", value=length_value(count, unit_of(r)))


@reading
def everynamed(r: Reader) -> Atom | None:
    part_ = r.value("part", "PART")
    value = r.value("name", "WEEKDAY")
    if value:
        return r.atom("set", value=f"XXXX-WXX-{value}" + (f"T{part_}" if part_ else ""))
    value = r.value("name", "MONTH")
    if value:
        return r.atom("set", value=f"XXXX-{value:02d}")
    value = r.value("name", "SEASON")
    if value is not None:
        return r.atom("set", value=f"XXXX-{('SP', 'SU', 'FA', 'WI')[value]}")
    value = r.value("name", "PART")
    return r.atom("set", value=f"XXXX-XX-XXT{value}" if value else "XXXX-WXX-WE")


@reading
def freq(r: Reader) -> Atom | None:
    return r.atom("set", value=length_value(1, unit_of(r)))


@reading
def perunit(r: Reader) -> Atom | None:
    return r.atom("set", value=length_value(1, unit_of(r)))


# Vague


@reading
def vague(r: Reader) -> Atom | None:

    return r.atom("vague", value=r.setting("value"))


@reading
def soon(r: Reader) -> Atom | None:
    words = r.lower[r.first : r.last]
    if words[0] == "as" and len(words) < 4:
        return None
    if r.after().endswith("ed") or r.before() in ("was", "were", "had"):
        return None  # "soon became clear" tells of the past
    if r.after() in (
        "became",
        "found",
        "began",
        "came",
        "after",
        "as",
        "afterward",
        "afterwards",
        "thereafter",
        "before",
        "enough",
    ) or r.before() in (
        "how",
        "too",
        "as",
        "so",
    ):
        return None
    return r.atom("vague", value="FUTURE_REF")


_AFTER_PAST = {
    "few",
    "several",
    "couple",
    "president",
    "presidents",
    "experience",
    "performance",
    "practice",
    "practices",
    "history",
}


@reading
def pastnoun(r: Reader) -> Atom | None:
    words = r.lower[r.first : r.last]
    following = r.after()
    if (
        words == ["past"]
        or following in _AFTER_PAST
        or following[:1].isdigit()
        or following in r.lexicon.values["NUMWORD"]
    ):
        return None
    if r.before() not in ("in", "from", "of", "with", "into", "about", "to") and following.isalpha() and following not in (
        "and", "or", "but", "by", "as", "when", "has", "have", "had", "was", "were", "that", "is", "for", "who", "with", "are"
    ):  # fmt: skip
        return None
    return r.atom("vague", value="PAST_REF")
