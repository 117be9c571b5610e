"""Descriptions: who a common noun phrase means, by office and date, by what was said before, by rule."""

from __future__ import annotations

from dateline.mentions.names import surface, word_set
from dateline.resolve.agent import agent_entity, forces_entity
from dateline.resolve.anaphor import issuer_of, last_of_kind, outlet_of
from dateline.resolve.apposition import apposed
from dateline.resolve.craft import craft_entity, voters_country
from dateline.resolve.group import members_of
from dateline.resolve.lexicon import Noun
from dateline.resolve.ministry import body_entity
from dateline.resolve.person import is_coming, office_of, title_before
from dateline.resolve.phrase import left_edge, possessor, right_edge
from dateline.resolve.pronoun import joint
from dateline.resolve.reading import NounMention, Reading
from dateline.resolve.setting import country_here, has_owner_unknown, is_definite, owner_of
from dateline.resolve.stranger import is_past, is_post

_MATERIEL = word_set(
    "artillery tanks tank helicopters helicopter warplanes warplane warships warship aircraft jets jet drones "
    "drone submarine submarines destroyer destroyers carrier carriers gunships convoy vessel vessels"
)
# What each of two countries has: "the two armies" are the two countries'.
_OF_EACH = word_set("army military navy government capital ministry parliament force delegation")
_NOT_OF_STATE = word_set(
    "rebel opposition militia separatist guerrilla militant insurgent party union religious spiritual tribal protest "
    "student gang cult church paramilitary"
)
# Whose leader leads no state: "Hamas's leader".
_NOT_THE_STATE = frozenset({"REB", "UAF", "INS", "SEP", "PTY", "OPP", "CRM", "BUS", "MED", "NGO", "LAB", "REL"})
_MODIFYING = frozenset({"compound", "amod", "nmod", "npadvmod"})


def refer_to_noun(reading: Reading, noun: NounMention) -> None:
    """Write down the reference that a listed common noun makes, if it makes one."""
    syntax = reading.syntax
    head = noun.head
    if noun.end < len(syntax):
        name = reading.name_at[noun.end]
        if name is not None and name.begin == noun.end:
            entity = reading.entity_of(name)
            if entity is not None and reading.cast[entity].kind == "person" and title_before(reading, name) is noun:
                return
    modifying = syntax.dep[head] in _MODIFYING and syntax.head[head] > head
    if noun.kind("craft", "election") and modifying:
        return
    if modifying and (noun.kind("body", "government", "agent") is None or syntax.tag[head] == "JJ"):
        return
    if _is_nickname(reading, noun):
        return
    if syntax.lower[head] in _MATERIEL and noun.kind("craft") is None and not _acts(reading, noun):
        return
    pair = noun.kind("side", "title") is not None and any(n.plural for n in noun.nouns)
    pair = pair or (syntax.lower[head] in ("men", "women") and syntax.lower[max(0, head - 2) : head] == ["the", "two"])
    pair = pair or (syntax.lemma[head] in _OF_EACH and bool({"two", "both"} & set(syntax.lower[noun.begin - 2 : head])))
    members = members_of(reading, noun) if pair else ()
    if modifying:
        span = (noun.begin, noun.end)
    else:
        span = (left_edge(syntax, head, noun.begin), right_edge(syntax, head, noun.end))
    if members:
        reading.refer(span, head, None, "description", members=members, why="those named last before")
        return
    if noun.begin and syntax.lower[noun.begin - 1] in ("such", "these", "those") and not modifying:
        if noun.kind("agent") is not None and any(n.plural for n in noun.nouns):
            _, several = joint(reading, head, reach=2)
            if several:
                reading.refer(span, head, None, "description", members=several, why="those spoken of before")
                return
    beside = apposed(reading, noun)
    entity = beside or entity_of_noun(reading, noun)
    if beside is not None:
        _learn(reading, noun, beside)
    if entity is None:
        if not modifying and noun.kind(
            "agent", "title", "spokesperson", "outlet", "document", "kind", "government", "body"
        ):
            reading.refer(
                span, head, None, "description", why=f"nobody in the text before is known as {syntax.lower[head]!r}"
            )
        return
    reading.refer(span, head, entity, "description", core=(noun.begin, noun.end))
    _remember(reading, noun, entity)


def _learn(reading: Reading, noun: NounMention, entity_id: str) -> None:
    """Country and sector of an unknown person from a description beside the name: "X, its ambassador"."""
    roster = reading.lexicon.roster
    entity = reading.cast[entity_id]
    if entity.kind != "person" or entity_id in roster.persons or entity.country is not None:
        return
    owner = owner_of(reading, noun)
    country = reading.cast[owner].country if owner is not None else None
    chosen = noun.kind("title", "agent")
    sector = None
    if chosen is not None and not (owner is None and is_post(reading, noun)):
        sector = roster.offices[chosen.id].sector if chosen.kind == "title" else chosen.sector
    reading.cast.refine(entity_id, country, sector)


def _acts(reading: Reading, noun: NounMention) -> bool:
    """Whether a weapon stands for those who use it: it acts, or a country owns it."""
    syntax = reading.syntax
    label, governor = syntax.dep[noun.head], syntax.head[noun.head]
    owner = owner_of(reading, noun)
    if owner is not None:
        return reading.cast[owner].country is not None or reading.cast[owner].kind == "group"
    acts = label == "nsubj" or (label == "pobj" and syntax.dep[governor] == "agent")
    return acts and not is_definite(reading, noun)


def _is_nickname(reading: Reading, noun: NounMention) -> bool:
    """Whether a noun is part of what a quotation behind a name calls its bearer."""
    number = reading.quotations.of[noun.head]
    if number < 0:
        return False
    begin, end = reading.quotations.spans[number]
    return begin > 0 and end - begin <= 6 and reading.name_at[begin - 1] is not None


def _remember(reading: Reading, noun: NounMention, entity: str) -> None:
    if noun.kind("government") and reading.syntax.lower[noun.head] in ("regime", "government"):
        reading.described["government"] = entity
    reading.described[reading.syntax.lemma[noun.head]] = entity


def entity_of_noun(reading: Reading, noun: NounMention) -> str | None:
    """Who a phrase headed by a listed noun means, or None."""
    if (
        noun.kind("body", "agent", "government")
        and has_owner_unknown(reading, noun)
        and owner_of(reading, noun) is None
    ):
        return None
    forces = forces_entity(reading, noun)
    if forces is not None:
        return forces
    if reading.syntax.lemma[noun.head].lower() == "coalition" and noun.kind("kind") is not None:
        return _coalition(reading, noun)
    craft = noun.kind("craft")
    if craft is not None:
        return craft_entity(reading, noun, craft)
    if noun.kind("election") is not None:
        return voters_country(reading, noun)
    for kind in ("spokesperson", "title", "government", "body", "outlet", "document", "kind", "agent", "ally", "kin"):
        chosen = noun.kind(kind)
        if chosen is None:
            continue
        if kind == "spokesperson":
            found = _spokesperson(reading, noun)
        elif kind == "title":
            found = None if chosen.plural else _officeholder(reading, noun)
        elif kind == "government":
            found = _government(reading, noun)
        elif kind == "body":
            found = body_entity(reading, noun)
        elif kind == "outlet":
            found = outlet_of(reading, noun)
        elif kind == "document":
            found = issuer_of(reading, noun)
        elif kind == "kind":
            found = last_of_kind(reading, noun, chosen)
        elif kind == "agent":
            found = agent_entity(reading, noun, chosen)
        elif kind == "ally":
            found = _allies(reading, noun)
        else:
            found = _kin(reading, noun, chosen)
        if found is not None:
            return found
    return _by_owner(reading, noun)


def _coalition(reading: Reading, noun: NounMention) -> str | None:
    """A coalition, which the text may give a leading country or none; one a report, unless names tell more."""
    known = reading.described.get("coalition")
    near = reading.before(noun.begin, reach=4)
    if known is not None:
        if near is not None:
            reading.cast.alias(known, surface(reading.syntax, near.begin, noun.end))
        return known
    parties = {"GOV", "OPP", "PTY"}
    lower = reading.syntax.lower
    if noun.begin and lower[noun.begin - 1] in (
        "ruling",
        "governing",
        "opposition",
        "government",
        "center-right",
        "center-left",
    ):
        return None
    for turn in reading.back():
        entity = reading.cast[turn.entity]
        if entity.sector not in parties and any(
            "coalition" in name.lower().split() for name in (entity.name, *entity.aliases)
        ):
            return turn.entity
    name = surface(reading.syntax, near.begin, noun.end) if near is not None else "coalition"
    found = reading.cast.make(name, "group", plural=True)
    reading.cast.alias(found, "coalition")
    return found


def _by_owner(reading: Reading, noun: NounMention) -> str | None:
    """Somebody known by nothing but the country: an unnamed minister is the country, an unknown group its own entity.

    "Taiwan's deputy foreign minister", "an Israeli peace movement", "the Kosovan town".
    """
    title = noun.kind("title")
    kind = noun.kind("kind", "outlet")
    if title is None and kind is None:
        return None
    owner = owner_of(reading, noun)
    if owner is None and title is not None and title.plural and noun.begin:
        before = noun.begin - 1  # "separatist leaders", "European foreign ministers": a group by what it is called
        if reading.syntax.tag[before] in ("JJ", "NN") and reading.syntax.head[before] == noun.head:
            return reading.cast.make(surface(reading.syntax, before, noun.end), "group", plural=True)
    if owner is None:
        return None
    cast = reading.cast
    entity = cast[owner]
    if entity.country not in reading.lexicon.roster.countries:
        return owner if title is not None and entity.kind == "organization" else None
    country = entity.country or ""
    if title is not None:
        if entity.kind == "organization":
            return owner
        sector = reading.lexicon.roster.offices[title.id].sector
        words = " ".join(reading.syntax.lower[noun.begin : noun.end])
        if words.startswith(("military ", "army ")):
            return cast.body(country, "military")
        return cast.country(country) if sector == "GOV" else cast.agent(country, words, sector, words)
    assert kind is not None
    if kind.id == "country":
        return cast.country(country)
    if kind.id == "place":
        behind = reading.after(noun.end, "of")
        named = reading.entity_of(behind) if behind is not None else None
        return named or (owner if entity.kind == "place" else cast.country(country))
    head, near = noun.head, reading.before(noun.begin)
    begin = near.begin if near is not None else noun.begin
    name = surface(reading.syntax, begin, max(noun.end, head + 1))
    if noun.end - begin > 8:
        return None
    if reading.syntax.lower[head] in ("coalition", "alliance", "allies"):
        return cast.make(name, "group", plural=True)
    return cast.make(name, "outlet" if kind.kind == "outlet" else "organization", country=country)


def _officeholder(reading: Reading, noun: NounMention) -> str | None:
    """Who holds the office that a phrase names: "the Russian leader", "Iran's foreign minister".

    The person of this report that the office fits comes first, then the roster's holder on the day
    of the report.
    """
    roster = reading.lexicon.roster
    offices, _ = office_of(reading, noun)
    owner = owner_of(reading, noun)
    of = None
    if owner is not None:
        entity = reading.cast[owner]
        apart = entity.kind in ("organization", "group") and entity.sector in _NOT_THE_STATE
        of = owner if apart or (owner in roster.organisations and entity.country is None) else entity.country
    elif not is_definite(reading, noun):
        return None
    if set(reading.syntax.lower[max(0, noun.begin - 3) : noun.begin]) & {"a", "an", "any", "no", "another"}:
        return None
    if noun.begin and reading.syntax.lower[noun.begin - 1] in _NOT_OF_STATE:
        return None
    past = is_past(reading, noun)
    if reading.syntax.lower[noun.begin - 2 : noun.begin] == ["de", "facto"] or (
        noun.begin > 1 and reading.syntax.lower[noun.begin - 1] == "de-facto"
    ):
        for turn in reading.back():  # whoever leads without the office is one whom the report has named
            if reading.cast[turn.entity].kind == "person" and reading.cast[turn.entity].country == of:
                return turn.entity
    leader = "leader" in reading.syntax.lower[noun.head]
    if of in roster.countries and leader:
        offices = [*roster.countries[of].leader, *offices] if of else offices
    for turn in reading.back():
        if reading.cast[turn.entity].kind != "person" or turn.head > noun.begin:
            continue
        held = reading.cast.traits[turn.entity].offices
        person = roster.persons.get(turn.entity)
        if past and person is not None:
            held = [(t.office, t.of) for t in person.terms if reading.cast.on is None or not t.held(reading.cast.on)]
        if any(office in offices and (of is None or where == of) for office, where in held):
            return turn.entity
        if not held and reading.syntax.lower[noun.head] in reading.cast.traits[turn.entity].words:
            return turn.entity
    if past or is_coming(reading, noun):
        return None
    if of is None:
        of = country_here(reading, noun.begin)
    if any(office.startswith("spokesperson") for office in offices):
        return _spoken_for(reading, offices, of)
    if of is None or reading.cast.on is None:
        return None
    if of in roster.countries and leader:
        person = roster.leader(of, reading.cast.on)
        if person is not None:
            return reading.cast.known(person.id)
    for office in offices:
        if roster.offices[office].sector not in ("GOV", "MIL", "LEG", "JUD", "IGO", "SPY", "COP"):
            continue
        holders = roster.holders(office, of, reading.cast.on)
        if len(holders) == 1:
            return reading.cast.known(holders[0].id)
    return None


def _spokesperson(reading: Reading, noun: NounMention) -> str | None:
    """A spokesperson without a name speaks as the body: "a spokesman for the foreign ministry"."""
    owner = owner_of(reading, noun)
    for turn in reading.back():
        entity = reading.cast[turn.entity]
        if entity.kind == "person" and "spokesman" in _spoken(reading, turn.entity):
            if owner is None and is_definite(reading, noun):
                return turn.entity
            if owner is not None and entity.country == reading.cast[owner].country and is_definite(reading, noun):
                return turn.entity
    if owner is not None:
        return owner
    if is_definite(reading, noun):
        return reading.described.get(reading.syntax.lemma[noun.head])
    return None


def _spoken_for(reading: Reading, offices: list[str], of: str | None) -> str | None:
    """The body that an unnamed spokesperson speaks for: its ministry, or the country for a president's."""
    roster = reading.lexicon.roster
    if of in roster.organisations:
        return reading.cast.known(of)
    if of not in roster.countries:
        return None
    for body in roster.bodies.values():
        if body.sector != "GOV" or body.id not in ("government", "presidency"):
            if any(office in body.offices for office in offices):
                return reading.cast.body(of, body.id)
    return reading.cast.country(of)


def _spoken(reading: Reading, entity: str) -> set[str]:
    """Give {"spokesman"} for a person who the text or the roster says is one."""
    traits = reading.cast.traits[entity]
    if any(office.startswith("spokesperson") for office, _ in traits.offices) or traits.words & {
        "spokesman", "spokeswoman", "spokesperson",
    }:  # fmt: skip
        return {"spokesman"}
    return set()


def _government(reading: Reading, noun: NounMention) -> str | None:
    """A government, regime or administration, and its officials, are the country."""
    owner = owner_of(reading, noun)
    word = reading.syntax.lower[noun.head]
    if owner is not None:
        entity = reading.cast[owner]
        if word in ("officials", "official") and entity.kind in ("organization", "outlet"):
            return owner
        if entity.kind == "group" and entity.country is None:
            return owner
        if entity.country in reading.lexicon.roster.countries:
            before = reading.syntax.lower[noun.begin - 1] if noun.begin else ""
            if word not in ("officials", "official", "authorities") and entity.kind in ("person", "country"):
                near = reading.before(noun.begin, reach=2)
                if near is not None:
                    reading.cast.country(entity.country or "")
                    reading.cast.alias(entity.country or "", surface(reading.syntax, near.begin, noun.end))
            if word in ("officials", "official") and before in ("intelligence", "military", "army", "security"):
                return None
            return reading.cast.country(entity.country)
        if entity.kind == "organization":
            return owner
        return None
    before = reading.syntax.lower[noun.begin - 1] if noun.begin else ""
    if word in ("officials", "official") or before in ("a", "an", "any", "no", "another"):
        return None
    if word in ("regime", "government") and "government" in reading.described:
        country = reading.cast[reading.described["government"]].country
        if country in reading.lexicon.roster.countries and word == "regime":
            return reading.cast.country(country)
    if word in ("administration", "leadership", "cabinet") and not is_definite(reading, noun):
        return None
    if before in ("local", "provincial", "city", "state", "municipal") and word != "government":
        return None
    if noun.kind("government") is not None and any(n.plural for n in noun.nouns if n.kind == "government"):
        return None
    country = country_here(reading, noun.begin)
    return reading.cast.country(country) if country in reading.lexicon.roster.countries else None


def _allies(reading: Reading, noun: NounMention) -> str | None:
    """The allies of a country or a person, as a group without members known."""
    owner = owner_of(reading, noun)
    if owner is None:
        return None
    entity = reading.cast[owner]
    name = {"United States": "the United States", "United Kingdom": "the United Kingdom"}.get(entity.name, entity.name)
    found = reading.cast.make(f"allies of {name}", "group", plural=True)
    for alias in entity.aliases:
        if alias.isupper() and len(alias) <= 4:
            reading.cast.alias(found, f"{alias} allies")
    return found


def _kin(reading: Reading, noun: NounMention, chosen: Noun) -> str | None:
    """Find a relative whom the roster names: "Kim Jong Un's father"."""
    at = possessor(reading.syntax, noun.head)
    owner = reading.at.get(at) if at is not None else None
    if owner is None or owner.entity is None:
        return None
    roster = reading.lexicon.roster
    person = roster.persons.get(owner.entity)
    if chosen.id == "father" and person is not None and person.father:
        return _by_name(reading, person.father)
    if chosen.id in ("son", "daughter"):
        for other in roster.persons.values():
            if (
                person is not None
                and other.father in (person.name, person.id)
                and (other.gender == "f") == (chosen.id == "daughter")
            ):
                return reading.cast.known(other.id)
    return None


def _by_name(reading: Reading, name: str) -> str | None:
    for entry, _ in reading.lexicon.names.get(name):
        if entry in reading.lexicon.roster.persons:
            return reading.cast.known(entry)
    return None


def note_speech(reading: Reading, i: int) -> None:
    """Remember who spoke last and through what: "the statement", "the report" mean that later."""
    syntax = reading.syntax
    for c in syntax.children[i]:
        if syntax.dep[c] in ("nsubj", "agent"):
            reference = reading.at.get(c)
            if reference is not None and reference.entity is not None:
                reading.speaking = reference.entity
                if syntax.lemma[i] == "report" and reading.cast[reference.entity].kind == "outlet":
                    reading.documents["report"] = reference.entity
                for d in syntax.children[i]:
                    if syntax.dep[d] == "prep" and syntax.lower[d] in ("in", "through", "via"):
                        for p in syntax.children[d]:
                            if syntax.dep[p] == "pobj" and syntax.lemma[p] in (
                                "statement",
                                "report",
                                "letter",
                                "speech",
                            ):
                                reading.documents.setdefault(syntax.lemma[p], reference.entity)
                                reading.documents[syntax.lemma[p]] = reference.entity
