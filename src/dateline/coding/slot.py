"""Slots: where the phrases stand that a verb takes as object, indirect object or after a preposition."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.coding.party import Parties

# "Days after", "a week before": when, not what.
_SPANS = frozenset(("minute", "hour", "day", "week", "month", "year"))
_ORDER = (["after"], ["before"], ["later"], ["ago"], ["earlier"])


class Slots(Parties):
    """Finds the phrases in the slots of the verbs of one report."""

    def _slot(self, i: int, slot: str, deep: bool = True) -> tuple[int, ...]:
        """Heads of the phrases in a slot of a verb; `deep`: also where the parser hung them elsewhere."""
        predicate = self.view[i]
        if slot == "object":
            if predicate.passive:
                return predicate.subjects
            if predicate.objects:
                return tuple(self._before_days(head) or head for head in predicate.objects)
            complement = predicate.complement
            torn = self._before_days(complement) if complement is not None else None
            if torn is not None:
                return (torn,)
            if complement is not None:  # "urged Israel to halt", "found him guilty"
                own = self.view.own_subject(complement)
                if own is not None:
                    return self.view.conjuncts(own)
            return predicate.datives or self._days_after(i)
        found = tuple(head for head in self.view.oblique(i, slot) if not self.finder.temporal(head))
        found = found or self._stranded(i, slot)
        if not found and slot == "for":
            own = self.finder.for_clause(i)
            found = self.view.conjuncts(own) if own is not None else ()
        if not found and slot == "to":
            found = predicate.datives
            lost = self.finder.lost(i) if not found else None
            found = (lost,) if lost is not None else found
        if not found and slot in predicate.particles:
            found = predicate.patients
        return self._nominal(found or (self._later(i, slot) if deep else ()))

    def _before_days(self, head: int) -> int | None:
        """The noun that the parser hung before a span of time: "detained a diplomat days after the arrest"."""
        s = self.syntax
        outcast = s.lower[head] == "persona"  # "declared the envoy persona non grata"
        if not outcast and (s.lemma[head] not in _SPANS or s.lower[head + 1 : head + 2] not in _ORDER):
            return None
        before = head - 1
        return before if s.head[before] == head and s.dep[before] == "compound" and s.pos[before] != "NUM" else None

    def _days_after(self, i: int) -> tuple[int, ...]:
        """The object of a verb that the parser hung with a span of time on "after"."""
        s = self.syntax
        for child in s.children[i]:
            if child > i and s.dep[child] in ("prep", "mark", "advmod") and [s.lower[child]] in _ORDER:
                for span in s.children[child]:
                    found = self._before_days(span) if span == child - 1 else None
                    if found is not None:
                        return (found,)
        return ()

    def _stranded(self, i: int, preposition: str) -> tuple[int, ...]:
        """A complement that the parser made the subject of what follows: "asylum to officers holed up"."""
        s = self.syntax
        for child in s.children[i]:
            if s.lower[child] == preposition and s.dep[child] in ("prep", "dative") and not s.children[child]:
                for other in s.children[i]:
                    own = self.view.own_subject(other) if other > child and s.pos[other] == "VERB" else None
                    if own is not None and own > child:
                        return self.view.conjuncts(own)
        return ()

    def _later(self, i: int, preposition: str) -> tuple[int, ...]:
        """The complement of a preposition that the parser hung elsewhere in the clause."""
        s = self.syntax
        first: tuple[int, ...] = ()
        best = 0
        for k in self.finder.laters(i, preposition):
            inner = s.child(k, "pobj", "pcomp")
            if inner is None or s.lower[inner] in self._temporal:
                continue
            heads = self.view.conjuncts(inner)
            weights = [party.weight for party in self.all(heads)]
            if 2 in weights:
                return heads
            first, best = (heads, 1) if 1 in weights and not best else (first or heads, best)
        return first

    def _nominal(self, heads: Iterable[int]) -> tuple[int, ...]:
        """A gerund after a preposition stands for its objects: "commitment to supporting Lebanon", a clause
        for its subject: "inquiry into whether the envoy was spied on".
        """
        out: list[int] = []
        for head in heads:
            if self.syntax.pos[head] in ("VERB", "AUX"):
                own = self.view.own_subject(head)
                out.extend(self.view.conjuncts(own) if own is not None else self.view[head].objects)
            else:
                out.append(head)
        return tuple(out)
