"""Arguments: who does it and to whom, as phrases of the text and the entities behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dateline.coding.codebook import Entry
from dateline.coding.trigger import REACH, Match, TriggerFinder
from dateline.resolve import Reference, Resolution

# Parts of a noun phrase that stand before its head, and after it without opening another clause.
_BEFORE = frozenset(
    ("det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "predet", "neg", "case")
)
# Where a phrase that is no actor names one: "the appeal of a student", "a call from the president".
_INSIDE = ("by", "from", "of", "against", "on", "with", "in", "to", "for")
_LONGEST = 30
_DEPTH = 3
_DASHES = frozenset({"--", "-", "–", "—", ":"})
_PERSONAL = frozenset(
    ("i", "we", "you", "he", "she", "they", "it", "him", "her", "them", "us", "me", "himself", "herself", "itself")
)
_CONDITIONS = frozenset(("if", "unless", "until", "before", "till"))
_PLACING = frozenset(("in", "at", "near", "from", "on", "to", "along", "around", "against", "across", "inside", "of"))
# Where the clause inside a request, refusal or threat names the one it is addressed to.
# fmt: off
_EMBEDDED = (
    "against", "on", "at", "to", "with", "toward", "towards", "into", "from", "of", "over", "for", "in", "upon",
    "between", "among", "about", "around", "near",
)
# fmt: on


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


class Parties:
    """Finds the parties of the events of one report."""

    def __init__(self, finder: TriggerFinder, resolution: Resolution) -> None:
        self.finder, self.resolution = finder, resolution
        self.syntax, self.view, self.book = finder.syntax, finder.view, finder.book
        book = self.book
        self._bodies = book.words["bodies"]
        self._means = book.words["means"]
        self._temporal, self._papers = book.words["temporal"], book.words["papers"]
        self._rating: dict[str, int] = {}
        self._by_sentence: dict[int, list[Reference]] | None = None

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

    def _has_name(self, reference: Reference) -> bool:
        """Whether a name stands in a description: "the mayor of Nablus", but not "two hundred people"."""
        s, by_head = self.syntax, self.resolution.by_head
        for k in range(reference.begin, reference.end):
            if k != reference.head and (s.pos[k] == "PROPN" or (k in by_head and by_head[k].how != "description")):
                return True
        return False

    def noun_weight(self, head: int) -> int:
        """2 where a common noun names people or bodies that act in politics."""
        s = self.syntax
        if self.finder.lemma[head] in self.book.actors or s.lower[head] in self.book.actors:
            return 2
        if s.pos[head] == "PROPN":
            return 1
        return 0

    def _named(self, head: int) -> list[Party]:
        """What a pronoun stands for: its antecedent in the sentence, or the subject of the saying verb above."""
        s = self.syntax
        reference = self.resolution.by_head.get(head)
        if reference is not None and (reference.entity is not None or reference.members):
            named = [
                other
                for other in self._references(s.sentence[head])
                if other.begin < head
                and other.how != "pronoun"
                and (other.entity, other.members) == (reference.entity, reference.members)
            ]
            if named:
                return self.refer(max(named, key=lambda other: (other.end - other.begin, other.begin)))
            return self.refer(reference)
        if s.lower[head] in ("it", "they", "he", "she", "we", "i") and s.dep[head] in ("nsubj", "nsubjpass"):
            verb = s.head[head]
            for _ in range(3):
                above = s.head[verb]
                if above == verb or s.dep[verb] not in ("ccomp", "conj", "advcl"):
                    break
                if s.dep[verb] == "ccomp" and above < head:
                    subjects = self.view[above].subjects
                    if subjects and head not in subjects:
                        return self.all(subjects)
                verb = above
        if s.dep[head] == "poss":
            return []
        return [Party(head, head, head + 1, None, 1, False)]

    def _references(self, sentence: int) -> list[Reference]:
        if self._by_sentence is None:
            self._by_sentence = {}
            for reference in self.resolution.references:
                self._by_sentence.setdefault(self.syntax.sentence[reference.begin], []).append(reference)
        return self._by_sentence.get(sentence, [])

    def who(self, head: int, look_inside: bool = True, depth: int = 0) -> list[Party]:
        """The parties named by the phrase under a head.

        Where the head is no actor itself ("the decision", "air bases"), the one named inside the
        phrase is taken ("the court's decision"); failing that, the phrase as it stands, unresolved.
        """
        s = self.syntax
        if s.lower[head] in self._temporal:
            return []
        if s.pos[head] == "PRON":
            return self._named(head) if s.lower[head] in _PERSONAL or head in self.resolution.by_head else []
        both = self._coordinated(head)
        if both:
            return both
        reference = self.resolution.by_head.get(head)
        if reference is not None and (reference.entity is not None or reference.members):
            if reference.how == "description":
                for child in s.children[head]:  # "his counterpart, Ayman Safadi"
                    if s.dep[child] == "appos" and child > head and s.pos[child] == "PROPN":
                        name = self.resolution.by_head.get(child)
                        if name is not None and name.entity is not None and child - head < 6:
                            party = self.refer(name)[0]
                            return [replace(party, head=head, begin=min(reference.begin, head))]
            return self.refer(reference)
        weight = self.noun_weight(head)
        if weight == 2 or (look_inside and depth < _DEPTH):
            found = self._before(head, weight, depth)
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
        if look_inside and depth < _DEPTH and s.pos[head] in ("NOUN", "PROPN", "NUM", "PRON", "DET", "ADJ"):
            view = self.view[head]
            for inner_head in view.possessors:
                found = self.who(inner_head, depth=depth + 1)
                if found and found[0].weight:
                    return found
            for preposition in _INSIDE:
                for inner_head in view.obliques.get(preposition, ()):
                    found = self.who(inner_head, depth=depth + 1)
                    if found and found[0].weight:
                        return found
            for child in s.children[head]:  # "an order sought by the ministry"
                if s.dep[child] in ("acl", "relcl") and self.view[child].passive:
                    found = self.all(self.view[child].by)
                    if found and found[0].weight and s.pos[found[0].head] != "PRON":
                        return found
        if s.pos[head] not in ("NOUN", "PROPN", "X", "SYM") and not (
            s.pos[head] == "NUM" and not s.word[head].isdigit()
        ):
            return []
        if s.lemma[head] in self._papers and s.dep[head] == "dobj" and depth < _DEPTH:
            found = self.all(self.agents(s.head[head]))
            if found and found[0].weight and found[0].head != head:
                return found
        begin, end = self.phrase(head)
        return [Party(head, begin, end, None, weight, False)]

    def _coordinated(self, head: int) -> list[Party]:
        """The parties of "British and EU negotiators": two, though the noun is one."""
        s = self.syntax
        for child in s.children[head]:
            if child < head and s.dep[child] in ("amod", "compound", "nmod", "poss"):
                both = self.view.conjuncts(child)
                if len(both) > 1:
                    found = [party for one in both for party in self._modifier(one)]
                    if len({party.entity for party in found}) > 1:
                        return found
        if s.tag[head] == "NNS" and self.finder.lemma[head] in self._bodies:  # "the armies of Brazil and Chad"
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
        before.sort(key=lambda child: s.dep[child] != "poss" or weight == 2)
        for child in before:
            if s.dep[child] not in ("compound", "amod", "poss", "nmod") or "-" in (
                s.word[child + 1],
                s.word[child - 1],
            ):
                continue
            reference = self.resolution.by_head.get(child)
            if s.pos[child] == "PRON":
                found = self._named(child) if weight < 2 or self.finder.lemma[head] in self._bodies else []
            elif reference is not None and (reference.entity is not None or reference.members):
                found = self.refer(reference)
            elif weight < 2 and s.pos[child] != "ADJ" and self.noun_weight(child) == 2:
                found = self.who(child, depth=depth + 1) if s.lemma[child] not in self._means else []
            else:
                continue
            if found and weight == 2:  # the phrase, and whose they are
                begin, end = self.phrase(head)
                return [Party(head, begin, end, party.entity, 2) for party in found]
            if found:
                return found
        return []

    def all(self, heads: Iterable[int]) -> list[Party]:
        """The parties of several phrases, each once."""
        out: list[Party] = []
        seen: set[tuple[int, int, str | None]] = set()
        for head in heads:
            for party in self.who(head):
                key = (party.begin, party.end, party.entity)
                if key not in seen:
                    seen.add(key)
                    out.append(party)
        return out

    # -- verbs

    def of_verb(self, match: Match) -> tuple[list[Party], list[Party]]:
        """Actors and recipients of an event whose trigger is a verb or a predicate adjective."""
        i, entry = match.token, match.entry
        predicate = self.view[i]
        if entry.pattern.actor is not None:
            actors = self.all(self._slot(i, entry.pattern.actor))
            recipients = self.all(predicate.subjects)
            return actors, recipients
        actors = self.all(self.agents(i) if entry.kind != "adjective" else self.view.subjects(i))
        if not actors and predicate.passive and entry.place:  # "was arrested in Niger"
            actors = [party for party in self.all(self._slot(i, "in")) if party.weight]
        recipients, slot = self._recipients(match, actors)
        if entry.reciprocal and sum(party.weight > 0 for party in actors) > 1:
            if slot not in ("with", "object", "to") or not any(party.weight for party in recipients):
                recipients = []  # they do it to each other
        return actors, recipients

    def agents(self, verb: int) -> tuple[int, ...]:
        """Logical subjects of a verb, datelines passed over."""
        s = self.syntax
        found = self.view[verb].agents
        if found:
            return self._past_dateline(verb, found)
        head = s.head[verb]
        if s.dep[verb] == "acl" and s.dep[head] == "ROOT" and s.tag[verb] in ("VBD", "VBN") and head < verb:
            return self.view.conjuncts(head)  # a finite verb that the parser took for a participle
        if s.dep[verb] == "ROOT":
            for child in s.children[verb]:
                if child < verb and child in self.resolution.by_head and not s.dep[child].startswith("nsubj"):
                    return (child,)
        return ()

    def _past_dateline(self, verb: int, heads: tuple[int, ...]) -> tuple[int, ...]:
        """Parsers take the dateline for the subject: "BERLIN -- A court has convicted"."""
        s = self.syntax
        if not heads:
            return heads
        first = heads[0]
        begin, _ = s.sentences[s.sentence[first]]
        if first > begin + 4 or first > verb:
            return heads
        capitals = s.word[begin].isupper() and len(s.word[begin]) > 2
        for k in range(first + 1, min(verb, first + 9)):
            sign = s.word[k].replace(")", "")
            apart = s.pos[begin] == "PROPN" and sign in _DASHES and s.end[k - 1] < s.begin[k]
            if sign == ":" or apart or (capitals and (sign in _DASHES or not sign)):
                for after in range(k + 1, verb):
                    if s.pos[after] in ("NOUN", "PROPN", "PRON") and s.dep[after] not in ("compound", "poss", "pobj"):
                        return self.view.conjuncts(after)
                return heads
        return heads

    def _slot(self, i: int, slot: str, deep: bool = True) -> tuple[int, ...]:
        """Heads of the phrases in a slot of a verb; `deep`: also where the parser hung them elsewhere."""
        predicate = self.view[i]
        if slot == "object":
            if predicate.passive:
                return predicate.subjects
            if predicate.objects:
                return predicate.objects
            complement = predicate.complement
            if complement is not None:  # "urged Israel to halt", "found him guilty"
                own = self.view.own_subject(complement)
                if own is not None:
                    return self.view.conjuncts(own)
            return predicate.datives
        found = self.view.oblique(i, slot) or self._stranded(i, slot)
        if not found and slot == "to":
            found = predicate.datives
        if not found and slot in predicate.particles:
            found = predicate.patients
        return self._nominal(found or (self._later(i, slot) if deep else ()))

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
        k = self.finder.later(i, preposition)
        inner = s.child(k, "pobj", "pcomp") if k is not None else None
        if inner is None or s.lower[inner] in self._temporal:
            return ()
        return self.view.conjuncts(inner)

    def _nominal(self, heads: Iterable[int]) -> tuple[int, ...]:
        """A gerund after a preposition stands for its objects: "commitment to supporting Lebanon"."""
        out: list[int] = []
        for head in heads:
            out.extend(self.view[head].objects if self.syntax.pos[head] == "VERB" else (head,))
        return tuple(out)

    def _recipients(self, match: Match, actors: list[Party]) -> tuple[list[Party], str]:
        """Recipients of a verb, and the slot where they stand."""
        i, entry = match.token, match.entry
        taken = match.taken
        fallback: list[Party] = []
        slots = entry.recipient if entry.pattern.recipient is None else (entry.pattern.recipient, *entry.recipient)
        if entry.pattern.objects is not None:
            slots = tuple(slot for slot in slots if slot != "object" or slot == entry.pattern.recipient)
        known: set[str | int] = {party.entity or party.head for party in actors}
        known.update(party.head for party in actors)
        same: list[Party] = []
        explicit = entry.pattern.recipient
        if explicit is not None:
            front = explicit in ("object", "in", "at", "on")
            heads = [head for head in self._slot(i, explicit) if (head > i or front) and head not in taken]
            if not heads and explicit == "object":  # "gave Chad a grant"
                heads = [head for head in self.view[i].datives if head not in taken]
            found = self._fit(self.all(heads), known, same)
            if found:
                return found, explicit
        elif taken:
            if entry.physical and entry.recipient[0] == "object":  # "expelled two diplomats"
                found = [party for party in self.all(taken) if party.weight == 2 and party.head in taken]
                if found:
                    return found, "object"
            found = self._of_taken(taken, entry, known)
            if found:
                return found, "taken"
        for deep in (False, True):
            for slot in slots:
                heads = [head for head in self._slot(i, slot, deep) if head not in taken]
                if not heads:
                    continue
                found = self._fit(self.all(heads), known, same)
                if found and (found[0].weight or (slot == "object" and entry.physical)):
                    return found, slot
                if slot == "object" and found and not fallback:
                    fallback = found
        if not fallback and same:
            fallback = [replace(party, entity=None) for party in same]
        if not fallback and taken and entry.physical and entry.recipient[0] == "object":
            fallback = [party for party in self.all(taken) if party.weight]
        if entry.embedded and not fallback:
            found = self._fit(self._embedded(i, 0), known, same)
            if found:
                return found, "embedded"
        if entry.place and not any(party.weight for party in fallback):
            found = self._fit(self.all(self._slot(i, "in")), known, same)
            if (found and found[0].weight) or not fallback:
                return found, "in"
        return fallback, "object"

    def _fit(self, found: list[Party], known: set[str | int], same: list[Party]) -> list[Party]:
        """Those who can be recipients: not the actors again, and no mere things beside people."""
        out = [party for party in found if (party.entity or party.head) not in known]
        for party in found:
            if party not in out and party.head not in known and self.syntax.pos[party.head] != "PRON":
                same.append(party)
        people = [party for party in out if party.weight]
        return people or out

    def _of_taken(self, taken: list[int], entry: Entry, known: set[str | int]) -> list[Party]:
        """The recipient named in the object that a pattern took up: "lifted a travel ban on a journalist"."""
        for head in taken:
            found = self._of_noun_recipients(head, entry, ())
            if not any(party.weight for party in found):
                found = self.all(self.view[head].possessors)
            if not any(party.weight for party in found):
                found = self._modifiers(head)
            if not any(party.weight for party in found):
                found = [party for party in self.who(head) if party.head != head]
            found = [party for party in found if party.weight and (party.entity or party.head) not in known]
            if found:
                return found
        return []

    def scene(self, i: int, actors: list[Party]) -> list[Party]:
        """Where it is done, for a recipient that the text leaves without name: "killed 48 people in Mali"."""
        s = self.syntax
        _, end = s.sentences[s.sentence[i]]
        known = {party.entity for party in actors}
        condition = self._condition(i)
        if condition:
            return [party for party in condition if party.entity not in known or party.entity is None]
        for k in range(i + 1, min(end, s.right(i), i + 2 * REACH)):
            if s.dep[k] == "pobj" and s.lower[s.head[k]] in _PLACING:
                found = [party for party in self.who(k) if party.entity is not None and party.entity not in known]
                if found:
                    return found[:1]
        return []

    def _condition(self, i: int) -> list[Party]:
        """Whose doing an act hangs on: "will not end the strike until the company yields"."""
        s = self.syntax
        for at in (i, self.view[i].complement or i, s.head[i]):
            for child in s.children[at]:
                if s.dep[child] == "advcl" and child > i:
                    if any(s.dep[mark] == "mark" and s.lower[mark] in _CONDITIONS for mark in s.children[child]):
                        own = self.view.own_subject(child)
                        found = self.all(self.view.conjuncts(own)) if own is not None else []
                        if found and found[0].weight == 2:
                            return found
        return []

    def _embedded(self, i: int, depth: int) -> list[Party]:
        """Who is named inside the clause that a verb takes: "refused to meet the envoy"."""
        complement = self.view[i].complement
        if complement is None:
            for child in self.syntax.children[i]:  # "gave money to help the refugees"
                if self.syntax.dep[child] == "advcl" and self.syntax.tag[child] == "VB":
                    complement = child
        if complement is None or depth > _DEPTH:
            return []
        own = self.view.own_subject(complement)
        mine = self.view[i].agents
        fallback: list[Party] = []
        if own is not None:
            found = self.all(self.view.conjuncts(own))
            if found and found[0].weight and own not in mine:
                return found
            fallback = found
        predicate = self.view[complement]
        objects = [] if predicate.passive else [head for head in predicate.objects if not self._owned(head)]
        groups = [objects, predicate.datives, predicate.by]
        groups += [predicate.obliques.get(name, ()) for name in _EMBEDDED]
        for heads in groups:
            found = self.all(head for head in heads if head not in mine)
            if found and found[0].weight:
                return found
            fallback = fallback or found
        return self._embedded(complement, depth + 1) or fallback

    def _owned(self, head: int) -> bool:
        """Whether a phrase is somebody's own: "its troops", "their weapons"."""
        s = self.syntax
        return any(s.dep[child] == "poss" and s.pos[child] == "PRON" for child in s.children[head])

    # -- nouns

    def of_noun(self, match: Match) -> tuple[list[Party], list[Party], str]:
        """Actors and recipients of an event whose trigger is a noun, and how the actor was found."""
        i, entry = match.token, match.entry
        s, view = self.syntax, self.view[match.token]
        how = "own"
        governor, role = self.support(i)
        between = [party for name in ("between", "among") for party in self.all(view.obliques.get(name, ()))]
        if len(between) > 1:
            return between, list(reversed(between)), how
        if entry.pattern.actor is not None:
            actors = self.all(view.obliques.get(entry.pattern.actor, ()))
        else:
            actors = self.all(view.by)
        by = bool(actors)
        owners = [party for party in self.all(view.possessors) if party.weight]
        if not actors and entry.of == "actor":
            actors = self.all(view.obliques.get("of", ()))
        if not actors:
            actors, owners = owners, []
        for child in s.children[i]:  # "sanctions imposed by X", "the attack claimed by Y"
            if s.dep[child] in ("acl", "relcl") and not actors and s.lemma[child] in self.book.support:
                actors = self.all(self.view[child].agents)
                actors = [party for party in actors if party.head != i]
        if not actors and governor is not None and role != "recipient":
            actors = self.all(head for head in self.agents(governor) if head != i)
            actors = [party for party in actors if party.weight]
            how = "support" if actors else how
        if not actors:
            actors = self._modifiers(i)
        if not actors and s.dep[i] == "pobj" and s.lower[s.head[i]] in ("in", "for"):
            part = s.head[s.head[i]]  # "its role in the attack"
            if s.lemma[part] in ("role", "part", "involvement", "responsibility", "hand", "complicity"):
                actors = self.all(self.view[part].possessors)
        recipients = self._of_noun_recipients(i, entry, ())
        if by and not recipients:
            recipients = owners
        if governor is not None:
            if role == "recipient":
                recipients = self.all(self.agents(governor)) or recipients
                if not actors:
                    actors = self.all(self._slot(governor, "from"))
            else:
                if not recipients:
                    recipients = self._of_noun_recipients(governor, entry, (i,))
        if entry.reciprocal and not recipients:
            recipients = [party for party in owners if party.weight]
        if entry.embedded and not recipients:  # "its demand that Israel ease the ban"
            recipients = self._embedded(i, 0)
        return actors, recipients, how

    def support(self, noun: int) -> tuple[int | None, str]:
        """The light verb that a noun stands with ("launched an attack") and the role of its subject."""
        s, book = self.syntax, self.book
        at = noun
        for _ in range(4):
            head, d = s.head[at], s.dep[at]
            if head == at:
                return None, ""
            if d in ("dobj", "attr", "nsubjpass", "oprd") or (d == "pobj" and s.lower[head] in ("in", "into", "under")):
                verb = head if d != "pobj" else s.head[head]
                if s.pos[verb] in ("VERB", "AUX", "NOUN"):
                    return (verb, book.support[s.lemma[verb]]) if s.lemma[verb] in book.support else (None, "")
                return None, ""
            if d == "pobj" and s.lower[head] == "behind" and s.lemma[s.head[head]] == "be":
                return s.head[head], "actor"  # "Russia was behind the hacks"
            if d == "pobj" and s.lower[head] == "for":
                verb = s.head[head]
                if s.pos[verb] == "VERB" and s.lemma[verb] in ("arrive", "travel", "meet", "go", "come", "fly", "be"):
                    return verb, "actor"
                return None, ""
            if d == "conj" and s.pos[head] in ("NOUN", "PROPN"):
                at = head
                continue
            if d == "pobj" and s.lower[head] == "of" and s.lemma[s.head[head]] in ("round", "series", "wave", "number"):
                at = s.head[head]
                continue
            if d in ("relcl", "acl"):
                return None, ""
            return None, ""
        return None, ""

    def _modifier(self, one: int) -> list[Party]:
        reference = self.resolution.by_head.get(one)
        if reference is not None and (reference.entity is not None or reference.members):
            return self.refer(reference)
        if self.syntax.pos[one] != "ADJ" and self.noun_weight(one) == 2 and self.syntax.lemma[one] not in self._means:
            return self.who(one)
        return []

    def _modifiers(self, i: int) -> list[Party]:
        """Nationalities and names before a noun: "Russian airstrikes", "NATO exercises"."""
        s = self.syntax
        found: list[Party] = []
        for child in s.children[i]:
            if child < i and s.dep[child] in ("compound", "amod", "nmod", "poss"):
                for one in self.view.conjuncts(child):
                    found.extend(self._modifier(one))
        return found

    def _of_noun_recipients(self, i: int, entry: Entry, skip: tuple[int, ...]) -> list[Party]:
        obliques = self.view[i].obliques
        for child in self.syntax.children[i]:  # "sanctions imposed on India"
            if self.syntax.dep[child] == "acl" and self.syntax.tag[child] in ("VBN", "VBG", "VBD"):
                obliques = {**self.view[child].obliques, **obliques}
        fallback: list[Party] = []
        for name in entry.recipient:
            if name == "object":
                name = "of"
            if name == "of" and entry.of == "actor":
                continue
            heads = [head for head in obliques.get(name, ()) if head not in skip]
            found = self.all(heads)
            if found and found[0].weight:
                return found
            fallback = fallback or found
        return fallback
