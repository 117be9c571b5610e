"""The stance on an act that a noun names, and what a governing word passes on."""

from __future__ import annotations

from typing import cast

from dateline.coding.stance_lexicon import Signature
from dateline.coding.stance_marks import DEFAULT, FACTUAL, MOST_STEPS, OCCURRED, VERBAL, Marks, Stance
from dateline.records import Factuality

# What adjectives say of an act gives way to a governing word: "cancelled the planned visit".
_WEAK_MARKS = frozenset({"planned", "possible", "threatened", "general", "occurred"})


class NounStances(Marks):
    """Stances on nouns and gerunds by the words that govern them; verbs are `Stances`' part."""

    def _at(self, i: int, steps: int) -> Stance:
        """The stance on the word at `i`, reached in so many steps."""
        raise NotImplementedError

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
        if not affirmed and signature.affirmed == "inherit":
            return Stance(above.value, above.kind or kind, governor, denier=above.denier)
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

    def _noun(self, i: int, steps: int) -> Stance:
        s = self.syntax
        own = self.own_marks(i)
        if own is not None and own.value not in _WEAK_MARKS:
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
            weak = own.value == "occurred" and stance.value not in FACTUAL  # "will hold the latest round"
            undone = stance.kind == "prevent" or stance.value in ("negated", "denied")
            return stance if stance.marked and (weak or undone) else own
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
            preposition = s.head[head]
            if s.tag[i] == "VBG" and s.dep[head] == "pobj" and preposition == i - 1:  # "thinks of leaving town"
                signature = self.signature(s.head[preposition], s.lower[preposition])
                if signature is not None and signature.kind != "stop":
                    return self._apply(signature, s.head[preposition], DEFAULT, steps)
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
        if effect == "possible":
            return Stance("possible", "chance", preposition)
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
