"""Reach: the phrases of a clause that stand away from their verb, as writers put them and parsers hang them."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.annotate import Syntax
from dateline.mentions.predicates import Predicates

# How far after a trigger a preposition may stand that the parser hung elsewhere.
REACH = 25
# How many words up from it the trigger may be.
_DEEP = 5
# Nouns before another noun that parsers take for infinitives after "to".
_FIRST = frozenset(
    (
        "aid",
        "student",
        "rebel",
        "police",
        "opposition",
        "relief",
        "guerrilla",
        "protest",
        "opponent",
        "militia",
        "security",
    )
)
_OF_AID = frozenset(("agency", "worker", "group", "organization", "organisation", "convoy", "official", "charity"))


class Reach:
    """Finds prepositions and their complements however deep the parser hung them."""

    syntax: Syntax
    view: Predicates
    lemma: list[str]
    _temporal: frozenset[str]
    _replies: frozenset[str]

    def lost(self, i: int) -> int | None:
        """The complement of "to" that the parser took for an infinitive and its object: "to student protesters"."""
        s = self.syntax
        for at in (i, *self.view[i].objects):
            for child in s.children[at]:
                if child > i and s.tag[child] == "VB" and s.lower[child - 1] == "to" and self.lemma[child] in _FIRST:
                    inner = s.child(child, "dobj")
                    if inner == child + 1 and s.tag[inner] == "NNS":
                        if self.lemma[child] != "aid" or self.lemma[inner] in _OF_AID:
                            return inner
        return None

    def temporal(self, head: int) -> bool:
        """Whether a phrase says when or why: "Sunday", "last week", "in response"."""
        s = self.syntax
        return s.lower[head] in self._temporal or (s.lower[head] in self._replies and s.lower[head - 1] == "in")

    def for_clause(self, i: int) -> int | None:
        """The subject of the clause with "for" that a verb takes: "gave approval for the aid group to enter"."""
        s = self.syntax
        for at in (i, *self.view[i].objects):
            for child in s.children[at]:
                if child > i and s.dep[child] in ("advcl", "ccomp", "xcomp", "acl"):
                    if any(s.lower[mark] == "for" and s.dep[mark] == "mark" for mark in s.children[child]):
                        return self.view.own_subject(child)
        return None

    def later(self, i: int, preposition: str) -> int | None:
        """A preposition that the parser hung deeper in the trigger's clause."""
        return next(self.laters(i, preposition), None)

    def laters(self, i: int, preposition: str) -> Iterator[int]:
        """The prepositions that the parser hung deeper in the trigger's clause."""
        s = self.syntax
        _, end = s.sentences[s.sentence[i]]
        for k in range(i + 1, min(end, i + REACH)):
            if s.lower[k] == preposition and s.dep[k] in ("prep", "dative", "agent"):
                inner = s.child(k, "pobj")
                if inner is not None and self.temporal(inner):
                    continue
                at = s.head[k]
                for _ in range(_DEEP):
                    if at == i:
                        yield k
                        break
                    other = s.pos[at] == "VERB" and s.dep[at] not in ("acl", "relcl") and s.lower[at] != "including"
                    if other or s.head[at] == at:
                        break
                    at = s.head[at]
