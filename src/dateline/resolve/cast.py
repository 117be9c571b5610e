"""The cast of a report: its entities as they are met, with what the text and the roster tell of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.records import Entity, EntityKind, Role
from dateline.resolve.lexicon import Lexicon
from dateline.resolve.register import Register
from dateline.resolve.roster import Body, Country, Group, Organisation, Outlet, Person, Term
from dateline.resolve.slug import slug


@dataclass(slots=True)
class Traits:
    """What pronouns and descriptions ask of an entity.

    Attributes:
        gender: "m", "f", or "" where unknown.
        plural: whether "they" rather than "it" means it.
        offices: (office id, country or organisation) that the text or the roster gives the person.
        words: words of its names and of the nouns that described it, folded.
        agent: agent id, for entities made from a common noun.
        state: whether an outlet is run by a government.
    """

    gender: str = ""
    plural: bool = False
    offices: list[tuple[str, str]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    agent: str = ""
    state: bool = False


class Cast:
    """Entities by id, in the order they were met.

    Args:
        lexicon: the roster and its indexes.
        on: ISO date of the report; None where it is unknown (the last office counts then).
    """

    def __init__(self, lexicon: Lexicon, on: str | None) -> None:
        self.lexicon = lexicon
        self.on = on[:10] if on else None
        self.entities: dict[str, Entity] = {}
        self.traits: dict[str, Traits] = {}
        self.register = Register(lexicon.family_first)
        self._bodies: dict[str, str] = {}

    def __contains__(self, entity_id: str) -> bool:
        return entity_id in self.entities

    def __getitem__(self, entity_id: str) -> Entity:
        return self.entities[entity_id]

    def _enter(self, entity: Entity, traits: Traits) -> str:
        self.entities[entity.id] = entity
        self.traits[entity.id] = traits
        self.register.add(entity, self.lexicon.roster.persons.get(entity.id))
        return entity.id

    def alias(self, entity_id: str, name: str) -> None:
        """Note how the text calls an entity."""
        entity = self.entities[entity_id]
        if name and name != entity.name and name not in entity.aliases:
            entity.aliases.append(name)
            if entity.kind not in ("person", "place", "country"):
                self.register.name(name, entity_id)

    # Entries of the roster.

    def known(self, entry_id: str, sense: str = "name") -> str | None:
        """Enter what a roster name means; None for an entry that does not exist.

        Args:
            entry_id: id of a country, person, organisation, outlet, group, or ``xyz_body``.
            sense: how the name names it (a capital or a seat names the country).
        """
        if entry_id in self.entities:
            return entry_id
        source = self.lexicon.roster
        code, _, body = entry_id.partition("_")
        if body in source.bodies and code.upper() in source.countries:
            return self.body(code.upper(), body)
        entry = source.entry(entry_id)
        if isinstance(entry, Country):
            return self.country(entry_id)
        if isinstance(entry, Person):
            return self._known_person(entry)
        if isinstance(entry, Organisation):
            return self._organisation(entry)
        if isinstance(entry, Outlet):
            return self._outlet(entry)
        if isinstance(entry, Group):
            return self._group(entry)
        return None

    def country(self, code: str) -> str:
        """Enter a country by its alpha-3 code."""
        if code not in self.entities:
            entry = self.lexicon.roster.countries[code]
            self._enter(
                Entity(id=code, name=entry.name, kind="country", country=code, code=code, aliases=list(entry.aka)),
                Traits(),
            )
        return code

    def _known_person(self, person: Person) -> str:
        source = self.lexicon.roster
        country, sector = source.standing(person, self.on)
        roles = [
            Role(title=self._role_title(term), begin=term.begin, end=term.end)
            for term in sorted(person.terms, key=lambda t: t.begin or "")
        ]
        terms = person.terms if self.on is None else person.terms_on(self.on)
        code = country
        organisation = source.organisations.get(country or "")
        if organisation is not None:
            country, code = (
                person.country,
                organisation.code or (organisation.country or "") + (organisation.sector or ""),
            )
        elif country or sector:
            code = (country or "") + (sector or "")
        return self._enter(
            Entity(
                id=person.id,
                name=person.name,
                kind="person",
                country=country,
                sector=sector,
                code=code or None,
                aliases=list(dict.fromkeys(n for n in (*person.aka, *person.short) if n != person.name)),
                roles=roles,
                ids={"wikidata": person.wikidata} if person.wikidata else {},
            ),
            Traits(gender=person.gender, offices=[(t.office, t.of) for t in terms if t.office]),
        )

    def _role_title(self, term: Term) -> str:
        source = self.lexicon.roster
        title = term.title or (source.title(term.office, term.of) if term.office in source.offices else term.office)
        of = source.entry(term.of)
        return f"{title} of {of.name}" if of is not None and term.office else title

    def _organisation(self, entry: Organisation) -> str:
        code = entry.code or ((entry.country or "") + (entry.sector or "")) or None
        return self._enter(
            Entity(
                id=entry.id,
                name=entry.name,
                kind="organization",
                country=entry.country,
                sector=entry.sector,
                code=code,
                aliases=list(entry.aka),
                ids={"wikidata": entry.wikidata} if entry.wikidata else {},
            ),
            Traits(),
        )

    def _outlet(self, entry: Outlet) -> str:
        return self._enter(
            Entity(
                id=entry.id,
                name=entry.name,
                kind="outlet",
                country=entry.country,
                sector="MED",
                code=(entry.country or "") + "MED",
                aliases=list(entry.aka),
            ),
            Traits(state=entry.state, words={"agency"} if entry.agency else set()),
        )

    def _group(self, entry: Group) -> str:
        return self._enter(
            Entity(id=entry.id, name=entry.name, kind="group", code=entry.code, aliases=list(entry.aka)),
            Traits(plural=not entry.name.startswith("the West")),
        )

    # Entities made by rule.

    def body(self, country: str, body_id: str) -> str:
        """Enter a country's ministry, police, parliament or army."""
        entity_id = f"{country.lower()}_{body_id}"
        self._bodies[body_id] = entity_id
        if entity_id in self.entities:
            return entity_id
        body = self.lexicon.roster.bodies[body_id]
        state = self.lexicon.roster.countries[country]
        national = body.national.get(country, ())
        name = national[0] if national else f"{body.name} of {with_article(state.name)}"
        if body_id in _FORCES:
            adjective = {"USA": "United States"}.get(country) or self.demonym(country)
            name = national[0] if national else f"{adjective} {body.name}"
            wanted = _FORCES[body_id]
            own = tuple(n for n in state.military if any(w in n for w in wanted))
            whole = next((n for n in own if any(w in n for w in _WHOLE)), None)
            if body_id == "military":
                own = tuple(n for n in state.military if not any(w in n for ws in _BRANCHES for w in ws))
                name = whole or name
            national = (*own, *national)
        elif body_id == "legislature" and state.legislature:
            name, national = state.legislature[0], (*state.legislature, *national)
        return self._enter(
            Entity(
                id=entity_id,
                name=name,
                kind="organization",
                country=country,
                sector=body.sector,
                code=country + body.sector,
                aliases=[a for a in dict.fromkeys([*national, *body_aliases(body, state)]) if a != name],
            ),
            Traits(),
        )

    def last_body(self, body_id: str) -> str | None:
        """The body of a kind that was entered last, of whatever country."""
        return self._bodies.get(body_id)

    def agent(self, country: str | None, agent_id: str, sector: str | None, word: str) -> str:
        """Enter people named by a common noun: "Syrian rebels", "analysts".

        Args:
            country: alpha-3 of the country they belong to, or None.
            agent_id: what makes two such phrases one entity.
            sector: PLOVER sector.
            word: the plural noun that names them.
        """
        entity_id = f"{country.lower()}_{slug(agent_id)}" if country else slug(agent_id)
        if entity_id in self.entities:
            return entity_id
        demonym = self.demonym(country) if country else ""
        return self._enter(
            Entity(
                id=entity_id,
                name=f"{demonym} {word}" if demonym else word,
                kind="group",
                country=country,
                sector=sector,
                code=((country or "") + (sector or "")) or None,
                aliases=[word] if demonym else [],
            ),
            Traits(plural=True, agent=agent_id),
        )

    def demonym(self, country: str) -> str:
        """The adjective of a country: "Russian"; its name where it has none."""
        entry = self.lexicon.roster.countries[country]
        return entry.demonyms[0] if entry.demonyms else entry.name

    def make(
        self,
        name: str,
        kind: EntityKind,
        *,
        country: str | None = None,
        sector: str | None = None,
        code: str | None = None,
        gender: str = "",
        plural: bool = False,
    ) -> str:
        """Enter somebody the roster does not know, by name."""
        base = slug(name)
        entity_id, n = base, 1
        while entity_id in self.entities and not _same(self.entities[entity_id], name, kind, country):
            n += 1
            entity_id = f"{base}_{n}"
        if entity_id not in self.entities:
            self._enter(
                Entity(
                    id=entity_id,
                    name=name,
                    kind=kind,
                    country=country,
                    sector=sector,
                    code=code or ((country or "") + (sector or "")) or None,
                ),
                Traits(gender=gender, plural=plural),
            )
        elif self.entities[entity_id].name.isupper() and not name.isupper():
            self.entities[entity_id].name = name  # a dateline wrote it in capitals
        return entity_id

    def refine(self, entity_id: str, country: str | None, sector: str | None) -> None:
        """Add country and sector to somebody the roster does not know, where the text tells them."""
        entity = self.entities[entity_id]
        if entity.country is None and country is not None:
            entity.country = country
        if entity.sector is None and sector is not None:
            entity.sector = sector
        if entity.kind not in ("place", "country"):
            entity.code = ((entity.country or "") + (entity.sector or "")) or entity.code


# Of several offices held at once the one in this order tells what somebody acts as.
# Words of the proper names that a country's forces have, by body.
_FORCES = {
    "military": ("",),
    "navy": ("Navy", "Naval", "Maritime"),
    "air_force": ("Air Force", "Air Self", "Aerospace"),
    "coast_guard": ("Coast Guard", "Coastguard"),
    "police": ("Police",),
}
_BRANCHES = (_FORCES["navy"], _FORCES["air_force"], _FORCES["coast_guard"], ("Marine",))
_WHOLE = ("Armed Forces", "Defence Force", "Defense Force", "Self-Defense", "People's", "Armed forces", "Tatmadaw")
_ARTICLE = (
    "United ",
    "Netherlands",
    "Philippines",
    "Bahamas",
    "Maldives",
    "Gambia",
    "Comoros",
    "Vatican",
    "Seychelles",
)


def _same(entity: Entity, name: str, kind: EntityKind, country: str | None) -> bool:
    """Whether an entity met before is the one now named; places of two countries are two."""
    if entity.name.casefold() != name.casefold() or entity.kind != kind:
        return False
    return kind != "place" or country is None or entity.country in (None, country)


def with_article(country: str) -> str:
    """The name of a country as it stands in a sentence: "the United States", "Kenya"."""
    if country.startswith(_ARTICLE) or country.endswith(("Republic", "Islands", "Emirates", "Union")):
        return f"the {country}"
    return country


def branch_of(name: str) -> str:
    """The body that a proper name of armed forces means: navy, air force, coast guard, or all of them."""
    for body_id in ("coast_guard", "navy", "air_force"):
        if any(word in name for word in _FORCES[body_id]):
            return body_id
    return "military"


def body_aliases(body: Body, state: Country) -> list[str]:
    """How the press names a country's ministry: "Russian Foreign Ministry", "Russia's foreign ministry"."""
    demonym = state.demonyms[0] if state.demonyms else state.name
    short = {"USA": "U.S.", "GBR": "U.K."}.get(state.id)
    out = []
    for words in body.words[:3]:
        capital = " ".join(w if w in ("of", "for", "and", "the") else w[:1].upper() + w[1:] for w in words.split(" "))
        out += [f"{demonym} {capital}", f"{state.name}'s {words}"]
        if short:
            out += [f"{short} {capital}", f"{short.replace('.', '')} {capital}"]
        if " of " not in words and " for " not in words:
            out.append(f"{capital} of {state.name}")
        out.append(capital)
    return out
