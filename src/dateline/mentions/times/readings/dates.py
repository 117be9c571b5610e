"""Dates with figures and names: days, months, years, decades, centuries, quarters, seasons, holidays."""

from __future__ import annotations

from dateline.mentions.times.atoms import Atom
from dateline.mentions.times.calendar import Period, day_of
from dateline.mentions.times.holidays import happened_once, holiday_called
from dateline.mentions.times.readings.reader import Reader, ordinal_of, reading, year_of


@reading
def iso(r: Reader) -> Atom | None:
    """An ISO 8601 date or date-time."""
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
    """5/12/2024 by the custom of the publisher, and 9/11."""
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
    """21.1.2024, day first."""
    day, month, year = (int(part) for part in r.words[r.first].split("."))
    found = day_of(year, month, day)
    return r.atom("fixed", period=found) if found else None


def _full(r: Reader, month: int, day: int, year: int) -> Atom | None:
    """A day with its year."""
    found = day_of(year, month, day)
    return r.atom("fixed", period=found) if found else None


@reading
def monthday(r: Reader) -> Atom | None:
    """A month and a day, with or without a year."""
    month = r.value("month", "MONTH")
    words = r.part("day")
    day = int(words[0]) if words[0].isdecimal() else ordinal_of(r, [word for word in words if word != "the"])
    if day is None or not 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31):
        return None
    year = year_of(r.part("year"))
    if year is not None:
        return _full(r, month, day, year)
    if month == 9 and day == 11 and r.after() in r.words_of("attacks"):
        return _full(r, 9, 11, 2001)
    # "10 May" may be ten women called May, but hardly in print; "May 20" before a unit is no date.
    return r.atom("named", name="monthday", number=month - 1, day=day, which=r.setting("which", ""))


@reading
def month(r: Reader) -> Atom | None:
    """A month by name, unless it is a verb, a modal or somebody's name."""
    number_ = r.value("month", "MONTH")
    year = year_of(r.part("year"))
    if year is not None:
        return r.atom("fixed", period=Period("month", year * 12 + number_ - 1))
    word = r.lower[r.first]
    if len(word) <= 4 and word not in ("may", "june", "july") and r.after() != ".":
        # Jan Kavan, Mar-a-Lago: a short form without its full stop is one only beside other words of time.
        if r.before() not in r.words_of("month_cues") or (
            r.words[r.last : r.last + 1] and r.words[r.last][0].isupper()
        ):
            return None
    ambiguous = word in ("may", "march", "april", "june", "august", "mar", "jan", "dec", "jun")
    if ambiguous:
        previous, following = r.before(), r.after()
        modifies = (
            previous in ("the", "a", "its", "their") and r.words[r.last : r.last + 1] and r.words[r.last].islower()
        )
        if word in ("may", "march") and previous not in r.words_of("month_cues"):
            # "the March accession", but the March for Life
            if not modifies or not following.isalpha() or following in r.words_of("after_march"):
                return None
        if previous == "to" and r.before(2) not in ("to", "from") and word in ("may", "march") and not _is_month(r, -2):
            return None
        if word in ("march", "may") and previous in (",", "(", "on", "but", "as", "that", "about", "around"):
            return None
        # April Ryan, June Allyson: a given name before a surname, except at the head of a compound.
        if (
            previous not in r.words_of("month_cues")
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
    """Whether the word at this distance names a month."""
    at = r.first + offset
    return at >= 0 and r.lower[at] in r.lexicon.values["MONTH"]


@reading
def year(r: Reader) -> Atom | None:
    """A year in figures or words, unless the number counts something."""
    words = r.part("year")
    value = year_of(words)
    if value is None:
        return None
    atom = r.atom("fixed", period=Period("year", value))
    if r.setting("sure"):
        return atom
    previous, following = r.before(), r.after()
    if not words[0].isdecimal():
        return (
            atom
            if previous in r.words_of("year_cues") or r.before(1) in r.lexicon.values["MONTH"] or value < 2000
            else None
        )
    if previous in r.words_of("money") or following in r.words_of("counted_things"):
        return None
    if r.first and r.touches(r.first - 1) and previous not in ("-", "–", "(", "—", '"', "“", "'", "‘", "_", "/", "["):
        return None
    if r.last < len(r.words) and r.touches(r.last - 1) and following in ("-", "–", "/", "%", "@", "th", "st", "x", "°"):
        after = r.after(1)
        if not after[:1].isdecimal() and following not in ("-", "–"):
            return None
        if (
            following == "-"
            and after[:1].isalpha()
            and after not in r.lexicon.values["UNIT"]
            and not 1800 <= value <= 2100
        ):
            return None
    if previous in (".", ",") and r.first > 1 and r.touches(r.first - 1) and r.lower[r.first - 2][:1].isdecimal():
        return None
    if not 1900 <= value <= 2050 or value == 2000:
        capital = r.last < len(r.words) and r.words[r.last][0].isupper()
        if (
            not (value == 2000 and capital)
            and previous not in r.words_of("year_cues")
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
    """A year of an era: 44 BC, AD 70."""
    digits = r.part("year")[0].rstrip("stndrh")
    if not digits.isdecimal() or not 1 <= int(digits[:6]) <= 9999:
        return None
    sign = r.value("era", "ERA")
    word = r.words[r.parts["era"][0]] if r.parts else ""
    if word != word.upper():
        return None
    value = int(digits)
    return r.atom("fixed", period=Period("year", value if sign > 0 else 1 - value))


@reading
def shortyear(r: Reader) -> Atom | None:
    """A year without its century: '98."""
    if not r.touches(r.first) or (r.first and r.touches(r.first - 1)):
        return None
    two = int(r.part("year")[0])
    return r.atom("fixed", period=Period("year", two + (1900 if two >= 30 else 2000)))


@reading
def fiscalyear(r: Reader) -> Atom | None:
    """A fiscal or school year, by the year it is called after."""
    digits = r.part("year")[0]
    value = int(digits)
    if len(digits) == 2:
        value += 1900 if value >= 50 else 2000
    return r.atom("fixed", period=Period("year", value))


@reading
def decade(r: Reader) -> Atom | None:
    """A decade in figures: the 1990s, the '90s."""
    words = r.part("decade")
    digits = words[0].strip("'’s")
    value = int(digits)
    previous = r.before()
    if len(digits) == 2:
        if previous in r.words_of("possessives") or (
            previous in r.lexicon.values["EARLYLATE"] and r.before(2) in r.words_of("possessives")
        ):
            return None
        if (
            words[0][0].isdecimal()
            and previous not in ("the", "early", "late", "mid", "-")
            and r.lower[r.first] != "the"
        ):
            return None
        if (
            r.lower[r.first] == "the"
            and words[0][0].isdecimal()
            and previous in ("in", "into")
            and r.after() in ("for", "with")
        ):
            return None
        value += 1900 if value >= 20 else 2000
    return r.atom("fixed", period=Period("decade", value // 10))


@reading
def decadeword(r: Reader) -> Atom | None:
    """A decade in words: the nineties."""
    value = int(r.value("decade", "DECADEWORD"))
    century_ = r.value("century", "CENTURYWORD")
    if century_:
        value = int(century_) * 100 + value % 100
    return r.atom("fixed", period=Period("decade", value // 10))


@reading
def century(r: Reader) -> Atom | None:
    """A century by its ordinal."""
    value = ordinal_of(r, r.part("ord"))
    if value is None or not 1 <= value <= 40:
        return None
    if r.value("era", "ERA") == -1:
        return r.atom("fixed", period=Period("century", -value))
    return r.atom("fixed", period=Period("century", value - 1))


@reading
def quarter(r: Reader) -> Atom | None:
    """A quarter by its ordinal."""
    value = ordinal_of(r, r.part("ord"))
    if value is None or not 1 <= value <= 4:
        return None
    if r.lower[r.first] == "q" and not r.touches(r.first):
        return None
    stated = year_of(r.part("year"))
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
def quarterset(r: Reader) -> Atom | None:
    """Fourth quarters: one every year."""
    value = ordinal_of(r, r.part("ord"))
    return r.atom("set", value=f"XXXX-Q{value}") if value is not None and 1 <= value <= 4 else None


@reading
def half(r: Reader) -> Atom | None:
    """A half of a larger time, which must follow."""
    number_ = 0 if r.part("ord")[0] == "first" else 1
    return r.atom("named", name="half", number=number_, needs_more=True, extra={"edge": number_})


@reading
def season(r: Reader) -> Atom | None:
    """A season, unless the word is a verb or a spring of water."""
    word = r.lower[r.last - 1]
    previous = r.before()
    number_ = r.value("season", "SEASON")
    weak = False
    if word in ("fall", "spring"):
        definite = r.lower[r.first] == "the"
        if (
            definite
            and (
                r.after() == "of"
                or previous not in ("in", "by", "since", "until", "during", "for", "of", "from", "through")
            )
        ) or (
            not definite
            and previous
            not in r.words_of("season_cues")
            - {
                "the",
                "and",
                "to",
                "of",
                "for",
                "over",
                "that",
                "from",
            }
        ):
            weak = True
    elif r.lower[r.first] != "the" and previous not in r.words_of("season_cues"):
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


@reading
def weekday(r: Reader) -> Atom | None:
    """A weekday by name, unless it begins the name of something else."""
    following = r.words[r.last] if r.last < len(r.words) else ""
    if r.setting("short"):
        number_ = r.value("day", "WEEKDAYABBR")
        if r.lower[r.last - 1] != "." and not (following == "," or following.lower() in r.lexicon.values["MONTH"]):
            return None
        return r.atom("named", name="weekday", number=number_ - 1, needs_more=r.lower[r.last - 1] != ".")
    if following.lower() in r.words_of("after_weekday") and following[0].isupper():
        after = r.words[r.last + 1] if r.last + 1 < len(r.words) else ""
        if not (following == "Night" and after[:1] not in ("F", "L")):
            return None
    if r.before() in ("black", "bloody", "ruby", "freaky") and r.words[r.first - 1][0].isupper():
        return None
    return r.atom("named", name="weekday", number=r.value("day", "WEEKDAY") - 1)


@reading
def weekdayset(r: Reader) -> Atom | None:
    """Mondays: every one of them."""
    number_ = r.value("day", "WEEKDAYS") or r.value("day", "WEEKDAY")
    part_ = r.value("part", "PART") or r.value("part", "PARTS")
    return r.atom("set", value=f"XXXX-WXX-{number_}" + (f"T{part_}" if part_ else ""))


@reading
def monthdaynumber(r: Reader) -> Atom | None:
    """The 5th of a month that must be named beside it."""
    value = ordinal_of(r, r.part("day"))
    if value is None:
        return None
    # "on the 13th": a day of the month at hand; "the 13th round" counts something.
    alone = r.before() in ("on", "until", "by", "since") and (
        not r.after().isalpha() or r.after() in r.words_of("clause_words")
    )
    return r.atom("named", name="daynumber", day=value, needs_more=not alone)


@reading
def holiday(r: Reader) -> Atom | None:
    """A named day."""
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
