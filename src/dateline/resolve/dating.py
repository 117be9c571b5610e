"""When an undated report was published: after what it says has happened, while those hold office whom
it names with their offices.

Each clue bounds the day from below, from above, or both; the window is their intersection. A clue
whose upper bound lies before another's lower bound speaks of the past and is left out, so that a
report that recalls a president of long ago is not dated to him.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import yaml

from dateline.mentions.names import name_words, surface, word_set
from dateline.records import Time, Window
from dateline.resolve.reading import Reading, TitledName
from dateline.resolve.roster import Term

_MONTHS = {name.lower(): k for k, name in enumerate(calendar.month_name) if name}
# Offices whose bearers are called by them only while they hold them, or nearly so.
_DATED = word_set(
    "president monarch supreme_leader prime_minister chancellor premier taoiseach vice_president "
    "deputy_prime_minister foreign_minister defence_minister interior_minister finance_minister "
    "justice_minister trade_minister secretary_general national_security_adviser high_representative "
    "president_of_the_commission president_of_the_council crown_prince head_of_junta chief_executive speaker "
    "house_speaker director_general"
)
_THEN = frozenset({"when", "then", "ago", "once", "late", "history", "era", "during", "former"})
_PAST_TAGS = frozenset({"VBD", "VBN"})
_YEAR_DAYS = 366


@dataclass(frozen=True, slots=True)
class Clue:
    """A bound on the day of publication: first and last possible day, and why."""

    first: date | None
    last: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Summit:
    """A meeting of leaders: who met, when it began, where."""

    participants: frozenset[str]
    day: date
    place: str


@cache
def summits() -> tuple[Summit, ...]:
    """The summits that reports mention without a year, in order of their days."""
    text = (files("dateline.data") / "summits.yaml").read_text(encoding="utf-8")
    rows = yaml.safe_load(text)
    found = [Summit(frozenset(who), date.fromisoformat(str(day)), place) for who, day, place in rows]
    return tuple(sorted(found, key=lambda s: s.day))


def date_report(reading: Reading, times: list[Time]) -> Window | None:
    """Bound the day on which an undated report was published.

    Args:
        reading: the resolved report.
        times: its time expressions.

    Returns:
        First and last possible day with the reasons, or None where nothing bounds it.
    """
    clues = [clue for titled in reading.titled if (clue := _term_clue(reading, titled)) is not None]
    clues += _past_dates(reading, times)
    window = _intersect(clues)
    clues += _summit_clues(reading, window)
    first, last, why = _intersect(clues)
    if first is None and last is None:
        return None
    return Window(
        not_before=first.isoformat() if first else None, not_after=last.isoformat() if last else None, why=why
    )


def middle_of(window: Window) -> str | None:
    """A day within a window of publication (ISO); None where it is open at one side."""
    if window.not_before is None or window.not_after is None:
        return None
    first, last = date.fromisoformat(window.not_before), date.fromisoformat(window.not_after)
    return (first + (last - first) / 2).isoformat()


def _intersect(clues: list[Clue]) -> tuple[date | None, date | None, list[str]]:
    """The latest first day and, of the clues that reach so far, the earliest last day."""
    firsts = [clue for clue in clues if clue.first is not None]
    best = max(firsts, key=lambda c: c.first or date.min, default=None)
    first = best.first if best is not None else None
    current = [clue for clue in clues if clue.last is not None and (first is None or clue.last >= first)]
    least = min(current, key=lambda c: c.last or date.max, default=None)
    why = [clue.why for clue in (best, least) if clue is not None]
    return first, least.last if least is not None else None, list(dict.fromkeys(why))


def _term_clue(reading: Reading, titled: TitledName) -> Clue | None:
    """The term of an office that the report gives a person."""
    roster = reading.lexicon.roster
    person = roster.persons.get(titled.entity)
    if person is None or titled.past or not titled.offices or _is_recalled(reading, titled):
        return None
    if titled.of is not None:
        terms = [t for t in person.terms if t.office in titled.offices and t.of == titled.of]
    else:
        terms = [t for t in person.terms if t.office in titled.offices]
    if not terms or len({(t.office, t.of) for t in terms}) > 1 or terms[0].office not in _DATED:
        return None
    first, last = _first_day(terms[0].begin), _last_day(terms[-1])
    if first is None and last is None:
        return None
    title = roster.title(terms[0].office, terms[0].of)
    place = roster.entry(terms[0].of)
    where = f" of {place.name}" if place is not None else ""
    span = " and ".join(f"{t.begin or '?'} to {t.end or 'now'}" for t in terms)
    return Clue(first, last, f"{person.name} is {title}{where}: {span}")


def _is_recalled(reading: Reading, titled: TitledName) -> bool:
    """Whether the sentence looks back, or on what might be: "when President X ...", "a President X would"."""
    syntax = reading.syntax
    begin, end = syntax.sentences[syntax.sentence[titled.name.begin]]
    if titled.title[0] > begin and syntax.lower[titled.title[0] - 1] in ("a", "any", "under", "then", "-"):
        return True
    for i in range(max(begin, titled.name.begin - 25), min(end, titled.name.begin + 25)):
        word = syntax.lower[i]
        if word in _THEN or (len(word) == 4 and word.isdigit() and word[:2] in ("18", "19", "20")):
            return True
    return False


def _first_day(begin: str | None) -> date | None:
    return date.fromisoformat(f"{begin}-01-01"[:10]) if begin else None


def _last_day(term: Term) -> date | None:
    if term.end is None:
        return None
    if len(term.end) == 10:
        return date.fromisoformat(term.end) - timedelta(days=1)
    if len(term.end) == 7:
        year, month = int(term.end[:4]), int(term.end[5:])
        return date(year, month, calendar.monthrange(year, month)[1])
    return date(int(term.end), 12, 31)


def _past_dates(reading: Reading, times: list[Time]) -> list[Clue]:
    """Absolute dates of what has happened: the report is not older than they are."""
    syntax = reading.syntax
    out = []
    for time in times:
        if time.type != "DATE" or not time.begin or time.anchor is not None or not time.value[:4].isdigit():
            continue
        text = syntax.text[time.span[0] : time.span[1]]
        if time.value[:4] not in text or reading.zone_of_offset(time.span[0]) != "body":
            continue
        begin, end = syntax.chars_to_tokens(*time.span)
        if begin >= end or not _is_past(reading, begin, end):
            continue
        out.append(Clue(date.fromisoformat(time.begin[:10]), None, f"it tells of {text!r} as past"))
    return out


def _is_past(reading: Reading, begin: int, end: int) -> bool:
    """Whether the verb that a time expression belongs to is in a past tense."""
    syntax = reading.syntax
    node = next((k for k in range(begin, end) if not begin <= syntax.head[k] < end), end - 1)
    if syntax.dep[node] == "pobj" and syntax.lower[syntax.head[node]] in ("in", "on", "since", "during", "of", "at"):
        node = syntax.head[node]
    if syntax.dep[node] not in ("prep", "npadvmod", "nsubj", "nsubjpass", "dobj"):
        return False
    node = syntax.head[node]
    if syntax.tag[node] not in _PAST_TAGS:
        return False
    helpers = {syntax.lower[c] for c in syntax.children[node] if syntax.dep[c] in ("aux", "auxpass")}
    if helpers & {"will", "would", "may", "might", "could", "should", "must", "to", "shall"}:
        return False
    return syntax.tag[node] == "VBD" or bool(
        helpers & {"was", "were", "has", "had", "have", "been", "'ve", "’ve", "'s"}
    )


def _summit_clues(reading: Reading, window: tuple[date | None, date | None, list[str]]) -> list[Clue]:
    """What a summit tells that the text names with its participants or place and "last September"."""
    syntax = reading.syntax
    out = []
    for i, lemma in enumerate(syntax.lemma):
        if lemma != "summit":
            continue
        met, places = _around(reading, i)
        found = [s for s in summits() if _is_meant(s, met, places) and _fits(s, window)]
        found = [s for s in found if " ".join(name_words(s.place)) in places] or found
        month = _last_month(reading, i)
        if month is not None:
            found = [s for s in found if s.day.month == month]
        if len(found) != 1:
            continue
        summit = found[0]
        who = " and ".join(sorted(_names(reading, summit)))
        if month is not None:
            after = (summit.day.replace(day=1) + timedelta(days=32)).replace(day=1)
            why = f"'last {calendar.month_name[month]}' is the summit of {who} of {summit.day}, so that month is over"
            out.append(Clue(after, summit.day + timedelta(days=_YEAR_DAYS), why))
        elif _is_past(reading, i, i + 1):
            out.append(Clue(summit.day, None, f"it tells of the summit of {who} of {summit.day}"))
    return out


def _names(reading: Reading, summit: Summit) -> list[str]:
    roster = reading.lexicon.roster
    found = [roster.entry(e) for e in summit.participants]
    return [e.name for e in found if e is not None] or sorted(summit.participants)


def _fits(summit: Summit, window: tuple[date | None, date | None, list[str]]) -> bool:
    """Whether a report within a window can look back on a summit of the year before."""
    first, last, _ = window
    return (last is None or summit.day <= last) and (first is None or summit.day >= first - timedelta(days=_YEAR_DAYS))


def _around(reading: Reading, i: int) -> tuple[set[str], set[str]]:
    """Entities and countries named around a "summit", and the folded words of all names there."""
    syntax = reading.syntax
    begin, end = syntax.sentences[syntax.sentence[i]]
    met: set[str] = set()
    words: set[str] = set()
    for k in range(max(begin, i - 12), min(end, i + 12)):
        name = reading.name_at[k]
        if name is None or name.begin != k:
            continue
        words.add(" ".join(name_words(surface(syntax, name.begin, name.end))))
        met |= {e for e in (reading.entity_of(name), reading.country_of(name)) if e is not None}
    return met, words


def _is_meant(summit: Summit, met: set[str], places: set[str]) -> bool:
    """Whether a summit is one of those who are named: all its participants, or one of them and its place."""
    if " ".join(name_words(summit.place)) in places and summit.participants & met:
        return True
    return summit.participants <= met


def _last_month(reading: Reading, i: int) -> int | None:
    """The month in "last September" beside a token of the sentence."""
    syntax = reading.syntax
    begin, end = syntax.sentences[syntax.sentence[i]]
    for k in range(max(begin, i - 6), min(end - 1, i + 6)):
        if syntax.lower[k] == "last" and syntax.lower[k + 1] in _MONTHS:
            return _MONTHS[syntax.lower[k + 1]]
    return None
