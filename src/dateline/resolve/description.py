"""Descriptions: who a common noun phrase means, by office and date, by what was said before, by rule."""

from __future__ import annotations

from dateline.mentions.names import surface, word_set
from dateline.resolve.agent import agent_entity
from dateline.resolve.group import members_of
from dateline.resolve.lexicon import Noun
from dateline.resolve.ministry import body_entity
from dateline.resolve.person import is_coming, is_past, office_of, title_before
from dateline.resolve.phrase import left_edge, object_of, possessor, right_edge
from dateline.resolve.reading import NounMention, Reading
from dateline.resolve.setting import country_here, owner_of

_DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "such", "its", "his", "her", "their", "both", "our", "my"}
)
_INDEFINITE = frozenset({"a", "an", "some", "any", "another", "no", "every", "each", "other", "several", "many", "few"})
_MATERIEL = word_set(
    "artillery tanks tank helicopters helicopter warplanes warplane warships warship aircraft jets jet drones drone submarine "
    "submarines destroyer destroyers carrier carriers gunships convoy vessel vessels"
)
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
    if modifying and (noun.kind("body", "government", "agent") is None or syntax.tag[head] == "JJ"):
        return
    if syntax.lower[head] in _MATERIEL and not _acts(reading, noun):
        return
    members = members_of(reading, noun) if noun.kind("side", "title") and any(n.plural for n in noun.nouns) else ()
    if modifying:
        span = (noun.begin, noun.end)
    else:
        span = (left_edge(syntax, head, noun.begin), right_edge(syntax, head, noun.end))
    if members:
        reading.refer(span, head, None, "description", members=members, why="those named last before")
        return
    beside = _apposed(reading, noun)
    entity = beside or entity_of_noun(reading, noun)
    if entity is None:
        if not modifying and noun.kind("agent", "title", "spokesperson", "outlet", "document", "kind"):
            reading.refer(
                span, head, None, "description", why=f"nobody in the text before is known as {syntax.lower[head]!r}"
            )
        return
    reading.refer(span, head, entity, "description", core=(noun.begin, noun.end))
    _remember(reading, noun, entity)


def _acts(reading: Reading, noun: NounMention) -> bool:
    """Whether a weapon stands for those who use it: it acts, or a country owns it."""
    syntax = reading.syntax
    label, governor = syntax.dep[noun.head], syntax.head[noun.head]
    return (
        label == "nsubj" or (label == "pobj" and syntax.dep[governor] == "agent") or owner_of(reading, noun) is not None
    )


def _remember(reading: Reading, noun: NounMention, entity: str) -> None:
    reading.described[reading.syntax.lemma[noun.head]] = entity


def _apposed(reading: Reading, noun: NounMention) -> str | None:
    """The entity of a name that the phrase stands beside: "the agency, KCNA", "KCNA, the state agency"."""
    syntax = reading.syntax
    head = noun.head
    if syntax.dep[head] == "appos":
        reference = reading.at.get(syntax.head[head])
        if reference is not None and reference.how != "description":
            return reference.entity
    for c in syntax.children[head]:
        if syntax.dep[c] == "appos":
            name = reading.name_at[c]
            if name is not None:
                return reading.entity_of(name)
    if syntax.dep[head] in ("compound", "nmod") or (noun.end < len(syntax) and reading.name_at[noun.end] is not None):
        name = reading.name_at[noun.end] if noun.end < len(syntax) else None
        if name is not None and name.begin == noun.end and noun.kind("outlet", "kind", "agent"):
            entity = reading.entity_of(name)
            if entity is not None and reading.cast[entity].kind in ("outlet", "organization", "person"):
                return entity
    return None


def entity_of_noun(reading: Reading, noun: NounMention) -> str | None:
    """Who a phrase headed by a listed noun means, or None."""
    for kind in ("spokesperson", "title", "government", "body", "outlet", "document", "kind", "agent", "kin"):
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
            found = _outlet(reading, noun)
        elif kind == "document":
            found = _document(reading, noun)
        elif kind == "kind":
            found = _of_kind(reading, noun, chosen)
        elif kind == "agent":
            found = agent_entity(reading, noun, chosen)
        else:
            found = _kin(reading, noun, chosen)
        if found is not None:
            return found
    return _by_owner(reading, noun)


def _by_owner(reading: Reading, noun: NounMention) -> str | None:
    """Somebody known by nothing but the country: an unnamed minister is the country, an unknown group its own entity.

    "Taiwan's deputy foreign minister", "an Israeli peace movement", "the Kosovan town".
    """
    title = noun.kind("title")
    kind = noun.kind("kind", "outlet")
    if title is None and kind is None:
        return None
    owner = owner_of(reading, noun)
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
    return cast.make(name, "outlet" if kind.kind == "outlet" else "organization", country=country)


def is_definite(reading: Reading, noun: NounMention) -> bool:
    """Whether an article or possessive says that the bearer is known."""
    syntax = reading.syntax
    first = max(syntax.sentences[syntax.sentence[noun.begin]][0], noun.begin - 5)
    for i in range(noun.begin - 1, first - 1, -1):
        if syntax.lower[i] in _DEFINITE or syntax.tag[i] == "POS":
            return True
        if syntax.lower[i] in _INDEFINITE or syntax.pos[i] in ("VERB", "AUX", "ADP", "PUNCT", "SCONJ", "CCONJ"):
            return False
    return False


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
        of = owner if owner in roster.organisations and entity.country is None else entity.country
    elif not is_definite(reading, noun):
        return None
    past = is_past(reading, noun)
    leader = "leader" in reading.syntax.lower[noun.head]
    if of in roster.countries and leader:
        offices = [*roster.countries[of].leader, *offices] if of else offices
    for turn in reversed(reading.history):
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
    if of is None or reading.cast.on is None:
        return None
    if of in roster.countries and leader:
        person = roster.leader(of, reading.cast.on)
        if person is not None:
            return reading.cast.known(person.id)
    for office in offices:
        holders = roster.holders(office, of, reading.cast.on)
        if len(holders) == 1:
            return reading.cast.known(holders[0].id)
    return None


def _spokesperson(reading: Reading, noun: NounMention) -> str | None:
    """A spokesperson without a name speaks as the body: "a spokesman for the foreign ministry"."""
    owner = owner_of(reading, noun)
    for turn in reversed(reading.history):
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


def _spoken(reading: Reading, entity: str) -> set[str]:
    """ "spokesman", for a person who the text or the roster says is one."""
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
    if word in ("officials", "official"):
        return None
    if word in ("administration", "leadership", "cabinet") and not is_definite(reading, noun):
        return None
    if before in ("local", "provincial", "city", "state", "municipal") and word != "government":
        return None
    country = country_here(reading, noun.begin)
    return reading.cast.country(country) if country in reading.lexicon.roster.countries else None


def _outlet(reading: Reading, noun: NounMention) -> str | None:
    """The outlet met last, or the state media of a country that the phrase names."""
    owner = owner_of(reading, noun)
    text = reading.syntax.lower[noun.begin]
    if owner is not None and reading.cast[owner].country in reading.lexicon.roster.countries:
        if text == "state" and noun.kind("body") is not None:
            return body_entity(reading, noun)
        if text == "state":
            name = f"{reading.cast.demonym(reading.cast[owner].country or '')} state media"
            return reading.cast.make(name, "outlet", country=reading.cast[owner].country, sector="MED")
        return None
    if not is_definite(reading, noun):
        return None
    for turn in reversed(reading.history):
        entity = reading.cast[turn.entity]
        if turn.entity == reading.publisher:
            continue
        if entity.kind == "outlet" or (entity.kind == "organization" and reading.syntax.lower[noun.head] == "agency"):
            return turn.entity
    return None


def _document(reading: Reading, noun: NounMention) -> str | None:
    """Who speaks through a document: its issuer named in the phrase, else that of the last one so called."""
    syntax = reading.syntax
    head = noun.head
    issuer = None
    for at in (possessor(syntax, head), object_of(syntax, head, "by", "from")):
        if at is not None:
            reference = reading.at.get(at)
            name = reading.name_at[at]
            other = reading.noun_at.get(at)
            if name is not None:
                issuer = reading.entity_of(name)
            elif reference is not None:
                issuer = reference.entity
            elif other is not None and other is not noun and at > head:
                issuer = entity_of_noun(reading, other)
            if issuer is not None and reading.cast[issuer].kind == "place":
                issuer = None
            if issuer is not None:
                break
    if issuer is None:
        near = reading.before(noun.begin, reach=2)
        if near is not None:
            issuer = reading.entity_of(near)
    lemma = syntax.lemma[head]
    if issuer is not None:
        reading.documents[lemma] = issuer
        return issuer
    if not is_definite(reading, noun):
        return None
    found = reading.documents.get(lemma)
    if found is not None:
        return found
    if lemma in ("report", "story", "article", "account", "dispatch"):
        for turn in reversed(reading.history):
            if reading.cast[turn.entity].kind == "outlet" and turn.entity != reading.publisher:
                return turn.entity
    if lemma in ("statement", "announcement", "declaration", "letter", "communique", "communiqué", "remarks", "speech"):
        return reading.speaking
    return None


def _of_kind(reading: Reading, noun: NounMention, chosen: Noun) -> str | None:
    """ "the group", "the country", "the ministry": the last of that kind, one whose name has the word first."""
    owner = owner_of(reading, noun)
    word = reading.syntax.lemma[noun.head]
    if chosen.id == "country":
        if owner is not None or not is_definite(reading, noun):
            return None
        return reading.recent("country")
    if not is_definite(reading, noun) or (owner is not None and reading.cast[owner].kind != "place"):
        return None
    if chosen.id == "place":
        return reading.recent("place")
    last = None
    for turn in reversed(reading.history):
        entity = reading.cast[turn.entity]
        if entity.kind not in ("organization", "group") or turn.entity == reading.publisher:
            continue
        if any(word in name.lower().split() for name in (entity.name, *entity.aliases)):
            return turn.entity
        if last is None and entity.kind == "organization" and _can_be(word, entity.sector):
            last = turn.entity
    return last


def _can_be(word: str, sector: str | None) -> bool:
    wanted = {
        "company": ("BUS", None), "firm": ("BUS", None), "bank": ("BUS", None), "court": ("JUD",), "tribunal": ("JUD",),
        "party": ("PTY", "OPP", None, "GOV"), "university": ("EDU",), "carrier": ("BUS",), "airline": ("BUS",),
        "ministry": ("GOV", "MIL"), "department": ("GOV", "MIL"), "militia": ("REB", "UAF"), "giant": ("BUS",),
        "corporation": ("BUS",), "charity": ("NGO",), "watchdog": ("NGO", "IGO"), "regulator": ("GOV",),
    }.get(word)  # fmt: skip
    return wanted is None or sector in wanted


def _kin(reading: Reading, noun: NounMention, chosen: Noun) -> str | None:
    """ "Kim Jong Un's father": the relative whom the roster or the text names."""
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


def surface_of(reading: Reading, noun: NounMention) -> str:
    """The words of a noun mention as the text has them."""
    return surface(reading.syntax, noun.begin, noun.end)
