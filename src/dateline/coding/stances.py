"""From the words around an act to the report's stance on it.

The method is that of Saurí and Pustejovsky (2012, "Are you sure that this happened?",
Computational Linguistics 38:2): factuality is computed from the root of the clause down to the
act. Each governing word passes its own factuality on to its complement by its class (`deny`,
`manage`, `plan` …, with Karttunen's polarity signatures for implicative verbs); tense, modals,
negation and adverbs act within a clause. Here the walk goes from the trigger up, and every word's
stance is kept, so that a report costs no more than its triggers and their governors.
"""

from __future__ import annotations

from typing import cast

from dateline.annotate.syntax import Syntax
from dateline.coding.stance_lexicon import Signature, StanceLexicon
from dateline.coding.stance_marks import DEFAULT, FACTUAL, MOST_STEPS, OCCURRED, VERBAL, Marks, Stance
from dateline.mentions.predicates import Predicates
from dateline.mentions.verb_form import VerbForm
from dateline.records import Factuality

_MOTION = frozenset(
    {"go", "come", "fly", "travel", "arrive", "return", "gather", "assemble", "meet", "head", "leave", "rush"}
)
_BODIES = frozenset({"authorities", "powers", "officials"})  # no nouns of what may be done
_CLAUSAL = frozenset({"ccomp", "advcl", "xcomp", "relcl"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where"})


class Stances(Marks):
    """Stances on the words of one report, each computed once.

    Args:
        syntax: the parse.
        predicates: its clause view.
        lexicon: another lexicon than the package's.
    """

    def __init__(self, syntax: Syntax, predicates: Predicates, lexicon: StanceLexicon | None = None) -> None:
        super().__init__(syntax, predicates, lexicon)
        self._known: dict[int, Stance] = {}

    def at(self, trigger: int) -> Stance:
        """The stance on the act at a token."""
        stance = self._at(trigger, 0)
        if stance.kind in ("refuse", "deny") and self.syntax.lemma[trigger] in self.lexicon.telling:
            if self.syntax.pos[trigger] == "NOUN" and self.syntax.dep[trigger] in ("dobj", "nsubjpass", "pobj"):
                return OCCURRED  # who rejects a demand or denies a charge has been told it
        return stance

    def _at(self, i: int, steps: int) -> Stance:
        known = self._known.get(i)
        if known is not None:
            return known
        if steps > MOST_STEPS:
            return DEFAULT
        s = self.syntax
        relation = s.dep[i]
        clausal = relation in _CLAUSAL and s.pos[i] in ("NOUN", "PROPN")  # a verb that the tagger took for a noun
        if clausal or s.pos[i] in VERBAL or (s.tag[i][:2] == "VB" and s.dep[i] not in ("amod", "compound")):
            stance = self._verb(i, steps)
        elif (s.dep[i] in ("acomp", "oprd") and s.pos[i] != "NOUN") or (
            s.pos[i] == "ADJ" and s.dep[i] in ("conj", "attr", "advcl", "ROOT", "ccomp")
        ):
            stance = self._adjective(i, steps)
        else:
            stance = self._noun(i, steps)
        self._known[i] = stance
        return stance

    def repeated(self, trigger: int, earlier: Stance) -> Stance:
        """The stance on a later mention of an act ("the talks") of which `earlier` was told.

        Where nothing bears on the later mention it has the earlier factuality, unless its clause
        tells it in the past tense.

        Args:
            trigger: the token of the later mention.
            earlier: the stance on the mention before.
        """
        stance = self.at(trigger)
        if stance.marked or earlier.value in ("occurred", "negated", "denied"):
            return stance
        s = self.syntax
        head = s.head[trigger]
        if s.dep[trigger] in ("nsubj", "nsubjpass", "dobj") and s.pos[head] in VERBAL and self.about_past(head):
            return stance
        return earlier

    # Verbs

    def _verb(self, i: int, steps: int) -> Stance:
        s = self.syntax
        form = self.predicates.form(i)
        first = self.first_conjunct(i)
        relation, head = s.dep[first], s.head[first]
        if s.tag[i] in ("VBG", "VBN") and relation in (
            "dobj",
            "nsubj",
            "nsubjpass",
            "pobj",
            "attr",
            "amod",
            "compound",
        ):
            return self._noun(i, steps)
        local = self.local(i, form)
        infinitive = form.tense == "infinitive"
        if infinitive and not self._to(i):
            infinitive = s.tag[i] == "VB" and relation in ("xcomp", "ccomp", "acl", "relcl", "advcl")
        opener = self.opener(i) or self.opener(first)
        if opener == "hypothetical":
            return Stance("hypothetical", "if", head)
        if (opener == "general" and local.value not in FACTUAL) or local.value == "negated":
            opener = None
        if opener in ("possible", "general"):
            return Stance("possible", "whether", head) if opener == "possible" else Stance("general", "whenever", head)
        if first != i and infinitive and self.predicates.form(s.head[i]).tense != "infinitive" and self._to(i):
            return self._complement(i, s.head[i], "infinitive", local, steps)  # "threatened tariffs and to withdraw"
        if relation in ("xcomp", "ccomp", "oprd") and head != first:
            frame = "infinitive" if infinitive else "gerund" if form.tense == "participle" else "clause"
            return self._complement(i, head, frame, local, steps)
        if relation in ("acl", "relcl") and head != first:
            return self._noun_clause(i, first, head, infinitive, local, form, steps)
        if relation == "advcl" and head != first:
            return self._adverbial(i, first, head, infinitive, local, form, steps)
        if relation == "pcomp" and head != first:
            return self._prepositional(i, head, local, steps)
        if infinitive and relation in ("ROOT", "parataxis", "dep", "conj") and self._to(i):
            return Stance("planned", "headline")  # "Putin to visit Pyongyang"
        return local

    def _apply(self, signature: Signature, governor: int, local: Stance, steps: int) -> Stance:
        """The stance on a complement, from its governor's class and its governor's own stance."""
        above = self._at(governor, steps + 1)
        kind = signature.kind
        affirmed = above.value not in ("negated", "denied")
        effect = signature.affirmed if affirmed else signature.negated
        if kind == "able" and affirmed and above.value == "occurred" and self.about_past(governor):
            return Stance("occurred", kind, governor)  # "was able to" entails the act (Karttunen 1971)
        if above.value == "denied" and effect == "negated":
            effect = "denied"
        if effect == "open":
            return local
        if local.value == "negated" and local.marked and kind not in ("deny", "stop"):
            return Stance("negated", kind if kind in ("request", "refuse") else local.kind, governor)
        if effect == "inherit":
            if not affirmed and signature.affirmed == "negated":
                return Stance("occurred", kind, governor)
            return Stance(above.value, above.kind or kind, governor, denier=above.denier)
        if effect == "fact" and above.value == "denied" and self.syntax.pos[governor] == "NOUN":
            return Stance("denied", "deny", governor, denier=above.denier)  # "denied responsibility for the attack"
        if effect == "fact":
            return Stance("occurred", kind, governor, marked=False)
        if effect == "denied":
            denier = above.denier or self.predicates[governor].agents
            return Stance("denied", kind, governor, denier=denier)
        if (
            affirmed
            and above.value in ("hypothetical", "possible")
            and effect in ("planned", "ongoing", "occurred", "negated")
        ):
            return Stance(above.value, above.kind, governor)
        if above.value == "planned" and effect == "ongoing":
            return Stance("planned", above.kind, governor)
        if affirmed and above.value in ("requested", "planned") and effect == "ongoing":
            return Stance(above.value, above.kind, governor)
        if kind == "try" and above.kind == "prevent" and above.value == "negated":
            kind = "thwarted"  # the attempt was made
        return Stance(cast(Factuality, effect), kind, governor)

    def _to(self, i: int) -> bool:
        return any(self.syntax.tag[a] == "TO" for a in self.predicates.form(i).auxiliaries)

    def _complement(self, i: int, head: int, frame: str, local: Stance, steps: int) -> Stance:
        s = self.syntax
        lemma = s.lemma[head]
        if self.subjunctive(i):
            return Stance("requested", "request", head)
        if lemma == "have" and frame == "infinitive" and any(s.lower[c] == "yet" for c in s.children[head]):
            return Stance("negated", "not", head)  # "has yet to visit"
        signature = None
        if frame == "infinitive" and (self.predicates.own_subject(i) is not None or self._object_between(head, i)):
            signature = self.signature(head, "another")
        signature = signature or self.signature(head, frame)
        if signature is None and frame == "clause" and s.tag[i] in ("VB", "VBN") and s.dep[i] == "ccomp":
            signature = self.signature(head, "infinitive")
        if frame == "infinitive" and signature is None:
            if lemma == "be":
                above = self._at(head, steps + 1)
                return above if above.value in ("negated", "possible") else Stance("planned", "plan", head)
            if lemma in ("have", "need") and s.tag[i] == "VB":
                above = self._at(head, steps + 1)
                return (
                    above if above.value != "occurred" or self.about_past(head) else Stance("requested", "must", head)
                )
        if frame == "infinitive" and lemma == "go" and self.predicates.form(head).progressive:
            above = self._at(head, steps + 1)
            return Stance("negated", "not", head) if above.value == "negated" else Stance("planned", "plan", head)
        if signature is not None:
            return self._apply(signature, head, local, steps)
        if frame == "clause":
            return self._reported(head, local, steps)
        above = self._at(head, steps + 1)
        if local.marked and local.value == "negated":
            return local
        return above

    def _object_between(self, verb: int, complement: int) -> bool:
        s = self.syntax
        return any(s.dep[c] == "dobj" and c < complement for c in s.children[verb])

    def _reported(self, head: int, local: Stance, steps: int) -> Stance:
        """A clause under a word of no class: it speaks for itself, unless all of it is supposed."""
        above = self._at(head, steps + 1) if self.syntax.pos[head] not in VERBAL else None
        if above is not None and above.value == "denied":
            return Stance("denied", "deny", head, denier=above.denier)
        if local.kind in ("would", "not") and self.opener(head) == "hypothetical":
            return Stance("hypothetical", "if", head)
        return local

    def _noun_clause(
        self, i: int, first: int, noun: int, infinitive: bool, local: Stance, form: VerbForm, steps: int
    ) -> Stance:
        s = self.syntax
        if infinitive:
            noun = self._noun_before(i, noun)
            signature = self.signature(noun, "infinitive")
            if signature is not None:
                return self._apply(signature, noun, local, steps)
            if s.pos[noun] in VERBAL or s.pos[noun] == "ADJ":
                return self._complement(i, noun, "infinitive", local, steps)
            if any(s.lower[c] in ("first", "last", "only", "second", "third", "latest") for c in s.children[noun]):
                return Stance("occurred", "first", noun)
            if s.lemma[noun] in self.lexicon.occasions:
                return self._at(noun, steps + 1)
            return Stance("planned", "purpose", noun)
        relative = any(s.lower[c] in _RELATIVE and s.tag[c] in ("WDT", "WP", "WP$", "WRB") for c in s.children[first])
        if s.dep[first] == "acl" and not relative and form.finite:
            signature = self.signature(noun, "clause")
            if signature is not None:
                return self._apply(signature, noun, local, steps)
        if form.tense == "participle":
            if local.value == "negated":
                return local
            if any(s.lower[c] == "any" for c in s.children[noun]):
                return Stance("general", "any", noun)
            if s.tag[i] == "VBG":
                return Stance("ongoing", "participle", noun, marked=False) if self.about_present(noun) else DEFAULT
            return DEFAULT
        return local

    def _noun_before(self, infinitive: int, head: int) -> int:
        """The noun that an infinitive follows, where that takes one and the parser chose another word.

        Parsers hang "to invade" in "anger over the threats to invade" on "anger".
        """
        s = self.syntax
        for child in s.children[infinitive]:
            if s.tag[child] == "TO":
                before = child - 1
                if before < 0 or s.lower[before] in _BODIES:
                    break
                if s.pos[before] == "NOUN" and self.signature(before, "infinitive") is not None:
                    return before
                break
        return head

    def _adverbial(
        self, i: int, first: int, head: int, infinitive: bool, local: Stance, form: VerbForm, steps: int
    ) -> Stance:
        s = self.syntax
        above = self._at(head, steps + 1)
        if infinitive:
            near = self._noun_before(i, head)
            signature = self.signature(near, "infinitive")
            if signature is not None:
                return self._apply(signature, near, local, steps)
            if local.value == "negated" and local.marked:
                return local
            if above.value not in FACTUAL:
                return above
            if s.lemma[head] in _MOTION:
                return above
            dispatched = s.lemma[head] in self.lexicon.dispatch
            return Stance("planned" if dispatched else "occurred", "purpose", head, marked=dispatched)
        if form.tense == "participle":
            if local.marked and local.value in ("negated", "possible"):
                return local
            if s.tag[i] == "VBG" or above.value in FACTUAL:
                return above if above.value != "ongoing" or s.tag[i] == "VBG" else DEFAULT
            return DEFAULT
        if local.value in FACTUAL and above.value not in FACTUAL and form.tense == "present":
            if any(s.lower[c] in ("when", "once", "until", "till", "before", "after") for c in s.children[first]):
                return Stance("hypothetical" if above.value == "hypothetical" else "planned", "when", head)
        return local

    def _prepositional(self, i: int, preposition: int, local: Stance, steps: int) -> Stance:
        """A gerund or noun after a preposition: "accused of arming", "plans for a visit", "without warning"."""
        s = self.syntax
        word = s.lower[preposition]
        owner = s.head[preposition]
        effect = None
        for size in (3, 2, 1):  # "in response to", "ahead of"
            if preposition >= size:
                effect = self.lexicon.prepositions.get(" ".join(s.lower[preposition - size : preposition + 1]))
                if effect is not None:
                    break
        if s.dep[preposition] == "prep" and s.pos[owner] in ("ADP", "SCONJ", "ADV"):
            owner = s.head[owner]
        gerund = s.dep[i] == "pcomp"
        if effect is None and owner != preposition:
            signature = self.signature(owner, word)
            if gerund and word == "for" and s.pos[owner] in VERBAL and s.child(owner, "dobj", "nsubjpass") is not None:
                signature = signature if signature is not None and signature.kind == "stop" else None
                effect = "fact"  # "fined the firm for dumping oil"
            if signature is not None and word == "about" and signature.affirmed == "possible" and self.definite(i):
                signature, effect = None, "fact"  # "worries about the raid"
            if signature is not None:
                return self._apply(signature, owner, local, steps)
        effect = effect or self.lexicon.prepositions.get(word, "inherit")
        if effect == "negated":
            return Stance("negated", "without", preposition)
        if effect == "hypothetical":
            return Stance("hypothetical", "if", preposition)
        if effect == "planned":
            return Stance("planned", "ahead", preposition)
        if local.marked and local.value not in FACTUAL:
            return local
        if effect == "inherit" and s.pos[owner] in VERBAL:
            above = self._at(owner, steps + 1)
            if above.value == "hypothetical" and self.definite(i):
                return DEFAULT
            if above.value in ("planned", "possible", "hypothetical", "requested", "threatened", "general"):
                return above
            if word in ("by", "for") and above.value == "ongoing" and s.tag[i] == "VBG":
                return above
        return DEFAULT

    # Adjectives: only as governors ("is ready to attack")

    def _adjective(self, i: int, steps: int) -> Stance:
        s = self.syntax
        head = s.head[i]
        if head == i or s.pos[head] not in VERBAL:
            return DEFAULT
        return self._at(head, steps + 1)

    # Nouns

    def _noun(self, i: int, steps: int) -> Stance:
        s = self.syntax
        own = self.own_marks(i)
        if own is not None and own.value not in ("planned", "possible", "threatened"):
            return own
        first = i
        for _ in range(MOST_STEPS):
            if s.dep[first] not in ("conj", "appos") or s.head[first] == first or s.pos[s.head[first]] in VERBAL:
                break
            first = s.head[first]
        if first != i:
            shared = self.own_marks(first)
            if shared is not None and shared.value == "negated":
                return shared
            stance = shared or self._relation(first, steps)
        else:
            stance = self._relation(i, steps)
        if own is not None and self._carried_out(first):
            return OCCURRED
        if own is not None:  # "cancelled a planned visit", "denied the alleged attack"
            return (
                stance if stance.kind == "prevent" or (stance.marked and stance.value in ("negated", "denied")) else own
            )
        if not stance.marked and stance.value == "occurred":
            lemma = s.lemma[i].lower()
            if lemma in self.lexicon.lasting and not self.is_over(i):
                return Stance("ongoing", "lasting", i, marked=False)
            if lemma in self.lexicon.durative and self.about_present(i):
                return Stance("ongoing", "lasting", i, marked=False)
        return stance

    def _carried_out(self, i: int) -> bool:
        """Whether the act is the object of a light verb in the past: "held the planned talks"."""
        s = self.syntax
        head = s.head[i]
        if s.dep[i] != "dobj" or s.lemma[head] not in self.lexicon.light:
            return False
        return self._at(head, 1).value == "occurred" and self.predicates.form(head).tense == "past"

    def _relation(self, i: int, steps: int) -> Stance:
        s = self.syntax
        relation, head = s.dep[i], s.head[i]
        if head == i:
            return DEFAULT
        if relation == "conj" or relation == "appos":
            return self._at(head, steps + 1)
        if relation in ("dobj", "nsubj", "oprd", "nsubjpass", "ccomp") and self._called_false(i, head):
            return Stance("denied", "deny", head, denier=self.predicates[head].agents)
        if relation in ("dobj", "nsubjpass", "attr", "oprd", "dative"):
            signature = self.signature(head, "object")
            done = (
                signature is not None and s.lemma[i] in self.lexicon.texts and signature.kind in ("agree", "decide")
            ) or (signature is not None and s.lemma[i] in self.lexicon.uttered and signature.kind == "offer")
            if signature is not None and not done:
                return self._apply(signature, head, DEFAULT, steps)
            return self._weaken(self._at(head, steps + 1))
        if relation in ("nsubj", "csubj"):
            return self._subject(i, head, steps)
        if relation == "pobj" and s.lower[head] == "as" and i in self.predicates.objects(s.head[head]):
            relation, head = "dobj", s.head[head]
            signature = self.signature(head, "object")
            return self._apply(signature, head, DEFAULT, steps) if signature is not None else DEFAULT
        if relation in ("pobj", "pcomp"):
            return self._prepositional(i, head, DEFAULT, steps)
        if relation in ("compound", "nmod", "amod"):
            if s.tag[i] == "VBG" and s.dep[head] == "dobj" and s.head[head] < i:  # "denied shipping arms", misparsed
                signature = self.signature(s.head[head], "gerund")
                if signature is not None:
                    return self._apply(signature, s.head[head], DEFAULT, steps)
            if s.tag[i] in ("VBN", "VBG") or s.pos[i] == "VERB":
                standing = s.lemma[i] in self.lexicon.standing
                return Stance("ongoing", "standing", i, marked=False) if standing else DEFAULT
            signature = self.signature(head, "compound")
            if signature is not None:
                return self._apply(signature, head, DEFAULT, steps)
            return self._at(head, steps + 1)
        return DEFAULT

    def _called_false(self, i: int, verb: int) -> bool:
        """Whether a report or claim is called untrue: "called the report false", "the reports are baseless"."""
        s = self.syntax
        if s.lemma[i] not in self.lexicon.nouns and s.lemma[i] not in self.lexicon.telling:
            return False
        return any(
            s.lower[c] in self.lexicon.untrue and s.dep[c] in ("oprd", "acomp", "attr", "dobj", "ccomp") and c != i
            for c in (*s.children[verb], *s.children[i])
        )

    def _weaken(self, above: Stance) -> Stance:
        """An object shares its verb's stance; from a factual verb that is no mark of its own."""
        if above.value == "general":
            return above
        return above if above.value not in FACTUAL or above.value == "ongoing" else DEFAULT

    def _subject(self, i: int, head: int, steps: int) -> Stance:
        s = self.syntax
        signature = self.signature(head, "subject")
        if signature is not None:
            return self._apply(signature, head, DEFAULT, steps)
        for child in s.children[head]:
            if s.dep[child] in ("acomp", "oprd", "attr", "xcomp"):
                signature = self.signature(child, "subject")
                if signature is not None:
                    return self._apply(signature, head, DEFAULT, steps)
                effect = self.lexicon.modifiers.get(s.lower[child])
                if effect in ("planned", "possible", "ongoing", "negated"):
                    above = self._at(head, steps + 1)
                    return (
                        Stance("negated", "not", head)
                        if above.value == "negated"
                        else Stance(cast(Factuality, effect), "modifier", child)
                    )
                if s.dep[child] == "xcomp" and self.signature(head, "infinitive") is not None:
                    occurrence = self.signature(child, "subject")
                    if occurrence is not None or self.signature(head, "infinitive") is not None:
                        signature = self.signature(head, "infinitive")
                        if signature is not None and signature.kind in ("plan", "consider", "chance", "unlikely"):
                            return self._apply(signature, head, DEFAULT, steps)
        above = self._at(head, steps + 1)
        if not self.definite(i) and above.kind in ("would", "may", "will"):
            return Stance(
                "hypothetical" if above.kind == "would" else "possible" if above.kind == "may" else "planned",
                above.kind,
                head,
            )
        return DEFAULT
