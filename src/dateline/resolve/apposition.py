"""Appositions: a name beside a description tells who the description means."""

from __future__ import annotations

from dateline.mentions.names import word_set
from dateline.resolve.reading import NounMention, Reading

# Nouns that follow the name of an organisation of their kind ("the Hamas movement").
_NAMED_KINDS = word_set(
    "group movement organization organisation party network militia company newspaper agency coalition "
    "alliance union bank firm militants fighters faction bloc daily website"
)
_COMPLEMENT = word_set("DT JJ NN NNS NNP NNPS POS CC HYPH VBN PRP$ IN CD TO")
_COMPLEMENTED = word_set("of to for in at on with")


def apposed(reading: Reading, noun: NounMention) -> str | None:
    """The entity of a name that the phrase stands beside.

    "The agency, KCNA"; "KCNA, the state agency"; "the newspaper Rodong Sinmun"; "the Hamas movement";
    "the city of Aleppo".
    """
    syntax = reading.syntax
    head = noun.head
    if syntax.dep[head] == "appos":
        reference = reading.at.get(syntax.head[head])
        if reference is not None and reference.how != "description" and _may_be(reading, noun, reference.entity):
            return reference.entity
    for c in syntax.children[head]:
        if syntax.dep[c] == "appos":
            name = reading.name_at[c]
            if name is None or (name.begin and syntax.lower[name.begin - 1] == "(" and syntax.word[c].isupper()):
                continue  # an acronym that the phrase defines
            if _may_be(reading, noun, reading.entity_of(name)):
                return reading.entity_of(name)
    named = _named_behind(reading, noun)
    if named is not None:
        return named
    place = noun.kind("kind")
    if place is not None and place.id == "place":
        behind = reading.after(noun.end, "of") or (reading.name_at[noun.end] if noun.end < len(syntax) else None)
        entity = reading.entity_of(behind) if behind is not None and behind.begin <= noun.end + 2 else None
        if entity is not None and reading.cast[entity].kind == "place":
            near = reading.before(noun.begin)
            if reading.cast[entity].country is None and near is not None:
                reading.cast[entity].country = reading.country_of(near)
            return entity
    if noun.begin > 0 and noun.kind("kind", "outlet", "agent") and syntax.lower[head] in _NAMED_KINDS:
        name = reading.name_at[noun.begin - 1]
        entity = reading.entity_of(name) if name is not None else None
        if entity is not None and reading.cast[entity].kind in ("organization", "outlet"):
            return entity
    if syntax.dep[head] in ("compound", "nmod") or (noun.end < len(syntax) and reading.name_at[noun.end] is not None):
        name = reading.name_at[noun.end] if noun.end < len(syntax) else None
        if name is not None and name.begin == noun.end and noun.kind("outlet", "kind", "agent"):
            entity = reading.entity_of(name)
            if entity is not None and reading.cast[entity].kind in ("outlet", "organization", "person"):
                return entity
    return None


def _named_behind(reading: Reading, noun: NounMention) -> str | None:
    """The person named behind what an office is for: "the ambassador to Syria, X"; "a spokesman for the agency, X".

    Parsers hang such a name on the nearest noun.
    """
    syntax = reading.syntax
    chosen = noun.kind("title", "spokesperson", "agent")
    if chosen is None or any(n.plural for n in noun.nouns) or noun.end >= len(syntax):
        return None
    if syntax.lower[noun.end] not in _COMPLEMENTED and syntax.lower[noun.end] != ",":
        return None
    stop = min(len(syntax) - 1, noun.end + 12, syntax.sentences[syntax.sentence[noun.begin]][1])
    at = noun.end
    while at < stop and syntax.tag[at] in _COMPLEMENT:
        at += 1
    if at + 1 >= stop or syntax.lower[at] != ",":
        return None
    name = reading.name_at[at + 1]
    entity = reading.entity_of(name) if name is not None and name.begin == at + 1 else None
    if name is None or entity is None or reading.cast[entity].kind != "person" or name.end - name.begin < 2:
        return None
    # "…, X, said", not the first of a list ("the envoy to Syria, X, Y and Z") nor a new clause ("…, X said")
    follows = syntax.lower[name.end] if name.end < len(syntax) else "."
    if follows not in (",", ".", ";", ")"):
        return None
    beyond = reading.name_at[name.end + 1] if name.end + 1 < len(syntax) else None
    return entity if follows != "," or beyond is None or beyond.begin != name.end + 1 else None


def _may_be(reading: Reading, noun: NounMention, entity_id: str | None) -> bool:
    """Whether a noun can describe an entity beside it: a newspaper is no capital, a minister no army."""
    if entity_id is None:
        return False
    kind = reading.cast[entity_id].kind
    if noun.kind("title", "kin", "spokesperson"):
        return kind == "person"
    if noun.kind("outlet"):
        return kind in ("outlet", "organization")
    if noun.kind("kind", "body", "agent", "government", "document"):
        return kind in ("person", "organization", "outlet", "group") or noun.nouns[0].id in (kind, "place")
    return True
