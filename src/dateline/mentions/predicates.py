"""The clause view of a parse: who is subject, object and recipient of each verb, and in which form
the verb stands.

The dependency tree says only what is next to a verb. A reader also knows who is to leave in
"Washington wants Moscow to leave", who shelled in "the rebels, who shelled the town" and who met
in "they agreed to meet". `predicates` answers such questions for one report, each verb once and
only when asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dateline.annotate.syntax import Syntax
from dateline.mentions.roles import HYPHENS, VERBAL, Roles
from dateline.mentions.verb_form import VerbForm

_GIVE = frozenset(
    {"give", "send", "sell", "offer", "hand", "grant", "lend", "promise", "award", "deny", "pay", "refuse"}
)

# Gifts that take no article: in "granted the ministry permission", "the" is the ministry's.
_UNCOUNTED = frozenset(
    ("permission", "approval", "consent", "authority", "authorization", "clearance", "access", "amnesty",
     "asylum", "immunity", "autonomy", "aid", "assistance", "support", "leave", "independence", "shelter",
     "refuge", "citizenship", "protection")
)  # fmt: skip

# By these something is done, but none of them does it: "spoke by telephone".
_WAYS = frozenset(
    ("telephone", "phone", "video", "videoconference", "video-link", "videolink", "letter", "email", "e-mail", "fax",
     "mail", "post", "satellite", "radio", "cable", "air", "sea", "land", "road", "rail", "train", "plane", "boat",
     "car", "bus", "helicopter", "force", "mistake", "accident", "chance", "consensus", "acclamation", "proxy")
)  # fmt: skip


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


class Predicates(Roles):
    """The predicates of one report: `predicates[i]` builds the one at token `i` when first asked."""

    def __init__(self, syntax: Syntax) -> None:
        super().__init__(syntax)
        self._built: dict[int, Predicate] = {}

    def __getitem__(self, token: int) -> Predicate:
        built = self._built.get(token)
        if built is None:
            built = self._built[token] = self._build(token)
        return built

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

    def _build(self, token: int) -> Predicate:
        s = self.syntax
        dep = s.dep
        verbal = s.pos[token] in VERBAL
        p = Predicate(token)
        obliques: dict[str, tuple[int, ...]] = {}
        possessors: list[int] = []
        modifiers: list[int] = []
        attributes: list[int] = []
        particles: list[str] = []
        measured: tuple[int, ...] = ()
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
                if s.child(child, "pobj") is not None:  # "put on high alert", whose "on" goes with what follows
                    self._add_oblique(obliques, child, token)
                to = s.child(child, "prep")
                if to is not None and s.lower[child] == "up":  # "held up to sixty monks"
                    numbered = s.child(to, "pobj")
                    measured = self.conjuncts(numbered) if numbered is not None else ()
            elif d == "xcomp" or d == "ccomp" or d == "acl":
                if p.complement is None or p.complement < token:
                    p.complement = child
            elif d == "advcl" and p.complement is None and self.gerund_of(token, child):
                p.complement = child
        p.obliques = obliques
        p.by = obliques.get("by", ())
        if p.by and s.lemma[p.by[0]] in _WAYS and not s.children[p.by[0]]:
            p.by = p.by[1:]
        p.possessors, p.modifiers = tuple(possessors), tuple(modifiers)
        p.attributes, p.particles = tuple(attributes), tuple(particles)
        p.governor, p.relation = self.governor(token), dep[token]
        if verbal or s.tag[token] in ("VBG", "VBN", "VBD"):
            p.form = self.form(token)
            p.objects = self.objects(token) or measured
            if not p.datives and p.objects:
                p.datives, p.objects = self._double(token, p.objects)
            if not p.objects and not p.form.passive and attributes:  # "called the envoy", which parsers take for a name
                p.objects = tuple(x for x in attributes if dep[x] == "oprd" and s.pos[x] in ("NOUN", "PROPN"))
            p.subjects = self.subjects(token)
            if p.relation == "amod" and p.form.passive and not p.by and s.word[token - 1] in HYPHENS and token > 1:
                before = self.before_modifier(token)
                p.by = (before,) if before is not None else ()  # "Saudi-backed forces"
            if p.datives and not p.objects:  # "granted the ministry (in Oslo), permission"
                gifts = [c for c in s.children[token] if dep[c] == "conj" and s.pos[c] == "NOUN" and c > token]
                p.objects = tuple(gifts[:1])
            if not p.datives and s.lemma[token] in _GIVE:
                p.datives = self._hidden_dative(p.objects)
            p.understood = self.own_subject(token) is None or s.tag[self.own_subject(token) or 0] in ("WDT", "WP")
        elif dep[token] in ("acomp", "oprd") or s.pos[token] == "ADJ":
            p.subjects = self.subjects(token)
            if p.by and dep[token] == "acomp" and s.lower[token].endswith("ed"):  # "was jeered by deputies"
                p.form = replace(self.form(s.head[token]), passive=True)
        return p

    def gerund_of(self, verb: int, clause: int) -> bool:
        """Whether a gerund that stands right after a verb was taken for an adverbial: "ruled out meeting him"."""
        s = self.syntax
        return s.tag[clause] == "VBG" and clause > verb and all(s.dep[k] == "prt" for k in range(verb + 1, clause))

    def _double(self, token: int, objects: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Receiver and gift that a parser took for two objects: "threw Chad a lifeline"."""
        s = self.syntax
        both = [child for child in s.children[token] if s.dep[child] == "dobj" and child > token]
        if len(both) != 2 or objects[0] != both[0] or s.pos[both[1]] != "NOUN":
            return (), objects
        after, gift = s.right(both[0]), s.left(both[1])
        aside = s.lemma[token] in _GIVE and s.dep[after] == "prep" and s.right(after) == gift
        if after != gift and not aside:  # "gave the mayors in the south two days"
            return (), objects
        return objects, self.conjuncts(both[1])

    def _hidden_dative(self, objects: tuple[int, ...]) -> tuple[int, ...]:
        """The receiver that a parser took for part of the gift: "gave Ukraine tanks"."""
        s = self.syntax
        for thing in objects:
            if s.pos[thing] != "NOUN":
                continue
            named = s.child(thing, "compound", "nmod")
            after = [x for x in s.children[thing] if s.dep[x] == "amod" and named is not None and named < x < thing]
            if named is not None and (
                s.lemma[thing] in _UNCOUNTED or (after and s.dep[named] == "nmod")
            ):  # "granted the Portuguese government permission"
                return (max(x for x in s.children[thing] if x < thing and s.dep[x] in ("compound", "nmod")),)
            if named is not None and s.pos[named] == "PROPN" and s.child(thing, "det", "poss", "amod") is None:
                return (named,)
        return ()

    def _add_oblique(self, obliques: dict[str, tuple[int, ...]], preposition: int, owner: int) -> None:
        s = self.syntax
        name = s.lower[preposition]
        for child in s.children[preposition]:  # "spoke with the envoy and with the minister"
            if s.dep[child] == "conj" and s.pos[child] == "ADP" and s.lower[child] == name:
                self._add_oblique(obliques, child, owner)
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
