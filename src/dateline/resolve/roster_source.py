"""Read the roster's YAML: one entry a thing, checked so that a mistake is named with file and entry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from dateline.errors import RosterError
from dateline.resolve.roster import Agent, Body, Country, Group, Office, Organisation, Outlet, Person, Term

# PLOVER and CAMEO sectors.
_SECTORS = "GOV MIL LEG JUD OPP REB COP SPY MED IGO NGO BUS CVL PTY EDU HLH REL LAB CRM UAF ELI REF AGR ENV SEP"
SECTORS = frozenset(_SECTORS.split(" "))
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")
_PLAIN = str.maketrans(dict(zip("øØłŁıđĐð", "oOlLidDd")) | {"ß": "ss", "æ": "ae"})

T = TypeVar("T", bound=msgspec.Struct)


@dataclass
class Source:
    """All entries as they stand in the YAML, each list in the order of its file."""

    countries: list[Country] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    outlets: list[Outlet] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)


def fold(text: str) -> str:
    """A name without diacritics: "Élysée" -> "Elysee"."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def slug(name: str) -> str:
    """The id of a name: lower-case ASCII words joined by underscores."""
    return re.sub(r"[^a-z0-9]+", "_", fold(name).replace("'", "").replace("’", "").lower()).strip("_")


def is_date(text: str) -> bool:
    """Whether a text is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` and exists in the calendar."""
    if not _DATE.match(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


class Reader:
    """Reads the files of one folder and collects what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []

    def problem(self, file: str, entry: str, reason: str) -> None:
        """Note a mistake, to be reported with the others."""
        self.problems.append(f"{file}: {entry}: {reason}")

    def load(self, file: str) -> dict[str, Any]:
        """The mapping in a file, every scalar a string (so that `NO` is Norway and not false)."""
        path = self.folder / file
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            self.problem(file, "file", "is missing")
            return {}
        try:
            data = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
        except yaml.YAMLError as error:
            self.problem(file, "file", f"is not YAML ({' '.join(str(error).split())})")
            return {}
        if not isinstance(data, dict):
            self.problem(file, "file", "must be a mapping from ids to entries")
            return {}
        for twice in _twice(text):
            self.problem(file, twice, "is defined twice")
        return data

    def table(self, file: str, kind: type[T], key: Callable[[str], str] = lambda k: k) -> list[T]:
        """The entries of a file that maps ids to entries of one kind."""
        found = []
        for name, fields in self.load(file).items():
            entry = self.entry(file, name, fields, kind, id=key(name))
            if entry is not None:
                found.append(entry)
        return found

    def entry(self, file: str, where: str, fields: Any, kind: type[T], **more: Any) -> T | None:
        """One entry, or None after a problem was noted."""
        if not isinstance(fields, dict):
            self.problem(file, where, f"must be a mapping of fields, got {fields!r}")
            return None
        known = {f.name for f in msgspec.structs.fields(kind)}
        unknown = sorted(set(fields) - known)
        if unknown:
            self.problem(file, where, f"has unknown fields {', '.join(unknown)}; known are {', '.join(sorted(known))}")
            return None
        values = {k: _value(v) for k, v in fields.items()}
        try:
            entry = msgspec.convert({**values, **more}, kind, strict=False)
        except msgspec.ValidationError as error:
            self.problem(file, where, str(error))
            return None
        sector = getattr(entry, "sector", None)
        if sector is not None and sector not in SECTORS:
            self.problem(file, where, f"has the unknown sector {sector!r}")
        return entry


def _value(value: Any) -> Any:
    if value in ("null", "~", ""):
        return None
    if isinstance(value, list):
        return [_value(v) for v in value]
    return value


def _twice(text: str) -> Iterator[str]:
    """Keys at the left margin or two blanks in that stand twice in their mapping (YAML keeps the last)."""
    seen: dict[int, set[str]] = {0: set(), 2: set()}
    for line in text.splitlines():
        match = re.match(r"( {0,2})([^\s#'\"\-\[{][^:]*|'[^']+'|\"[^\"]+\"):(\s|$)", line)
        if not match or len(match.group(1)) == 1:
            continue
        depth = len(match.group(1))
        if depth == 0:
            seen[2] = set()
        if match.group(2) in seen[depth]:
            yield match.group(2)
        seen[depth].add(match.group(2))


def read_source(folder: Path) -> Source:
    """Read all of the roster's YAML.

    Args:
        folder: where ``countries.yaml`` and the others lie.

    Raises:
        RosterError: naming file, entry and reason of everything that is wrong.
    """
    reader = Reader(folder)
    source = Source()
    for code, fields in reader.load("countries.yaml").items():
        _country(reader, source, code, fields)
    source.offices = reader.table("offices.yaml", Office)
    source.bodies = reader.table("bodies.yaml", Body)
    source.organisations += reader.table("organisations.yaml", Organisation)
    source.outlets = reader.table("outlets.yaml", Outlet)
    source.agents = reader.table("agents.yaml", Agent)
    source.groups = reader.table("groups.yaml", Group)
    _persons(reader, source)
    _references(reader, source)
    if reader.problems:
        raise RosterError("the roster has mistakes:\n  " + "\n  ".join(reader.problems))
    return source


def _country(reader: Reader, source: Source, code: str, fields: Any) -> None:
    if not isinstance(fields, dict):
        reader.problem("countries.yaml", code, f"must be a mapping of fields, got {fields!r}")
        return
    fields = dict(fields)
    place = fields.pop("capital", None)
    if place is not None:
        try:
            fields["capital"], fields["latitude"], fields["longitude"] = place
        except ValueError:
            reader.problem("countries.yaml", code, f"capital must be [name, latitude, longitude], got {place!r}")
    services = fields.pop("services", {})
    ids = []
    for name, (sector, *aka) in services.items():
        service = f"{code.lower()}_{slug(name)}"
        ids.append(service)
        source.organisations.append(Organisation(id=service, name=name, aka=tuple(aka), country=code, sector=sector))
    country = reader.entry("countries.yaml", code, {**fields, "services": ids}, Country, id=code)
    if country is not None:
        source.countries.append(country)


@dataclass
class _Draft:
    """A person as the files add to it."""

    name: str
    file: str
    country: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)


def _persons(reader: Reader, source: Source) -> None:
    offices = {o.id for o in source.offices}
    drafts: dict[str, _Draft] = {}
    folder = reader.folder / "persons"
    for path in sorted(folder.glob("*.yaml"), key=lambda p: (p.stem == "IGO", p.stem)):
        file = f"persons/{path.name}"
        data = reader.load(file)
        unknown = sorted(set(data) - {"country", "terms", "organisations", "people", "others"})
        if unknown:
            reader.problem(file, ", ".join(unknown), "is no part of a person file")
        _read_persons(reader, file, data, drafts, offices)
    for person_id, draft in drafts.items():
        fields = {"country": draft.country, **draft.fields}
        # "Ri Yong Ho (general)" is another person than "Ri Yong Ho"; both go by the name alone.
        name = re.sub(r" \([^)]*\)\Z", "", draft.name)
        if "family" not in fields:
            fields["family"] = _family(name)
        person = reader.entry(draft.file, draft.name, fields, Person, id=person_id, name=name)
        if person is not None:
            terms = tuple(sorted(draft.terms, key=lambda t: t.begin or ""))
            source.persons.append(msgspec.structs.replace(person, terms=terms))


def _family(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[-1].rstrip(".").lower() in ("jr", "sr", "ii", "iii", "iv", "v", "vi"):
        words.pop()
    # Particles belong to the name: "van der Bellen", "de la Espriella".
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES and words[at - 1][0].islower():
        at -= 1
    return " ".join(words[at:])


_PARTICLES = frozenset(
    [
        "al",
        "bin",
        "ibn",
        "von",
        "van",
        "der",
        "den",
        "de",
        "da",
        "di",
        "del",
        "della",
        "dos",
        "das",
        "do",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "zu",
        "af",
        "av",
    ]
)


def _read_persons(
    reader: Reader, file: str, data: dict[str, Any], drafts: dict[str, _Draft], offices: set[str]
) -> None:
    country = _value(data.get("country"))
    people = data.get("people") or {}
    others = data.get("others") or {}
    named: set[str] = set()

    def draft(name: str) -> _Draft:
        named.add(name)
        key = slug(name)
        if key not in drafts:
            drafts[key] = _Draft(name, file, country)
        elif name != drafts[key].name:
            aka = drafts[key].fields.setdefault("aka", [])
            if name not in aka:
                aka.append(name)
        return drafts[key]

    def add(name: Any, office: str, of: str | None, row: list[Any]) -> None:
        row = [_value(v) for v in row]
        begin, end, title = [*row, None, None, None][:3]
        where = f"{office} {name}"
        if not isinstance(name, str) or not name or of is None:
            reader.problem(file, where, "a term needs a name and a country or organisation")
            return
        for day in (begin, end):
            if day is not None and not is_date(day):
                reader.problem(file, where, f"{day!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD, or null")
                return
        if begin and end and end[: len(begin)] < begin[: len(end)]:
            reader.problem(file, where, f"ends {end}, before it begins {begin}")
            return
        if office in offices:
            draft(name).terms.append(Term(office, of, begin, end, title))
        else:
            draft(name).terms.append(Term("", of, begin, end, title or office))

    blocks: list[tuple[str | None, Any]] = [(country, data.get("terms") or {})]
    blocks += list((data.get("organisations") or {}).items())
    for of, terms in blocks:
        for office, rows in terms.items():
            if office not in offices:
                reader.problem(file, office, "is no office of offices.yaml")
                continue
            for row in rows or ():
                if not isinstance(row, list) or not 2 <= len(row) <= 4:
                    reader.problem(file, office, f"a term is [name, begin, end], got {row!r}")
                else:
                    add(row[0], office, of, row[1:])
    for name, fields in people.items():
        if not isinstance(fields, dict):
            reader.problem(file, name, f"must be a mapping of fields, got {fields!r}")
        elif name not in named:
            reader.problem(file, name, "stands under people but holds no office here: is the name spelt as above?")
        else:
            _merge(draft(name).fields, fields)
    for name, fields in others.items():
        if not isinstance(fields, dict):
            reader.problem(file, name, f"must be a mapping of fields, got {fields!r}")
            continue
        own = draft(name)
        for row in fields.get("terms") or ():
            if not isinstance(row, list) or not 2 <= len(row) <= 4:
                reader.problem(file, name, f"a role is [title, begin, end], got {row!r}")
            else:
                add(name, row[0], row[3] if len(row) == 4 else own.fields.get("country", country), row[1:3])
        _merge(own.fields, {k: v for k, v in fields.items() if k != "terms"})


def _merge(own: dict[str, Any], more: dict[str, Any]) -> None:
    """Add what another file says of a person; other names add up, the first file's word counts else."""
    for key, value in more.items():
        if isinstance(value, list) and key in own:
            own[key] = list(dict.fromkeys([*own[key], *value]))
        else:
            own.setdefault(key, value)


def _references(reader: Reader, source: Source) -> None:
    """Check that ids are unique and that every country, office and organisation named exists."""
    countries = {c.id for c in source.countries}
    offices = {o.id for o in source.offices}
    organisations = {o.id for o in source.organisations}
    seen: dict[str, str] = {}
    tables: dict[str, list[Any]] = {
        "countries.yaml": source.countries,
        "organisations.yaml": source.organisations,
        "outlets.yaml": source.outlets,
        "groups.yaml": source.groups,
        "persons": source.persons,
    }
    for file, entries in tables.items():
        for entry in entries:
            if entry.id in seen:
                reader.problem(file, entry.id, f"this id is also used in {seen[entry.id]}")
            seen[entry.id] = file
            of = getattr(entry, "country", None)
            if of is not None and of not in countries:
                reader.problem(file, entry.id, f"names the unknown country {of!r}")
            for member in getattr(entry, "members", ()):
                if member not in countries:
                    reader.problem(file, entry.id, f"has the unknown member {member!r}")
    for country in source.countries:
        for office in country.leader:
            if office not in offices:
                reader.problem("countries.yaml", country.id, f"is led by the unknown office {office!r}")
    worded: tuple[tuple[str, list[Any]], ...] = (("offices.yaml", source.offices), ("bodies.yaml", source.bodies))
    for file, kinds in worded:
        for kind in kinds:
            for code in kind.national:
                if code not in countries and code not in organisations:
                    reader.problem(file, kind.id, f"names the unknown country or organisation {code!r}")
            for office in getattr(kind, "offices", ()):
                if office not in offices:
                    reader.problem(file, kind.id, f"is headed by the unknown office {office!r}")
    for person in source.persons:
        for term in person.terms:
            if term.of not in countries and term.of not in organisations:
                reader.problem("persons", person.name, f"held {term.office or term.title} of the unknown {term.of!r}")
