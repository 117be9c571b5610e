"""Questions to the roster: who held an office, which actors a name finds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dateline.errors import RosterError
from dateline.mentions.names import name_words
from dateline.resolve.actors.actor import is_day
from dateline.resolve.actors.store import ActorStore
from dateline.resolve.lexicon import Lexicon, lexicon
from dateline.resolve.roster import Country, Group, Organisation, Outlet, Person

_POSSESSIVE = re.compile(r"['’]s?\b")


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who held an office: half-open dates, as exact as they are known."""

    id: str
    name: str
    title: str
    of: str
    begin: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """An actor that a search found; `own`: one of the user's."""

    id: str
    name: str
    kind: str
    country: str | None
    own: bool


def who(question: str, on: str | None = None, known: Lexicon | None = None) -> list[Holder]:
    """Say who held an office.

    Args:
        question: office and country or organisation, in any usual wording: "foreign minister of
            Russia", "Russian foreign minister", "Russia's foreign minister", "NATO secretary general".
        on: ISO date, month or year; None for all known holders.
        known: the roster and its indexes; by default those that come with the package.

    Returns:
        The holders, in order of their begin.

    Raises:
        RosterError: no office or no country is found in the question, or the date is none.
    """
    lex = known or lexicon()
    roster = lex.roster
    if on is not None:
        on = _day(on)
    of, title = _split(question, lex)
    offices: list[str] = []
    if title.split()[-1:] in (["leader"], ["leaders"]) and of in roster.countries:
        offices += roster.countries[of].leader
    offices += roster.offices_titled(title, of)
    country = getattr(roster.entry(of), "country", None)
    offices += [o for o in roster.offices_titled(title, country) if country is not None]
    if not offices:
        raise RosterError(
            f"{title!r} is no office that the roster knows; `dateline actors search` finds persons by name"
        )
    out: dict[tuple[str, str, str | None], Holder] = {}
    for office in dict.fromkeys(offices):
        for term, person in roster.terms(office, of):
            if on is None or term.held(on):
                wording = term.title or roster.title(office, of)
                out.setdefault(
                    (person.id, office, term.begin), Holder(person.id, person.name, wording, of, term.begin, term.end)
                )
        if out and on is not None:
            break
    return sorted(out.values(), key=lambda h: (h.begin or "", h.name))


def _day(on: str) -> str:
    if not is_day(on):
        raise RosterError(f"{on!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")
    try:
        date.fromisoformat(f"{on}-01-01"[:10])
    except ValueError:
        raise RosterError(f"{on!r} is not in the calendar") from None
    return on


def _split(question: str, lex: Lexicon) -> tuple[str, str]:
    """Country or organisation, and title, of a question."""
    words = question.strip().strip("?").split()
    low = [w.lower() for w in words]
    for lead in (["who", "was", "the"], ["who", "is", "the"], ["the"]):
        if low[: len(lead)] == lead:
            words = words[len(lead) :]
            break
    for size in range(len(words), 0, -1):
        for k in range(len(words) - size + 1):
            phrase = _POSSESSIVE.sub("", " ".join(words[k : k + size])).removeprefix("the ")
            of = _place(phrase, lex)
            rest = words[:k] + words[k + size :]
            if of is None or not rest:
                continue
            while rest and rest[-1].lower() in ("of", "for", "the", "in"):
                rest.pop()
            if rest:
                return of, " ".join(rest).lower()
    raise RosterError(
        f'no country or organisation is found in {question!r}: ask for example "foreign minister of Russia"'
    )


def _place(phrase: str, lex: Lexicon) -> str | None:
    for entry, _ in lex.builtin.get(phrase):
        if entry in lex.roster.countries or entry in lex.roster.organisations:
            return entry
    return None


def search(query: str, store: ActorStore | None = None, limit: int = 20, known: Lexicon | None = None) -> list[Found]:
    """Find actors by name: exact names first, then names that have all words of the query, or begin with them.

    Args:
        query: words of a name, in any case, with or without accents.
        store: the user's actors, searched too where given.
        limit: how many at most.
        known: the roster and its indexes; by default those that come with the package.
    """
    lex = known or lexicon()
    wanted = name_words(query)
    if not wanted:
        return []
    key = " ".join(wanted)
    ranked: dict[str, tuple[int, int, str]] = {}
    for words, (values, _, _) in lex.builtin.entries.items():
        if words == key:
            rank = 0
        elif all(f" {w}" in f" {words}" for w in wanted):
            rank = 1
        else:
            continue
        for found_id, _ in values:
            place = (rank, len(words), found_id)
            if found_id not in ranked or place < ranked[found_id]:
                ranked[found_id] = place
    out = []
    for entry_id in sorted(ranked, key=lambda e: ranked[e]):
        entry = lex.roster.entry(entry_id)
        if entry is not None:
            country = entry.id if isinstance(entry, Country) else getattr(entry, "country", None)
            out.append(Found(entry_id, entry.name, _kind(entry), country, False))
    if store is not None:
        out += [Found(a.id, a.name, a.kind, a.country, True) for a in store.search(wanted, limit)]
    return out[:limit]


def _kind(entry: Country | Person | Organisation | Outlet | Group) -> str:
    names = {Country: "country", Person: "person", Organisation: "organization", Outlet: "outlet", Group: "group"}
    return names[type(entry)]
