"""The country that the text is about at a place: whose "police", whose "foreign ministry"."""

from __future__ import annotations

from collections import Counter

from dateline.resolve.reading import NounMention, Reading


def owner_of(reading: Reading, noun: NounMention) -> str | None:
    """The entity that a noun phrase names as the one its bearer belongs to, or None.

    "Russia's foreign ministry", "the Russian foreign ministry", "the foreign ministry of Russia",
    "its foreign ministry".
    """
    syntax = reading.syntax
    near = reading.before(noun.begin)
    if near is not None:
        entity = reading.entity_of(near)
        if entity is not None and not _coordinated(reading, near.end, noun.begin):
            return entity
    first = max(noun.begin - 5, syntax.sentences[syntax.sentence[noun.begin]][0])
    for i in range(noun.begin - 1, first - 1, -1):
        if syntax.tag[i] == "PRP$" or syntax.tag[i] == "POS":
            at = i if syntax.tag[i] == "PRP$" else i - 1
            reference = reading.at.get(at)
            return reference.entity if reference is not None else None
        if syntax.tag[i] not in ("JJ", "NN", "NNP", "NNS", "HYPH", "VBN", "JJS", "CD"):
            break
    behind = reading.after(noun.end, "of", "for", "from", "in", "at", "with")
    if behind is not None:
        entity = reading.entity_of(behind)
        if entity is not None and id(behind) not in reading.is_place:
            return entity
        if entity is not None:
            country = reading.cast[entity].country
            return reading.cast.country(country) if country in reading.lexicon.roster.countries else None
    return _owner_noun(reading, noun) or _shared_owner(reading, noun)


def _shared_owner(reading: Reading, noun: NounMention) -> str | None:
    """The owner behind a coordination: "the government and people of Saudi Arabia"."""
    syntax = reading.syntax
    n = len(syntax)
    if noun.end + 3 < n and syntax.lower[noun.end] in ("and", "or"):
        for i in range(noun.end + 1, min(n - 1, noun.end + 4)):
            if syntax.lower[i] == "of":
                behind = reading.after(i, "of")
                return reading.entity_of(behind) if behind is not None else None
            if syntax.pos[i] not in ("NOUN", "ADJ", "DET"):
                return None
    return None


def _coordinated(reading: Reading, begin: int, end: int) -> bool:
    return any(reading.syntax.tag[i] in ("CC", ",") for i in range(begin, end))


def _owner_noun(reading: Reading, noun: NounMention) -> str | None:
    """An owner that is itself a noun phrase resolved before: "the foreign ministry's spokesman"."""
    syntax = reading.syntax
    i = noun.begin - 1
    if i >= 0 and syntax.tag[i] == "POS":
        i -= 1
    reference = reading.at.get(i) if i >= 0 else None
    if reference is not None and reference.end <= noun.begin and syntax.head[i] >= i:
        return reference.entity
    if noun.end < len(syntax) and syntax.lower[noun.end] in ("for", "of", "from", "at", "in"):
        for c in syntax.children[noun.end]:
            if syntax.dep[c] == "pobj":
                other = reading.noun_at.get(c)
                if other is not None and other.kind("body", "kind", "government"):
                    from dateline.resolve.description import entity_of_noun

                    return entity_of_noun(reading, other)
    return None


def country_here(reading: Reading, token: int) -> str | None:
    """The country that an unqualified noun belongs to: the one of the sentence so far, else the most named."""
    cast = reading.cast
    here = reading.syntax.sentence[token]
    counts: Counter[str] = Counter()
    for turn in reversed(reading.history):
        if turn.head > token:
            continue
        entity = cast[turn.entity]
        if entity.country is None or turn.entity == reading.publisher:
            continue
        if entity.kind == "outlet" and not cast.traits[turn.entity].state:
            continue
        distance = here - turn.sentence
        if distance > 12:
            break
        counts[entity.country] += 4 if distance == 0 else 3 if distance == 1 else 1
    if counts:
        best = max(counts.values())
        for country, count in counts.items():
            if count == best:
                return country
    return _first_named(reading)


def _first_named(reading: Reading) -> str | None:
    for name in reading.names:
        country = reading.country_of(name)
        entity = reading.entity_of(name)
        if country is not None and (entity is None or reading.cast[entity].kind != "outlet"):
            return country
    return None
