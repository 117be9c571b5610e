"""Groups that a report speaks of together: "both sides", "the two countries", "the two leaders"."""

from __future__ import annotations

from dateline.resolve.reading import NounMention, Reading

_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "2": 2, "3": 3}
_REACH = 12
_PERSONS = frozenset({"leader", "president", "minister", "men", "man", "official"})


def members_of(reading: Reading, noun: NounMention) -> tuple[str, ...]:
    """The ids of those that a plural phrase stands for, in the order of their first mention.

    "Both", "the two" and the like take that many countries (or persons, for "leaders") from the
    text before; "the sides" takes two.
    """
    syntax = reading.syntax
    wanted = 0
    for i in range(max(noun.begin - 3, 0), noun.begin):
        wanted = _NUMBERS.get(syntax.lower[i], wanted)
    if noun.end + 1 < len(syntax) and syntax.lower[noun.end] == "of":
        for i in range(noun.end + 1, min(len(syntax), noun.end + 3)):
            wanted = wanted or _NUMBERS.get(syntax.lower[i], 0)
    persons = any(n.id in _PERSONS for n in noun.nouns) or any(n.kind == "title" for n in noun.nouns)
    if not wanted:
        bare = noun.begin > 0 and syntax.lower[noun.begin - 1] == "the"
        word = noun.nouns[0].id
        leaders = persons and syntax.lemma[noun.head] in ("leader", "president")
        if not bare or not (word in ("side", "party") or leaders) or syntax.lower[noun.end : noun.end + 1] == ["of"]:
            return ()
        wanted = 2
    kinds = ("person",) if persons else ("country",)
    found = _salient(reading, kinds, wanted, noun)
    if len(found) < wanted and not persons:
        found = _salient(reading, ("country", "organization", "person"), wanted, noun)
    if len(found) < wanted:
        return ()
    order = {e: k for k, e in enumerate(reading.cast.entities)}
    return tuple(sorted(found, key=lambda e: order[e]))


def _salient(reading: Reading, kinds: tuple[str, ...], wanted: int, noun: NounMention) -> list[str]:
    """The entities of some kinds that the sentences before speak of most, the near ones and subjects first.

    A person or body counts for its country where countries are wanted.
    """
    here = reading.syntax.sentence[noun.begin]
    barred = _subjects(reading, noun)
    weight: dict[str, float] = {}
    for turn in reading.back():
        distance = here - turn.sentence
        if turn.head >= noun.begin or (distance > _REACH and len(weight) >= wanted):
            continue
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
        if who is None or reading.cast[who].kind not in kinds or who == reading.publisher:
            continue
        weight[who] = weight.get(who, 0.0) + share * (2.0 if turn.subject else 1.0) * (1 + distance) ** -0.5
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
            reference = reading.at.get(c)
            if reference is not None and reference.entity is not None:
                out.add(reference.entity)
                country = reading.cast[reference.entity].country
                if country is not None:
                    out.add(country)
    return out
