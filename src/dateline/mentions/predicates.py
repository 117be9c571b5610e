"""The clause view of a parse: who is subject, object and recipient of each verb, and in which form
the verb stands.

The dependency tree says only what is next to a verb. A reader also knows who is to leave in
"Washington wants Moscow to leave", who shelled in "the rebels, who shelled the town" and who met
in "they agreed to meet". `predicates` answers such questions for one report, each verb once and
only when asked. The rules for understood subjects follow the theory of control and raising
(Quirk et al. 1985, A Comprehensive Grammar of the English Language, ch. 15-16; Pollard and Sag
1994, ch. 7), written for the ClearNLP labels that spaCy's English parser gives.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.annotate.syntax import Syntax
from dateline.mentions.verb_form import VerbForm, verb_form

# Parsers return chains ("A, B, C …") of any length on odd texts; a longer one is no list of actors.
MOST_CONJUNCTS = 40
# An understood subject lies a few clauses up; beyond that the tree is broken.
MOST_STEPS = 8

_SUBJECT = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_RELATIVE = frozenset({"who", "which", "that", "whom", "where", "whose"})
_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
# With these an object does not become the subject of the infinitive: "promised Kyiv to send arms".
_SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "pledge", "use", "swear", "take", "make", "have", "need"})
# After these prepositions a gerund belongs to the object of the verb: "accused Iran of arming them".
_OBJECT_GERUND = frozenset({"of", "from", "for", "with", "against", "into", "over", "about"})
_GIVE = frozenset({"give", "send", "sell", "offer", "hand", "grant", "lend", "promise", "award", "deny", "pay"})
_SINGLES_OUT = frozenset({"first", "second", "third", "last", "only", "latest", "next", "one"})
# Nouns for people: "troops to guard the border" guard it themselves, a "plan to guard it" does not.
# fmt: off
_PEOPLE = frozenset([
    "army", "company", "coalition", "country", "delegation", "diplomat", "envoy", "fighter", "force", "general",
    "government", "group", "hacker", "inspector", "investigator", "lawmaker", "leader", "man", "member", "minister",
    "ministry", "mission", "monitor", "nation", "observer", "officer", "official", "organization", "peacekeeper",
    "people", "person", "police", "politician", "president", "protester", "rebel", "representative", "senator",
    "soldier", "state", "team", "troop", "unit", "warplane", "warship", "woman",
])
# fmt: on


@dataclass(slots=True)
class Predicate:
    """A verb, or a noun or adjective, with what depends on it. All numbers are token indices.

    Attributes:
        token: the predicate itself.
        subjects: heads of the subject phrases, every conjunct, understood ones included
            (antecedents of relative pronouns, controllers of infinitives and participles). In a
            passive clause these are the ones acted upon.
        objects: heads of the direct objects.
        datives: heads of indirect objects ("gave Kyiv tanks", "gave tanks to Kyiv").
        by: heads of the agents of a passive or of a nominal ("the seizure by rebels").
        obliques: preposition (lower case; compound ones joined by a blank, "out of") to the heads
            of its complements; a gerund after a preposition is such a head too.
        attributes: predicate nouns and adjectives ("is a target", "was angry").
        possessors: heads of possessive phrases before a noun ("Russia's invasion").
        modifiers: adjectives and nouns before a noun ("Russian", "nuclear", "NATO").
        complement: head of the clause that the predicate takes (ccomp, xcomp, or the clause of a
            noun or adjective: "plan to leave"), or None.
        governor: the word the predicate depends on, prepositions passed over; None for a root.
        relation: the dependency label that ties it to the governor.
        form: tense, aspect, voice, modal and negation, shared with the verb it is conjoined to.
        understood: whether `subjects` were not said in the clause itself.
    """

    token: int
    subjects: tuple[int, ...] = ()
    objects: tuple[int, ...] = ()
    datives: tuple[int, ...] = ()
    by: tuple[int, ...] = ()
    obliques: dict[str, tuple[int, ...]] = field(default_factory=dict)
    attributes: tuple[int, ...] = ()
    possessors: tuple[int, ...] = ()
    modifiers: tuple[int, ...] = ()
    particles: tuple[str, ...] = ()
    complement: int | None = None
    governor: int | None = None
    relation: str = ""
    form: VerbForm = field(default_factory=VerbForm)
    understood: bool = False

    @property
    def passive(self) -> bool:
        """Whether the verb stands in the passive voice."""
        return self.form.passive

    @property
    def negated(self) -> bool:
        """Whether the verb itself, its subject or its object is negated."""
        return self.form.negated

    @property
    def agents(self) -> tuple[int, ...]:
        """Logical subjects: who does it, whatever the voice."""
        return self.by if self.form.passive else self.subjects

    @property
    def patients(self) -> tuple[int, ...]:
        """Logical objects: who or what it is done to, whatever the voice."""
        return self.subjects if self.form.passive else self.objects

    @property
    def recipients(self) -> tuple[int, ...]:
        """Indirect objects, or else the complements of "to" and "toward"."""
        if self.datives:
            return self.datives
        return self.obliques.get("to", ()) or self.obliques.get("toward", ()) or self.obliques.get("towards", ())


class Predicates:
    """The predicates of one report: `predicates[i]` builds the one at token `i` when first asked."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self._built: dict[int, Predicate] = {}
        self._subjects: dict[int, tuple[int, ...]] = {}
        self._forms: dict[int, VerbForm] = {}

    def __getitem__(self, token: int) -> Predicate:
        built = self._built.get(token)
        if built is None:
            built = self._built[token] = self._build(token)
        return built

    def form(self, verb: int) -> VerbForm:
        """Tense, aspect, voice, modal and negation of the verb at this token."""
        form = self._forms.get(verb)
        if form is None:
            form = self._forms[verb] = verb_form(self.syntax, verb)
        return form

    def conjuncts(self, head: int) -> tuple[int, ...]:
        """The head of a phrase and those coordinated with it, in the order of the text."""
        s = self.syntax
        dep, children, pos = s.dep, s.children, s.pos
        out = [head]
        nominal = pos[head] not in _VERBAL
        for at in out:
            for child in children[at]:
                if dep[child] == "conj" and not (nominal and pos[child] in _VERBAL):
                    out.append(child)
            if len(out) > MOST_CONJUNCTS:
                break
        return tuple(out)

    def oblique(self, token: int, *prepositions: str) -> tuple[int, ...]:
        """Complements of these prepositions on a predicate, or on its objects where it has none.

        Parsers hang "on Iran" in "imposed sanctions on Iran" on the verb or on the noun.
        """
        predicate = self[token]
        for preposition in prepositions:
            found = predicate.obliques.get(preposition)
            if found:
                return found
        for thing in predicate.objects:
            obliques = self[thing].obliques
            for preposition in prepositions:
                found = obliques.get(preposition)
                if found:
                    return found
        return ()

    def subjects(self, verb: int) -> tuple[int, ...]:
        """Heads of a verb's subjects, said or understood; in a passive, of the ones acted upon."""
        found = self._subjects.get(verb)
        if found is None:
            found = self._subjects[verb] = self._find_subjects(verb, 0)
        return found

    def governor(self, token: int) -> int | None:
        """The word that a predicate depends on: its head, prepositions and coordination passed over."""
        s = self.syntax
        at = token
        for _ in range(MOST_STEPS):
            head = s.head[at]
            if head == at:
                return None
            if s.dep[at] == "conj" or (s.pos[head] in ("ADP", "SCONJ") and s.dep[head] in ("prep", "agent", "dative")):
                at = head
                continue
            return head
        return None

    def own_subject(self, verb: int) -> int | None:
        """The subject said in the verb's own clause, or None."""
        s = self.syntax
        for child in s.children[verb]:
            if s.dep[child] in _SUBJECT:
                return child
        return None

    def objects(self, verb: int) -> tuple[int, ...]:
        """Heads of a verb's direct objects, antecedents and shared objects included."""
        s = self.syntax
        dep = s.dep
        for child in s.children[verb]:
            if dep[child] == "dobj":
                if s.lower[child] in _RELATIVE and s.tag[child] in ("WDT", "WP"):
                    antecedent = self._antecedent(verb)
                    return (antecedent,) if antecedent is not None else ()
                return self.conjuncts(child)
        if s.pos[verb] not in _VERBAL or self.form(verb).passive:
            return ()
        for child in s.children[verb]:  # "dismissed as false a report": parsed as two complements of "as"
            if dep[child] == "prep" and s.lower[child] == "as":
                held = [c for c in s.children[child] if dep[c] == "pobj"]
                if len(held) > 1:
                    return self.conjuncts(held[-1])
        for child in s.children[verb]:  # "shelled and captured the town"
            if dep[child] == "conj" and verb < child <= verb + 3 and s.pos[child] == "VERB":
                shared = s.child(child, "dobj")
                if shared is not None and self.own_subject(child) is None:
                    return self.conjuncts(shared)
        if dep[verb] == "relcl" and self._gap(verb):  # "the town the rebels captured"
            return (s.head[verb],)
        return ()

    def _gap(self, verb: int) -> bool:
        s = self.syntax
        subject = None
        for child in s.children[verb]:
            d = s.dep[child]
            if d in ("nsubj", "nsubjpass"):
                subject = child
            elif d in ("dobj", "ccomp", "xcomp", "attr", "acomp", "oprd"):
                return False
            elif d == "prep" and not s.children[child]:
                return False  # a stranded preposition: "the front they fight on"
            elif d == "advmod" and s.lower[child] in ("when", "where", "why"):
                return False
            elif d == "prep" and any(s.tag[c] in ("WDT", "WP") for c in s.children[child]):
                return False  # "in which"
        return subject is not None and s.lower[subject] not in _RELATIVE

    def _antecedent(self, verb: int) -> int | None:
        """The noun that a relative clause hangs on; verbs conjoined in it climb to its first verb."""
        s = self.syntax
        at = verb
        for _ in range(MOST_STEPS):
            if s.dep[at] in ("relcl", "acl"):
                return s.head[at]
            if s.dep[at] not in ("conj", "xcomp", "ccomp", "advcl") or s.head[at] == at:
                return None
            at = s.head[at]
        return None

    def _find_subjects(self, verb: int, steps: int) -> tuple[int, ...]:
        if steps > MOST_STEPS:
            return ()
        s = self.syntax
        subject = self.own_subject(verb)
        if subject is not None:
            if s.tag[subject] in ("WDT", "WP") and s.lower[subject] in _RELATIVE:
                antecedent = self._antecedent(verb)
                if antecedent is not None and antecedent < verb:
                    return self._relative_antecedents(antecedent)
                return ()
            if s.dep[subject] == "expl":
                return ()
            return self.conjuncts(subject)
        relation, head = s.dep[verb], s.head[verb]
        if head == verb:
            return ()
        if relation == "conj":
            return self._subjects_above(head, steps)
        if relation in ("acl", "relcl"):
            return self._subjects_of_noun_clause(verb, head, steps)
        if relation in ("xcomp", "ccomp", "oprd"):
            return self._controllers(verb, head, steps)
        if relation == "advcl":
            return self._subjects_above(head, steps)
        if relation in ("pcomp", "pobj"):
            return self._subjects_of_gerund(verb, head, steps)
        if relation in ("acomp", "attr", "aux", "auxpass"):
            return self._subjects_above(head, steps)
        return ()

    def _relative_antecedents(self, noun: int) -> tuple[int, ...]:
        return (noun,)

    def _subjects_above(self, head: int, steps: int) -> tuple[int, ...]:
        s = self.syntax
        found = self._subjects.get(head)
        if found is None:
            if s.pos[head] not in _VERBAL and s.dep[head] not in (
                "acomp",
                "ROOT",
                "conj",
                "ccomp",
                "xcomp",
                "oprd",
                "advcl",
            ):
                return self._subjects_of_noun(head, steps)
            found = self._subjects[head] = self._find_subjects(head, steps + 1)
        return found

    def _controllers(self, verb: int, head: int, steps: int) -> tuple[int, ...]:
        """Who is understood to do what an infinitive or participle complement says."""
        s = self.syntax
        if s.pos[head] in _VERBAL:
            if s.lemma[head] not in _SUBJECT_CONTROL:
                thing = s.child(head, "dobj", "dative")
                if thing is not None and thing < verb and s.pos[thing] in _NOMINAL:
                    if s.tag[thing] in ("WDT", "WP"):
                        return self.objects(head)
                    return self.conjuncts(thing)
            if s.dep[verb] == "ccomp" and s.tag[verb] not in ("VB", "VBG", "VBN"):
                return ()  # a clause of its own whose subject the parser lost
        return self._subjects_above(head, steps)

    def _subjects_of_noun_clause(self, verb: int, noun: int, steps: int) -> tuple[int, ...]:
        """Tell who acts in "rebels holding the town", "a town held by rebels", "Moscow's plan to leave"."""
        s = self.syntax
        infinitive = any(s.tag[c] == "TO" for c in s.children[verb])
        if not infinitive:
            if s.pos[noun] in _VERBAL:
                return self._subjects_above(noun, steps)
            return (noun,)
        if s.pos[noun] in _VERBAL or s.pos[noun] == "ADJ":
            return self._subjects_above(noun, steps)
        if s.lemma[noun] in _PEOPLE or s.pos[noun] == "PROPN":
            return (noun,)
        if any(s.lower[c] in _SINGLES_OUT for c in s.children[noun]):
            return (noun,)
        return self._subjects_of_noun(noun, steps)

    def _subjects_of_noun(self, noun: int, steps: int) -> tuple[int, ...]:
        """Whose plan, threat or effort it is: possessor, agent, else the subject it is predicated of."""
        s = self.syntax
        if steps > MOST_STEPS:
            return ()
        dep, head = s.dep[noun], s.head[noun]
        for child in s.children[noun]:
            if s.dep[child] == "poss":
                return self.conjuncts(child)
        for child in s.children[noun]:
            if s.dep[child] in ("agent", "prep") and s.lower[child] in ("by", "from"):
                inner = s.child(child, "pobj")
                if inner is not None:
                    return self.conjuncts(inner)
        named = [c for c in s.children[noun] if s.dep[c] in ("amod", "compound", "nmod") and s.word[c][:1].isupper()]
        if named:
            return (named[-1],)
        if head == noun:
            return ()
        if dep in ("dobj", "attr", "oprd", "dative") or (dep == "conj" and s.pos[head] in _VERBAL):
            return self._subjects_above(head, steps + 1)
        if dep == "nsubjpass":
            agent = s.child(head, "agent")
            inner = s.child(agent, "pobj") if agent is not None else None
            return self.conjuncts(inner) if inner is not None else ()
        if dep == "conj":
            return self._subjects_of_noun(head, steps + 1)
        if dep == "pobj":
            above = s.head[head]
            if above != head:
                if s.pos[above] in _VERBAL:
                    return self._subjects_above(above, steps + 1)
                return self._subjects_of_noun(above, steps + 1)
        return ()

    def _subjects_of_gerund(self, verb: int, preposition: int, steps: int) -> tuple[int, ...]:
        """Tell who acts in "accused Iran of arming them": Iran; "after meeting Iran's envoy, he left": he."""
        s = self.syntax
        owner = s.child(verb, "poss")
        if owner is not None and s.tag[verb] == "VBG":
            return self.conjuncts(owner)
        above = s.head[preposition]
        if above == preposition:
            return ()
        word = s.lower[preposition]
        if s.pos[above] in _VERBAL:
            if word in _OBJECT_GERUND:
                thing = s.child(above, "dobj", "dative")
                if thing is not None and thing < verb:
                    if s.tag[thing] in ("WDT", "WP"):
                        return self.objects(above)
                    return self.conjuncts(thing)
            if word == "by" and self.form(above).passive:
                return self[above].by
            return self._subjects_above(above, steps)
        if s.pos[above] in ("ADJ", "ADV", "ADP", "SCONJ"):
            return self._subjects_above(above, steps)
        return self._subjects_of_noun(above, steps)

    def _build(self, token: int) -> Predicate:
        s = self.syntax
        dep = s.dep
        verbal = s.pos[token] in _VERBAL
        p = Predicate(token)
        obliques: dict[str, tuple[int, ...]] = {}
        possessors: list[int] = []
        modifiers: list[int] = []
        attributes: list[int] = []
        particles: list[str] = []
        for child in s.children[token]:
            d = dep[child]
            if d == "prep" or d == "agent":
                self._add_oblique(obliques, child, token)
            elif d == "dative":
                if s.children[child] and s.pos[child] in ("ADP", "SCONJ"):
                    self._add_oblique(obliques, child, token)
                    p.datives = obliques.get(s.lower[child], ())
                else:
                    p.datives = self.conjuncts(child)
            elif d == "attr" or d == "acomp" or d == "oprd":
                attributes.extend(self.conjuncts(child))
            elif d == "poss":
                possessors.extend(self.conjuncts(child))
            elif d == "amod" or d == "compound" or d == "nmod":
                modifiers.append(child)
            elif d == "prt":
                particles.append(s.lower[child])
            elif (d == "xcomp" or d == "ccomp" or d == "acl") and (p.complement is None or p.complement < token):
                p.complement = child
        p.obliques = obliques
        p.by = obliques.get("by", ())
        p.possessors, p.modifiers = tuple(possessors), tuple(modifiers)
        p.attributes, p.particles = tuple(attributes), tuple(particles)
        p.governor, p.relation = self.governor(token), dep[token]
        if verbal or s.tag[token] in ("VBG", "VBN", "VBD"):
            p.form = self.form(token)
            p.objects = self.objects(token)
            p.subjects = self.subjects(token)
            if not p.datives and s.lemma[token] in _GIVE:
                p.datives = self._hidden_dative(p.objects)
            p.understood = self.own_subject(token) is None or s.tag[self.own_subject(token) or 0] in ("WDT", "WP")
        elif dep[token] in ("acomp", "oprd") or s.pos[token] == "ADJ":
            p.subjects = self.subjects(token)
        return p

    def _hidden_dative(self, objects: tuple[int, ...]) -> tuple[int, ...]:
        """The receiver that a parser took for part of the gift: "gave Ukraine tanks"."""
        s = self.syntax
        for thing in objects:
            if s.pos[thing] == "NOUN" and s.child(thing, "det", "poss", "amod") is None:
                named = s.child(thing, "compound", "nmod")
                if named is not None and s.pos[named] == "PROPN":
                    return (named,)
        return ()

    def _add_oblique(self, obliques: dict[str, tuple[int, ...]], preposition: int, owner: int) -> None:
        s = self.syntax
        name = s.lower[preposition]
        for _ in range(3):
            inner = None
            for child in s.children[preposition]:
                d = s.dep[child]
                if d == "pobj" or d == "pcomp":
                    heads = self.conjuncts(child)
                    if s.tag[child] in ("WDT", "WP"):
                        antecedent = self._antecedent(owner)
                        heads = (antecedent,) if antecedent is not None else ()
                    obliques[name] = obliques.get(name, ()) + heads
                elif d == "prep":
                    inner = child
            if inner is None:
                return
            preposition = inner
            name = f"{name} {s.lower[inner]}"


def predicates(syntax: Syntax) -> Predicates:
    """The clause view of a parsed report.

    Args:
        syntax: the columns of the parse; unparsed tokens are allowed.

    Returns:
        A mapping from token index to `Predicate`; each is built on demand, all of them together
        in time linear in the length of the text.
    """
    return Predicates(syntax)
