"""Names: which entity each name of the text means, by the roster first and the model's label after."""

from __future__ import annotations

from collections import Counter

from dateline.mentions.names import NameMention, fold, surface
from dateline.records import MentionHow
from dateline.resolve import organisation, person, place
from dateline.resolve.cast import branch_of
from dateline.resolve.metonym import stands_for_government
from dateline.resolve.phrase import head_of, left_edge, right_edge
from dateline.resolve.reading import Reading, Value

# Names that a country shares with a state of a federation.
_TWICE = frozenset({"Georgia"})
_SIDES = {"north": "south", "south": "north"}
_FIGHTERS = frozenset({"rebel", "militant", "insurgent", "fighter", "guerrilla", "separatist", "militia", "jihadist"})
_APPOSED = frozenset({"person", "organization", "outlet", "group"})
# Which label to believe where the model calls one name several things equally often.
_TRUST = ("", "PRODUCT", "NORP", "LOC", "FAC", "ORG", "PERSON", "GPE")
_MISTAKEN = frozenset({"GPE", "LOC", "FAC", "PERSON", "PRODUCT"})
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
    acronyms: list[NameMention[Value]] = []
    votes: dict[str, Counter[str]] = {}
    for name in reading.names:
        if name.values:
            kinds = reading.lexicon.roster.persons
            if any(entry in kinds for entry, _ in name.values) and person.is_person(reading, name):
                persons.append(name)
            elif (
                name.end - name.begin == 1
                and _is_acronym(reading.syntax.word[name.begin])
                and not _is_state(reading, name)
            ):
                acronyms.append(name)
            else:
                _known(reading, name)
        else:
            later.append(name)
            ballot = votes.setdefault(surface(reading.syntax, name.begin, name.end).casefold(), Counter())
            ballot[name.label] += 1
            alone = name.end - name.begin == 1
            if (name.label != "PERSON" or alone) and place.is_locative(reading, name):
                ballot["GPE"] += 2
            elif alone and place.is_town(reading, name):
                ballot["GPE"] += 1  # one of as many labels is believed: see `_TRUST`
    for name in persons:
        person.identify(reading, name)
    surnames: list[NameMention[Value]] = []
    for name in later:
        counts = votes[surface(reading.syntax, name.begin, name.end).casefold()]
        name.label = max(sorted(counts), key=lambda label: (counts[label], _TRUST.index(label)))
        if name.label in _MISTAKEN and organisation.is_paper(reading.syntax.lower[name.begin : name.end]):
            name.label = "ORG"
    for name in later:
        if name.label == "PERSON" and reading.in_title_case(name.begin) and name.end - name.begin > 3:
            continue
        town = name.label == "GPE" and place.is_locative(reading, name)  # compounds may be "Mayor Garland"
        if name.label == "PERSON" or (not town and person.looks_like_person(reading, name)):
            if name.end - name.begin > 1:
                person.identify(reading, name)
            else:
                surnames.append(name)
    for name in surnames:
        person.identify(reading, name)
    for name in later:
        if id(name) not in reading.meaning:
            _unknown(reading, name)
    for name in acronyms:
        found = organisation.defined(reading, name)
        if found is not None:
            reading.meaning[id(name)] = found
        else:
            _known(reading, name)
    _add_surnames(reading)
    reading.identified = True


def _part_of_people(reading: Reading, name: NameMention[Value], entry: str) -> str | None:
    """A people of several countries in one of them: "Iraqi Kurds"."""
    group = reading.lexicon.roster.groups.get(entry)
    near = reading.name_at[name.begin - 1] if name.begin else None
    if group is None or group.members or near is None or near.end != name.begin:
        return None
    country = next(
        (e for e, sense in near.values if sense in ("demonym", "name") and e in reading.lexicon.roster.countries), None
    )
    if country is None:
        return None
    return reading.cast.make(f"{reading.cast.demonym(country)} {group.name}", "group", country=country, plural=True)


def _before_name(reading: Reading, name: NameMention[Value]) -> bool:
    """Whether a name follows at once ("Western Cambodia")."""
    end = name.end
    return end < len(reading.syntax) and reading.syntax.tag[end] in ("NNP", "NNPS")


def _add_surnames(reading: Reading) -> None:
    """Find the surnames of persons of this report that the tagger took for common words ("Trump charges that")."""
    syntax = reading.syntax
    surnamed = reading.cast.register.surnamed
    for i, word in enumerate(syntax.word):
        if not word[0].isupper() or len(word) < 3:
            continue
        known = reading.name_at[i]
        if known is not None and (known.begin != i or id(known) in reading.meaning):
            continue
        met = surnamed(fold(syntax.lower[i]))
        if met and i not in reading.noun_at:
            name: NameMention[Value] = NameMention(i, i + 1, [], "PERSON")
            reading.names.append(name)
            reading.name_at[i] = name
            reading.meaning[id(name)] = person.nearest(reading, met, i)


def _is_acronym(word: str) -> bool:
    return word.isupper() and word.isalpha() and len(word) >= 2


def _is_state(reading: Reading, name: NameMention[Value]) -> bool:
    return any(entry in reading.lexicon.roster.countries for entry, _ in name.values)


def _federal_state(reading: Reading, name: NameMention[Value], entry: str) -> str | None:
    """The state of a federation that has the name of a country, where that is meant."""
    if entry not in reading.lexicon.roster.countries or name.end - name.begin > 1 or name.label == "NORP":
        return None
    if reading.syntax.word[name.begin] not in _TWICE:
        return None
    return place.is_state_of(reading, name, entry)


def _is_place(reading: Reading, name: NameMention[Value], sense: str) -> bool:
    """Whether a capital or a seat of government is the place itself here."""
    syntax = reading.syntax
    head = head_of(syntax, name.begin, name.end)
    if reading.zone_of(name.begin) == "dateline":
        return True
    if sense == "seat":
        loose = syntax.dep[head] in ("pobj", "dobj", "npadvmod", "ROOT", "advmod")
        return loose and not stands_for_government(syntax, head)
    return not stands_for_government(syntax, head)


def _known(reading: Reading, name: NameMention[Value]) -> None:
    """A country, body, organisation, outlet or group that the roster knows."""
    for entry, sense in name.values:
        if sense in ("capital", "seat") and _is_place(reading, name, sense):
            found = place.elsewhere(reading, name, entry) or place.enter(
                reading, surface(reading.syntax, name.begin, name.end), country=entry
            )
            if found is not None:
                reading.is_place.add(id(name))
        elif sense == "name" and (state := _federal_state(reading, name, entry)) is not None:
            found = state
            reading.is_place.add(id(name))
        else:
            entry = organisation.among(reading, name) or entry
            if sense == "military":
                entry = f"{entry.partition('_')[0]}_{branch_of(surface(reading.syntax, name.begin, name.end))}"
            split = _part_of_people(reading, name, entry)
            if split is not None:
                reading.meaning[id(name)] = split
                return
            if sense == "demonym" and entry not in reading.lexicon.roster.countries and _before_name(reading, name):
                return
            if organisation.is_foreign(reading, name, entry):
                continue
            found = reading.cast.known(entry, sense)
        if found is not None:
            reading.meaning[id(name)] = found
            return
    _unknown(reading, name)


def _joined_state(reading: Reading, name: NameMention[Value], entity: str) -> str | None:
    """The first of two states that a hyphen joins before a noun: "the Russia-North Korea summit"."""
    syntax = reading.syntax
    if reading.cast[entity].kind != "country":
        return None
    if name.begin > 1 and syntax.lower[name.begin - 1] in ("-", "–"):
        before = reading.name_at[name.begin - 2]
    else:
        before = reading.first_at.get(name.begin) if "-" in syntax.word[name.begin] else None
    if before is name:
        return None
    first = reading.entity_of(before) if before is not None else None
    if first is None or first == entity or reading.cast[first].kind != "country":
        return None
    return first


def _of_pair(reading: Reading, name: NameMention[Value]) -> str | None:
    """Read "the North" and "the South" where a report speaks of the two states of a divided nation."""
    syntax = reading.syntax
    at = name.begin
    word = syntax.lower[at]
    if name.end - at != 1 or word not in _SIDES or at == 0 or syntax.lower[at - 1] != "the":
        return None
    roster = reading.lexicon.roster
    side = word.capitalize()
    for code in sorted(reading.countries):
        own = roster.countries[code].name
        if own.startswith(side + " ") and (
            side != "South" or any(roster.countries[c].name == f"North {own[6:]}" for c in roster.countries)
        ):
            reading.cast.country(code)
            reading.cast.alias(code, f"the {side}")
            return code
    other = _SIDES[word].capitalize()
    for code in sorted(reading.countries):
        own = roster.countries[code].name
        twin = next(
            (c for c, s in roster.countries.items() if s.name == f"{side} {own.removeprefix(other + ' ')}"), None
        )
        if own.startswith(other + " ") and twin is not None:
            return reading.cast.country(twin)
    return None


def _unknown(reading: Reading, name: NameMention[Value]) -> None:
    """A name that the roster does not have."""
    found = _of_pair(reading, name)
    if found is None and place.is_setting(reading, name):
        found = place.identify(reading, name)  # not the paper of that town
    if found is None:
        found = organisation.short_form(reading, name)
    if found is None:
        found = reading.by_text.get(surface(reading.syntax, name.begin, name.end).casefold())
    if found is None and name.label in ("GPE", "LOC", "FAC", "") and name.label != "ORG":
        found = place.identify(reading, name)
    if found is None and name.label in ("ORG", "NORP", "PRODUCT", ""):
        found = organisation.identify(reading, name) if not reading.in_title_case(name.begin) else None
    if found is None and name.label in ("GPE", "LOC"):
        found = place.make(reading, name)
    if found is not None:
        reading.meaning[id(name)] = found
        reading.by_text.setdefault(surface(reading.syntax, name.begin, name.end).casefold(), found)


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
    span = (
        left_edge(syntax, head, core[0]),
        right_edge(syntax, head, end, person=kind == "person", beside=kind in _APPOSED),
    )
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
    last = syntax.lemma[end - 1].lower()
    if kind in ("group", "organization") and last in _FIGHTERS and end - begin > 1:
        reading.described[last] = entity  # "the Houthi rebels … the rebels"
    why = "capital that stands for its government" if how == "metonym" else ""
    pair = _joined_state(reading, name, entity)
    if pair is not None:
        reading.refer(span, head, None, how, members=(pair, entity), why="joined by a hyphen", core=core)  # type: ignore[arg-type]
        return
    reading.refer(span, head, entity, how, why=why, core=core)  # type: ignore[arg-type]
