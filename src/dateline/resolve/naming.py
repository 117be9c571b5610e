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
            found = reading.cast.known(entry, sense)
        if found is not None:
            reading.meaning[id(name)] = found
            return


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


def refer_to_name(reading: Reading, name: NameMention[Value]) -> None:
    """Write down the reference that a name makes, with the phrase around it."""
    entity = reading.meaning.get(id(name))
    if entity is None:
        return
    syntax = reading.syntax
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
    text = surface(syntax, begin, end)
    for entry, sense in name.values:
        if entry == entity or reading.cast[entity].id == entry:
            how = _HOW.get(sense, "name")
            break
    if how in ("name", "alias"):
        how = "name" if text == reading.cast[entity].name else "alias"
    if how == "demonym" and syntax.tag[head] in ("JJ", "NNP") and syntax.dep[head] in ("amod", "compound", "nmod"):
        span = (begin, end)
    why = "capital that stands for its government" if how == "metonym" else ""
    reading.refer(span, head, entity, how, why=why, core=core)  # type: ignore[arg-type]
