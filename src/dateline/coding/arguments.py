"""Arguments: who does an act and to whom it is done."""

from __future__ import annotations

from dataclasses import replace

from dateline.coding.codebook import Entry
from dateline.coding.party import SHARED, Party
from dateline.coding.slot import Slots
from dateline.coding.trigger import REACH, Match

_DEPTH = 3
_PLACES = 3
_DEEP = 6
_AT = frozenset(("in", "at", "near"))
# Types that move people and things: whoever is sent goes.
_MOVING = frozenset(("MOBILIZE", "AID"))
_DYING = frozenset(("die", "perish"))
_ARRIVING = frozenset(("reach", "arrive", "land", "enter", "dock", "get", "come", "begin", "start"))
_CONDITIONS = frozenset(("if", "unless", "until", "before", "till"))
_FROM = frozenset(("against", "from", "with", "to"))
# What is imposed or declared is no thing that is done to.
_ACTS = frozenset(
    ("law", "state", "order", "rule", "blockade", "curfew", "emergency", "control", "lockdown", "warrant", "sentence")
)
_PLACING = frozenset(
    ("in", "at", "near", "from", "on", "to", "along", "around", "against", "across", "inside", "into", "of")
)
# Where the clause inside a request, refusal or threat names the one it is addressed to.
# fmt: off
_EMBEDDED = (
    "against", "on", "at", "to", "with", "toward", "towards", "into", "from", "of", "over", "for", "in", "upon",
    "between", "among", "about", "around", "near",
)
# fmt: on


class Arguments(Slots):
    """Finds the actors and recipients of the events of one report."""

    def of_verb(self, match: Match) -> tuple[list[Party], list[Party]]:
        """Actors and recipients of an event whose trigger is a verb or a predicate adjective."""
        i, entry = match.token, match.entry
        predicate = self.view[i]
        if entry.pattern.actor is not None:
            actors = self.all(self._slot(i, entry.pattern.actor))
            recipients = self.all(predicate.subjects)
            return actors, recipients
        if self._reduced(i):
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
            actors = [party for party in self.all(self._slot(i, where)) if party.weight]
        if not actors and predicate.passive:
            actors = self._done_by(match)
        for head in match.taken:  # "held talks between Chad and Mali"
            both = [
                party for name in ("between", "among") for party in self.all(self.view[head].obliques.get(name, ()))
            ]
            if entry.reciprocal and len(both) > 1:
                return both, list(reversed(both))
        if not actors and predicate.passive and entry.type in _MOVING and match.taken:
            # "two battalions were sent to Gao"
            actors = [party for party in self.all(predicate.subjects) if party.weight == 2]
        recipients, slot = self._recipients(match, actors)
        if not recipients and entry.type == "AID":
            recipients = self._reached(i)
        if entry.mode == "third-party" and not entry.reciprocal and not any(party.weight for party in recipients):
            recipients = self._mediated(match, actors)
        if entry.reciprocal and sum(party.weight > 0 for party in actors) > 1:
            placed = entry.mode == "visit" and slot in ("in", "at", "into")
            things = predicate.objects  # not "discussed the rescue of refugees"
            own = slot != "object" or any(party.head <= head for party in recipients if party.weight for head in things)
            if slot == "object" and entry.type == "COOPERATE":  # "will jointly develop submarines"
                own = any(party.entity is not None and party.head in things for party in recipients)
            faced = slot in ("with", "object", "to") and own and any(party.weight for party in recipients)
            if not placed and not faced:
                recipients = []  # they do it to each other
        return actors, recipients

    def _deed(self, taken: list[int]) -> list[Party]:
        """Who did what others died in: "died in an attack by rebels", "in clashes with police", "in US strikes"."""
        for head in taken:
            noun = self.view[head]
            for heads in (noun.by, noun.possessors, noun.obliques.get("with", ())):
                found = [party for party in self.all(heads) if party.weight]
                if found:
                    return found
            found = self._modifiers(head)
            if found:
                return found
        return []

    def _reached(self, i: int) -> list[Party]:
        """Whom something given got to: "howitzers donated by Oslo reached Ukraine"."""
        s = self.syntax
        verb = s.head[s.head[i]]
        if s.dep[i] not in ("acl", "relcl") or s.dep[s.head[i]] != "nsubj" or s.lemma[verb] not in _ARRIVING:
            return []
        goals = self.view[verb].objects
        for name in ("in", "at", "to", "into"):
            goals = goals or self.view[verb].obliques.get(name, ())
        return [party for party in self.all(goals) if party.weight]

    def _members(self, actor: Party, head: int) -> list[Party]:
        """Whose people do something to each other: "the foreign ministers of Japan and India met"."""
        s = self.syntax
        if actor.head != head or s.tag[head] != "NNS":
            return []
        for name in ("of", "from"):
            found = [party for party in self.all(self.view[head].obliques.get(name, ())) if party.weight == 2]
            if len({party.entity for party in found if party.entity is not None}) > 1:
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
        i, entry = match.token, match.entry
        taken = match.taken
        fallback: list[Party] = []
        slots = entry.recipient if entry.pattern.recipient is None else (entry.pattern.recipient, *entry.recipient)
        if entry.pattern.objects is not None:
            slots = tuple(slot for slot in slots if slot != "object" or slot == entry.pattern.recipient)
        known: set[str | int] = {party.entity or party.head for party in actors}
        known.update(party.head for party in actors)
        same: list[Party] = []
        thing = bool(self._thing(match))
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
            if not heads and explicit == "object":  # "gave Chad a grant"
                heads = [head for head in self.view[i].datives if head not in taken]
            found = self._fit(self.all(heads), known, same)
            if found:
                return found, explicit
        elif taken:
            if entry.physical and entry.recipient[0] == "object":  # "expelled two diplomats"
                whole = set(taken)
                if not entry.addressed:  # "blacklisted two banks and a firm", but not "sent jets and troops"
                    whole |= {k for head in taken for k in self.view.conjuncts(head)}
                whole = {k for k in whole if not self._owned(k)}  # "recalled its envoy"
                found = [party for party in self.all(sorted(whole)) if party.weight == 2 and party.head in whole]
                if found:
                    return found, "object"
            found = self._of_taken(i, taken, entry, known)
            if found:
                return found, "taken"
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
                if slot == "object" and not self.view[i].passive and not any(party.weight for party in found):
                    found = self._fit(self.all(self.view[i].by), known, same) or found  # "condemned the raid by Mali"
                if found and (found[0].weight or (slot == "object" and not entry.addressed)):
                    return found, slot
                if slot == "object" and found and not fallback:
                    fallback = found
        if not fallback and same and not entry.reciprocal:
            fallback = [replace(party, entity=None) for party in same]
        if entry.embedded and not fallback:
            found = self._fit(self._embedded(i, 0), known, same)
            if found:
                return found, "embedded"
        if taken and not fallback and not entry.addressed and entry.recipient[0] == "object" and entry.type == "REJECT":
            fallback = [party for party in self.all(taken) if party.head in taken]  # "boycotted the conference"
        if entry.place and not any(party.weight for party in fallback):
            found = self._fit(self.all(self._slot(i, "in")), known, same)
            if (found and found[0].weight) or not fallback:
                things = [party for party in fallback if party.head in taken]  # "seized a tanker in the Gulf"
                return [*found, *things], "in"
        return fallback, "object"

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
        out: list[Party] = []
        for head in match.taken:
            triggers = self.book.triggers.get(self.finder.lemma[head])
            same = (*triggers.noun, *triggers.verb) if triggers is not None else ()
            act = any(other.type == entry.type and (other.kind == "noun" or not other.pattern.weight) for other in same)
            if not act and head in self.view[match.token].patients and self.finder.lemma[head] not in _ACTS:
                out.extend(party for party in self.all((head,)) if party.head == head)
        return out

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
        out = [party for party in found if (party.entity or party.head) not in known]
        for party in found:
            if party not in out and party.head not in known and self.syntax.pos[party.head] != "PRON":
                same.append(party)
        people = [party for party in out if party.weight]
        return people or out

    def _of_taken(self, i: int, taken: list[int], entry: Entry, known: set[str | int]) -> list[Party]:
        """The recipient named in the object that a pattern took up: "lifted a travel ban on a journalist"."""
        s = self.syntax
        for head in taken:
            if self.finder.lemma[head] in SHARED:  # "closed its border with Chad"
                across = self.view.oblique(head, "with") or self.view.oblique(i, "with")
                found = [p for p in self.all(across) if p.weight and (p.entity or p.head) not in known]
                if found:
                    return found
            found = self._of_noun_recipients(head, entry, ())
            owners = self.all(self.view[head].possessors)
            where = {party.head for party in self.all(self.view[head].obliques.get("in", ()))}
            if not any(party.weight for party in found) or found[0].head in where:
                found = owners or [party for party in self._modifiers(head) if party.entity] or found
                staged = s.child(head, "acl")  # "the rally staged by students in Quito"
                if staged is not None and self.view[staged].by:
                    found = self.all(self.view[staged].by)
            if not any(party.weight for party in found):
                found = [party for party in self._modifiers(head) if party.entity]
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
                if s.lower[s.head[k]] not in _AT and self._in_clause(k, i):
                    continue
                named = [party for party in self.all(self.view.conjuncts(k)[:_PLACES]) if party.head not in told]
                found = [party for party in named if party.entity is not None and party.entity not in known]
                if found:
                    return found[:_PLACES]
        return []

    def _in_clause(self, k: int, i: int) -> bool:
        """Whether a word after a trigger stands in a relative clause below it."""
        s = self.syntax
        for _ in range(_DEEP if k > i else 0):
            k = s.head[k]
            if k == i or s.head[k] == k:
                return False
            if s.dep[k] == "relcl":
                return True
        return False

    def _condition(self, i: int, known: set[str | None]) -> list[Party]:
        """Whose doing an act hangs on: "will not end the strike until the company yields"."""
        s = self.syntax
        _, end = s.sentences[s.sentence[i]]
        for mark in range(i + 1, min(end, i + REACH)):
            if s.lower[mark] in _CONDITIONS and s.dep[mark] in ("mark", "prep"):
                for k in range(mark + 1, min(end, mark + REACH)):
                    if s.dep[k] in ("nsubj", "nsubjpass", "dobj", "oprd") or s.dep[s.head[k]] == "agent":
                        found = [party for party in self.all(self.view.conjuncts(k)) if party.weight == 2]
                        found = [party for party in found if party.entity not in known]
                        if found:
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
        groups = [predicate.datives, objects, predicate.by]
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
        s = self.syntax
        if s.dep[i] == "compound":  # "the government's aid package"
            i = s.head[i]
        view = self.view[i]
        how = "own"
        governor, role = self.support(i)
        between = [party for name in ("between", "among") for party in self.all(view.obliques.get(name, ()))]
        if len(between) > 1:
            return between, list(reversed(between)), how
        if entry.pattern.actor is not None:
            actors = self.all(view.obliques.get(entry.pattern.actor, ()))
        else:
            actors = self.all(view.by or (() if entry.reciprocal and self._forced(i) else self._later(i, "by")))
        by = bool(actors)
        owners = [party for party in self.all(view.possessors) if party.weight]
        if entry.reciprocal and len(owners) == 1 and any(s.lower[head] == "their" for head in view.possessors):
            owners = []  # "their meeting" is of two, whoever the pronoun was taken for
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
            if entry.reciprocal and len(actors) == 1:  # "ministers from Canada and Mexico began talks"
                actors = self._members(actors[0], actors[0].head) or actors
        if not actors:
            actors = self._modifiers(i)
        if not actors and entry.mode == "visit" and s.dep[i] == "pobj" and s.lower[s.head[i]] in ("on", "during"):
            verb = s.head[s.head[i]]  # "the minister, on a visit to Oslo, said"
            if s.pos[verb] == "VERB":
                with_whom = s.lemma[verb] in ("accompany", "follow", "join")
                actors = self.all(self.view[verb].objects if with_whom else self.agents(verb))
            elif s.pos[verb] in ("NOUN", "PROPN"):
                actors = self.who(verb)
        if not actors and s.dep[i] == "pobj" and s.lower[s.head[i]] in ("in", "for"):
            part = s.head[s.head[i]]  # "its role in the attack"
            if s.lemma[part] in ("role", "part", "involvement", "responsibility", "hand", "complicity"):
                actors = self.all(self.view[part].possessors)
                if not actors and s.dep[part] == "dobj":  # "claimed responsibility for the attack"
                    actors = self.all(self.agents(s.head[part]))
        if not actors and s.dep[i] == "attr" and self.noun_weight(i) == 2:  # "Japan remains a donor to Laos"
            actors = self.all(self.view.subjects(s.head[i]))
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

    def _forced(self, i: int) -> bool:
        """Whether a noun's participle says what was done with it, not who made it: "a deal forced on them by"."""
        s = self.syntax
        return any(
            s.dep[c] == "acl" and s.tag[c] == "VBN" and s.lemma[c] not in self.book.support for c in s.children[i]
        )

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
                # Who calls it an attack has not attacked.
                names = s.lemma[verb] == "call" and (d == "oprd" or s.child(verb, "oprd") is not None)
                if s.pos[verb] in ("VERB", "AUX", "NOUN") and not names:
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
            return None, ""
        return None, ""

    def _modifiers(self, i: int) -> list[Party]:
        """Nationalities and names before a noun: "Russian airstrikes", "NATO exercises"."""
        s = self.syntax
        found: list[Party] = []
        for child in s.children[i]:
            if s.lower[child] == "led" and child < i and s.word[child - 1] == "-":  # "Saudi-led strikes"
                found.extend(self._modifier(child - 2))
            if child < i and s.dep[child] in ("compound", "amod", "nmod", "poss"):
                for one in self.view.conjuncts(child):
                    found.extend(self._modifier(one))
        return found

    def _of_noun_recipients(self, i: int, entry: Entry, skip: tuple[int, ...]) -> list[Party]:
        obliques = self.view[i].obliques
        s = self.syntax
        for child in s.children[i]:  # "sanctions imposed on India", "the embargo it has imposed on India"
            passive = s.dep[child] == "acl" and s.tag[child] in ("VBN", "VBD")
            if passive or (s.dep[child] in ("acl", "relcl") and s.lemma[child] in self.book.support):
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
