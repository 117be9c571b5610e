"""Arguments of nouns: whose attack it is, and on whom; "launched an attack", "talks between A and B"."""

from __future__ import annotations

from collections.abc import Collection

from dateline.coding.belonging import Belongings
from dateline.coding.codebook import Entry
from dateline.coding.party import Party
from dateline.coding.slot import Slots
from dateline.coding.trigger import Match

_DEPTH = 3
_TELLING = frozenset(("tell", "inform", "assure", "urge", "warn", "ask", "remind", "discuss", "say", "thank", "brief"))
_ATTACKING = frozenset(("cross", "enter", "kill", "capture", "storm", "wound", "injure", "penetrate"))
# What an act is meant as.
_SIGNS = frozenset(("concession", "warning", "gesture", "threat", "rebuke", "tribute", "snub"))
_ANSWERING = frozenset(("respond", "retaliate", "react", "reply", "answer", "counter"))
_SETTING_UP = frozenset(("set", "build", "open", "establish", "construct", "create", "found", "install", "finance"))
_LETTING = frozenset(("let", "allow", "permit", "help", "make", "enable", "authorize", "authorise", "have"))
_ARRIVING = frozenset(
    ("reach", "arrive", "land", "enter", "dock", "get", "come", "hit", "strike", "slam", "fall", "crash")
)
# Where the clause inside a request, refusal or threat names the one it is addressed to.
# fmt: off
_EMBEDDED = (
    "against", "on", "at", "to", "with", "toward", "towards", "into", "from", "of", "over", "for", "in", "upon",
    "between", "among", "about", "around", "near",
)
# fmt: on


class NounArguments(Slots, Belongings):
    """Finds the parties of acts that nouns tell, and those named in the clauses below an act."""

    def of_noun(self, match: Match) -> tuple[list[Party], list[Party], str]:
        """Actors and recipients of an event whose trigger is a noun, and how the actor was found."""
        i, entry = match.token, match.entry
        s = self.syntax
        if s.dep[i] == "compound":  # "the government's aid package"
            i = s.head[i]
        view = self.view[i]
        how = "own"
        governor, role = self.support(i)
        between = [
            party
            for name in ("between", "among")
            if (heads := view.obliques.get(name, ()))
            for party in self.all(self._joint(heads))
        ]
        if not between and entry.reciprocal and s.dep[i] == "nsubj":  # "fighting broke out between Chad and Mali"
            between = self.all(self.view[s.head[i]].obliques.get("between", ()))
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
            if s.dep[child] in ("acl", "relcl") and not actors and self.book.support.get(s.lemma[child]) == "actor":
                actors = self.all(self.view[child].agents)
                actors = [party for party in actors if party.head != i]
        if not actors and governor is not None and role != "recipient":
            actors = self.all(head for head in self.agents(governor) if head != i)
            actors = [party for party in actors if party.weight]
            how = "support" if actors else how
            if entry.reciprocal and len(actors) == 1:  # "ministers from Canada and Mexico began talks"
                actors = self._members(actors[0], actors[0].head) or actors
        if not actors:
            actors = self.modifiers(i)
        if not actors and entry.mode == "visit" and s.dep[i] == "pobj" and s.lower[s.head[i]] in ("on", "during"):
            verb = s.head[s.head[i]]  # "the minister, on a visit to Oslo, said"
            if s.pos[verb] == "VERB":
                with_whom = s.lemma[verb] in ("accompany", "follow", "join")
                actors = self.all(self.view[verb].objects if with_whom else self.agents(verb))
            elif s.pos[verb] in ("NOUN", "PROPN"):
                actors = self.who(verb)
        if entry.type == "CONSULT" and s.dep[i] == "pobj" and s.lower[s.head[i]] in ("in", "during", "at", "by"):
            verb = s.head[s.head[i]]  # "told him in a telephone call"
            if s.pos[verb] == "VERB" and s.lemma[verb] in _TELLING and not any(party.weight for party in owners):
                spoken_to = [p for p in self.all((*self.view[verb].datives, *self.view[verb].objects)) if p.weight]
                if spoken_to or not actors:
                    actors = self.all(self.agents(verb))
                    return actors, spoken_to or self._of_noun_recipients(i, entry, ()), "support"
        if not actors and s.dep[i] == "pobj" and s.lower[s.head[i]] in ("in", "for"):
            part = s.head[s.head[i]]  # "its role in the attack"
            if s.lemma[part] in ("role", "part", "involvement", "responsibility", "hand", "complicity"):
                actors = self.all(self.view[part].possessors)
                if not actors and s.dep[part] == "dobj":  # "claimed responsibility for the attack"
                    actors = self.all(self.agents(s.head[part]))
        if not actors and entry.type == "COOPERATE" and s.dep[i] == "pobj" and s.lower[s.head[i]] == "in":
            verb = s.head[s.head[i]]  # "arrested the smugglers in cooperation with Chad's police"
            if s.pos[verb] == "VERB" and view.obliques.get("with"):
                actors, how = self.all(self.agents(verb)), "support"
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
        if not recipients and entry.type == "ASSAULT":
            recipients = self.reached(i)
        if entry.embedded and not recipients:  # "its demand that Israel ease the ban"
            recipients = self._embedded(i, 0)
        return actors, recipients, how

    def reached(self, i: int) -> list[Party]:
        """Whom something given or fired got to: "howitzers donated by Oslo reached Ukraine"."""
        s = self.syntax
        thing = s.head[i] if s.dep[i] in ("acl", "relcl") else i
        verb = s.head[thing]
        if s.dep[thing] != "nsubj" or s.lemma[verb] not in _ARRIVING:
            return []
        goals = self.view[verb].objects
        for name in ("in", "at", "to", "into", "on", "near"):
            goals = goals or self.view[verb].obliques.get(name, ())
        return [party for party in self.all(goals) if party.weight]

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
            meant = d == "pobj" and s.lower[head] in ("in", "as") and s.lemma[noun] in _SIGNS
            if meant and s.pos[s.head[head]] == "VERB":
                return s.head[head], "actor"  # "freed two men in a concession to the rebels"
            if d in ("dobj", "attr", "nsubjpass", "oprd") or (d == "pobj" and s.lower[head] in ("in", "into", "under")):
                verb = head if d != "pobj" else s.head[head]
                # Who calls it an attack has not attacked.
                names = s.lemma[verb] == "call" and (d == "oprd" or s.child(verb, "oprd") is not None)
                if s.pos[verb] in ("VERB", "AUX", "NOUN") and not names:
                    return (verb, book.support[s.lemma[verb]]) if s.lemma[verb] in book.support else (None, "")
                return None, ""
            if d == "pobj" and s.lower[head] == "with" and s.lemma[s.head[head]] in _ANSWERING:
                return s.head[head], "actor"  # "responded with an offensive"
            if d == "pobj" and s.lower[head] == "including" and s.pos[s.head[head]] == "NOUN":
                at = s.head[head]  # "announced measures, including a ban"
                continue
            if d == "pobj" and s.lower[head] == "in" and s.lemma[s.head[head]] in _ATTACKING:
                return s.head[head], "actor"  # "crossed the border in a surprise attack"
            if d == "pobj" and s.lower[head] == "behind" and s.lemma[s.head[head]] == "be":
                return s.head[head], "actor"  # "Russia was behind the hacks"
            if d == "pobj" and s.lower[head] == "for":
                verb = s.head[head]
                if s.pos[verb] in ("VERB", "AUX") and s.lemma[verb] in (
                    "arrive",
                    "travel",
                    "meet",
                    "go",
                    "come",
                    "fly",
                    "be",
                ):
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

    def modifiers(self, i: int) -> list[Party]:
        """Nationalities and names before a noun: "Russian airstrikes", "NATO exercises"."""
        s = self.syntax
        found: list[Party] = []
        for child in s.children[i]:
            if s.lower[child] == "led" and child < i and s.word[child - 1] == "-":  # "Saudi-led strikes"
                found.extend(self._modifier(child - 2))
            if child < i and s.dep[child] in ("compound", "amod", "nmod", "poss") and s.pos[child] != "PRON":
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

    def _embedded(self, i: int, depth: int, home: Collection[str | None] = ()) -> list[Party]:
        """Who is named inside the clause that a verb takes ("refused to meet the envoy"), countries `home` left out."""
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
            if found and found[0].weight and own not in mine and found[0].entity not in home:
                return found
            fallback = [party for party in found if party.entity not in home]
        predicate = self.view[complement]
        inner = predicate.complement
        if inner is not None and self.syntax.lemma[complement] in _LETTING:  # "pledged to let the union meet in Oslo"
            whom = self.view.own_subject(inner)
            found = self.all(self.view.conjuncts(whom)) if whom is not None else []
            if found and found[0].weight and found[0].head not in mine:
                return found
        objects = [] if predicate.passive else [head for head in predicate.objects if not self._owned(head)]
        groups = [predicate.datives, objects, predicate.by]
        if self.syntax.lemma[complement] in _SETTING_UP:  # "agreed to build a port in Gabon"
            places = [predicate.obliques.get(name, ()) for name in ("with", "in", "at")]
            groups = [predicate.datives, *places, objects, predicate.by]
        groups += [predicate.obliques.get(name, ()) for name in _EMBEDDED]
        for heads in groups:
            found = [
                p for p in self.all(head for head in heads if head not in mine) if p.entity not in home or not home
            ]
            if found and found[0].weight:
                return found
            fallback = fallback or found
        return self._embedded(complement, depth + 1, home) or fallback

    def _owned(self, head: int) -> bool:
        """Whether a phrase is somebody's own: "its troops", "their weapons"."""
        s = self.syntax
        return any(s.dep[child] == "poss" and s.pos[child] == "PRON" for child in s.children[head])

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
