"""Names: which entity each name of the text means, by the roster first and the model's label after."""

from __future__ import annotations

from dateline.mentions.names import NameMention, surface
from dateline.records import MentionHow
from dateline.resolve import organisation, person, place
from dateline.resolve.metonym import stands_for_government
from dateline.resolve.phrase import head_of, left_edge, right_edge
from dateline.resolve.reading import Reading, Value

_HOW: dict[str, MentionHow] = {
    "name": "name",
    "alias": "alias",
    "short": "alias",
    "demonym": "demonym",
    "capital": "metonym",
    "seat": "metonym",
    "legislature": "name",
    "military": "name",
    "service": "name",
}


def identify_names(reading: Reading) -> None:
    """Say which entity each name means; full names of persons first, so that surnames find them."""
    persons: list[NameMention[Value]] = []
    later: list[NameMention[Value]] = []
    for name in reading.names:
        if name.values:
            kinds = reading.lexicon.roster.persons
            if any(entry in kinds for entry, _ in name.values) and person.is_person(reading, name):
                persons.append(name)
            else:
                _known(reading, name)
        else:
            later.append(name)
    for name in persons:
        person.identify(reading, name)
    surnames: list[NameMention[Value]] = []
    for name in later:
        if name.label == "PERSON" or person.looks_like_person(reading, name):
            if name.end - name.begin > 1:
                person.identify(reading, name)
            else:
                surnames.append(name)
    for name in surnames:
        person.identify(reading, name)
    for name in later:
        if id(name) not in reading.meaning:
            _unknown(reading, name)


def _known(reading: Reading, name: NameMention[Value]) -> None:
    """A country, body, organisation, outlet or group that the roster knows."""
    for entry, sense in name.values:
        if sense == "capital" and not stands_for_government(
            reading.syntax, head_of(reading.syntax, name.begin, name.end)
        ):
            found = place.enter(reading, surface(reading.syntax, name.begin, name.end), country=entry)
            if found is not None:
                reading.is_place.add(id(name))
        else:
            entry = organisation.among(reading, name) or entry
            if organisation.is_foreign(reading, name, entry):
                continue
            found = reading.cast.known(entry, sense)
        if found is not None:
            reading.meaning[id(name)] = found
            return
    _unknown(reading, name)


def _unknown(reading: Reading, name: NameMention[Value]) -> None:
    """A name that the roster does not have."""
    found = organisation.short_form(reading, name)
    if found is None and name.label in ("GPE", "LOC", "FAC", "") and name.label != "ORG":
        found = place.identify(reading, name)
    if found is None and name.label in ("ORG", "NORP", "PRODUCT", ""):
        found = organisation.identify(reading, name)
    if found is None and name.label in ("GPE", "LOC"):
        found = place.make(reading, name)
    if found is not None:
        reading.meaning[id(name)] = found


def _acronym(reading: Reading, name: NameMention[Value], text: str) -> str | None:
    """What an acronym stands for that the text defines behind a phrase: "the Nigerian Air Force (NAF)"."""
    if text in reading.acronyms:
        return reading.acronyms[text]
    syntax = reading.syntax
    if (
        name.begin < 2
        or syntax.lower[name.begin - 1] != "("
        or name.end >= len(syntax)
        or syntax.lower[name.end] != ")"
    ):
        return None
    noun = reading.noun_ending.get(name.begin - 1)
    reference = reading.at.get(noun.head) if noun is not None else None
    if (
        reference is None
        or reference.entity is None
        or reading.cast[reference.entity].kind not in ("organization", "group")
    ):
        return None
    reading.acronyms[text] = reference.entity
    reading.cast.alias(reference.entity, text)
    return reference.entity


def refer_to_name(reading: Reading, name: NameMention[Value]) -> None:
    """Write down the reference that a name makes, with the phrase around it."""
    entity = reading.meaning.get(id(name))
    syntax = reading.syntax
    text = surface(syntax, name.begin, name.end)
    if text.isupper():
        entity = _acronym(reading, name, text) or entity
    if entity is None:
        return
    reading.meaning[id(name)] = entity
    kind = reading.cast[entity].kind
    begin, end = name.begin, name.end
    title = person.title_before(reading, name) if kind == "person" else None
    core = (title.begin if title is not None else begin, end)
    head = head_of(syntax, *core)
    if not begin <= head < end and kind == "person":
        # The parser took the title or a word before for the head: the name carries the reference too.
        head = head_of(syntax, begin, end) if core[0] == begin else head
    span = (left_edge(syntax, head, core[0]), right_edge(syntax, head, end, person=kind == "person"))
    how = "name"
    for entry, sense in name.values:
        if entry == entity or reading.cast[entity].id == entry:
            how = _HOW.get(sense, "name")
            break
    if how in ("name", "alias"):
        how = "name" if text == reading.cast[entity].name else "alias"
    if how == "demonym" and syntax.tag[head] in ("JJ", "NNP") and syntax.dep[head] in ("amod", "compound", "nmod"):
        span = (begin, end)
    if how == "metonym":
        reading.cast.alias(entity, text)
    why = "capital that stands for its government" if how == "metonym" else ""
    reading.refer(span, head, entity, how, why=why, core=core)  # type: ignore[arg-type]
