"""How the entities of a report can be called again: by surname, by a part of the name, by initials."""

from __future__ import annotations

from dateline.mentions.names import initials, name_words
from dateline.records import Entity
from dateline.resolve.roster import Person

SURNAME_FIRST = frozenset({"PRK", "KOR", "CHN", "TWN", "VNM", "KHM", "HUN"})
_CALLED = frozenset({"organization", "outlet", "group"})


class Register:
    """Short forms of the entities entered so far, each pointing to ids in the order of entry.

    Args:
        family_first: folded family names of languages that put them first ("kim", "nguyen").
    """

    def __init__(self, family_first: frozenset[str] = frozenset()) -> None:
        self._first = family_first
        self._surnames: dict[str, list[str]] = {}
        self._full: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._edges: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._initials: dict[str, str] = {}
        self._media: dict[str, str] = {}

    def add(self, entity: Entity, person: Person | None = None) -> None:
        """Take in an entity; `person` is its roster entry, for those that have one."""
        if entity.kind == "person":
            self._add_person(entity, person)
        elif entity.kind in _CALLED:
            words = name_words(entity.name)
            for edge in {words[0], words[-1]} if len(words) > 1 and entity.kind != "group" else ():
                self._edges.setdefault(edge, []).append((words, entity.id))
            self._initials[initials(entity.name.replace("-", " ").split())] = entity.id
            for name in (entity.name, *entity.aliases):
                self.name(name, entity.id)
            if entity.kind == "outlet" and entity.country is not None:
                self._media.setdefault(entity.country, entity.id)

    def name(self, name: str, entity_id: str) -> None:
        """Take in another name of an organisation, outlet or group."""
        self._named.setdefault(name.casefold(), entity_id)

    def _add_person(self, entity: Entity, person: Person | None) -> None:
        parts = name_words(entity.name)
        self._full.setdefault(" ".join(parts), entity.id)
        if person is not None:
            shorts = {" ".join(name_words(s)) for s in (person.family, *person.short)}
        else:
            shorts = {parts[-1]} if parts else set()
            if len(parts) > 2:
                shorts |= {" ".join(parts[1:]), " ".join(parts[-2:])}
            if len(parts) > 1 and (entity.country in SURNAME_FIRST or (len(parts) > 2 and parts[0] in self._first)):
                shorts.add(parts[0])
        for short in sorted(shorts):
            if short:
                self._surnames.setdefault(short, []).append(entity.id)

    def surnamed(self, words: str) -> list[str]:
        """Persons with these folded words as their family name, with the Arabic article or without."""
        bare = words.split(" ", 1)[1] if words.startswith(("al ", "el ")) else words
        found = [*self._surnames.get(words, ()), *(self._surnames.get(bare, ()) if bare != words else ())]
        return list(dict.fromkeys(found + self._surnames.get(f"al {words}", [])))

    def person(self, words: tuple[str, ...]) -> str | None:
        """The person whose full name these folded words are."""
        return self._full.get(" ".join(words))

    def named(self, name: str) -> str | None:
        """The organisation, outlet or group of this name, in any case."""
        return self._named.get(name.casefold())

    def abbreviated(self, acronym: str) -> str | None:
        """The organisation whose capitalised words begin with these letters."""
        return self._initials.get(acronym)

    def part(self, words: tuple[str, ...]) -> str | None:
        """The organisation entered last whose name begins or ends with these folded words and has more."""
        for edge in (words[0], words[-1]):
            for own, entity_id in reversed(self._edges.get(edge, [])):
                if len(own) > len(words) and words in (own[: len(words)], own[-len(words) :]):
                    return entity_id
        return None

    def medium(self, country: str) -> str | None:
        """The first outlet of a country."""
        return self._media.get(country)
