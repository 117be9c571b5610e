"""Groups that a report speaks of together: "both sides", "the two countries", "the two leaders"."""

from __future__ import annotations

from collections import Counter

from dateline.resolve.reading import NounMention, Reading

_ARMED = frozenset({"MIL", "REB", "UAF", "COP"})
_MOST = 2
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "2": 2, "3": 3}
_KNOWN = frozenset({"the", "these", "those", "all", "its", "their", "between", "of"})
_REACH = 12
_NEAR = 2  # sentences back that "the two" looks, the own one above all
_PERSONS = frozenset({"leader", "president", "minister", "men", "man", "woman", "official"})


def members_of(reading: Reading, noun: NounMention) -> tuple[str, ...]:
    """The ids of those that a plural phrase stands for, in the order of their first mention.

    "Both", "the two" and the like take that many countries (or persons, for "leaders") from the
    text before; "the sides" takes two.
    """
    syntax = reading.syntax
    wanted = 0
    for i in range(max(noun.begin - 3, 0), noun.begin):
        if syntax.lower[i] in _NUMBERS and (syntax.lower[i] == "both" or syntax.lower[i - 1] in _KNOWN or i == 0):
            wanted = _NUMBERS[syntax.lower[i]]  # "the two ministers", not "two French ministers"
    if noun.end + 1 < len(syntax) and syntax.lower[noun.end] == "of":
        for i in range(noun.end + 1, min(len(syntax), noun.end + 3)):
            wanted = wanted or _NUMBERS.get(syntax.lower[i], 0)
    persons = (
        syntax.lemma[noun.head] in _PERSONS
        or any(n.id in _PERSONS for n in noun.nouns)
        or any(n.kind == "title" for n in noun.nouns)
    )
    if not wanted:
        bare = noun.begin > 0 and syntax.lower[noun.begin - 1] in ("the", "warring", "opposing", "belligerent")
        word = noun.nouns[0].id
        leaders = persons and syntax.lemma[noun.head] in ("leader", "president")
        if not bare or not (word in ("side", "party") or leaders) or syntax.lower[noun.end : noun.end + 1] == ["of"]:
            return ()
        wanted = 2
    kinds = ("person",) if persons else ("country",)
    if not persons and noun.nouns[0].id in ("side", "party") and wanted == 2:
        fighting = _within_one_country(reading)
        if fighting:
            return fighting
    barred = _subjects(reading, noun)
    if not persons and wanted == 2:
        fresh = _just_spoken_of(reading, noun.begin, barred)
        if len(fresh) == 2:
            return _in_order(reading, fresh)
    lemma = syntax.lemma[noun.head]
    found = []
    if lemma in ("leader", "president"):
        aides = {e for e in reading.cast.entities if reading.cast[e].kind == "person" and not _leads(reading, e)}
        found = salient(reading, kinds, wanted, noun.begin, barred | aides)
    if len(found) < wanted:
        found = salient(reading, kinds, wanted, noun.begin, barred, capitals=lemma == "capital")
    if len(found) < wanted and not persons:
        found = salient(reading, ("country", "organization", "person"), wanted, noun.begin, barred)
    return _in_order(reading, found) if len(found) >= wanted else ()


def _just_spoken_of(reading: Reading, at: int, barred: set[str]) -> list[str]:
    """The countries of the sentence before and of this one so far: "Hanoi received Putin. The two sides signed"."""
    here = reading.syntax.sentence[at]
    found: dict[str, None] = {}
    for turn in reading.back():
        if here - turn.sentence > 1:
            break
        country = reading.cast[turn.entity].country
        if turn.head < at and country in reading.lexicon.roster.countries and country not in barred:
            if reading.cast[turn.entity].kind in ("country", "person", "organization"):
                found[reading.cast.country(country or "")] = None
    return list(found)


def _within_one_country(reading: Reading) -> tuple[str, ...]:
    """The two armed bodies of one country that a report on a civil war speaks of most."""
    counts: Counter[str] = Counter()
    for turn in reading.back():
        entity = reading.cast[turn.entity]
        if entity.kind in ("organization", "group") and entity.sector in _ARMED and entity.country is not None:
            counts[turn.entity] += 1
    ranked = [who for who, times in counts.most_common(_MOST) if times > 1]
    if len(ranked) < 2 or reading.cast[ranked[0]].country != reading.cast[ranked[1]].country:
        return ()
    abroad = sum(1 for turn in reading.back() if reading.cast[turn.entity].kind == "country" and turn.subject)
    return _in_order(reading, ranked[:2]) if counts[ranked[1]] * 2 > abroad // 2 else ()


def pair_of(reading: Reading, token: int) -> tuple[str, ...]:
    """Who "the two" or "both" are where no noun follows: the two spoken of last before, subjects first.

    Args:
        reading: the report.
        token: "two" or "both".
    """
    found = salient(reading, ("person", "country", "organization", "group"), 2, token, set(), near=True)
    kinds = {reading.cast[e].kind == "person" for e in found}
    if len(found) < 2 or len(kinds) > 1:
        found = salient(reading, ("person",), 2, token, set(), near=True)
    return _in_order(reading, found) if len(found) == 2 else ()


def _in_order(reading: Reading, found: list[str]) -> tuple[str, ...]:
    order = {e: k for k, e in enumerate(reading.cast.entities)}
    return tuple(sorted(found, key=lambda e: order[e]))


def _leads(reading: Reading, person: str) -> bool:
    """Whether somebody leads a state or government, by the report or by the roster on its day."""
    known = reading.lexicon.roster.persons.get(person)
    on = reading.cast.on
    held = [office for office, _ in reading.cast.traits[person].offices]
    if known is not None:
        held += [t.office for t in known.terms if on is None or t.held(on)]
    return any(office in _LEADING for office in held)


_LEADING = frozenset(
    {"president", "prime_minister", "chancellor", "premier", "taoiseach", "monarch", "supreme_leader", "head_of_junta"}
)


def salient(
    reading: Reading,
    kinds: tuple[str, ...],
    wanted: int,
    at: int,
    barred: set[str],
    *,
    capitals: bool = False,
    near: bool = False,
) -> list[str]:
    """The entities of some kinds that the sentences before speak of most, the near ones and subjects first.

    A person or body counts for its country where countries are wanted; only those called by
    their capitals count where `capitals` are spoken of; with `near` the last sentences alone count.
    """
    here = reading.syntax.sentence[at]
    lead = reading.lead
    weight: dict[str, float] = {}
    for turn in reading.back():
        distance = here - turn.sentence
        if turn.head >= at or (distance > _REACH and len(weight) >= wanted):
            continue
        if near and distance > _NEAR:
            break
        if turn.entity in barred or reading.cast[turn.entity].country in barred:
            continue
        entity = reading.cast[turn.entity]
        who: str | None = turn.entity
        share = 1.0
        if "country" in kinds and entity.kind != "country" and "person" not in kinds:
            who = entity.country if entity.kind in ("organization", "person", "group") else None
            if who is not None and who not in reading.cast:
                who = None
            share = 0.7
        if capitals and ((reference := reading.at.get(turn.head)) is None or reference.how != "metonym"):
            continue
        if who is None or reading.cast[who].kind not in kinds or who == reading.publisher:
            continue
        since = 0 if turn.sentence <= lead and not near else distance  # the lead says whose affair it is
        weight[who] = weight.get(who, 0.0) + share * (2.0 if turn.subject else 1.0) * (1 + since) ** (
            -2.0 if near else -0.5
        )
    ranked = sorted(weight, key=lambda e: -weight[e])
    return ranked[:wanted]


def _subjects(reading: Reading, noun: NounMention) -> set[str]:
    """Who does something to the pair and so is none of it: "Zelensky thanked both governments"."""
    syntax = reading.syntax
    node = noun.head
    if syntax.dep[node] not in ("dobj", "pobj", "dative"):
        return set()
    for _ in range(3):
        node = syntax.head[node]
        if syntax.pos[node] == "VERB":
            break
    out: set[str] = set()
    for c in syntax.children[node]:
        if syntax.dep[c] == "nsubj":
            for one in (c, *(k for k in syntax.children[c] if syntax.dep[k] == "conj")):
                reference = reading.at.get(one)
                if reference is not None and reference.entity is not None:
                    out.add(reference.entity)
                    country = reading.cast[reference.entity].country
                    if country is not None:
                        out.add(country)
    return out
