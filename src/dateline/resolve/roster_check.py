"""Check the roster against itself, and against an actor dictionary of others.

``python -m dateline.resolve.roster_check`` reports terms that overlap, gaps in a row of holders and
entries that a reader could not tell apart. With ``--phoenix FILE`` it also compares name, country
and years in office with a Phoenix/PETRARCH actor dictionary, for persons that both hold.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from dateline.errors import DatelineError, RosterError
from dateline.resolve.compile import RESOURCES, TARGET
from dateline.resolve.roster import Person, Roster, Term, decode
from dateline.resolve.roster_source import Reader, fold

# Offices that one person holds at a time.
HEADS = ("president", "prime_minister", "premier", "chancellor", "taoiseach", "monarch", "supreme_leader")
SINGLE = (*HEADS, "foreign_minister", "defence_minister", "secretary_general", "president_of_the_commission")
# Holders may overlap by some weeks where a date is that of the election or of the oath.
OVERLAP = 62
GAP = 400
LEAST_AGREEMENT = 0.95
# Codes that mean the same state: a part of it, its predecessor, or the code that CAMEO gives it.
PARTS = {"HKG": "CHN", "MAC": "CHN", "SCG": "SRB", "YUG": "SRB", "SUN": "RUS", "KSV": "XKX", "TMP": "TLS", "ROM": "ROU"}


def first_day(day: str) -> date:
    """The first day that a date known by the year or month may mean."""
    return date.fromisoformat((day + "-01-01")[:10])


def last_day(day: str) -> date:
    """The last day that a date known by the year or month may mean."""
    begin = first_day(day)
    if len(day) == 10:
        return begin
    if len(day) == 7:
        return (begin.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return begin.replace(month=12, day=31)


def overlaps(roster: Roster) -> Iterator[str]:
    """Single offices that two persons surely held at once for longer than a hand-over takes."""
    for office in SINGLE:
        for of in (*roster.countries, *roster.organisations):
            rows = roster.terms(office, of)
            for (one, holder), (two, next_holder) in pairwise(rows):
                if holder is next_holder or one.title or two.title or not two.begin:
                    continue
                end = first_day(one.end) if one.end else date.max
                if (end - last_day(two.begin)).days > OVERLAP:
                    yield (
                        f"{of}: {office}: {holder.name} ({one.begin} to {one.end}) and "
                        f"{next_holder.name} ({two.begin} to {two.end}) overlap"
                    )


def gaps(roster: Roster) -> Iterator[str]:
    """Leading offices without a holder for more than a year between two terms."""
    for country in roster.countries.values():
        for office in country.leader[:1]:
            rows = roster.terms(office, country.id)
            for (one, holder), (two, next_holder) in pairwise(rows):
                if one.end and two.begin and (first_day(two.begin) - last_day(one.end)).days > GAP:
                    others = [o for o in country.leader[1:] if roster.holders(o, country.id, one.end)]
                    if not others and not roster.holders("head_of_junta", country.id, one.end):
                        yield (
                            f"{country.id}: {office}: nobody between {holder.name} (until {one.end}) "
                            f"and {next_holder.name} (from {two.begin})"
                        )


def missing_leaders(roster: Roster, since: int, until: int) -> Iterator[str]:
    """Members of the United Nations without a head of state or government in a year."""
    heads = (*HEADS, "head_of_junta", "chief_adviser", "presidency_member")
    for country in roster.countries.values():
        if not country.iso2 or country.disputed or country.territory or not country.leader:
            continue
        empty = [
            year
            for year in range(since, until + 1)
            if (country.begin or "0") <= str(year) < (country.end or "9")
            and not any(roster.holders(office, country.id, str(year)) for office in {*heads, *country.leader})
        ]
        if empty:
            yield f"{country.id}: no head of state or government in {empty[0]} to {empty[-1]}"


@dataclass
class Listed:
    """A person of a Phoenix dictionary: names and (CAMEO code, first year, last year) of the roles."""

    names: list[str]
    roles: list[tuple[str, int, int]] = field(default_factory=list)


_ROLE = re.compile(r"\[\s*([A-Z~-]+)\s*([<>]?)(\d{6})?(?:-(\d{6}))?\s*\]")


def _year(digits: str) -> int:
    year = int(digits[:2])
    return 1900 + year if year >= 20 else 2000 + year


def read_phoenix(lines: Iterable[str]) -> list[Listed]:
    """Read the actors of a Phoenix/PETRARCH dictionary that have dated roles.

    The format is that of TABARI and PETRARCH: a name in capitals with underscores, ``+NAME`` for
    synonyms, ``[CODE begin-end]`` with dates as YYMMDD, ``<`` before and ``>`` after.
    """
    found: list[Listed] = []
    for line in lines:
        text = line.split("#", 1)[0].rstrip()
        if not text:
            continue
        roles = _ROLE.findall(text)
        name = text.split("[", 1)[0].strip()
        if name.startswith("+"):
            if found:
                found[-1].names.append(_plain(name[1:]))
        elif name:
            found.append(Listed([_plain(name)]))
        for code, mark, begin, end in roles:
            if not begin or not found:
                continue
            first = 0 if mark == "<" else _year(begin)
            last = 9999 if mark == ">" else _year(begin) if mark == "<" else _year(end) if end else _year(begin)
            found[-1].roles.append((code, first, last))
    return [actor for actor in found if actor.roles]


def _plain(name: str) -> str:
    return " ".join(fold(name.replace("_", " ")).lower().replace("-", " ").replace("'", "").split())


@dataclass
class Comparison:
    """What came of comparing two lists of persons.

    Attributes:
        both: how many both hold.
        differences, names: a sentence and the roster's name for each that differs.
    """

    both: int = 0
    differences: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def agreement(self) -> float:
        """Share of the persons in both on which they agree."""
        return 1 - len(self.differences) / self.both if self.both else 1.0


def compare(roster: Roster, listed: list[Listed], until: int = 2012) -> Comparison:
    """Compare name, country and years in office of the persons that both hold.

    They agree where a government role of the dictionary is of the roster's country and shares a year
    with an office of the roster. The dictionary ends, so somebody whose offices here all began after
    `until` is compared by name and country only: an office that one of the two leaves out is no
    contradiction. Open ends count as open.
    """
    index: dict[str, list[Person]] = {}
    for person in roster.persons.values():
        for name in (person.name, *person.aka):
            index.setdefault(_plain(name), []).append(person)
    result = Comparison()
    for actor in listed:
        persons = next((index[name] for name in actor.names if name in index and " " in name), None)
        government = [r for r in actor.roles if r[0][3:6] in ("GOV", "MIL") or r[0][:3] == "IGO"]
        if persons is None or not government:
            continue
        result.both += 1
        reasons = [_difference(person, government, until) for person in persons]
        if all(reasons):
            result.differences.append(f"{persons[0].name}: {reasons[0]}")
            result.names.append(persons[0].name)
    return result


def _difference(person: Person, roles: list[tuple[str, int, int]], until: int) -> str | None:
    countries = {PARTS.get(c, c) for c in (person.country, *(t.of for t in person.terms)) if c and len(c) == 3}
    there = [role for role in roles if _state(role[0]) in countries or role[0].startswith("IGO")]
    if countries and not there:
        return f"is {', '.join(sorted(countries))} here, {', '.join(sorted({_state(r[0]) for r in roles}))} there"
    held = [t for t in person.terms if _begin(t) <= until]
    if not held or not there:
        return None
    for _, first, last in there:
        if any(_begin(t) <= last and first <= _end(t) for t in held):
            return None
    here = ", ".join(f"{t.office or t.title} {t.begin} to {t.end}" for t in held)
    return f"here {here}; there " + ", ".join(f"{c} {a} to {b}" for c, a, b in there)


def _state(code: str) -> str:
    return PARTS.get(code[:3], code[:3])


def _begin(term: Term) -> int:
    return int(term.begin[:4]) if term.begin else 0


def _end(term: Term) -> int:
    return int(term.end[:4]) if term.end else 9999


def _listed(path: Path) -> list[Listed]:
    try:
        return read_phoenix(path.read_text(encoding="utf-8", errors="replace").splitlines())
    except OSError as error:
        raise RosterError(f"{path}: cannot be read ({error.strerror})") from error


def main(arguments: list[str] | None = None) -> int:
    """Print what is wrong; the exit code is 1 where terms overlap or agreement is below 95 %."""
    parser = argparse.ArgumentParser(prog="python -m dateline.resolve.roster_check", description=__doc__)
    parser.add_argument("--resources", type=Path, default=RESOURCES, help="folder of the YAML")
    parser.add_argument("--target", type=Path, default=TARGET, help="compiled file")
    parser.add_argument("--phoenix", type=Path, help="a Phoenix/PETRARCH actor dictionary to compare with")
    parser.add_argument("--gaps", action="store_true", help="list gaps between holders as well")
    chosen = parser.parse_args(arguments)
    try:
        listed = None if chosen.phoenix is None else _listed(chosen.phoenix)
        roster = Roster(decode(chosen.target.read_bytes()))
        wrong = [*overlaps(roster), *missing_leaders(roster, 2000, date.today().year)]
        for problem in wrong:
            print(problem)
        if chosen.gaps:
            for gap in gaps(roster):
                print(gap)
        terms = sum(len(p.terms) for p in roster.persons.values())
        print(f"{len(roster.persons)} persons, {terms} terms, {len(roster.organisations)} organisations", end=", ")
        print(f"{len(roster.outlets)} outlets: {len(wrong)} problems")
        if listed is not None:
            result = compare(roster, listed)
            explained = Reader(chosen.resources).load("explained.yaml")
            for name, difference in zip(result.names, result.differences):
                print(f"{difference} (explained: {explained[name]})" if name in explained else difference)
            agree = result.both - len(result.differences)
            print(f"{chosen.phoenix.name}: {agree} of {result.both} persons agree ({result.agreement:.1%})")
            if result.agreement < LEAST_AGREEMENT:
                return 1
    except DatelineError as error:
        print(error, file=sys.stderr)
        return 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
