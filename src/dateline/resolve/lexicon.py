"""What the resolver looks up in a text: the roster's names, and the common nouns that can mean
somebody, each found by its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from dateline.mentions.names import NameIndex, fold, name_words
from dateline.resolve.actors.known import UserNames, own_copy
from dateline.resolve.actors.store import ActorStore, actors_path
from dateline.resolve.roster import Agent, Roster, roster

NounKind = Literal[
    "title", "body", "agent", "document", "outlet", "kind", "government", "side", "kin", "ally", "spokesperson"
]

# Nouns whose bearer is found in the text before them, with what it has to be.
_DOCUMENTS = (
    "statement report interview announcement communique communiqué declaration letter release memo dispatch article "
    "editorial commentary story coverage speech address remarks tweet post broadcast summary survey study poll briefing "
    "account document filing lawsuit complaint"
).split()
_OUTLETS = (
    "outlet newspaper paper daily tabloid weekly magazine broadcaster network station channel website site publication "
    "agency,news agency,wire service,wire,media outlet,news outlet,state media,state television,state tv,newscaster,"
    "news site,news website,news channel,news service,tv station,television station,radio station,radio"
)
_KINDS: dict[str, tuple[str, ...]] = {
    "country": ("country", "nation", "state", "republic", "kingdom", "neighbor", "neighbour"),
    "organization": (
        "organization", "organisation", "group", "company", "firm", "party", "movement", "bank", "bloc", "alliance",
        "union", "committee", "commission", "council", "department", "court", "institute", "university", "foundation",
        "fund", "corporation", "organiser", "campaign", "observatory", "watchdog", "coalition", "charity", "body",
        "militia", "regulator", "carrier", "airline", "giant", "bureau", "league", "tribunal", "panel", "cartel",
    ),
    "place": ("city", "town", "village", "region", "province", "capital", "area", "island", "district", "territory"),
}  # fmt: skip
_GOVERNMENT = (
    "government",
    "regime",
    "administration",
    "authorities",
    "officials",
    "official",
    "leadership",
    "cabinet",
)
_SIDES = (
    "side",
    "country",
    "nation",
    "state",
    "government",
    "leader",
    "president",
    "party",
    "capital",
    "neighbor",
    "neighbour",
)
# Loose kinds of people who speak and are spoken of; each noun is an entity of its own.
_PEOPLE = (
    "source critic supporter aide adviser advisor counterpart commentator insider follower hawk skeptic sceptic opponent "
    "rival backer loyalist defender proponent pundit observer strategist pollster consultant lobbyist lawyer attorney "
    "spokesmen blogger neighbor neighbour relative friend colleague author writer filmmaker producer singer artist actor "
    "athlete player employee staffer musician homeguard coach fan customer consumer patient owner operator leader member chief head director chairman "
    "chairwoman founder organizer organiser representative delegate negotiator veteran expert analyst official"
).split()
# Abbreviated ranks before names, by the agent that they are.
_RANKS = {
    "soldier": "gen. col. lt. maj. capt. sgt. adm. brig. cmdr. cpl. lieut.",
    "lawmaker": "sen. rep. reps. sens. mep meps",
    "official": "gov. amb. sec.",
    "cleric": "rev. fr.",
    "police officer": "insp. supt. det.",
    "professor": "prof.",
}
_KIN = "father mother son daughter brother sister wife husband uncle aunt nephew niece cousin grandfather grandson widow".split()
_SPOKESPEOPLE = "spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons".split()
# Women's given names that are frequent in the news; the roster's own persons add theirs.
_WOMEN = (
    "mary maria anna anne ann elizabeth sarah susan nancy karen linda barbara patricia jennifer lisa sandra margaret carol "
    "ruth helen sharon michelle laura amy angela melissa emily rebecca rachel catherine katherine kathleen christine "
    "julia julie diane alice jane joan janet christina hillary hilary kamala condoleezza madeleine theresa teresa ursula "
    "federica natalia natalya olga elena irina svetlana tatiana ekaterina yulia oksana marina fatima aisha leila laila "
    "zainab mariam maryam khadija noor amina indira sonia priya sushma benazir aung marine segolene christiane simone "
    "claire sophie nicole isabelle camille charlotte emma olivia sophia grace victoria caroline kate katie jessica ashley "
    "amanda stephanie nicola ruth yvette priti amber andrea heidi gina samantha susana carmen rosa dilma cristina "
    "michele eva ingrid mette sanna jacinda julia kaja margrethe kristalina melania ivanka jill sally tulsi nikki"
).split()


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
            for entry_id, sense in name.senses:
                self.names.add(name.text, (entry_id, sense), exact=name.exact)
        if "west" in source.groups:
            self.names.add("Western", ("west", "demonym"), exact=True)
        self.builtin = self.names
        if store is not None:
            self.names = UserNames(self.builtin, store, self.roster)
        self.nouns: NameIndex[Noun] = NameIndex()
        self._add_titles()
        self._add_bodies()
        self._add_agents()
        self._add_words()
        self.women = frozenset(_WOMEN) | {
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
        for word in _DOCUMENTS:
            add(word, Noun("document", word), plain=True)
            add(plural(word), Noun("document", word, True), plain=True)
        for words in ",".join(_OUTLETS.split(" ", 14)).split(","):
            add(words, Noun("outlet", words), plain=True)
            add(plural(words), Noun("outlet", words, True), plain=True)
        for kind, nouns in _KINDS.items():
            for word in nouns:
                add(word, Noun("kind", kind), plain=True)
        for word in _GOVERNMENT:
            add(word, Noun("government", word, word in ("authorities", "officials")), plain=True)
        add("governments", Noun("government", "government", True), plain=True)
        for word in _SIDES:
            add(plural(word), Noun("side", word, True), plain=True)
        for word in _KIN:
            add(word, Noun("kin", word), plain=True)
        for word in _PEOPLE:
            if word not in self.roster.agents and not any(n.kind == "title" for n in self.nouns.get(word)):
                add(word, Noun("agent", word, False), plain=True)
                add(plural(word), Noun("agent", word, True), plain=True)
        for form, words in _RANKS.items():
            known = self.roster.agents.get(form)
            if known is not None:
                for word in words.split():
                    add(word, Noun("agent", known[0].id, False, (), known[0].sector), plain=True)
        for word in _KINDS["organization"]:
            add(plural(word), Noun("agent", word, True), plain=True)
        add("ally", Noun("ally", "ally"), plain=True)
        add("allies", Noun("ally", "ally", True), plain=True)
        for word in _SPOKESPEOPLE:
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

    def agent(self, agent_id: str) -> Agent:
        """The agent entry with this id."""
        return self._agents[agent_id]

    @cached_property
    def _agents(self) -> dict[str, Agent]:
        return {agent.id: agent for agent, _ in self.roster.agents.values()}


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
