"""Arguments: who does an act and to whom it is done."""

from __future__ import annotations

from dataclasses import replace

from dateline.coding.codebook import Entry
from dateline.coding.noun_arguments import NounArguments
from dateline.coding.party import SHARED, Party
from dateline.coding.reach import REACH
from dateline.coding.trigger import Match

_PLACES = 3
_DEEP = 6
# What opens a clause that tells of another act: "freed the pilots after talks resumed in Oslo".
_AFTER = frozenset(("after", "before", "once", "since"))
# Words are said elsewhere, too, than where something goes on meanwhile: "denied it, as fighting went on in Gao".
_MEANWHILE = _AFTER | {"as", "while", "when"}
_AT = frozenset(("in", "at", "near"))
# Types that move people and things: whoever is sent goes.
_MOVING = frozenset(("MOBILIZE", "AID"))
_DYING = frozenset(("die", "perish"))
_HOSTING = frozenset(("host", "broker", "mediate", "chair", "sponsor", "facilitate", "convene", "organize", "organise"))
_WIELDING = frozenset(
    ("use", "deploy", "employ", "fire", "throw", "hurl", "lob", "launch", "drop", "detonate", "plant")
)
_DOORS = frozenset(("SUPPORT", "REJECT", "CONCEDE", "AGREE"))
_CONDITIONS = frozenset(("if", "unless", "until", "before", "till"))
_FROM = frozenset(("against", "from", "with", "to"))
# What is imposed or declared is no thing that is done to.
# fmt: off
_ACTS = frozenset((
    "fire", "force", "violence", "law", "state", "order", "rule", "blockade", "curfew",
    "emergency", "control", "lockdown", "warrant", "sentence",
))
# fmt: on
_PLACING = frozenset(
    ("in", "at", "near", "from", "on", "off", "to", "along", "around", "against", "across", "inside", "into", "of")
)


class Arguments(NounArguments):
    """Finds the actors and recipients of the events of one report."""

    def of_verb(self, match: Match) -> tuple[list[Party], list[Party]]:
        """Actors and recipients of an event whose trigger is a verb or a predicate adjective."""
        i, entry = match.token, match.entry
        predicate = self.view[i]
        if entry.pattern.actor is not None:
            actors = self.all(self._slot(i, entry.pattern.actor))
            recipients = self.all(predicate.subjects)
            return actors, recipients
        if self._reduced(i) or (entry.physical and self._passive_too(match)):
            return [], self.all(self.view.subjects(i))
        if entry.type == "ASSAULT" and match.taken and self.finder.lemma[i] in _DYING:
            return self._deed(match.taken), self.all(self.view.subjects(i))
        actors = self.all(self.agents(i) if entry.kind != "adjective" else self.view.subjects(i))
        if entry.kind == "adjective" and self.syntax.dep[i] == "amod" and not any(party.weight for party in actors):
            actors = self.who(self.syntax.head[i])  # "a report critical of the police" is its author's
        if entry.reciprocal and len(actors) == 1 and predicate.agents:
            actors = self._members(actors[0], predicate.agents[0]) or actors
        if not actors and predicate.passive and entry.place and entry.type not in _MOVING:  # "was arrested in Niger"
            where = "from" if entry.mode in ("expel", "deport") else "in"
            actors = [p for p in self.all(self._slot(i, where)) if p.weight and p.head not in match.taken]
        if not actors and predicate.passive:
            actors = self._done_by(match)
        for head in match.taken:  # "held talks between Chad and Mali"
            both = [
                party for name in ("between", "among") for party in self.all(self.view[head].obliques.get(name, ()))
            ]
            if entry.reciprocal and len(both) > 1 and not self._states(actors, both):
                known = {party.entity or party.head for party in both}
                if self.finder.lemma[i] in _HOSTING:  # whoever hosts the talks of two meets them, too
                    hosts = [p for p in actors if p.weight and (p.entity or p.head) not in known]
                    return [*hosts, *both], list(reversed(both))
                return both, list(reversed(both))
        if not actors and predicate.passive and entry.type in _MOVING and match.taken:
            # "two battalions were sent to Gao"
            actors = [party for party in self.all(predicate.subjects) if party.weight == 2]
        recipients, slot = self._recipients(match, actors)
        if not recipients and entry.type in ("AID", "ASSAULT"):
            recipients = self.reached(i)
        if entry.type in ("ASSAULT", "COERCE"):
            recipients = self._with_thing(match, recipients)
        if entry.mode == "third-party" and not entry.reciprocal and not any(party.weight for party in recipients):
            recipients = self._mediated(match, actors)
        if entry.reciprocal and self.several([party for party in actors if party.weight]):
            placed = entry.mode == "visit" and slot in ("in", "at", "into")
            things = predicate.objects  # not "discussed the rescue of refugees"
            own = slot != "object" or any(party.head <= head for party in recipients if party.weight for head in things)
            if slot == "object" and entry.type == "COOPERATE":  # "will jointly develop submarines"
                own = any(self._partner(party) and party.head in things for party in recipients)
            faced = slot in ("with", "object", "to") and own and any(party.weight for party in recipients)
            if slot == "with" and entry.type == "COOPERATE":  # "are building a railway with Chinese credit"
                beside = self.view.oblique(i, "with")
                faced = faced and any(party.head in beside or self._partner(party) for party in recipients)
                faced = faced and not any(self.finder.lemma[head] in self.book.words["funds"] for head in beside)
            if slot == "to":  # "agreed to a declaration on missing persons"
                faced = faced and any(party.named and party.entity is not None for party in recipients)
            if not placed and not faced:
                recipients = []  # they do it to each other
        return actors, recipients

    def _states(self, actors: list[Party], both: list[Party]) -> bool:
        """Whether states act, and what stands "between" are none: "Chad and Mali opened a line between Gao and Ati"."""

        def states(parties: list[Party]) -> int:
            known = (self.resolution.entity(party.entity) for party in parties if party.entity is not None)
            return sum(entity.kind == "country" for entity in known)

        return states(actors) > 1 and not states(both)

    def _deed(self, taken: list[int]) -> list[Party]:
        """Who did what others died in: "died in an attack by rebels", "in clashes with police", "in US strikes"."""
        for head in taken:
            noun = self.view[head]
            for heads in (noun.by, noun.possessors, noun.obliques.get("with", ())):
                found = [party for party in self.all(heads) if party.weight]
                if found:
                    return found
            found = self.modifiers(head)
            if found:
                return found
        return []

    def _reduced(self, i: int) -> bool:
        """Whether a participle was taken for the verb of its subject: "the men jailed in May were freed"."""
        s = self.syntax
        if s.tag[i] != "VBD" or self.view[i].objects:
            return False
        for child in s.children[i]:
            if s.dep[child] == "cc":
                return False
            if child > i and s.dep[child] in ("conj", "ccomp", "dep") and s.pos[child] in ("VERB", "AUX"):
                first = min(s.children[child], default=child)
                return s.dep[first] in ("aux", "auxpass") and s.lower[first - 1] not in (",", ";", "--", "–", "—", ":")
        return False

    def _passive_too(self, match: Match) -> bool:
        """Whether a participle joined with a passive verb was taken for a past tense: "was jailed in Oslo in May and
        freed four years later".
        """
        s, i, entry = self.syntax, match.token, match.entry
        if s.dep[i] != "conj" or s.tag[i] != "VBD" or entry.recipient[0] != "object" or entry.pattern.recipient:
            return False
        first = s.head[i]
        return self.view[first].passive and not self.view[i].objects and self.view.own_subject(i) is None

    def _done_by(self, match: Match) -> list[Party]:
        """Who does what is told in the passive, where the parser hung him elsewhere, or in the noun that it takes:
        "was found guilty of fraud by a court", "a plan by the bank was announced".
        """
        heads = self._later(match.token, "by") or self._said_in(match.token)
        for head in match.taken:
            noun = self.view[head]
            heads = heads or noun.by or noun.obliques.get("by", ()) or noun.possessors
        return [party for party in self.all(heads) if party.weight == 2]

    def _said_in(self, i: int) -> tuple[int, ...]:
        """In whose paper it is said: "was accused of fraud in a report by the bank"."""
        papers = (head for name in ("in", "under") for head in self.view[i].obliques.get(name, ()))
        return tuple(head for head in papers if self.syntax.lemma[head] in self._papers)

    def _recipients(self, match: Match, actors: list[Party]) -> tuple[list[Party], str]:
        """Recipients of a verb, and the slot where they stand."""
        i, entry, s = match.token, match.entry, self.syntax
        taken = match.taken
        fallback: list[Party] = []
        slots = entry.recipient if entry.pattern.recipient is None else (entry.pattern.recipient, *entry.recipient)
        if entry.pattern.objects is not None:
            slots = tuple(slot for slot in slots if slot != "object" or slot == entry.pattern.recipient)
        known: set[str | int] = {party.entity or party.head for party in actors}
        known.update(party.head for party in actors)
        same: list[Party] = []
        thing = bool(self._thing(match))
        rulers = [party for party in actors if self._rules(party)] if entry.embedded else []
        home = {self.resolution.entity(party.entity or "").country for party in rulers} - {None}
        explicit = entry.pattern.recipient
        given = self.view[i].datives
        if given and explicit != "object" and self.syntax.pos[i] == "VERB":  # "gave Chad access to the port"
            sure = all(self.syntax.dep[head] == "dative" for head in given)  # a "Leopard tank" is no tank for a leopard
            least = 1 if sure else 2
            found = [party for party in self._fit(self.all(given), known, same) if party.weight >= least]
            if found:
                return found, "to"
        if explicit is not None:
            front = explicit in ("object", "in", "at", "on")
            heads = [head for head in self._slot(i, explicit) if (head > i or front) and head not in taken]
            if explicit == "object" and given and (taken or not heads):  # "gave Chad boats and tents"
                heads = [head for head in self.view[i].datives if head not in taken]
            found = self._fit(self.all(heads), known, same)
            if explicit in ("in", "at") and entry.reciprocal:  # "was in Oslo for talks with the king"
                partners = [p for head in taken for p in self.all(self.view[head].obliques.get("with", ())) if p.weight]
                found = self._fit(partners, known, same) or found
            if explicit == "object" and not any(party.weight for party in found) and not self.view[i].passive:
                found = self._fit(self.all(self.view[i].by), known, same) or found  # "turned down mediation by Mali"
            joining = self._joining(match, known)
            if found or joining:
                return joining or found, explicit
        joining = self._joining(match, known)
        if joining:
            return joining, "of"
        outer = [head for head in self.view[i].patients if head not in taken] if entry.pattern.objects is None else []
        if taken and explicit is None and outer and entry.physical and entry.recipient[0] == "object":
            found = self._fit(self.all(outer), known, same)  # "fought the rebels for control of the town"
            if found and found[0].weight:
                return found, "object"
        if taken and (explicit is None or (explicit == "object" and self.view[i].passive)):
            if entry.physical and entry.recipient[0] == "object" and entry.act is None:  # "expelled two diplomats"
                whole = set(taken)
                if not entry.addressed:  # "blacklisted two banks and a firm", but not "sent jets and troops"
                    whole |= {k for head in taken for k in self.view.conjuncts(head)}
                if entry.type not in ("AID", "ASSAULT", "COERCE"):
                    whole = {k for k in whole if not self._owned(k)}  # "recalled its envoy"
                found = [party for party in self.all(sorted(whole)) if party.weight == 2 and party.head in whole]
                if found:
                    return found, "object"
            named = [party for party in self._thing(match) if party.entity is not None]
            own = known | {country for country in home if country and entry.type == "AGREE"}
            found = named or self._of_taken(i, taken, entry, own)  # not "promised Lima's support"
            if found:
                return found, "taken"
        if entry.reciprocal and explicit is None and self.view[i].passive and "object" in slots:
            slots = ("object", *slots)  # "was greeted by the king with a guard of honour"
        for deep in (False, True):
            if deep and taken and not fallback:
                fallback = self._thing(match)
                if fallback:
                    break
            for slot in slots:
                if thing and slot not in _FROM:
                    continue
                heads = [head for head in self._slot(i, slot, deep) if head not in taken]
                if not heads:
                    continue
                found = self._fit(self.all(heads), known, same)
                if (
                    slot == "object" and home and not self.view[i].patients
                ):  # "reaffirmed that his country will help Chad"
                    found = [party for party in found if party.entity not in home]
                if slot == "object" and not self.view[i].passive and not any(party.weight for party in found):
                    found = self._fit(self.all(self.view[i].by), known, same) or found  # "condemned the raid by Mali"
                if found and (
                    found[0].weight or (slot == "object" and not entry.addressed) or self._where(entry, found)
                ):
                    return found, slot
                if slot == "object" and found and not fallback:
                    fallback = found
        if not fallback and same and not entry.reciprocal:
            fallback = [replace(party, entity=None) for party in same]
        if entry.embedded and not fallback:
            mine = {party.entity for party in actors} - {None}
            found = self._fit(self._embedded(i, 0, home | mine), known, same)
            if found:
                return found, "embedded"
        if taken and not any(party.weight for party in fallback) and entry.type == "SUPPORT":  # "joined NATO"
            fallback = [p for p in self.all(taken) if p.weight == 2 and p.head in taken and p.named] or fallback
        if taken and not fallback and not entry.addressed and entry.recipient[0] == "object" and entry.type == "REJECT":
            fallback = [party for party in self.all(taken) if party.head in taken]  # "boycotted the conference"
        if entry.place and not any(party.weight for party in fallback):
            where = self._slot(i, "in")
            found = self._fit([p for p in self.all(where) if p.head in where or self._proper(p)], known, same)
            if entry.type == "RETREAT":  # "resigned in protest"
                found = [p for p in found if p.weight or s.lemma[p.head] in self.book.words["places"]]
            if (found and found[0].weight) or not fallback:
                things = [party for party in fallback if party.head in taken]  # "seized a tanker in the Gulf"
                return [*found, *things], "in"
        return fallback, "object"

    def _joining(self, match: Match, known: set[str | int]) -> list[Party]:
        """Who is to join a body where its door is opened or shut: "ratified the accession of Chad to the union",
        "vetoed Mali's membership of the bank".
        """
        if match.entry.type not in _DOORS:
            return []
        s, view, words = self.syntax, self.view, self.book.words["memberships"]
        end = min(s.sentences[s.sentence[match.token]][1], match.token + REACH)
        if words.isdisjoint(self.finder.lemma[match.token + 1 : end]):
            return []
        for k in range(match.token + 1, end):
            if self.finder.lemma[k] not in words or s.dep[k] not in ("dobj", "pobj", "nsubjpass"):
                continue
            inner = view[k].obliques
            entering = self.finder.lemma[k] in ("accession", "entry", "admission")
            for heads in (view[k].possessors, inner.get("of", ()) if entering else (), inner.get("for", ())):
                found = [p for p in self.all(heads) if p.weight and p.named and (p.entity or p.head) not in known]
                if found:
                    return found
        return []

    def _rules(self, party: Party) -> bool:
        """Whether a party acts for a state: what it says of its own country is said to others."""
        if party.entity is None:
            return False
        entity = self.resolution.entity(party.entity)
        return entity.sector in ("GOV", "MIL") or (entity.kind == "person" and entity.sector is None)

    def _proper(self, party: Party) -> bool:
        """Whether a party is called by a name, not by a noun that is part of another: "in a *spy* swap"."""
        return self.syntax.pos[party.head] != "NOUN"

    def _thing(self, match: Match) -> list[Party]:
        """The thing that a pattern took up, where that is what is done to: "seized three pumps", but not
        "imposed a curfew".
        """
        entry = match.entry
        if (
            not match.taken
            or entry.type not in ("COERCE", "ASSAULT")
            or entry.recipient[0] != "object"
            or entry.pattern.recipient is not None
        ):
            return []
        heads = [head for head in match.taken if self._done_to(match, head)]
        return [party for head in heads for party in self.all((head,)) if party.head == head]

    def _done_to(self, match: Match, head: int) -> bool:
        """Whether a word that a pattern took up is a thing, and no act."""
        if self.finder.lemma[match.token] in _WIELDING:
            return False  # "used water cannon to disperse the crowd"
        triggers = self.book.triggers.get(self.finder.lemma[head])
        same = (*triggers.noun, *triggers.verb) if triggers is not None else ()
        kind = match.entry.type
        act = any(other.type == kind and (other.kind == "noun" or not other.pattern.weight) for other in same)
        return not act and head in self.view[match.token].patients and self.finder.lemma[head] not in _ACTS

    def _with_thing(self, match: Match, recipients: list[Party]) -> list[Party]:
        """The recipients, and the thing that is done to where they are only those whose it is, or where it stands:
        "banned an opposition rally", "slammed into a tanker in the Gulf".
        """
        entry, i = match.entry, match.token
        slot = entry.pattern.recipient or "object"
        if match.taken and slot == "object":
            heads: tuple[int, ...] = tuple(head for head in match.taken if self._done_to(match, head))
        elif slot == "object" and entry.recipient[0] == "object" and self.syntax.pos[i] == "VERB":
            heads = self.view[i].patients
        else:
            heads = self._slot(i, slot) if slot != "object" and entry.type == "ASSAULT" else ()
        for head in heads:
            begin, end = self.phrase(head)
            covered = any(begin <= party.begin <= head < end or party.begin <= head < party.end for party in recipients)
            counted = self.finder.lemma[head] in self.book.words["transparent"]
            if not covered and not counted and self.syntax.pos[head] == "NOUN" and not self.finder.temporal(head):
                inside = [party for party in recipients if begin <= party.begin < end]
                end = max(min((party.begin for party in inside if party.begin > head), default=end), head + 1)
                while end > head + 1 and self.syntax.pos[end - 1] == "ADP":
                    end -= 1
                    if self.syntax.lower[end] == "of":  # "the port of Odesa" is Odesa's, and told by its name
                        break
                else:
                    recipients = [*recipients, Party(head, begin, end, None, 0, False)]
        return recipients

    def _mediated(self, match: Match, actors: list[Party]) -> list[Party]:
        """Between whom an effort mediates, where that is said in its purpose: "to prevent a war between A and B"."""
        s, i = self.syntax, match.token
        _, end = s.sentences[s.sentence[i]]
        known = {party.entity or party.head for party in actors}
        for k in range(i + 1, min(end, i + REACH)):
            if s.dep[k] == "pobj" and s.lower[s.head[k]] in ("between", "among"):
                both = [
                    party for party in self.all(self.view.conjuncts(k)) if (party.entity or party.head) not in known
                ]
                if len(both) > 1:
                    return both
        for head in match.taken:
            found = self._embedded(head, 0)
            if found:
                return found
        return []

    def _fit(self, found: list[Party], known: set[str | int], same: list[Party]) -> list[Party]:
        """Those who can be recipients: not the actors again, and no mere things beside people."""
        out = [
            party if (party.entity or party.head) not in known else replace(party, entity=None)
            for party in found
            if (party.entity or party.head) not in known or self._theirs(party, known)
        ]
        for party in found:
            if party not in out and party.head not in known and self.syntax.pos[party.head] != "PRON":
                same.append(party)
        people = [party for party in out if party.weight]
        return people or out

    def _where(self, entry: Entry, found: list[Party]) -> bool:
        """Whether a restriction is laid on a place without a name: "imposed a curfew on seven provinces"."""
        return entry.type == "COERCE" and self.syntax.lemma[found[0].head] in self.book.words["places"]

    def _partner(self, party: Party) -> bool:
        """Whether a party is one to work with: no place that is patrolled, no thing that is built."""
        return party.entity is not None and self.resolution.entity(party.entity).kind != "place"

    def _theirs(self, party: Party, known: set[str | int]) -> bool:
        """Whether people are of the actor's country, but not the actor: "Hungary gave money to Hungarian schools"."""
        s, head = self.syntax, party.head
        return (
            head not in known
            and party.weight == 2
            and s.pos[head] == "NOUN"
            and any(s.dep[c] == "amod" and c in self.resolution.by_head for c in s.children[head] if c < head)
        )

    def _of_taken(self, i: int, taken: list[int], entry: Entry, known: set[str | int]) -> list[Party]:
        """The recipient named in the object that a pattern took up: "lifted a travel ban on a journalist"."""
        s = self.syntax
        for head in taken:
            if head in known:  # "Chadian forces were put on alert"
                continue
            if entry.type == "REQUEST" and self.view[head].by:  # "called for the release of the bishop by Nicaragua"
                found = [party for party in self.all(self.view[head].by) if party.weight]
                if found:
                    return found
            if entry.type in ("COERCE", "ASSAULT"):  # "broke up a rally by students in Kasese"
                found = self.all(self.view[head].by or (() if self.view[i].passive else self.view[i].by))
                found = [party for party in found if party.weight and (party.entity or party.head) not in known]
                if found:
                    return found
            if self.finder.lemma[head] in SHARED:  # "closed its border with Chad"
                across = self.view.oblique(head, "with") or self.view.oblique(i, "with")
                found = [p for p in self.all(across) if p.weight and (p.entity or p.head) not in known]
                if found:
                    return found
            found = self._of_noun_recipients(head, entry, ())
            owners = self.all(self.view[head].possessors)
            if entry.type == "REJECT" and entry.pattern.recipient is None and any(p.weight == 2 for p in owners):
                found = [p for p in owners if p.weight and (p.entity or p.head) not in known] or found
            where = {party.head for party in self.all(self.view[head].obliques.get("in", ()))}
            if not any(party.weight for party in found) or found[0].head in where:
                found = owners or [party for party in self.modifiers(head) if party.entity] or found
                staged = s.child(head, "acl")  # "the rally staged by students in Quito"
                if staged is not None and self.view[staged].by and entry.type != "PROTEST":
                    found = self.all(self.view[staged].by)
            if not any(party.weight for party in found):
                found = [party for party in self.modifiers(head) if party.entity]
            if not any(party.weight for party in found):
                found = [party for party in self.who(head) if party.head != head]
            found = [party for party in found if party.weight and (party.entity or party.head) not in known]
            if found:
                return found
            found = self._of_noun_recipients(head, entry, ())
            if any(self.syntax.lemma[party.head] in self.book.words["places"] for party in found):
                return found  # "the embargo it had imposed on the island"
        return []

    def scene(self, i: int, entry: Entry, actors: list[Party], recipients: list[Party]) -> list[Party]:
        """Where it is done, for a recipient that the text leaves without name: "killed 48 people in Mali"."""
        s = self.syntax
        _, end = s.sentences[s.sentence[i]]
        known = {party.entity for party in actors}
        told = {party.head for party in recipients}
        threat = entry.type in ("THREATEN", "REJECT", "CONCEDE") or self.view.form(i).negated
        condition = self._condition(i, known) if threat else []
        if condition:
            return condition
        first, _ = s.sentences[s.sentence[i]]
        right = s.right(s.head[i] if s.dep[i] == "compound" else i)
        after = range(i + 1, min(end, right, i + 2 * REACH))
        above = s.head[i] if s.dep[i] in ("advcl", "xcomp") else i
        before = (k for k in range(max(first, i - REACH), i) if s.head[s.head[k]] in (i, above))
        for k in (*after, *before):
            if s.dep[k] == "pobj" and s.lower[s.head[k]] in _PLACING:
                if s.lower[s.head[k]] not in _AT and self._in_clause(k, i, entry):
                    continue
                named = [party for party in self.all(self.view.conjuncts(k)[:_PLACES]) if party.head not in told]
                found = [party for party in named if party.entity is not None and party.entity not in known]
                if found:
                    return found[:_PLACES]
        return []

    def _in_clause(self, k: int, i: int, entry: Entry) -> bool:
        """Whether a word after a trigger stands in a relative clause below it, or with another verb beside it."""
        s = self.syntax
        marks = _AFTER if entry.physical else _MEANWHILE
        for _ in range(_DEEP if k > i else 0):
            k = s.head[k]
            if k == i or s.head[k] == k:
                return False
            if s.dep[k] == "relcl" or (s.dep[k] == "conj" and s.pos[k] == "VERB"):
                return True
            if s.dep[k] == "advcl" and (s.tag[k] == "VBG" or any(s.lower[c] in marks for c in s.children[k])):
                return True
        return False

    def _condition(self, i: int, known: set[str | None]) -> list[Party]:
        """Whose doing an act hangs on: "will not end the strike until the company yields"."""
        s = self.syntax
        _, end = s.sentences[s.sentence[i]]
        for mark in range(i + 1, min(end, i + REACH)):
            long = s.lower[mark] == "as" and s.lower[mark - 1] == "long"
            if (long or s.lower[mark] in _CONDITIONS) and s.dep[mark] in ("mark", "prep"):
                for k in range(mark + 1, min(end, mark + REACH)):
                    if s.dep[k] in ("nsubj", "nsubjpass", "dobj", "oprd") or s.dep[s.head[k]] == "agent":
                        found = [party for party in self.all(self.view.conjuncts(k)) if party.weight == 2]
                        found = [party for party in found if party.entity not in known]
                        if found:
                            return found
        return []
