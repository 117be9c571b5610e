"""Triggers: which codebook entries fire on which words of a parse, and which words they take up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dateline.annotate import Syntax
from dateline.coding.codebook import Codebook, Entry
from dateline.mentions.predicates import Predicate, Predicates

# "a round of talks", "a series of attacks": the noun that counts stands after "of".
_TRANSPARENT = frozenset(
    "round series number wave string set kind sort type pair couple spate batch list range part lot dozen hundred "
    "thousand million form bit host package raft variety majority day week month hour campaign period".split()
)
# Particles may be parsed as prepositions, and the other way round.
_EITHER = frozenset("up down out off over back away in on through aside forward around along apart".split())

TEMPORAL = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. today yesterday "
    "tomorrow tonight week month year day night morning afternoon evening hour minute weekend decade midnight noon "
    "spring summer autumn winter time date".split()
)


@dataclass(slots=True)
class Match:
    """An entry that fires: its trigger token and the tokens that its pattern took up."""

    entry: Entry
    token: int
    taken: list[int] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


def find_triggers(syntax: Syntax, view: Predicates, book: Codebook) -> list[Match]:
    """Find the triggers of a text: at most one entry a token, the most demanding one.

    Args:
        syntax: the parse.
        view: its clause view.
        book: the codebook.

    Returns:
        The matches in the order of the text; a noun that another pattern took up ("lifted the
        sanctions") does not fire on its own.
    """
    found: list[Match] = []
    taken: set[int] = set()
    triggers, pos = book.triggers, syntax.pos
    for i, lemma in enumerate(syntax.lemma):
        entries = triggers.get(lemma)
        if entries is None:
            continue
        kind = pos[i]
        if kind == "VERB":
            candidates: Iterable[Entry] = entries.verb
        elif kind == "NOUN" or kind == "PROPN":
            candidates = entries.noun
            if entries.verb and _headline_verb(syntax, i):
                candidates = (*entries.verb, *entries.noun)
        elif kind == "ADJ":
            candidates = entries.adjective
            if not candidates and syntax.tag[i] == "VBN" or syntax.dep[i] in ("ROOT", "ccomp", "acomp"):
                candidates = (*entries.adjective, *entries.verb)
        elif kind == "AUX":
            candidates = entries.modal or entries.verb
        else:
            continue
        for entry in candidates:
            match = match_entry(syntax, view, entry, i)
            if match is not None:
                found.append(match)
                taken.update(match.taken)
                break
    return [match for match in found if match.token not in taken]


def _headline_verb(syntax: Syntax, i: int) -> bool:
    """Whether a word tagged as noun heads a clause: "Kremlin slams sanctions"."""
    if syntax.dep[i] == "ROOT":
        for child in syntax.children[i]:
            d = syntax.dep[child]
            if d == "nsubj" or d == "dobj":
                return True
    return False


def match_entry(syntax: Syntax, view: Predicates, entry: Entry, i: int) -> Match | None:
    """Check every condition of an entry on one token.

    Returns:
        The match, or None.
    """
    pattern = entry.pattern
    match = Match(entry, i)
    children = syntax.children[i]
    if pattern.particles:
        near = {syntax.lower[c] for c in children}
        for particle in pattern.particles:
            if particle not in near:
                return None
    if pattern.recipient in _EITHER:
        if not any(syntax.lower[c] == pattern.recipient for c in children):
            return None
    needs_view = (
        pattern.objects is not None
        or pattern.complements
        or entry.object is not None
        or entry.not_object is not None
        or entry.subject is not None
        or entry.not_subject is not None
    )
    if needs_view:
        predicate = view[i]
        if pattern.objects is not None:
            head = _first(syntax, view, _things(syntax, predicate), pattern.objects)
            if head is None:
                return None
            match.taken.append(head)
        for preposition, lemmas in pattern.complements:
            heads = view.oblique(i, preposition)
            if not heads and preposition in _EITHER and preposition in predicate.particles:
                heads = _things(syntax, predicate)
            head = _first(syntax, view, heads, lemmas)
            if head is None:
                return None
            match.taken.append(head)
        if entry.object is not None and not _any(syntax, view, _things(syntax, predicate), entry.object):
            return None
        if entry.not_object is not None and _any(syntax, view, _things(syntax, predicate), entry.not_object):
            return None
        if entry.subject is not None and not _any(syntax, view, predicate.agents, entry.subject):
            return None
        if entry.not_subject is not None and _any(syntax, view, predicate.agents, entry.not_subject):
            return None
    if entry.complement is not None and not _complement(syntax, i, entry.complement):
        return None
    if entry.near is not None or entry.far is not None:
        begin, end = syntax.sentences[syntax.sentence[i]]
        lo, hi = max(begin, i - 30), min(end, i + 30)
        words = set(syntax.lemma[lo:hi])
        if entry.near is not None and not entry.near & words:
            return None
        if entry.far is not None and entry.far & words:
            return None
    if pattern.recipient is not None and pattern.recipient != "object" and pattern.recipient not in _EITHER:
        if not has_preposition(syntax, view, i, pattern.recipient):
            return None
    return match


def has_preposition(syntax: Syntax, view: Predicates, i: int, preposition: str) -> bool:
    """Whether a preposition stands in the trigger's clause, however deep the parser hung it."""
    found = view.oblique(i, preposition)
    if found:
        return any(syntax.lower[head] not in TEMPORAL for head in found)
    begin, end = syntax.sentences[syntax.sentence[i]]
    lower = syntax.lower
    end = min(end, i + 16)
    return any(lower[k] == preposition and not _temporal(syntax, k) for k in range(i + 1, end))


def _temporal(syntax: Syntax, preposition: int) -> bool:
    inner = syntax.child(preposition, "pobj")
    return inner is not None and syntax.lower[inner] in TEMPORAL


def _things(syntax: Syntax, predicate: Predicate) -> tuple[int, ...]:
    out = (*predicate.patients, *predicate.attributes)
    if predicate.complement is not None and syntax.pos[predicate.complement] in ("ADJ", "NOUN"):
        out = (*out, predicate.complement)
    return out


def _heads(syntax: Syntax, view: Predicates, heads: Iterable[int]) -> Iterator[int]:
    for head in heads:
        yield head
        if syntax.lemma[head] in _TRANSPARENT:
            yield from view[head].obliques.get("of", ())


def _first(syntax: Syntax, view: Predicates, heads: Iterable[int], lemmas: frozenset[str]) -> int | None:
    for head in _heads(syntax, view, heads):
        if syntax.lemma[head] in lemmas or syntax.lower[head] in lemmas:
            return head
    return None


def _any(syntax: Syntax, view: Predicates, heads: Iterable[int], lemmas: frozenset[str]) -> bool:
    for head in _heads(syntax, view, heads):
        if syntax.lemma[head] in lemmas or syntax.lower[head] in lemmas:
            return True
        if "@name" in lemmas and syntax.pos[head] == "PROPN":
            return True
    return False


def _complement(syntax: Syntax, i: int, kind: str) -> bool:
    found = False
    for child in syntax.children[i]:
        d = syntax.dep[child]
        if d in ("xcomp", "ccomp", "acl", "advcl"):
            tag = syntax.tag[child]
            infinitive = any(syntax.tag[c] == "TO" for c in syntax.children[child])
            if d == "advcl" and not (infinitive and kind == "to"):
                continue
            found = True
            if kind == "any" or (kind == "to" and infinitive):
                return True
            if kind == "that" and d == "ccomp" and not infinitive:
                return True
            if kind == "ing" and tag == "VBG":
                return True
        elif kind == "ing" and d == "prep" and any(syntax.dep[c] == "pcomp" for c in syntax.children[child]):
            return True
    return kind == "none" and not found
