"""Whose a thing is that the text speaks of again: "a Chadian aircraft … fired on the plane"."""

from __future__ import annotations

from bisect import bisect_right

from dateline.coding.party import Parties, Party

# So many things of a class are looked at, the last first.
_REMEMBERED = 6
# The word lists of the codebook that say which things may be called by each other's names.
KINDS = ("aircraft", "vessels", "armour", "premises")
_SENDING = frozenset(("launch", "fire", "send", "deploy", "dispatch", "fly", "scramble", "lose"))
_REACH = 8
_DEFINITE = frozenset(("the", "that", "this", "those", "these"))
_BELIEVED = frozenset(("believe", "think", "say", "suspect", "presume", "know"))


class Belongings(Parties):
    """Knows whose aircraft, ships, bases and missions a report has spoken of."""

    _things: dict[str, list[int]] | None = None
    _taken_up: dict[int, list[str]]
    _looked: dict[str, int]

    def _who(self, head: int, depth: int) -> list[Party]:
        found = super()._who(head, depth)
        if self._kind(head) is not None and (told := self._believed(head)):
            begin, end = self.phrase(head)
            return [Party(head, begin, end, party.entity, 2) for party in told]
        if len(found) == 1 and found[0].head == head and self._nobody_known(found[0].entity):
            return self.owners(head) or found
        return found

    def _nobody_known(self, entity: str | None) -> bool:
        """Whether an entity is none, or only what its noun says ("aircraft" of whomever)."""
        if entity is None:
            return True
        known = self.resolution.entity(entity)
        return known.kind == "group" and known.country is None

    def owners(self, head: int) -> list[Party]:
        """Whose thing a phrase means that takes up one spoken of before ("the plane"), if the text has told."""
        kind = self._kind(head)
        if kind is None or (kind == "armour" and self.syntax.dep[head] == "nsubj"):
            return []  # tanks that burn are not their owner's doing
        things = self._of_kind(kind)
        # From the first to this one, each once: what a thing takes up is known by then.
        while self._looked[kind] < bisect_right(things, head):
            at = self._looked[kind]
            self._looked[kind] += 1
            self._taken_up[things[at]] = self._owners(things[at], things[max(0, at - _REMEMBERED) : at])
        begin, end = self.phrase(head)
        return [Party(head, begin, end, entity, 2) for entity in self._taken_up.get(head, ())]

    def _owners(self, head: int, earlier: list[int]) -> list[str]:
        """The entities of those whose a thing is, by those of its kind that were spoken of before, the last first."""
        s = self.syntax
        if not any(s.lower[child] in _DEFINITE for child in s.children[head] if child < head):
            return []
        for k in reversed(earlier):
            own = [party.entity for party in (*self.who(k), *self._senders(k))]
            known = [entity for entity in own if entity is not None and not self._nobody_known(entity)]
            if known:
                return known
        return []

    def _kind(self, head: int) -> str | None:
        if self.syntax.pos[head] != "NOUN":
            return None
        lemma = self.finder.lemma[head]
        return next((kind for kind in KINDS if lemma in self.book.words[kind]), None)

    def _of_kind(self, kind: str) -> list[int]:
        """The tokens of the text that name things of a class, in order."""
        if self._things is None:
            self._things, self._taken_up, self._looked = {}, {}, dict.fromkeys(KINDS, 0)
            known = {lemma: name for name in KINDS for lemma in self.book.words[name]}
            for k, lemma in enumerate(self.finder.lemma):
                if lemma in known and self.syntax.pos[k] == "NOUN":
                    self._things.setdefault(known[lemma], []).append(k)
        return self._things.get(kind, [])

    def _senders(self, head: int) -> list[Party]:
        """Who launched or sent a thing: "Chad fired drones at the port … the drones"."""
        s = self.syntax
        verb = s.head[head]
        if s.dep[head] != "dobj" or s.lemma[verb] not in _SENDING:
            return []
        return [party for party in self.all(self.agents(verb)) if party.weight == 2]

    def _believed(self, head: int) -> list[Party]:
        """Whose it is said to be: "two helicopters believed to be Chadian"."""
        s = self.syntax
        for child in s.children[head]:
            if s.dep[child] == "acl" and s.lemma[child] in _BELIEVED:
                return self._told_of(child)
        verb = s.head[head]  # a participle that the parser took for the verb of the clause
        if s.dep[head] in ("nsubj", "nsubjpass") and s.lemma[verb] in _BELIEVED and s.dep[verb] != "relcl":
            return self._told_of(verb)
        return []

    def _told_of(self, verb: int) -> list[Party]:
        s = self.syntax
        for k in range(verb + 1, min(s.right(verb), verb + _REACH)):
            reference = self.resolution.by_head.get(k)
            if reference is not None and reference.entity is not None and s.dep[k] in ("acomp", "attr", "amod", "oprd"):
                return self.refer(reference)
        return []
