"""Lengths of time, repeated times, and vague ones."""

from __future__ import annotations

from dateline.mentions.times.atoms import Atom
from dateline.mentions.times.readings.counts import count_of, is_age, length_value, unit_of
from dateline.mentions.times.readings.reader import Reader, ordinal_of, reading


@reading
def duration(r: Reader) -> Atom | None:
    """A counted length of time, unless it is an age."""
    unit = unit_of(r)
    words = r.part("count")
    if is_age(r) or (r.after() in ("-", "–") and r.after(1) in ("ago", "earlier")):
        return None
    if unit == "second" and r.lower[r.last - 1] == "second":
        if words[:1] in (["a"], ["the"], ["an"]) or ("-" not in words and words != ["one"]):
            return None
    count = count_of(r, words)
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
    if (count is not None and count > 10_000_000) or (count == 24 and unit == "hour" and r.after() == "a"):
        return None  # "24 hours a day"
    if r.words[r.last - 1][0].isupper() and r.words[r.first].isdecimal():
        return None  # 60 Minutes, a programme
    if r.lower[r.first] in ("a", "an") and len(words) == 1 and r.after() not in ("ago",):
        amount = r.before()
        counted = amount in r.words_of("amounts") or amount.replace(",", "").isdecimal()
        if counted and unit in r.words_of("rates"):
            return None  # 300 dollars a month: a rate
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
    """Two lengths that add up: two years and three months."""
    first, second = count_of(r, r.part("count")), count_of(r, r.part("count2"))
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
    if is_age(r):
        return None
    one, two = length_value(first, unit), length_value(second, other)
    if one.startswith("PT"):
        return r.atom("duration", value=one + two[2:])
    return r.atom("duration", value=one + two[1:])


@reading
def halfduration(r: Reader) -> Atom | None:
    """Half a year, half an hour."""
    unit = unit_of(r)
    value = {"year": "P6M", "hour": "PT30M", "day": "PT12H", "decade": "P5Y", "century": "P50Y", "minute": "PT30S"}.get(
        unit
    )
    if value is None or (r.lower[r.first] == "the" and unit != "hour"):
        return None
    return r.atom("duration", value=value)


@reading
def quarterof(r: Reader) -> Atom | None:
    """A quarter of an hour, three quarters of a century."""
    share = 3 if r.lower[r.first] == "three" else 1
    unit, whole = {"hour": ("minute", 60), "century": ("year", 100), "year": ("month", 12)}.get(unit_of(r), ("", 0))
    if not unit:
        return None
    return r.atom("duration", value=length_value(share * whole // 4, unit), grain=unit, count=share * whole // 4)


@reading
def durationrange(r: Reader) -> Atom | None:
    """Two to three years."""
    low, high = count_of(r, r.part("count")), count_of(r, r.part("count2"))
    if low is None or high is None or is_age(r) or (high <= low and high != int(high)):
        return None
    if high < low:
        return None
    return r.atom("duration", value=length_value(low, unit_of(r)), mod="EQUAL_OR_MORE")


@reading
def oneday(r: Reader) -> Atom | None:
    """One day: a length, or some day to come."""
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
def span(r: Reader) -> Atom | None:
    """The past two days, the next three weeks."""
    unit = unit_of(r)
    words = r.part("count")
    counted = bool(words) or r.lower[r.last - 1] in r.lexicon.values["UNIT"]
    count = count_of(r, words) if counted else None
    if r.first + 1 < r.last and r.lower[r.first] in r.words_of("possessives") and not words:
        return None
    return r.atom("span", grain=unit, count=None if count is None or count != int(count) else int(count),
                  value=length_value(count, unit), extra={"side": r.setting("side")})  # fmt: skip


@reading
def vaguelength(r: Reader) -> Atom | None:
    """Years, weeks: a length that is not counted."""
    unit = unit_of(r)
    if is_age(r) or unit in ("second", "minute", "quarter", "weekend", "half", "season"):
        return None
    previous = r.before()
    if previous == "of" and r.before(2) == "matter":
        return None
    if previous == "on" and r.after() in ("when", "that", "where"):
        return None  # "on days when prices fall"
    if previous in ("old", "golden", "formative", "teenage", "light", "work", "dog") or previous.endswith("teen"):
        return None
    if previous in ("-", "–") or (previous and previous[-1].isdecimal()) or previous == "'":
        return None
    if r.lower[r.first] == "the" and r.after() in ("of", "when", "that", "following", "leading"):
        pass
    return r.atom("duration", value=length_value(None, unit), grain=unit)


@reading
def someduration(r: Reader) -> Atom | None:
    """A while, for some time: a length of which nothing is said."""
    if r.lower[r.last - 1] == "time" and r.before() not in ("for", "after", "take", "takes", "took", "last", "in"):
        return None
    return r.atom("duration", value="PXX")


@reading
def onelength(r: Reader) -> Atom | None:
    """Year-long."""
    return r.atom("duration", value=length_value(1, unit_of(r)), grain=unit_of(r), count=1)


@reading
def seasons(r: Reader) -> Atom | None:
    """The past three summers."""
    code = ("SP", "SU", "FA", "WI")[r.value("season", "SEASONS")]
    return r.atom("set", value=f"XXXX-{code}")


@reading
def recentspan(r: Reader) -> Atom | None:
    """Recent weeks."""
    unit = unit_of(r)
    if unit in ("second", "minute", "quarter"):
        return r.atom("vague", value="PAST_REF")
    return r.atom("vague", value="PAST_REF")


@reading
def adverbset(r: Reader) -> Atom | None:
    """Daily, annually, unless it is a newspaper."""
    word = r.words[r.first]
    if word[0].isupper() and r.first and r.words[r.first - 1][:1].isupper():
        return None  # a newspaper: the China Daily
    if word[0].isupper() and r.last < len(r.words) and r.words[r.last][:1].isupper():
        return None  # Daily Mail
    if (
        word in ("quarterly", "hourly")
        and r.after().isalpha()
        and r.after() not in ("and", "or", "in", "by", "at", "to", "from")
    ):
        return None  # an adjective: a quarterly dividend
    amount = r.before()
    if word in ("annually", "yearly") and (amount in r.words_of("amounts") or amount[:1].isdecimal()):
        return None  # "by 20% annually": a rate
    return r.atom("set", value=r.value("value", "ADVERBSET"))


@reading
def every(r: Reader) -> Atom | None:
    """Every two days."""
    words = r.part("count")
    count: float | None = 1
    if words == ["other"]:
        count = 2
    elif words:
        count = ordinal_of(r, words) or count_of(r, words)
    return r.atom("set", value=length_value(count, unit_of(r)))


@reading
def everynamed(r: Reader) -> Atom | None:
    """Every Friday, each July."""
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
    """Twice a week."""
    return r.atom("set", value=length_value(1, unit_of(r)))


@reading
def perunit(r: Reader) -> Atom | None:
    """Per day."""
    unit = unit_of(r)
    return r.atom("set", value=length_value(1, unit)) if unit not in ("second", "minute") else None


@reading
def vague(r: Reader) -> Atom | None:
    """A time that TIMEX3 writes as a reference: now, recently, the future."""
    if r.before() == "then":
        return None  # "the then current price"
    return r.atom("vague", value=r.setting("value"))


@reading
def soon(r: Reader) -> Atom | None:
    """Soon, of what is to come."""
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


@reading
def future(r: Reader) -> Atom | None:
    """Future, unless it is the adjective of a noun: "future payments"."""
    following = r.after()
    if following.isalpha() and following not in r.words_of("clause_words") and following not in r.words_of("past_cues"):
        return None
    return r.atom("vague", value="FUTURE_REF")


@reading
def pastnoun(r: Reader) -> Atom | None:
    """The past, as a noun."""
    words = r.lower[r.first : r.last]
    following = r.after()
    if (
        words == ["past"]
        or following in r.words_of("after_past")
        or following[:1].isdecimal()
        or following in r.lexicon.values["NUMWORD"]
    ):
        return None
    noun = r.before() in r.words_of("past_cues") or following in r.words_of("clause_words")
    if not noun and following.isalpha():
        return None
    return r.atom("vague", value="PAST_REF")
