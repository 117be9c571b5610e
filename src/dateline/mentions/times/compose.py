"""Put neighbouring pieces together: "10 p.m." + "Friday", "the third quarter" + "of" + "last year",
"early" + "next week", "more than" + "two years", "3" + "to" + "5 May".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dateline.mentions.times.atoms import Atom
from dateline.mentions.times.calendar import ORDER, Period, day_of
from dateline.mentions.times.lexicon import Lexicon
from dateline.records import TimexMod

_GLUE_WITHIN = {(), ("of",), (",",), ("in",), ("of", ","), ("during",)}
_GLUE_CLOCK_DAY = {(), (",",), ("on",), ("of",), (",", "on")}
_GLUE_DAY_CLOCK = {
    (),
    (",",),
    ("at",),
    (",", "at"),
    ("around",),
    ("about",),
    ("at", "about"),
    ("at", "around"),
    ("in",),
    ("by",),
}
_GLUE_WEEKDAY = {(), (",",), ("the",), (",", "the"), ("(",)}
_JOINS = {"-", "–", "—", "to", "and", "through", "until", "or", "till"}
_BETWEEN = {"early", "late", "mid", "-", "in", "on"}

Joiner = Callable[[Atom, Atom, tuple[str, ...]], Atom | None]


def compose(atoms: list[Atom], lower: list[str], lexicon: Lexicon) -> list[Atom]:
    """Compose atoms that stand side by side.

    Args:
        atoms: in the order of the text, not overlapping.
        lower: all words of the text in lower case.
        lexicon: for the words before an expression ("early", "about").

    Returns:
        The composed atoms in order; pieces that are no time expression alone are left out.
    """
    done = _fold(_share_years(_fold(atoms, lower, _CALENDAR), lower), lower, _CLOCKS)
    _share_days(done, lower)
    out: list[Atom] = []
    floor = 0
    for k, atom in enumerate(done):
        atom = _edge(atom, lower, lexicon, floor)
        atom = _holiday_week(atom, lower, done[k + 1] if k + 1 < len(done) else None)
        if atom.needs_more and not (atom.kind == "part" and _tells_part(atom, lower)):
            continue
        atom = _or_so(_numbermod(atom, lower, lexicon, floor), lower)
        for one in _ranges(atom, lower, lexicon, floor):
            out.append(one)
            floor = one.last
    return out


def _or_so(atom: Atom, lower: list[str]) -> Atom:
    """Take in "or so" after a length."""
    if atom.kind in ("duration", "span") and lower[atom.last : atom.last + 2] == ["or", "so"]:
        return replace(atom, last=atom.last + 2, mod="APPROX")
    return atom


def _tells_part(atom: Atom, lower: list[str]) -> bool:
    """Whether "in the morning" stands for that of the day told, as it does in news."""
    return (
        atom.first > 0
        and lower[atom.first] == "the"
        and lower[atom.first - 1] in ("in", "during")
        and atom.value != "NI"
    )


def _holiday_week(atom: Atom, lower: list[str], following: Atom | None) -> Atom:
    """Easter week, Labor Day weekend: the week or weekend around a named day."""
    if atom.name != "holiday" or atom.last >= len(lower) or lower[atom.last] not in ("week", "weekend"):
        return atom
    if following is not None and following.first <= atom.last < following.last - 1:
        return atom  # the weekend is another's: "at Christmas weekend last May"
    return Atom(
        atom.first,
        atom.last + 1,
        "named",
        grain=lower[atom.last],
        within=replace(atom, needs_more=False),
        extra={"around": 1},
    )


def _share_years(atoms: list[Atom], lower: list[str]) -> list[Atom]:
    """Give both of "November and December 2014" the year, both of "Monday and Tuesday nights" the nights."""
    for k in range(len(atoms) - 2, -1, -1):
        left, right = atoms[k], atoms[k + 1]
        if left.name == "weekday" and right.kind == "set" and lower[left.last : right.first] in (["and"], ["or"]):
            # "on Monday and Tuesday nights"
            part = right.value.partition("T")[2]
            if right.value.startswith("XXXX-WXX-") and part and not left.which:
                atoms[k] = Atom(left.first, left.last, "set", value=f"XXXX-WXX-{left.number + 1}T{part}")
            continue
        if left.name not in ("month", "monthday") or left.which or left.within is not None:
            continue
        gap = lower[left.last : right.first]
        if not 1 <= len(gap) <= 3 or gap[0] not in _JOINS or not _BETWEEN.issuperset(gap[1:]):
            continue
        if right.level() != left.level():
            continue
        if right.kind == "fixed" and right.period is not None:
            year = right.period.within("year")
            start = right.period.within("month").index % 12
            if left.number > start:
                year = year.shift(-1)
            atoms[k] = replace(left, within=Atom(left.first, left.first, "fixed", period=year))
        elif right.kind == "named" and right.within is not None and left.number <= right.number:
            atoms[k] = replace(left, within=right.within)
    return atoms


def _share_days(atoms: list[Atom], lower: list[str]) -> None:
    """Give both clock times of "10:35 a.m. (0735 GMT) Friday" the day."""
    for k in range(len(atoms) - 2, -1, -1):
        left, right = atoms[k], atoms[k + 1]
        if left.kind != "clock" or left.of_day is not None or right.kind != "clock":
            continue
        if lower[left.last : right.first] != ["("]:
            continue
        if right.of_day is None and k + 2 < len(atoms):
            day = atoms[k + 2]
            if lower[right.last : day.first] == [")"] and _day_like(day) and not day.needs_more:
                right = atoms[k + 1] = replace(right, of_day=day)
        atoms[k] = replace(left, of_day=right.of_day, needs_more=False)


def _day_like(atom: Atom) -> bool:
    return atom.level() == "day" and not (atom.kind == "shift" and atom.extra.get("definite"))


def _fold(atoms: list[Atom], lower: list[str], rules: tuple[Joiner, ...]) -> list[Atom]:
    """Join neighbours from left to right; what was joined may be joined again."""
    done: list[Atom] = []
    for atom in atoms:
        current = atom
        while done and current.first - done[-1].last <= 3:
            left = done[-1]
            gap = tuple(lower[left.last : current.first])
            joined = next((found for rule in rules if (found := rule(left, current, gap)) is not None), None)
            if joined is None:
                break
            done.pop()
            current = joined
        done.append(current)
    return done


def _weekday_date(left: Atom, right: Atom, gap: tuple[str, ...]) -> Atom | None:
    if left.kind == "named" and left.name == "weekday" and gap in _GLUE_WEEKDAY:
        if (right.kind == "named" and right.name in ("monthday", "daynumber")) or (
            right.kind == "fixed" and right.level() == "day"
        ):
            if gap == ("(",):
                return None
            return replace(right, first=left.first, needs_more=False, extra={**right.extra, "weekday": left.number + 1})
    return None


def _within(left: Atom, right: Atom, gap: tuple[str, ...]) -> Atom | None:
    inner, outer = left.level(), right.level()
    if inner is None or outer is None or gap not in _GLUE_WITHIN:
        return None
    if left.kind == "named" and not left.which and left.within is None and ORDER[inner] < ORDER[outer]:
        if right.kind == "span" and right.extra["side"] > 0:
            return None
        if right.kind == "shift" and right.extra.get("ago"):
            return None
        if gap == (",",) and not (right.kind == "fixed" and outer == "year"):
            return None
        if gap in (("in",), ("during",)) and not (
            right.kind == "fixed" or right.extra.get("definite") or right.kind == "shift"
        ):
            return None
        if gap == () and right.extra.get("definite"):
            return None
        if left.name == "weekday" and right.kind == "fixed":
            return None
        if left.name in ("monthday", "holiday") and outer != "year":
            return None
        if right.kind == "named" and left.name not in ("daynumber", "half", "weekend", "weekday") and gap != ("of",):
            return None
        if left.name == "month" and outer not in ("year", "half", "quarter"):
            return None
        return replace(left, last=right.last, within=replace(right, needs_more=False), needs_more=False)
    if (
        left.kind == "shift"
        and left.extra.get("definite")
        and gap == ("of",)
        and ORDER[inner] > ORDER[outer]
        and outer == "day"
    ):
        # "the week of March 6"
        if inner in ("week", "weekend", "month"):
            return Atom(
                left.first, right.last, "named", name="", grain=inner, within=replace(right), extra={"around": 1}
            )
    return None


def _year_first(left: Atom, right: Atom, gap: tuple[str, ...]) -> Atom | None:
    """The year before what lies in it: the 1988 third quarter, last year's summer."""
    if left.level() != "year" or left.needs_more or left.extra.get("ago") or gap not in ((), ("'s",), ("’s",)):
        return None
    if right.kind != "named" or right.which or right.within is not None:
        return None
    if right.name not in ("quarter", "half", "season", "holiday") or (gap == () and left.kind != "fixed"):
        return None
    return replace(right, first=left.first, within=left, needs_more=False, extra={**right.extra, "article": 1})


def _clock_day(left: Atom, right: Atom, gap: tuple[str, ...]) -> Atom | None:
    if left.kind not in ("clock", "part") or gap not in _GLUE_CLOCK_DAY:
        return None
    if right.kind == "part" and right.of_day is not None and left.kind == "clock" and left.of_day is None:
        value = left.value
        if right.value in ("AF", "EV", "NI") and left.zone is None and value < "12":
            value = f"{int(value[:2]) + 12}{value[2:]}" if value[:2] != "00" and left.needs_more else value
        return replace(left, last=right.last, of_day=right.of_day, needs_more=False, value=value)
    if left.of_day is not None or not _day_like(right):
        return None
    if left.kind == "part" and gap not in ((), ("of",), (",",), ("on",)):
        return None
    if left.kind == "part" and gap == ("on",) and left.needs_more:
        return None
    return replace(left, last=right.last, of_day=right, needs_more=False)


def _day_clock(left: Atom, right: Atom, gap: tuple[str, ...]) -> Atom | None:
    if gap not in _GLUE_DAY_CLOCK or right.kind not in ("clock", "part") or right.of_day is not None:
        return None
    if left.kind in ("part", "clock") and left.of_day is not None and right.kind == "clock" and left.kind == "part":
        return replace(right, first=left.first, of_day=left.of_day, needs_more=False)
    if not _day_like(left) or left.needs_more:
        return None
    if right.kind == "part" and gap not in ((), ("in",)):
        return None
    if right.kind == "part" and gap == () and lower_the(right):
        return None
    if gap == ("by",) and right.kind == "part":
        return None
    return replace(right, first=left.first, of_day=left, needs_more=False)


def lower_the(atom: Atom) -> bool:
    """Whether a part of the day has an article of its own (then "Friday the morning" is not one)."""
    return atom.last - atom.first > 1


def _shift_from(left: Atom, right: Atom, gap: tuple[str, ...]) -> Atom | None:
    # "a year ago Friday", "two weeks ago on Sunday"
    if (
        left.kind == "shift"
        and left.extra.get("ago")
        and gap in ((), ("on",))
        and right.kind == "named"
        and right.name == "weekday"
    ):
        if right.which or left.grain not in ("year", "week", "month"):
            return None
        return replace(left, last=right.last, of_day=right)
    return None


def _length_from(left: Atom, right: Atom, gap: tuple[str, ...]) -> Atom | None:
    # "a day after Christmas", "the day before last Tuesday", "two weeks before Sept. 11"
    if gap not in (("before",), ("after",), ("following",), ("from",)) or right.level() is None:
        return None
    if right.needs_more or (right.kind == "shift" and right.extra.get("definite")):
        return None
    counted = left.kind == "duration" and left.count is not None and left.grain
    definite = left.kind == "shift" and left.extra.get("definite")
    if not (counted or definite):
        return None
    grain = left.grain
    if grain not in ("day", "week", "fortnight", "month", "year"):
        return None
    if not _day_like(right) and ORDER[right.level() or "day"] > ORDER.get(grain, 0):
        return None
    count = (left.count or 1) if counted else 1
    if grain == "fortnight":
        grain, count = "week", count * 2
    sign = -1 if gap == ("before",) else 1
    kind = "exact" if counted or grain == "day" else "whole"  # "the week before Christmas" is a week
    return Atom(left.first, right.last, "shift", grain=grain, count=sign * count, of_day=right, extra={kind: 1})


_CALENDAR: tuple[Joiner, ...] = (_weekday_date, _within, _year_first)
_CLOCKS: tuple[Joiner, ...] = (_clock_day, _day_clock, _shift_from, _length_from)


def _edge(atom: Atom, lower: list[str], lexicon: Lexicon, floor: int) -> Atom:
    """Take in "early", "late", "mid-", "the end of" before an expression."""
    if atom.kind not in ("fixed", "named", "shift", "part", "span"):
        return atom
    if atom.kind == "named" and atom.name == "holiday" and not atom.which and atom.first > floor:
        which = {"last": "last", "next": "next", "this": "this"}.get(lower[atom.first - 1])
        if which:
            atom = replace(atom, first=atom.first - 1, which=which)
    table, edges = lexicon.values["EARLYLATE"], lexicon.values["EDGE"]
    at = atom.first - 1
    if at < floor:
        return atom
    word = lower[at]
    if atom.kind == "shift" and atom.grain == "day" and atom.extra.get("definite"):
        return atom  # "at the end of the day", "later in the day" tell no day
    if word == "sometime" and atom.kind in ("fixed", "named", "shift"):
        return replace(atom, first=at)
    if word in table:
        # "Earlier Friday the court …" is an adverb and a day; "later yesterday" is one expression.
        day = atom.level() == "day" and not (atom.kind == "shift" and atom.count == -1)
        if word in ("earlier", "later") and (day or (atom.level() is None and atom.kind != "part")):
            return atom
        first = at
        if atom.kind == "shift" and atom.extra.get("definite"):
            return atom
        needs_more = atom.needs_more and atom.kind != "part"
        return replace(
            atom, first=first, mod=table[word], edge=True, needs_more=needs_more, extra={**atom.extra, word: 1}
        )
    if word in ("-", "–", "in", "on") and at - 1 >= floor and lower[at - 1] in table:
        if word in ("in", "on") and lower[at - 1] not in ("early", "earlier", "late", "later"):
            return atom

        definite = lower[atom.first] == "the" or not (atom.kind == "shift" and atom.extra.get("definite"))
        if word == "in" and atom.kind == "shift" and atom.extra.get("definite") and not definite:
            return atom
        return replace(
            atom,
            first=at - 1,
            mod=table[lower[at - 1]],
            edge=True,
            needs_more=False,
            extra={**atom.extra, lower[at - 1]: 1},
        )
    if word == "of" and at - 1 >= floor and lower[at - 1] in edges and edges[lower[at - 1]]:
        first = at - 1
        if first - 1 >= floor and lower[first - 1] in ("the", "very"):
            first -= 1
        return replace(
            atom, first=first, mod=edges[lower[at - 1]], edge=True, needs_more=False, extra={**atom.extra, "edge": 1}
        )
    if word == "the" and at - 2 >= floor and lower[at - 1] == "of" and lower[at - 2] in edges and edges[lower[at - 2]]:
        first = at - 2
        if first - 1 >= floor and lower[first - 1] == "the":
            first -= 1
        return replace(
            atom, first=first, mod=edges[lower[at - 2]], edge=True, needs_more=False, extra={**atom.extra, "edge": 1}
        )
    # "the early 1980s", "the early summer": the article was not taken with the noun.
    return atom


def _numbermod(atom: Atom, lower: list[str], lexicon: Lexicon, floor: int) -> Atom:
    """Take in "about", "more than", "at least" before a length, a shift or a clock time."""
    if atom.edge:
        if atom.first - 1 >= floor and lower[atom.first - 1] == "the" and atom.kind in ("fixed", "named"):
            return replace(atom, first=atom.first - 1)
        return atom
    counted = atom.kind in ("duration", "clock") or (atom.kind == "shift" and atom.extra.get("ago"))
    at = atom.first - 1
    if at >= floor and lower[at] == "the" and atom.extra.get("article"):
        return replace(atom, first=at)
    if at >= floor and lower[at] in ("around", "circa") and (atom.kind == "fixed" or atom.name == "monthday"):
        return replace(atom, first=at, mod="APPROX")
    if not counted or at < floor:
        return atom
    word = lower[at]
    table = lexicon.values["NUMBERMOD"]
    if word not in table or word in ("most", "least", "than", "to"):
        two = " ".join(lower[max(floor, at - 1) : at + 1])
        mods: dict[str, TimexMod] = {
            "more than": "MORE_THAN",
            "less than": "LESS_THAN",
            "fewer than": "LESS_THAN",
            "greater than": "MORE_THAN",
            "longer than": "MORE_THAN",
            "at least": "EQUAL_OR_MORE",
            "at most": "EQUAL_OR_LESS",
            "up to": "EQUAL_OR_LESS",
        }
        found = mods.get(two)
        if found is None:
            return atom
        first = at - 1
        if first - 1 >= floor and lower[first - 1] in ("no", "not") and word == "than":
            first -= 1
            found = {"MORE_THAN": "EQUAL_OR_LESS", "LESS_THAN": "EQUAL_OR_MORE"}.get(found, found)  # type: ignore[assignment]
        return replace(atom, first=first, mod=found)
    if not table[word]:
        return atom
    if (
        word in ("over", "under", "some", "around", "about")
        and atom.kind == "duration"
        and atom.count is None
        and word != "about"
    ):
        return atom
    if word == "over" and atom.kind == "duration" and lower[atom.first] == "the":
        return atom
    if word == "some" and atom.kind == "clock":
        return atom
    return replace(atom, first=at, mod=table[word])


def _ranges(atom: Atom, lower: list[str], lexicon: Lexicon, floor: int) -> list[Atom]:
    """Give the numbers beside a date their own expression: "May 3-5", "between 3 and 5 May"."""
    before: list[Atom] = []
    after: list[Atom] = []
    if (atom.kind == "named" and atom.name == "monthday") or (atom.kind == "fixed" and atom.level() == "day"):
        size = len(lower)
        if lower[atom.first].isdecimal() or lower[atom.first][:1].isdecimal():
            at = atom.first
            if (
                at - 2 >= floor
                and lower[at - 1] in _JOINS
                and _day_number(lower[at - 2])
                and (at < 3 or lower[at - 3] not in ("$", ","))
            ):
                if at - 3 < 0 or lower[at - 3] in ("between", "from", "on", "of", "for", ",", "the"):
                    before.append(_sibling(atom, at - 2, int(lower[at - 2].rstrip("stndrh"))))
        else:
            at = atom.last
            if (
                atom.within is None
                and at + 1 < size
                and lower[at] in ("-", "–", "to", "and", "through", "or")
                and _day_number(lower[at + 1])
                and (at + 2 >= size or lower[at + 2] not in lexicon.values["UNIT"])
                and (at + 2 >= size or lower[at + 2] not in lexicon.values["UNITS"])
                and (
                    at + 2 >= size
                    or not lower[at + 2][:1].isalnum()
                    or lower[at] in ("-", "–")
                    or lower[at + 2] in ("in", "at", "and", "for", "to", "on")
                )
                and (at + 2 >= size or lower[at + 2] not in ("%", "-", "percent", "million", "."))
                | (at + 2 < size and lower[at + 2] == ".")
                and atom.kind == "named"
            ):
                day = int(lower[at + 1].rstrip("stndrh"))
                if day > atom.day or lower[at] == "and":
                    after.append(_sibling(atom, at + 1, day))
    if atom.kind == "clock" and lower[atom.first][:1].isdecimal():
        at = atom.first
        if (
            at - 3 >= floor
            and lower[at - 1] in _JOINS
            and lower[at - 3] in ("between", "from", "at")
            and _day_number(lower[at - 2])
        ):
            hour, own = int(lower[at - 2].rstrip("stndrh")), int(atom.value[:2])
            hour += 12 if hour + 12 <= own else 0  # from 5 to 7 p.m.
            if hour <= 24:
                before.append(Atom(at - 2, at - 1, "clock", value=f"{hour:02d}:00", zone=atom.zone, of_day=atom.of_day))
    if atom.kind == "fixed" and atom.level() == "year" and atom.period is not None:
        at = atom.last
        if (
            at + 1 < len(lower)
            and lower[at] in ("-", "–", "/")
            and len(lower[at + 1]) == 2
            and lower[at + 1].isdecimal()
        ):
            value = atom.period.index // 100 * 100 + int(lower[at + 1])
            if value > atom.period.index and lower[atom.first].isdecimal():
                after.append(Atom(at + 1, at + 2, "fixed", period=Period("year", value)))
    return [*before, atom, *after]


def _day_number(word: str) -> bool:
    digits = word.rstrip("stndrh")
    return digits.isdecimal() and len(digits) <= 2 and 1 <= int(digits) <= 31


def _sibling(atom: Atom, at: int, day: int) -> Atom:
    if atom.kind == "fixed" and atom.period is not None:
        from datetime import date

        base = date.fromordinal(atom.period.index)
        found = day_of(base.year, base.month, day)
        if found is not None:
            return Atom(at, at + 1, "fixed", period=found)
    return Atom(at, at + 1, "named", name="monthday", number=atom.number, day=day, within=atom.within)
