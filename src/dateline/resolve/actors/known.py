"""The user's actors behind the roster's names: one index that asks the roster first, then the store."""

from __future__ import annotations

import copy
from functools import lru_cache

from dateline.mentions.names import NameIndex
from dateline.resolve.actors.actor import SECTORS, Actor
from dateline.resolve.actors.store import ActorStore
from dateline.resolve.roster import Group, Office, Organisation, Outlet, Person, Roster, Term

Value = tuple[str, str]
_LABELS = {
    "GOV": "official", "MIL": "officer", "LEG": "lawmaker", "JUD": "judge", "OPP": "opposition politician",
    "REB": "rebel", "COP": "police officer", "SPY": "intelligence officer", "MED": "journalist",
    "BUS": "businessperson", "PTY": "politician",
}  # fmt: skip


def own_copy(roster: Roster) -> Roster:
    """A roster that the user's actors can enter without a trace in the one that the package loaded.

    It has an office ``sector:GOV`` and so on for each sector, for what dictionaries code by days
    without naming the office.
    """
    own = copy.copy(roster)
    own.persons = dict(roster.persons)
    own.organisations = dict(roster.organisations)
    own.outlets = dict(roster.outlets)
    own.groups = dict(roster.groups)
    own.offices = dict(roster.offices) | {
        f"sector:{s}": Office(id=f"sector:{s}", sector=s, titles=(_LABELS.get(s, s),)) for s in sorted(SECTORS)
    }
    return own


class _Entries(dict[str, tuple[list[Value], str, bool]]):
    """Entries of the roster's index, and of the store where the roster has none or the name has more bearers."""

    def __init__(self, builtin: NameIndex[Value], names: UserNames) -> None:
        super().__init__()
        self._builtin = builtin.entries
        self._names = names

    def get(self, key: str, default: object = None) -> tuple[list[Value], str, bool] | None:  # type: ignore[override]
        """The entry under folded words joined by blanks."""
        known = self._builtin.get(key)
        own = self._names.lookup(key)
        if own is None:
            return known
        if known is None:
            return own
        return [*known[0], *(v for v in own[0] if v not in known[0])], known[1], known[2]


class UserNames(NameIndex[Value]):
    """The roster's names with the user's behind them.

    Args:
        builtin: the index of the roster's names.
        store: the user's actors; their names stay on disk, only first words are in memory.
        roster: a roster of one's own, which the actors that a text names enter.
    """

    def __init__(self, builtin: NameIndex[Value], store: ActorStore, roster: Roster) -> None:
        super().__init__()
        self._store = store
        self._roster = roster
        lengths: dict[str, set[int]] = {}
        for word, size in store.starts():
            lengths.setdefault(word, set()).add(size)
        self.lengths = dict(builtin.lengths)
        for word, sizes in lengths.items():
            self.lengths[word] = tuple(sorted({*sizes, *builtin.lengths.get(word, ())}, reverse=True))
        self._own_lengths = lengths
        self.entries = _Entries(builtin, self)
        self.lookup = lru_cache(maxsize=50_000)(self._lookup)

    def _lookup(self, key: str) -> tuple[list[Value], str, bool] | None:
        first, n = key.split(" ", 1)[0], key.count(" ") + 1
        if n not in self._own_lengths.get(first, ()):
            return None
        found = self._store.spelt(key)
        values: list[Value] = []
        for actor_id, _ in found:
            actor = self._store.get(actor_id)
            if actor is not None:
                values.append(self._enter(actor))
        if not values:
            return None
        # A name of one word counts only as it is written: dictionaries hold many that are plain words.
        return values, found[0][1], n == 1

    def _enter(self, actor: Actor) -> Value:
        roster = self._roster
        if actor.kind == "country" and actor.country in roster.countries:
            return actor.country, "alias"
        if actor.kind == "person":
            roster.persons[actor.id] = as_person(actor, roster)
        elif actor.kind == "outlet":
            roster.outlets[actor.id] = Outlet(
                id=actor.id, name=actor.name, aka=tuple(actor.aliases), country=actor.country
            )
        elif actor.kind == "group":
            roster.groups[actor.id] = Group(id=actor.id, name=actor.name, aka=tuple(actor.aliases), code=_code(actor))
        else:
            roster.organisations[actor.id] = Organisation(
                id=actor.id,
                name=actor.name,
                aka=tuple(actor.aliases),
                country=actor.country,
                sector=actor.periods[-1].sector if actor.periods else None,
                wikidata=actor.ids.get("wikidata"),
            )
        return actor.id, "name"


def _code(actor: Actor) -> str | None:
    last = actor.periods[-1] if actor.periods else None
    return ((last.country or "") + (last.sector or "")) or None if last is not None else None


def as_person(actor: Actor, roster: Roster) -> Person:
    """A user's actor as an entry of the roster, with what it was coded as for terms."""
    terms = []
    standing = None
    for period in actor.periods:
        if period.country is None or period.country not in roster.countries:
            standing = period.sector or standing
            continue
        office = _office(period.title, period.country, roster) if period.title else None
        if office is None and period.sector is not None:
            office = f"sector:{period.sector}"
        if office is not None:
            terms.append(Term(office, period.country, period.begin, period.end, period.title))
    return Person(
        id=actor.id,
        name=actor.name,
        country=actor.country,
        family=actor.name.split()[-1],
        aka=tuple(actor.aliases),
        gender=actor.gender or "",
        sector=standing,
        wikidata=actor.ids.get("wikidata"),
        terms=tuple(terms),
    )


def _office(title: str, country: str, roster: Roster) -> str | None:
    """The office that a title means: "Minister of Foreign Affairs of Kenya" -> ``foreign_minister``."""
    lower = title.lower()
    state = roster.countries[country]
    for place in (state.name, *state.aka):
        for end in (f" of {place.lower()}", f" of the {place.lower()}"):
            lower = lower.removesuffix(end)
    found = roster.offices_titled(lower, country)
    return found[0] if found else None
