"""Compile the roster: YAML under ``resources/roster`` -> ``data/roster.msgpack``.

``python -m dateline.resolve.compile`` writes the file, with ``--check`` it fails if the file is
stale. Names are cut into the parser's tokens here, so that nothing has to be at run time.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import msgspec

from dateline.errors import RosterError
from dateline.resolve.compiled import run_compiler
from dateline.resolve.roster import FORMAT, Compiled, Country, Name, Person, Sense
from dateline.resolve.roster_source import Source, fold, read_source

SOURCE_ROOT = Path(__file__).resolve().parents[3]
RESOURCES = SOURCE_ROOT / "resources" / "roster"
TARGET = Path(__file__).resolve().parents[1] / "data" / "roster.msgpack"


@cache
def _tokenizer():  # type: ignore[no-untyped-def]
    import spacy

    return spacy.blank("en").tokenizer


@cache
def tokens(text: str) -> str:
    """The parser's tokens of a name, lower-cased and joined by blanks: "Kim Jong-un" -> "kim jong - un"."""
    return " ".join(token.lower_ for token in _tokenizer()(text) if not token.is_space)


def spellings(name: str) -> list[str]:
    """How else a name may be typed: without diacritics, with typographic apostrophes, without "The"."""
    found = [name, fold(name)]
    for form in list(found):
        if "'" in form:
            found.append(form.replace("'", "’"))
    for form in list(found):
        if form.startswith("The "):
            found.append(form[4:])
    return list(dict.fromkeys(found))


def person_names(person: Person) -> Iterator[str]:
    """The full names of a person, and the spellings that follow by rule from how a name is romanised."""
    for name in (person.name, *person.aka):
        yield name
        words = name.split()
        if person.country in ("PRK", "KOR") and len(words) == 3 and all(w.isalpha() for w in words):
            yield f"{words[0]} {words[1]}-{words[2].lower()}"
            yield f"{words[0]} {words[1]}{words[2].lower()}"
        if person.country in ("PRK", "KOR", "TWN", "CHN") and len(words) == 2 and "-" in words[1]:
            first, _, second = words[1].partition("-")
            yield f"{words[0]} {first} {second.capitalize()}"
            yield f"{words[0]} {first}{second.lower()}"
        # The Arabic article: "Bashar al-Assad", "Bashar Al-Assad", "Bashar al Assad", "Bashar Assad".
        at = next((i for i, w in enumerate(words) if w.lower().startswith(("al-", "el-")) and len(w) > 3), 0)
        if at:
            article, bare = words[at][:2], words[at][3:]
            rest = words[at + 1 :]
            low, high = article.lower(), article.capitalize()
            for form in (f"{low}-{bare}", f"{high}-{bare}", f"{low} {bare}", f"{high} {bare}", bare):
                yield " ".join([*words[:at], form, *rest])


def family_names(person: Person) -> Iterator[str]:
    """What later mentions call a person: the family name and other short forms."""
    for name in (person.family, *person.short):
        yield name
        head = name.split("-", 1)
        if len(head) == 2 and head[0].lower() in ("al", "el") and head[1]:
            yield head[1]
            yield f"{head[0].lower()} {head[1]}"


def _country_names(country: Country) -> Iterator[tuple[str, str, Sense]]:
    yield country.name, country.id, "name"
    for name in country.aka:
        yield name, country.id, "alias"
    for name in country.demonyms:
        yield name, country.id, "demonym"
    if country.capital and not country.end:
        yield country.capital, country.id, "capital"
    for name in country.seats:
        yield name, country.id, "seat"
    for name in country.legislature:
        yield name, f"{country.id.lower()}_legislature", "legislature"
    for name in country.military:
        yield name, f"{country.id.lower()}_military", "military"


def _all_names(source: Source) -> Iterator[tuple[str, str, Sense]]:
    """(name, entry id, sense) of everything, the most usual bearer of a name first."""
    living = sorted(source.countries, key=lambda c: c.end is not None)
    for country in living:
        yield from _country_names(country)
    services = {service for country in source.countries for service in country.services}
    for body in source.bodies:
        for code, own in body.national.items():
            for i, name in enumerate(own):
                yield name, f"{code.lower()}_{body.id}", "alias" if i else "name"
    for organisation in source.organisations:
        sense: Sense = "service" if organisation.id in services else "name"
        yield organisation.name, organisation.id, sense
        for name in organisation.aka:
            yield name, organisation.id, "service" if organisation.id in services else "alias"
    for group in source.groups:
        yield group.name, group.id, "name"
        for name in group.aka:
            yield name, group.id, "alias"
    for outlet in source.outlets:
        yield outlet.name, outlet.id, "name"
        for name in (*outlet.aka, *outlet.domains):
            yield name, outlet.id, "alias"
    for person in source.persons:
        for i, name in enumerate(person_names(person)):
            yield name, person.id, "alias" if i else "name"
    for person in source.persons:
        for name in person.short:
            if not name.islower() and name.isupper():
                yield name, person.id, "short"


def _acronym(name: str) -> bool:
    """Whether a name counts in its own case only: "WHO", "LeT" (which is not "Let")."""
    if " " in name or "." in name:
        return False
    return name.isupper() or (len(name) <= 4 and sum(c.isupper() for c in name) > 1)


def name_table(source: Source) -> tuple[Name, ...]:
    """Every name of every entry as the resolver looks it up, sorted by its tokens."""
    table: dict[str, tuple[str, bool, dict[str, Sense]]] = {}
    with_article = {name for o in source.outlets if o.article for name in (o.name, *o.aka) if name[:4] == "The "}
    for name, entry, sense in _all_names(source):
        forms = spellings(name)
        if name in with_article:
            forms = [form for form in forms if form.startswith("The ")]
        for form in forms:
            words = tokens(form)
            exact = _acronym(form)
            known = table.get(words)
            if known is None:
                table[words] = (form, exact, {entry: sense})
            else:
                text, was_exact, senses = known
                senses.setdefault(entry, sense)
                table[words] = (form if was_exact and not exact else text, was_exact and exact, senses)
    return tuple(Name(words, text, tuple(s.items()), exact) for words, (text, exact, s) in sorted(table.items()))


def _worded(
    entries: Iterable[tuple[str, tuple[str, ...], dict[str, tuple[str, ...]]]],
) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Lower-cased wording -> (id, countries it is used in; none: all)."""
    table: dict[str, dict[str, list[str] | None]] = {}
    for entry, words, national in entries:
        for word in words:
            table.setdefault(tokens(word), {})[entry] = None
        for code, own in national.items():
            for word in own:
                codes = table.setdefault(tokens(word), {}).setdefault(entry, [])
                if codes is not None and code not in codes:
                    codes.append(code)
    return {w: tuple((e, tuple(c or ())) for e, c in found.items()) for w, found in sorted(table.items())}


def families(source: Source) -> dict[str, tuple[str, ...]]:
    """Lower-cased tokens of family and short names -> ids of the persons."""
    table: dict[str, dict[str, None]] = {}
    for person in source.persons:
        for name in family_names(person):
            for form in spellings(name):
                table.setdefault(tokens(form), {})[person.id] = None
    return {name: tuple(ids) for name, ids in sorted(table.items())}


def compile_roster(folder: Path = RESOURCES) -> bytes:
    """Compile the YAML of a folder into the bytes of ``roster.msgpack``.

    The same source gives the same bytes.

    Raises:
        RosterError: the YAML has mistakes; each is named with file, entry and reason.
    """
    source = read_source(folder)
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    compiled = Compiled(
        format=FORMAT,
        source=digest.hexdigest(),
        countries=tuple(source.countries),
        offices=tuple(source.offices),
        bodies=tuple(source.bodies),
        persons=tuple(source.persons),
        organisations=tuple(source.organisations),
        outlets=tuple(source.outlets),
        agents=tuple(source.agents),
        groups=tuple(source.groups),
        names=name_table(source),
        families=families(source),
        titles=_worded((o.id, o.titles, o.national) for o in source.offices),
        body_words=_worded((b.id, b.words, b.national) for b in source.bodies),
    )
    return msgspec.msgpack.encode(compiled)


def check_fresh(folder: Path = RESOURCES, target: Path = TARGET) -> None:
    """Compare the compiled file with its source.

    Raises:
        RosterError: they differ, or the source has mistakes.
    """
    if not target.is_file() or target.read_bytes() != compile_roster(folder):
        raise RosterError(f"{target.name} is stale: run `python -m dateline.resolve.compile` and commit it")


def main(arguments: list[str] | None = None) -> int:
    """Compile, or check with ``--check``; returns the exit code."""
    return run_compiler(arguments, "dateline.resolve.compile", __doc__, RESOURCES, TARGET, compile_roster, check_fresh)


if __name__ == "__main__":
    sys.exit(main())
