"""What the resolver looks up in a text: the roster's names, and the common nouns that can mean
somebody, each found by its words.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

import yaml

from dateline.mentions.names import NameIndex, fold, name_words
from dateline.resolve.actors.known import UserNames, own_copy
from dateline.resolve.actors.store import ActorStore, actors_path
from dateline.resolve.register import SURNAME_FIRST
from dateline.resolve.roster import Agent, Roster, roster

NounKind = Literal[
    "title",
    "body",
    "agent",
    "document",
    "outlet",
    "kind",
    "government",
    "side",
    "kin",
    "ally",
    "spokesperson",
    "craft",
    "election",
]


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun (or a title) that can mean somebody.

    Attributes:
        kind: what it is.
        id: office, body or agent id; for kind "kind" what the bearer has to be; else the noun.
        plural: whether this form is plural.
        countries: where the wording is used; empty for everywhere.
        sector: PLOVER sector, for agents.
    """

    kind: NounKind
    id: str
    plural: bool = False
    countries: tuple[str, ...] = ()
    sector: str | None = None


class Lexicon:
    """The indexes over one roster.

    Attributes:
        roster: where the entries are.
        names: proper names -> (entry id, sense), the user's own actors among them.
        builtin: those of the roster alone.
        nouns: titles, bodies, agents and other nouns -> `Noun`s.
        women: lower-cased given names of women.
    """

    def __init__(self, source: Roster, store: ActorStore | None = None) -> None:
        self.roster = source if store is None else own_copy(source)
        self.names: NameIndex[tuple[str, str]] = NameIndex()
        for name in source.names.values():
            self.names.add_tokens(name.words, name.text, list(name.senses), name.exact)
        if "west" in source.groups:
            self.names.add("Western", ("west", "demonym"), exact=True)
        self.words = _nouns()
        self.builtin = self.names
        if store is not None:
            self.names = UserNames(self.builtin, store, self.roster)
        self.nouns: NameIndex[Noun] = NameIndex()
        self._add_titles()
        self._add_bodies()
        self._add_agents()
        self._add_words()
        self.women = frozenset(self.words["women"]) | {
            fold(p.name.split()[0].lower())
            for p in source.persons.values()
            if p.gender == "f" and p.family != p.name.split()[0]
        }

    def _add_titles(self) -> None:
        for title, offices in self.roster.titles.items():
            exact = title.isupper()
            for office, countries in offices:
                if office.startswith("spokesperson") and " for " in title:
                    continue  # "a spokesman for the army": two phrases, the second of which says whose
                self.nouns.add(title, Noun("title", office, False, countries), plain=not exact, exact=exact)
                self.nouns.add(plural(title), Noun("title", office, True, countries), plain=True)

    def _add_bodies(self) -> None:
        for words, bodies in self.roster.body_words.items():
            for body, countries in bodies:
                sector = self.roster.bodies[body].sector
                self.nouns.add(words, Noun("body", body, False, countries, sector), plain=True)
                self.nouns.add(plural(words), Noun("body", body, True, countries, sector), plain=True)

    def _add_agents(self) -> None:
        for form, (agent, is_plural) in self.roster.agents.items():
            self.nouns.add(form, Noun("agent", agent.id, is_plural, (), agent.sector), plain=True)

    def _add_words(self) -> None:
        add = self.nouns.add
        for word in self.words["documents"]:
            add(word, Noun("document", word), plain=True)
            add(plural(word), Noun("document", word, True), plain=True)
        for words in self.words["outlets"]:
            add(words, Noun("outlet", words), plain=True)
            add(plural(words), Noun("outlet", words, True), plain=True)
        for kind in ("country", "organization", "place"):
            for word in self.words[_PLURALS[kind]]:
                add(word, Noun("kind", kind), plain=True)
        for word in self.words["governments"]:
            add(word, Noun("government", word, word in ("authorities", "officials")), plain=True)
        add("governments", Noun("government", "government", True), plain=True)
        for word in self.words["sides"]:
            add(plural(word), Noun("side", word, True), plain=True)
        for word in self.words["kin"]:
            add(word, Noun("kin", word), plain=True)
        for word in self.words["people"]:
            if word not in self.roster.agents and not any(n.kind == "title" for n in self.nouns.get(word)):
                add(word, Noun("agent", word, False), plain=True)
                add(plural(word), Noun("agent", word, True), plain=True)
        for form, ranks in self.words["ranks"].items():
            known = self.roster.agents.get(form)
            if known is not None:
                for word in ranks:
                    add(word, Noun("agent", known[0].id, False, (), known[0].sector), plain=True)
        for word in self.words["organizations"]:
            add(plural(word), Noun("agent", word, True), plain=True)
        for kind, body in (("ships", "navy"), ("planes", "air_force")):
            for word in self.words[kind] if body in self.roster.bodies else ():
                add(word, Noun("craft", body, False, (), "MIL"), plain=True)
                add(plural(word), Noun("craft", body, True, (), "MIL"), plain=True)
        for word in self.words["elections"]:
            add(word, Noun("election", "election"), plain=True)
            add(plural(word), Noun("election", "election", True), plain=True)
        add("ally", Noun("ally", "ally"), plain=True)
        add("allies", Noun("ally", "ally", True), plain=True)
        for word in self.words["spokespeople"]:
            add(word, Noun("spokesperson", word, word.endswith(("men", "ple", "ons"))), plain=True)

    def outlets_like(self, first: str) -> tuple[str, ...]:
        """Ids of outlets one of whose names begins with a folded word."""
        return self._outlets_by_word.get(first, ())

    @cached_property
    def _outlets_by_word(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for outlet in self.roster.outlets.values():
            for name in (outlet.name, *outlet.aka):
                words = name_words(name)
                if len(words) > 1:
                    found.setdefault(words[0], {})[outlet.id] = None
        return {word: tuple(ids) for word, ids in found.items()}

    @cached_property
    def given_names(self) -> frozenset[str]:
        """Folded given names that several persons of the roster have."""
        counts: Counter[str] = Counter()
        for person in self.roster.persons.values():
            words = name_words(person.name)
            if len(words) > 1 and name_words(person.family)[:1] != words[:1]:
                counts[words[0]] += 1
        return frozenset(name for name, count in counts.items() if count > 1 and len(name) > 2)

    @cached_property
    def family_first(self) -> frozenset[str]:
        """Folded family names that stand first in East Asian names of the roster."""
        found = set()
        for person in self.roster.persons.values():
            words = name_words(person.name)
            if person.country in SURNAME_FIRST and len(words) > 1 and name_words(person.family) == words[:1]:
                found.add(words[0])
        return frozenset(found)

    def agent(self, agent_id: str) -> Agent:
        """The agent entry with this id."""
        return self._agents[agent_id]

    @cached_property
    def _agents(self) -> dict[str, Agent]:
        return {agent.id: agent for agent, _ in self.roster.agents.values()}


_PLURALS = {"country": "countries", "organization": "organizations", "place": "places"}


def _nouns() -> dict[str, Any]:
    """The lists of ``data/nouns.yaml``."""
    text = (files("dateline.data") / "nouns.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


def plural(words: str) -> str:
    """The plural of a noun phrase: "ministers of defence", "secretaries of state", "police"."""
    for link in (" of ", " for ", " to ", "-in-", " in "):
        if link in words:
            head, rest = words.split(link, 1)
            return plural(head) + link + rest
    if words.endswith("y") and words[-2:-1] not in "aeou":
        return words[:-1] + "ies"
    if words.endswith("man"):
        return words[:-3] + "men"
    if words.endswith(("s", "x", "ch", "sh")):
        return words + "es"
    return words + "s"


@cache
def lexicon() -> Lexicon:
    """The indexes over the roster that comes with the package and the user's actors, built once."""
    path = actors_path()
    return Lexicon(roster(), ActorStore(path) if path.is_file() else None)
