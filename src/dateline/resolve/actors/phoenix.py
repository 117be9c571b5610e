"""Actor dictionaries of TABARI, PETRARCH and Phoenix: names in capitals, CAMEO codes with dates.

    JOHN_DOE_  # comment
    +JOHNNY_DOE_
        [XYZGOV 030101-041231]
        [XYZELI >041231]

    FRONT_OF_SOMETHING_ [XYZREB]

A name may carry its code on its own line; codes without dates hold always. Dates are ``yymmdd``
(years from 30 on are 19xx) or ``yyyymmdd``; ``>`` is after, ``<`` before.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta

from dateline.mentions.names import word_set
from dateline.resolve.actors.actor import Actor, ActorKind, Period, split_code
from dateline.resolve.actors.merge import ImportReport, Skipped

_CODE = re.compile(r"\[\s*([A-Z0-9~\-]+)\s*([<>]?)\s*(\d+)?\s*(?:-\s*(\d+))?\s*\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_NAME = re.compile(r"\+?[^\s\[#+][^\[#\t]*")
_BODIES = word_set(
    "PARTY ARMY FRONT MOVEMENT MINISTRY COMMITTEE COUNCIL UNION GROUP FORCE FORCES LEAGUE BRIGADE BRIGADES "
    "COMPANY BANK CORPORATION INC ORGANIZATION ORGANISATION ASSOCIATION FEDERATION COURT PARLIAMENT ASSEMBLY "
    "SENATE POLICE AGENCY NEWS TIMES UNIVERSITY COMMISSION FOUNDATION INSTITUTE CENTER CENTRE NETWORK SOCIETY "
    "FUND ALLIANCE COALITION CONGRESS GUARD GOVERNMENT REBELS GUERRILLAS MILITIA TRIBE NATIONAL OF FOR AND "
    "THE PEOPLE REPUBLIC CITY PROVINCE REGION"
)
_SMALL = frozenset(
    {"of", "the", "and", "for", "in", "on", "to", "de", "del", "la", "al", "bin", "ibn", "von", "van", "der"}
)


def read_phoenix(lines: Iterable[str], countries: Container[str], report: ImportReport) -> Iterator[Actor]:
    """Read an actor dictionary.

    Args:
        lines: the file's lines.
        countries: known alpha-3 codes.
        report: where malformed lines are noted, with their numbers.

    Yields:
        One actor a block, in the order of the file. Agents (``[~GOV]``) and discarded names
        (``[---]``) are no actors; agents are noted as skipped.
    """
    names: list[str] = []
    periods: list[Period] = []
    coded, first = False, 0
    for number, raw in enumerate(lines, 1):
        line = raw.split("#", 1)[0].rstrip()
        if not line.strip():
            continue
        match = _NAME.match(line)
        if match and not line[0].isspace():
            text = match.group()
            if not text.startswith("+"):
                if names:
                    yield from _actor(names, periods, report, first, coded)
                names, periods, coded, first = [], [], False, number
            name = _written(text.lstrip("+"))
            if name:
                names.append(name)
            else:
                report.skipped.append(Skipped(number, f"no name in {raw.strip()!r}"))
        elif not line[0].isspace() and not line.startswith("["):
            report.skipped.append(Skipped(number, f"neither a name nor a code: {raw.strip()!r}"))
            continue
        for bracket in _BRACKETS.findall(line):
            coded = True
            period = _period(bracket, countries)
            if isinstance(period, str):
                report.skipped.append(Skipped(number, f"{period}: {bracket}"))
            elif not names:
                report.skipped.append(Skipped(number, f"a code without a name: {bracket}"))
            elif period is not None and period not in periods:
                periods.append(period)
        if "[" in line and not _BRACKETS.search(line):
            report.skipped.append(Skipped(number, f"a code that does not end: {raw.strip()!r}"))
    if names:
        yield from _actor(names, periods, report, first, coded)


def _written(name: str) -> str:
    """A dictionary's name as it is written: ``JOHN_VAN_DER_DOE_`` -> ``John van der Doe``."""
    words = name.replace("_", " ").split()
    out = []
    for k, word in enumerate(words):
        lower = word.lower()
        if k and lower in _SMALL:
            out.append(lower)
        elif len(words) == 1 and len(word) <= 4:
            out.append(word)
        else:
            out.append("-".join(part[:1].upper() + part[1:].lower() for part in word.split("-")))
    return " ".join(out)


def _period(bracket: str, countries: Container[str]) -> Period | str | None:
    """A code with its dates; what is wrong with it; None for a discarded name."""
    match = _CODE.fullmatch(bracket)
    if match is None:
        return "a malformed code"
    code, sign, first, last = match.groups()
    if code == "---":
        return None
    if "~" in code:
        return "an agent, no actor"
    begin = end = None
    try:
        if sign == ">":
            begin = _day(first)
        elif sign == "<":
            end = _day(first)
        elif first and last:
            begin, end = _day(first), _after(_day(last))
        elif first:
            begin, end = _day(first), _after(_day(first))
    except ValueError:
        return "a date that does not exist"
    if begin and end and end < begin:
        return "a period that ends before it begins"
    country, sector = split_code(code, countries)
    if country is None and sector is None:
        return None
    return Period(country, sector, begin, end)


def _day(digits: str | None) -> str:
    if digits is None or len(digits) not in (6, 8):
        raise ValueError(digits)
    if len(digits) == 6:
        digits = ("19" if digits[:2] >= "30" else "20") + digits
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    # Dictionaries write day 31 of any month, and 0 for "some day".
    month = min(max(month, 1), 12)
    for last in (day, 30, 29, 28):
        try:
            return date(year, month, max(1, last)).isoformat()
        except ValueError:
            if day < 28 or day > 31:
                raise
    raise ValueError(digits)


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _actor(names: list[str], periods: list[Period], report: ImportReport, number: int, coded: bool) -> Iterator[Actor]:
    if not periods:
        if not coded:
            report.skipped.append(Skipped(number, f"{names[0]!r} has no code"))
        return
    yield Actor(
        name=names[0],
        aliases=list(dict.fromkeys(names[1:])),
        kind=_kind(names[0], periods),
        periods=periods,
        source="phoenix",
    )


def _kind(name: str, periods: list[Period]) -> ActorKind:
    """The dictionaries do not tell persons from bodies: dates and the words of the name do."""
    words = name.upper().replace("-", " ").split()
    if all(p.sector is None and p.begin is None and p.end is None for p in periods) and len(periods) == 1:
        return "country"
    if any(word in _BODIES for word in words) or any(p.sector in ("IGO", "NGO", "MED") for p in periods):
        return "organization"
    dated = any(p.begin or p.end for p in periods)
    if dated and len(words) >= 2:
        return "person"
    if 2 <= len(words) <= 4 and any(p.sector in ("GOV", "ELI", "LEG", "JUD", "OPP") for p in periods):
        return "person"
    return "organization"
