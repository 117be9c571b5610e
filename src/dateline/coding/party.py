"""Parties: the people and bodies that phrases of the text name, and the entities behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.coding.doer import Doers
from dateline.resolve import Reference

# Parts of a noun phrase that stand before its head, and after it without opening another clause.
_BEFORE = frozenset(
    ("det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "predet", "neg", "case")
)
# Where a phrase that is no actor names one: "the appeal of a student", "a call from the president".
_INSIDE = ("by", "of", "from", "against", "for", "on", "with", "in", "to")
_LONGEST = 30
_DEPTH = 3
_MOST_BUSY = 12
# What two share: who has it tells whose other side is meant.
SHARED = frozenset(("border", "frontier", "boundary", "relation", "tie", "relationship"))
_LINES = frozenset(("border", "frontier", "boundary"))
_NAMES = frozenset(("name", "alias"))
_SAYERS = frozenset(("it", "they", "he", "she", "we", "i", "his", "her", "its", "their", "our", "my"))
_OBJECTS = frozenset(("him", "her", "them"))
_FIELD = frozenset(("operation", "mission", "campaign", "effort"))
# Who acts for somebody beside the bodies that the codebook lists: "its members would walk out".
_THEIRS = frozenset(("party", "member"))
_OTHERS = frozenset(("rival", "neighbouring", "neighboring", "enemy", "opposing", "other", "fellow", "former"))
_PERSONAL = frozenset(
    ("i", "we", "you", "he", "she", "they", "it", "him", "her", "them", "us", "me", "himself", "herself", "itself")
)


@dataclass(slots=True)
class Party:
    """One actor or recipient.

    Attributes:
        head: token that heads its phrase.
        begin, end: token range of the phrase.
        entity: who is meant, or None.
        weight: 2 for a state, body or person that acts in politics, 1 for a name, 0 for anything else.
        named: whether the text says who it is; "two hundred people" are somebody, but not named.
    """

    head: int
    begin: int
    end: int
    entity: str | None
    weight: int
    named: bool = True


class Parties(Doers):
    """Finds the parties of the events of one report."""

    # -- phrases

    def phrase(self, head: int) -> tuple[int, int]:
        """Token range of the noun phrase under a head, relative clauses and conjuncts left out."""
        s = self.syntax
        begin, end = head, head + 1
        for child in s.children[head]:
            d = s.dep[child]
            if child < head:
                if d in _BEFORE:
                    begin = min(begin, s.left(child))
            elif d in ("prep", "nummod", "compound", "nmod") and child <= end:
                end = max(end, s.right(child))
        if head - begin > _LONGEST:
            begin = head
        if end - head > _LONGEST:
            end = head + 1
        return begin, end

    def rating(self, entity: str) -> int:
        """2 for an entity of political kind, 1 for any other."""
        known = self._rating.get(entity)
        if known is None:
            e = self.resolution.entity(entity)
            political = e.kind in ("country", "outlet", "organization", "group") or e.sector or e.country or e.roles
            known = self._rating[entity] = 2 if political else 1
        return known

    def refer(self, reference: Reference) -> list[Party]:
        """The parties that a resolved phrase stands for: one, or each member of a group."""
        ids = reference.members if reference.entity is None and reference.members else (reference.entity,)
        out = []
        for entity in ids:
            weight = self.rating(entity) if entity is not None else self.noun_weight(reference.head)
            named = entity is not None and (reference.how != "description" or self._has_name(reference))
            out.append(Party(reference.head, reference.begin, reference.end, entity, weight, named))
        return out

    def body(self, party: Party) -> bool:
        """Whether a party is a country, place or body by its name, and no people."""
        if party.entity is None or self.syntax.pos[party.head] != "PROPN":
            return False
        reference = self.resolution.by_head.get(party.head)
        if reference is None or reference.how not in ("name", "alias"):
            return False
        return self.resolution.entity(party.entity).kind in ("country", "place", "organization", "outlet")

    def _has_name(self, reference: Reference) -> bool:
        """Whether a name stands in a description: "the mayor of Nablus", but not "two hundred people"."""
        s, by_head = self.syntax, self.resolution.by_head
        for k in range(reference.begin, reference.end):
            if k != reference.head and (s.pos[k] == "PROPN" or (k in by_head and by_head[k].how != "description")):
                return True
        return False

    def _named(self, head: int) -> list[Party]:
        """What a pronoun stands for: its antecedent in the sentence, or the subject of the saying verb above."""
        s = self.syntax
        reference = self.resolution.by_head.get(head)
        if reference is not None and (reference.entity is not None or reference.members):
            named = [
                other
                for other in self.references(s.sentence[head])
                if other.begin < head
                and other.how != "pronoun"
                and (other.entity, other.members) == (reference.entity, reference.members)
            ]
            if named:
                full = [other for other in named if other.how in _NAMES and s.dep[other.head] not in _BEFORE]
                named = full or named
                return self.refer(max(named, key=lambda other: (other.end - other.begin, other.begin)))
            if reference.entity is None:  # "Chad and Mali said they would"
                each = {
                    other.entity: other
                    for other in reversed(self.references(s.sentence[head]))
                    if other.begin < head and other.how in _NAMES and other.entity in reference.members
                }
                if len(each) == len(reference.members):
                    return [self.refer(each[member])[0] for member in reference.members]
            return self.refer(reference)
        at = s.head[head] if s.dep[head] == "poss" else head  # "he would", "his country would"
        if s.lower[head] in _SAYERS and s.dep[at] in ("nsubj", "nsubjpass"):
            verb = s.head[at]
            for _ in range(3):
                above = s.head[verb]
                if above == verb or s.dep[verb] not in ("ccomp", "conj", "advcl", "relcl"):
                    break
                where = s.lower[head] in ("he", "she") and s.dep[verb] in ("relcl", "advcl")
                if where and s.pos[above] in ("NOUN", "PROPN"):  # "flew to Jeddah, where he met"
                    above = self.view.governor(above) or above
                if (s.dep[verb] == "ccomp" or where) and above < head and s.pos[above] in ("VERB", "AUX"):
                    subjects = self.view[above].subjects
                    if subjects and head not in subjects and (not where or len(subjects) == 1):
                        return self.all(subjects)
                verb = above
        object_above = self._above(head) if s.lower[head] in _OBJECTS else None
        if object_above is not None:
            return self.all((object_above,))
        if s.dep[head] == "poss":
            return []
        return [Party(head, head, head + 1, None, 1, False)]

    def _above(self, head: int) -> int | None:
        """Whom "him" means in a clause below: "the premier was badly hurt after a gunman shot him"."""
        s = self.syntax
        verb = self.view.governor(head)
        for _ in range(2):
            if verb is None or s.dep[verb] not in ("advcl", "relcl", "conj"):
                return None
            above = self.view.governor(verb)
            own = self.view.own_subject(verb)
            if above is None or own is None:
                return None
            subjects = self.view[above].subjects if s.pos[above] in ("VERB", "AUX") else ()
            if len(subjects) == 1 and subjects[0] < head and subjects[0] != own:
                many = s.tag[subjects[0]] in ("NNS", "NNPS")
                if many == (s.lower[head] == "them") and self.noun_weight(subjects[0]):
                    return subjects[0]
            verb = above
        return None

    def who(self, head: int, depth: int = 0) -> list[Party]:
        """The parties named by the phrase under a head.

        Where the head is no actor itself ("the decision", "air bases"), the one named inside the
        phrase is taken ("the court's decision"); failing that, the phrase as it stands, unresolved.
        """
        # Parties are looked for inside phrases, and phrases may name each other in a circle.
        if head in self._busy or len(self._busy) > _MOST_BUSY:
            return []
        self._busy.add(head)
        try:
            return self._who(head, depth)
        finally:
            self._busy.discard(head)

    def _who(self, head: int, depth: int) -> list[Party]:
        s = self.syntax
        reference = self.resolution.by_head.get(head)
        if s.lower[head] in self._temporal and (reference is None or reference.entity is None):
            return []  # Monday is nobody, Theresa May is
        if s.lower[head] == "justice" and s.dep[head] == "pobj":
            return []  # "brought to justice"
        if s.pos[head] == "PRON":
            return self._named(head) if s.lower[head] in _PERSONAL or head in self.resolution.by_head else []
        both = self._coordinated(head)
        if both:
            return both
        reference = self.resolution.by_head.get(head)
        if reference is not None and (reference.entity is not None or reference.members):
            if reference.how == "description" and (s.lemma[head] in self._bodies or s.lemma[head] in _THEIRS):
                owner = s.child(head, "poss")
                if owner is not None and s.pos[owner] == "PRON" and not self._other(head):
                    named = self._named(owner)  # "the premier said his country would": the premier, for the country
                    if len(named) == 1 and named[0].begin != owner:
                        return [replace(named[0], entity=reference.entity), *self.refer(reference)]
            if reference.how == "description":
                for child in s.children[head]:  # "his counterpart, Ayman Safadi"
                    if s.dep[child] == "appos" and child > head and s.pos[child] == "PROPN":
                        name = self.resolution.by_head.get(child)
                        if name is not None and name.entity is not None and child - head < 6:
                            party = self.refer(name)[0]
                            return [replace(party, head=head, begin=min(reference.begin, head))]
            return self.refer(reference)
        if self.finder.lemma[head] in SHARED:  # "its border with Chad"
            across = self.view[head].obliques.get("with", ()) or self._beyond(head)
            found = self.all(across, depth + 1) if depth < _DEPTH else []
            if found and found[0].weight:
                return found
            owner = s.child(head, "poss")
            if owner is not None and s.pos[owner] == "PRON" and self.finder.lemma[head] in _LINES:
                begin, end = self.phrase(head)  # "its border" is where something is done, and not its owner
                return [Party(head, begin, end, None, 0, False)]
        weight = self.noun_weight(head)
        if weight == 2 or depth < _DEPTH:
            found = self._before(head, weight, depth)
            if found and self.finder.lemma[head] in _FIELD:  # "UN peacekeeping operations in Chad"
                found = [*found, *self.all(self.view[head].obliques.get("in", ()), depth + 1)]
            if found:
                return found
        if weight == 2:
            begin, end = self.phrase(head)
            entity = None
            means = self.finder.lemma[head] in self._means
            for inner_head in (
                () if means else self.view[head].obliques.get("of", ()) or self.view[head].obliques.get("in", ())
            ):
                inner = self.resolution.by_head.get(inner_head)
                if inner is not None and inner.entity is not None:
                    entity = inner.entity
                    break
            return [Party(head, begin, end, entity, 2, entity is not None)]
        if depth < _DEPTH and s.pos[head] in ("NOUN", "PROPN", "NUM", "PRON", "DET", "ADJ"):
            view = self.view[head]
            if any(s.pos[owner] == "PRON" for owner in view.possessors):
                found = self._claimed(head, depth)  # "its demand that Chad withdraw"
                if found:
                    return found
            for inner_head in view.possessors:
                found = self.who(inner_head, depth=depth + 1)
                if found and found[0].weight:
                    return found
            for preposition in _INSIDE:
                for inner_head in view.obliques.get(preposition, ()):
                    found = self.who(inner_head, depth=depth + 1)
                    if found and found[0].weight:
                        return found
            for child in s.children[head]:  # "an order sought by the ministry", "a deal that the premier negotiated"
                if s.dep[child] in ("acl", "relcl"):
                    one = self.view[child]
                    if s.lemma[child] in ("enter", "leave", "reach", "cross") and s.tag[child] == "VBG":
                        found = self.all(one.objects, depth + 1)  # "curbs on goods entering Gaza"
                        if found and found[0].weight:
                            return found
                    made = s.dep[child] == "relcl" and s.lemma[child] in self._making
                    doers = one.by if one.passive else one.subjects if made else ()
                    found = self.all((doer for doer in doers if doer != head), depth + 1)
                    if found and found[0].weight and s.pos[found[0].head] != "PRON":
                        return found
        found = self._claimed(head, depth)
        if found:
            return found
        if s.pos[head] not in ("NOUN", "PROPN", "X", "SYM") and not (
            s.pos[head] == "NUM" and (not s.word[head].isdigit() or "of" in self.view[head].obliques)
        ):
            return []
        verb = self._signing(head) if s.lemma[head] in self._papers and depth < _DEPTH else None
        if verb is not None:
            found = self.all(self.agents(verb), depth + 1)
            if found and found[0].weight and found[0].head != head:
                return found
        begin, end = self.phrase(head)
        return [Party(head, begin, end, None, weight, False)]

    def _signing(self, paper: int) -> int | None:
        """The verb whose subject speaks in a paper: "issued a statement", "voted on a resolution"."""
        s = self.syntax
        if s.dep[paper] == "dobj":
            return s.head[paper]
        above = s.head[paper]
        voted = s.dep[paper] == "pobj" and s.lower[above] in ("on", "for") and s.lemma[s.head[above]] == "vote"
        return s.head[above] if voted else None

    def _beyond(self, head: int) -> tuple[int, ...]:
        """Whose is the other side of "its border with Chad", where the parser hung "with Chad" on the verb."""
        s = self.syntax
        after = head + 1
        if s.lower[after : after + 1] != ["with"] or s.dep[after] != "prep" or s.head[after] > head:
            return ()
        inner = s.child(after, "pobj")
        return self.view.conjuncts(inner) if inner is not None else ()

    def _claimed(self, head: int, depth: int) -> list[Party]:
        """Of whom a noun says something: "claims that two soldiers looted", "demands that emigrants be let vote"."""
        s = self.syntax
        if depth < _DEPTH and s.pos[head] == "NOUN":
            for child in s.children[head]:
                if child > head and s.dep[child] in ("acl", "ccomp") and s.tag[child] != "VBG":
                    own = self.view.own_subject(child)
                    found = self.all(self.view.conjuncts(own), depth + 1) if own is not None else []
                    if found and found[0].weight and s.pos[found[0].head] != "PRON":
                        return found
        return []

    def _modifier(self, one: int) -> list[Party]:
        reference = self.resolution.by_head.get(one)
        if reference is not None and (reference.entity is not None or reference.members):
            return self.refer(reference)
        if self.syntax.pos[one] != "ADJ" and self.noun_weight(one) == 2 and self.syntax.lemma[one] not in self._means:
            return self.who(one)
        return []

    def _coordinated(self, head: int) -> list[Party]:
        """The parties of "British and EU negotiators": two, though the noun is one."""
        s = self.syntax
        modifiers = [child for child in s.children[head] if child < head and s.dep[child] == "amod"]
        named = [child for child in modifiers if child in self.resolution.by_head]
        for child in s.children[head]:
            if child < head and s.dep[child] in ("amod", "compound", "nmod", "poss"):
                both = self.view.conjuncts(child)
                if child in named and s.lower[child + 1] in (",", "and"):  # "Chadian, Malian and French troops"
                    both = tuple(sorted({k for one in named for k in self.view.conjuncts(one)}))
                joined = s.word[child - 1] == "-" and s.end[child - 1] == s.begin[child]
                if joined and child > 1 and child - 2 in self.resolution.by_head:
                    both = (child - 2, child)  # "the Chad-Niger border"
                if len(both) > 1:
                    own = self.resolution.by_head.get(head)
                    if own is not None and own.entity is not None and any(map(self._names_person, both)):
                        # "Mr. Deby and Chadian forces": a man and somebody's forces
                        people = [party for one in both if self._names_person(one) for party in self._modifier(one)]
                        return [*people, *self.refer(own)]
                    found = [party for one in both for party in self._modifier(one)]
                    if len({party.entity for party in found}) > 1:
                        return found
        if s.tag[head] == "NNS" and (
            self.finder.lemma[head] in self._bodies or self.noun_weight(head) == 2
        ):  # "the armies of Brazil and Chad"
            owners = self.view[head].obliques.get("of", ())
            if len(owners) > 1:
                found = self.all(owners)
                if len({party.entity for party in found if party.entity}) > 1:
                    return found
        return []

    def _before(self, head: int, weight: int, depth: int) -> list[Party]:
        """The party that stands before a noun: "Turkish police", "the court's decision", "army bases"."""
        s = self.syntax
        before = [child for child in reversed(s.children[head]) if child < head]
        by_head = self.resolution.by_head
        before.sort(key=lambda child: (s.dep[child] != "poss" or weight == 2, weight < 2 and child not in by_head))
        if len(before) > 1 and s.pos[before[0]] == "PRON":  # "its Tigray region"
            named = [c for c in before[1:] if s.dep[c] == "compound" and s.pos[c] == "PROPN" and c in by_head]
            before = named or before
        for child in before:
            if s.dep[child] not in ("compound", "amod", "poss", "nmod") or "-" in (
                s.word[child + 1],
                s.word[child - 1],
            ):
                continue
            reference = self.resolution.by_head.get(child)
            if s.pos[child] == "PRON":
                theirs = weight < 2 or (self.finder.lemma[head] in self._bodies and not self._other(head))
                found = self._named(child) if theirs else []
            elif reference is not None and (reference.entity is not None or reference.members):
                found = self.refer(reference)
            elif weight < 2 and s.pos[child] != "ADJ" and self.noun_weight(child) == 2:
                found = self.who(child, depth=depth + 1) if s.lemma[child] not in self._means else []
            else:
                continue
            if found and weight == 2 and s.pos[child] == "PRON" and found[0].begin != child:
                return found[:1]  # "his government": the one named before
            if found and weight == 2:  # the phrase, and whose they are
                begin, end = self.phrase(head)
                return [Party(head, begin, end, party.entity, 2) for party in found]
            if found:
                return found
        return []

    def several(self, parties: Sequence[Party]) -> bool:
        """Whether some parties are more than one: "his government" is the one whose it is."""
        if len(parties) < 2 or len({party.entity or party.head for party in parties}) > 1:
            return len(parties) > 1
        return not any(self.owned_body(party.head) for party in parties)

    def owned_body(self, head: int) -> bool:
        """Whether a phrase is of somebody's own forces or people: "its army"."""
        s = self.syntax
        if self.finder.lemma[head] not in self._bodies or self._other(head):
            return False
        return any(s.dep[child] == "poss" and s.pos[child] == "PRON" for child in s.children[head])

    def _other(self, head: int) -> bool:
        """Whether a body is said to be another's: "its rival government"."""
        return any(self.syntax.lower[child] in _OTHERS for child in self.syntax.children[head] if child < head)

    def _led(self, head: int) -> list[Party]:
        """Who leads a body: "a delegation led by the foreign minister"."""
        s = self.syntax
        for child in s.children[head]:
            if s.dep[child] in ("acl", "relcl") and s.lemma[child] in ("lead", "head"):
                return [party for by in self.view[child].by for party in self.who(by) if party.weight == 2]
        return []

    def all(self, heads: Iterable[int], depth: int = 0) -> list[Party]:
        """The parties of several phrases, each once; `depth` counts the phrases that they stand in."""
        out: list[Party] = []
        seen: set[tuple[int, int, str | None]] = set()
        for head in heads:
            for party in (*self.who(head, depth=depth), *self._led(head)):
                key = (party.begin, party.end, party.entity)
                if key not in seen:
                    seen.add(key)
                    out.append(party)
        return out
