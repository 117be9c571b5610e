"""Mended parses: sentences whose only verb the tagger took for part of a noun phrase.

"A Turkish court on Friday convicted opposition politician Ana Kaya" and "Turkey funds schools in Greece"
come out of small models as noun phrases without a verb. A report's sentence has one. Where none is tagged,
and a word of verbal form stands where a clause has its verb, the clause is put together again.
"""

from __future__ import annotations

from dateline.annotate.syntax import Syntax

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_STOPS = frozenset((".", "!", "?", "”", '"'))
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today"))
_NAME = frozenset(("PROPN", "DET", "CCONJ", "PUNCT", "PART"))
_LOOSE = frozenset(("amod", "compound", "nmod", "acl"))
# How adjectives of peoples end; a country's name that is tagged so is a name.
_PEOPLES = ("an", "ish", "ese", "ch", "i")
_SHORT = 4
# So many words into its sentence the verb stands, at most.
_FAR = 12


def mend(syntax: Syntax) -> Syntax:
    """Give sentences that the parser left without a verb the verb that they have.

    Args:
        syntax: a parse; changed in place.

    Returns:
        The same parse.
    """
    tag = syntax.tag
    for begin, end in syntax.sentences:
        if end - begin <= _SHORT or syntax.word[end - 1] not in _STOPS:
            continue
        if not any(tag[k] in _FINITE and syntax.dep[k] not in _LOOSE for k in range(begin, end)):
            found = _verb(syntax, begin, end)
            if found is not None:
                _rebuild(syntax, begin, end, *found)
    return syntax


def _verb(syntax: Syntax, begin: int, end: int) -> tuple[int, int, int] | None:
    """The verb of a sentence that has none tagged, the head of its subject, and the head of its object."""
    s = syntax
    top = next((k for k in range(begin, end) if s.head[k] == k), begin)
    if s.pos[top] not in ("NOUN", "PROPN"):
        return None
    for k in range(begin + 1, min(end - 2, begin + _FAR)):
        if s.dep[k] not in _LOOSE or s.pos[k] == "PROPN" or "-" in (s.word[k - 1], s.word[k + 1]):
            continue
        past = s.tag[k] in ("VBN", "VBD") or (s.tag[k] == "JJ" and s.lower[k].endswith("ed"))
        object_ = s.head[k]
        while s.dep[object_] in ("compound", "nmod") and s.head[object_] > object_:
            object_ = s.head[object_]
        dated = s.lower[k - 1] in _DAYS and k - 2 > begin and top < k
        if dated and past and object_ > k:
            if s.lower[k - 2] == "on" and s.head[k - 2] == top:
                return k, top, object_
        named = all(s.pos[j] in _NAME or (s.tag[j] == "JJ" and s.word[j][0].isupper()) for j in range(begin, k))
        alone = k - 1 == begin and s.tag[k - 1] == "JJ" and not s.lower[k - 1].endswith(_PEOPLES)
        if not named or object_ != top or k > top or not (alone or s.pos[k - 1] == "PROPN"):
            continue
        several = any(s.dep[j] == "cc" for j in range(begin, k))
        if past or (s.tag[k] == "NNS" and not several) or (s.tag[k] == "NN" and several):
            return k, k - 1 if not several else _first(s, begin, k), object_
    return None


def _first(syntax: Syntax, begin: int, verb: int) -> int:
    """The first of the names joined before a verb: the head of its subject."""
    joined = next(k for k in range(begin, verb) if syntax.dep[k] == "cc")
    return joined - 1


def _rebuild(syntax: Syntax, begin: int, end: int, verb: int, subject: int, thing: int) -> None:
    """Make a clause of a noun phrase: what stood before the verb is of its subject, what follows of its object."""
    s = syntax
    s.pos[verb], s.dep[verb], s.head[verb] = "VERB", "ROOT", verb
    s.tag[verb] = "VBZ" if s.tag[verb] == "NNS" else "VBP" if s.tag[verb] == "NN" else "VBD"
    lemma = s.lemma[verb]
    if s.tag[verb] == "VBD" and lemma.endswith("ed") and len(lemma) > _SHORT - 1:
        s.lemma[verb] = lemma[:-2]
    s.head[subject], s.dep[subject] = verb, "nsubj"
    old = thing
    for k in range(begin, end):
        if k in (verb, subject):
            continue
        head = s.head[k]
        if k < verb and (head in (verb, thing) or head > verb) and s.dep[k] != "prep":
            s.head[k] = subject
            s.dep[k] = "conj" if s.pos[k] == "PROPN" and s.dep[k - 1] == "cc" else s.dep[k]
        elif (k > verb and k != old and head in (subject, k)) or (k < verb and s.lower[k] == "on" and head == subject):
            s.head[k] = verb
    s.head[thing], s.dep[thing] = verb, "dobj"
    for k in range(verb + 1, thing):
        if s.head[k] in (verb, subject) and s.dep[k] in ("amod", "compound", "det", "nummod", "nmod", "poss"):
            s.head[k] = thing
    s.__dict__.pop("children", None)
    s.__dict__.pop("edges", None)
