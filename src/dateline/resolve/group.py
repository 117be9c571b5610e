"""Groups that a report speaks of together: "both sides", "the two countries", "the two leaders"."""

from __future__ import annotations

from dateline.resolve.reading import NounMention, Reading

_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "2": 2, "3": 3}
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
    word = noun.nouns[0].id
    if not wanted:
        if word not in ("side", "party") or noun.begin == 0 or syntax.lower[noun.begin - 1] != "the":
            return ()
        wanted = 2
    persons = any(n.id in _PERSONS for n in noun.nouns) or any(n.kind == "title" for n in noun.nouns)
    kinds = ("person",) if persons else ("country",)
    found = _last(reading, kinds, wanted)
    if len(found) < wanted and not persons:
        found = _last(reading, ("country", "organization", "person"), wanted)
    if len(found) < wanted:
        return ()
    order = {e: k for k, e in enumerate(reading.cast.entities)}
    return tuple(sorted(found, key=lambda e: order[e]))


def _last(reading: Reading, kinds: tuple[str, ...], wanted: int) -> list[str]:
    """The last distinct entities of some kinds; a person or body counts for its country among countries."""
    found: list[str] = []
    for turn in reading.back():
        entity = reading.cast[turn.entity]
        who: str | None = turn.entity
        if "country" in kinds and entity.kind != "country" and "person" not in kinds:
            who = entity.country if entity.kind in ("organization", "person", "group") else None
            if who is not None and who not in reading.cast:
                who = None
        if who is None or reading.cast[who].kind not in kinds or who in found or who == reading.publisher:
            continue
        found.append(who)
        if len(found) == wanted:
            break
    return found
