"""The roster: who held which office when, and the names of countries, bodies, outlets and groups.

The source is YAML under ``resources/roster``; `dateline.resolve.compile` turns it into
``data/roster.msgpack``, which `roster()` loads once. Names are stored as the parser's tokens,
lower-cased, so that a stage can look them up with one dictionary access a token.

Dates are ISO, as exact as they are known (``2004``, ``2004-03``, ``2004-03-09``); terms are
half-open: the end is the day the person left. Where a date is a month or a year only, a day
within it counts as held by both the leaving and the coming holder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Literal

import msgspec

from dateline.resolve.compiled import decode_compiled, load_compiled

_MAKER = "dateline.resolve.compile"
FORMAT = 1

# Sectors by rank: in whose name somebody with several offices acts.
PRECEDENCE = ("GOV", "IGO", "MIL", "LEG", "JUD", "SPY", "COP", "OPP", "REB", "PTY")

Sense = Literal["name", "alias", "demonym", "capital", "seat", "legislature", "military", "service", "short"]


def begins_by(begin: str | None, on: str) -> bool:
    """Whether something that began at `begin` had begun on `on`; both as exact as they are known."""
    if begin is None:
        return True
    k = min(len(begin), len(on), 10)
    return begin[:k] <= on[:k]


def ended_by(end: str | None, on: str) -> bool:
    """Whether something that ended at `end` was surely over on `on` (the end day itself is over)."""
    if end is None:
        return False
    k = min(len(end), len(on), 10)
    return end[:k] <= on[:k] if k == 10 else end[:k] < on[:k]


class Term(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An office held for a time.

    Attributes:
        office: office id, or "" where only `title` says what the role was.
        of: alpha-3 code of the country, or id of the organisation.
        begin, end: half-open ISO dates; None: unknown, or still in office.
        title: wording of a role that is no listed office.
    """

    office: str
    of: str
    begin: str | None = None
    end: str | None = None
    title: str | None = None

    def held(self, on: str) -> bool:
        """Whether the office was, or may have been, held on a day, in a month or year (ISO)."""
        return begins_by(self.begin, on) and not ended_by(self.end, on)


class Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Somebody in the news.

    Attributes:
        country: nationality or the country that the person is known for (alpha-3).
        family: the family name, or the name that later mentions use.
        short: other short forms that the press uses alone ("Lula", "MBS").
        sector: PLOVER sector where no office tells it.
        wikidata: Q-number, where it is certain.
    """

    id: str
    name: str
    country: str | None = None
    family: str = ""
    aka: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    gender: str = "m"
    sector: str | None = None
    father: str | None = None
    wikidata: str | None = None
    terms: tuple[Term, ...] = ()

    def terms_on(self, on: str) -> list[Term]:
        """The offices and roles held on `on`, the latest begun first."""
        return sorted((t for t in self.terms if t.held(on)), key=lambda t: t.begin or "", reverse=True)


class Country(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A state, a disputed one, or one that is no more (`end`).

    Attributes:
        id: ISO 3166-1 alpha-3, or the usual code for those without one.
        demonyms: adjectives and words for the people.
        capital, latitude, longitude: the seat of government.
        seats: places and buildings that stand for the government.
        legislature: names of its parliament and chambers.
        military: proper names of its armed forces.
        services: ids of its police, intelligence and other bodies with names of their own.
        leader: ids of the offices that "the X leader" means, the most likely first.
        disputed: not recognised by most; territory: part of another state, with a government of its own.
        begin, end: when the state existed.
    """

    id: str
    name: str
    iso2: str = ""
    aka: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str = ""
    latitude: float | None = None
    longitude: float | None = None
    seats: tuple[str, ...] = ()
    legislature: tuple[str, ...] = ()
    military: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    leader: tuple[str, ...] = ()
    disputed: bool = False
    territory: bool = False
    begin: str | None = None
    end: str | None = None


class Office(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A kind of office: its sector and how it is worded, in general and in single countries."""

    id: str
    sector: str
    titles: tuple[str, ...]
    national: dict[str, tuple[str, ...]] = {}


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A kind of body that every state has: its ministries, its police, its parliament.

    The entity of a country's body has the id ``{alpha-3 in lower case}_{id}``.

    Attributes:
        name: the formal name; "of X" is added for a country.
        words: how it is worded after a country, a demonym or alone.
        offices: ids of the offices that head it.
        national: proper names in single countries, the usual one first.
    """

    id: str
    name: str
    sector: str
    words: tuple[str, ...]
    offices: tuple[str, ...] = ()
    national: dict[str, tuple[str, ...]] = {}


class Organisation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A body with a proper name: IGO, party, armed group, company, NGO, agency, court."""

    id: str
    name: str
    aka: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    code: str | None = None
    seat: str | None = None
    members: tuple[str, ...] = ()
    wikidata: str | None = None


class Outlet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A newspaper, broadcaster, site or agency.

    Attributes:
        state: owned or run by a government.
        article: known by its name only together with "The" ("The Hill").
        domains: of its sites.
    """

    id: str
    name: str
    aka: tuple[str, ...] = ()
    country: str | None = None
    state: bool = False
    agency: bool = False
    article: bool = False
    domains: tuple[str, ...] = ()


class Agent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Common nouns for people that act ("rebels"); `plural` and `singular` are lower-cased tokens."""

    id: str
    sector: str
    singular: tuple[str, ...] = ()
    plural: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """States spoken of together ("the West", "the G7"); `members` empty where they are not fixed."""

    id: str
    name: str
    aka: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    code: str | None = None


class Name(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One way to name entries.

    Attributes:
        words: the parser's tokens, lower-cased, joined by blanks.
        text: as it is written.
        senses: (entry id, sense) of each entry so named, the most usual first.
        exact: the name counts only in this case (acronyms and names that are also plain words).
    """

    words: str
    text: str
    senses: tuple[tuple[str, Sense], ...]
    exact: bool = False


class Compiled(msgspec.Struct, kw_only=True):
    """What ``roster.msgpack`` holds."""

    format: int
    source: str
    countries: tuple[Country, ...]
    offices: tuple[Office, ...]
    bodies: tuple[Body, ...]
    persons: tuple[Person, ...]
    organisations: tuple[Organisation, ...]
    outlets: tuple[Outlet, ...]
    agents: tuple[Agent, ...]
    groups: tuple[Group, ...]
    names: tuple[Name, ...]
    families: dict[str, tuple[str, ...]]
    titles: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    body_words: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]


Entry = Country | Person | Organisation | Outlet | Group


class Roster:
    """The compiled roster with its indexes.

    Attributes:
        countries, offices, bodies, persons, organisations, outlets, groups: entries by id.
        agents: common nouns that act, by their lower-cased tokens joined by blanks:
            (agent, whether the form is plural).
        names: by lower-cased tokens joined by blanks.
        families: lower-cased family or short name -> ids of persons.
        titles: lower-cased title -> (office id, alpha-3 codes it is used in, or none for all).
        body_words: lower-cased wording -> (body id, alpha-3 codes it is used in, or none for all).
    """

    def __init__(self, compiled: Compiled) -> None:
        self.source = compiled.source
        self.countries = {c.id: c for c in compiled.countries}
        self.offices = {o.id: o for o in compiled.offices}
        self.bodies = {b.id: b for b in compiled.bodies}
        self.persons = {p.id: p for p in compiled.persons}
        self.organisations = {o.id: o for o in compiled.organisations}
        self.outlets = {o.id: o for o in compiled.outlets}
        self.groups = {g.id: g for g in compiled.groups}
        self.agents: dict[str, tuple[Agent, bool]] = {}
        for agent in compiled.agents:
            for form in agent.singular:
                self.agents[form] = (agent, False)
            for form in agent.plural:
                self.agents[form] = (agent, True)
        self.names = {n.words: n for n in compiled.names}
        self.families = compiled.families
        self.titles = compiled.titles
        self.body_words = compiled.body_words

    @cached_property
    def starts(self) -> dict[str, tuple[tuple[tuple[str, ...], Name], ...]]:
        """First lower-cased token -> (tokens, name) of all names that begin so, the longest first."""
        found: dict[str, list[tuple[tuple[str, ...], Name]]] = {}
        for words, name in self.names.items():
            tokens = tuple(words.split(" "))
            found.setdefault(tokens[0], []).append((tokens, name))
        return {first: tuple(sorted(names, key=lambda n: -len(n[0]))) for first, names in found.items()}

    @cached_property
    def _terms(self) -> dict[tuple[str, str], tuple[tuple[Term, Person], ...]]:
        found: dict[tuple[str, str], list[tuple[Term, Person]]] = {}
        for person in self.persons.values():
            for term in person.terms:
                found.setdefault((term.office, term.of), []).append((term, person))
        return {key: tuple(sorted(terms, key=lambda t: t[0].begin or "")) for key, terms in found.items()}

    def body(self, country: str, body: str) -> Organisation:
        """A country's body of a kind: `body("PRK", "foreign_ministry")` has the id ``prk_foreign_ministry``.

        Raises:
            KeyError: no such country or kind of body.
        """
        state, kind = self.countries[country], self.bodies[body]
        own = kind.national.get(country, ())
        before = (*state.demonyms[:1], f"{state.name}'s")
        aka = [*own[1:], *(f"{of} {words}" for of in before for words in kind.words)]
        if own:
            aka.append(f"{kind.name} of {state.name}")
        name = own[0] if own else f"{kind.name} of {state.name}"
        return Organisation(
            id=f"{country.lower()}_{body}", name=name, aka=tuple(aka), country=country, sector=kind.sector
        )

    def entry(self, entry_id: str) -> Entry | None:
        """The entry with this id: a country, person, organisation, body, outlet or group."""
        tables: tuple[Mapping[str, Entry], ...] = (
            self.countries,
            self.persons,
            self.organisations,
            self.outlets,
            self.groups,
        )
        for table in tables:
            if entry_id in table:
                return table[entry_id]
        country, _, body = entry_id.partition("_")
        if body in self.bodies and country.upper() in self.countries:
            return self.body(country.upper(), body)
        return None

    def named(self, tokens: Sequence[str]) -> Name | None:
        """The name made of these lower-cased tokens."""
        return self.names.get(" ".join(tokens))

    def longest_name(self, lower: Sequence[str], at: int, word: Sequence[str] | None = None) -> tuple[int, Name] | None:
        """The longest name that begins at a token: (number of tokens, name).

        Args:
            lower: lower-cased tokens of the text.
            at: index of the first token.
            word: the tokens as written; given, a name is passed over where the text writes its
                first or last word small, or, if it counts only in its own case ("US", "WHO"), otherwise.
        """
        for tokens, name in self.starts.get(lower[at], ()):
            n = len(tokens)
            if n > 1 and tuple(lower[at : at + n]) != tokens:
                continue
            if word is not None:
                if name.exact and "".join(word[at : at + n]) != name.text.replace(" ", ""):
                    continue
                if word[at][0].islower() and not name.text[0].islower():
                    continue
                # "The hill" is no newspaper: the last word counts as well.
                if word[at + n - 1][0].islower() and name.text.rsplit(" ", 1)[-1][0].isupper():
                    continue
            return n, name
        return None

    def terms(self, office: str, of: str) -> tuple[tuple[Term, Person], ...]:
        """All known terms of an office of a country or organisation, in order of their begin."""
        return self._terms.get((office, of), ())

    def holders(self, office: str, of: str, on: str | None = None) -> list[Person]:
        """Who held an office on a day, in a month or year (ISO; None: ever), in order of their begin."""
        found: dict[str, Person] = {}
        for term, person in self.terms(office, of):
            if on is None or term.held(on):
                found[person.id] = person
        return list(found.values())

    def holder(self, office: str, of: str, on: str) -> Person | None:
        """Who held an office on a day; the one who began last, where dates leave two."""
        found = self.holders(office, of, on)
        return found[-1] if found else None

    def leader(self, country: str, on: str) -> Person | None:
        """Whom "the X leader" means on a day: the holder of the first filled leading office."""
        state = self.countries.get(country)
        for office in state.leader if state else ():
            person = self.holder(office, country, on)
            if person is not None:
                return person
        return None

    def offices_titled(self, title: str, country: str | None = None) -> list[str]:
        """Ids of the offices that a lower-cased title means, those of `country`'s own wording first."""
        own, general = [], []
        for office, countries in self.titles.get(title, ()):
            if country is not None and country in countries:
                own.append(office)
            elif not countries:
                general.append(office)
            elif country is None:
                own.append(office)
        return own + general

    def title(self, office: str, of: str | None = None) -> str:
        """How an office is usually worded, in one country or organisation."""
        entry = self.offices[office]
        return (entry.national.get(of or "") or entry.titles)[0]

    def persons_called(self, family: str) -> list[Person]:
        """Persons by lower-cased family name or short form (tokens joined by blanks)."""
        return [self.persons[i] for i in self.families.get(family, ())]

    def standing(self, person: Person, on: str | None) -> tuple[str | None, str | None]:
        """For whom a person acted on a day, and in which sector.

        Of several offices the highest counts (a president who also leads a party is GOV). An office
        that ended leaves none: a former minister is not GOV. Without a date the last office counts.

        Returns:
            Id of the country or organisation and the sector; the person's own where no office was held.
        """
        terms: Iterable[Term] = person.terms[-1:] if on is None else person.terms_on(on)
        best: tuple[int, str, str | None] | None = None
        for term in terms:
            if term.office:
                organisation = self.organisations.get(term.of)
                sector = organisation.sector if organisation is not None else self.offices[term.office].sector
                rank = PRECEDENCE.index(sector) if sector in PRECEDENCE else len(PRECEDENCE)
                if best is None or rank < best[0]:
                    best = (rank, term.of, sector)
        return (best[1], best[2]) if best is not None else (person.country, person.sector)

    def sector(self, person: Person, on: str | None) -> str | None:
        """The sector a person acted in on a day (see `standing`)."""
        return self.standing(person, on)[1]


def decode(data: bytes) -> Compiled:
    """Read a compiled roster.

    Raises:
        RosterError: the data is no roster or was written in another format.
    """
    return decode_compiled(data, Compiled, FORMAT, "roster", _MAKER)


@cache
def roster() -> Roster:
    """The roster that comes with the package, loaded once.

    Raises:
        RosterError: the compiled file is missing or unreadable.
    """
    return load_compiled("roster.msgpack", lambda data: Roster(decode(data)), _MAKER)
