"""What the words right around an act say of it: tense, modals, negation, adverbs, adjectives.

Governing words further off are `factuality`'s concern.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from dateline.annotate.syntax import Syntax
from dateline.coding.stance_lexicon import Signature, StanceLexicon, stance_lexicon
from dateline.mentions.predicates import Predicates
from dateline.mentions.verb_form import VerbForm
from dateline.records import Factuality

# Governing words further up than this are noise of the parser.
MOST_STEPS = 14
VERBAL = frozenset({"VERB", "AUX"})
FACTUAL = frozenset({"occurred", "ongoing", "general"})


@dataclass(slots=True, frozen=True)
class Stance:
    """The report's stance on an act.

    Attributes:
        value: the factuality.
        kind: class of the governing word that decided ("plan", "request", "refuse" …), or None.
        governor: its token, or None.
        marked: False where nothing in the text bears on it and `value` is the default; a repeated
            mention ("the talks") then has the factuality of the mention before.
        denier: heads of the phrases for who denies it.
    """

    value: Factuality
    kind: str | None = None
    governor: int | None = None
    marked: bool = True
    denier: tuple[int, ...] = ()


DEFAULT = Stance("occurred", marked=False)
OCCURRED = Stance("occurred")


class Marks:
    """Marks of factuality that stand within a clause or a noun phrase.

    Args:
        syntax: the parse.
        predicates: its clause view.
        lexicon: another lexicon than the package's.
    """

    def __init__(self, syntax: Syntax, predicates: Predicates, lexicon: StanceLexicon | None = None) -> None:
        self.syntax = syntax
        self.predicates = predicates
        self.lexicon = lexicon or stance_lexicon()
        self._signatures: dict[tuple[int, str], Signature | None] = {}

    def local(self, i: int, form: VerbForm) -> Stance:
        """What tense, modals, negation and adverbs of the clause itself say."""
        s = self.syntax
        modal = form.modal
        children = s.children[i]
        effect = None
        conditional = False
        for child in children:
            d = s.dep[child]
            if d == "advmod":
                effect = self.lexicon.adverbs.get(s.lower[child], effect)
            elif d == "advcl" and effect is None:
                opener = self.opener(child)
                conditional = conditional or opener == "hypothetical"
                effect = "general" if opener == "general" else None
            elif d == "npadvmod" and effect is None:
                if self._points_ahead(child):
                    effect = "future"
                elif any(s.lower[c] in ("every", "each") for c in s.children[child]):
                    effect = "general"
        negation = form.negation
        if negation is not None and negation + 1 < len(s) and s.lower[negation + 1] in ("only", "just", "merely"):
            negation = None
        if negation is not None and modal == "would" and (form.perfect or conditional):
            return Stance("hypothetical", "would have", i)
        if negation is not None and s.lower[negation] == "no" and s.dep[negation] == "det" and modal is None:
            return Stance("negated", "not", negation)
        if effect == "negated":
            return Stance("negated", "not", i)
        if negation is not None:
            if modal in ("may", "might"):
                return Stance("possible", "may", negation)
            return Stance("negated", "will not" if modal in ("will", "shall", "would", "can") else "not", negation)
        if self._asked(i):
            return Stance("possible", "question", i)
        if modal is not None:
            return self._modal(i, modal, form, conditional)
        if effect == "possible":
            return Stance("possible", "adverb", i)
        if form.tense == "present":
            if effect == "general":
                return Stance("general", "adverb", i)
            if effect == "future" and not form.perfect:
                return Stance("planned", "adverb", i)
            if form.progressive:
                return DEFAULT if form.perfect and self._reported_long_ago(i) else Stance("ongoing", "tense", i)
            return OCCURRED
        if form.tense == "past":
            return OCCURRED
        return DEFAULT

    def _modal(self, i: int, modal: str, form: VerbForm, conditional: bool) -> Stance:
        s = self.syntax
        if modal in ("will", "shall"):
            # "will send troops if attacked": coded like "would"
            return Stance("hypothetical", "would", i) if conditional else Stance("planned", "will", i)
        if modal == "would":
            if form.perfect or conditional:
                return Stance("hypothetical", "would have" if form.perfect else "would", i)
            willing = any(s.lower[c] in ("i", "we") for c in s.children[i])
            return Stance("possible" if willing else "planned", "would", i)
        if modal in ("must", "should", "ought", "need"):
            if form.perfect:  # "should have left" did not; "must have left" is a guess
                return Stance("possible", "may have", i) if modal == "must" else Stance("hypothetical", "would have", i)
            return Stance("requested", "must", i)
        return Stance("possible", "may have" if form.perfect else "may", i)

    def subjunctive(self, i: int) -> bool:
        """Whether a that-clause says what ought to be: "insisted that the minister resign"."""
        s = self.syntax
        if s.tag[i] != "VB" or self.predicates.form(i).auxiliaries:
            return False
        subject = s.child(i, "nsubj", "nsubjpass")
        return subject is not None and s.tag[subject] in ("NN", "NNP") and s.child(i, "mark") is not None

    def _asked(self, i: int) -> bool:
        """Whether the clause is a yes-no question; "why did they attack?" takes the attack for granted."""
        s = self.syntax
        first = self.first_conjunct(i)
        if s.head[first] != first:
            return False
        begin, end = s.sentences[s.sentence[i]]
        if not any(s.word[t] == "?" for t in range(max(begin, end - 3), end)):
            return False
        return not any(s.tag[c] in ("WRB", "WP", "WDT", "WP$") for c in s.children[i])

    def _reported_long_ago(self, i: int) -> bool:
        """Whether what "has been going on" did so for a speaker of some time ago: "last year, they said …"."""
        s = self.syntax
        head = s.head[i]
        if s.dep[i] != "ccomp" or self.predicates.form(head).tense != "past":
            return False
        for child in s.children[head]:
            d = s.dep[child]
            if d == "npadvmod" and any(s.lower[c] in ("last", "previous") for c in s.children[child]):
                return s.lower[child] in ("year", "month", "decade", "century")
            if d == "advmod" and s.lower[child] == "ago":
                return True
            if d == "prep" and s.lower[child] == "in" and any(s.word[c].isdigit() for c in s.children[child]):
                return True
        return False

    def _points_ahead(self, i: int) -> bool:
        """Whether an adverbial noun phrase lies ahead: "next week", "tomorrow", "later this month"."""
        s = self.syntax
        if s.lower[i] == "tomorrow":
            return True
        return any(s.lower[c] in ("next", "coming", "upcoming") or s.lower[c] == "later" for c in s.children[i])

    def opener(self, i: int) -> str | None:
        """The effect of the conjunction that opens a clause: if, unless, whether, whenever."""
        s = self.syntax
        if s.dep[i] not in ("advcl", "ccomp", "xcomp", "pcomp", "acl", "conj", "ROOT"):
            return None
        if s.dep[i] == "advcl" and self._inverted(i):
            return "hypothetical"
        openers = self.lexicon.openers
        for child in s.children[i]:
            if child < i and (s.dep[child] in ("mark", "advmod") or s.pos[child] == "SCONJ"):
                effect = openers.get(s.lower[child])
                if effect is not None:
                    return effect
        return None

    def _inverted(self, i: int) -> bool:
        """Whether the clause is a condition by its order: "had they known", "should it rain", "were he to go"."""
        s = self.syntax
        subject = s.child(i, "nsubj", "nsubjpass")
        if s.lower[i] == "were":
            return subject is None or subject > i
        return subject is not None and any(
            s.lower[c] in ("had", "were", "should") and s.dep[c] in ("aux", "auxpass") and c < subject
            for c in s.children[i]
        )

    def signature(self, governor: int, frame: str) -> Signature | None:
        """The class of a governing word with a complement of this frame, or None."""
        key = governor, frame
        if key not in self._signatures:
            self._signatures[key] = self._find_signature(governor, frame)
        return self._signatures[key]

    def _find_signature(self, governor: int, frame: str) -> Signature | None:
        s = self.syntax
        lemma = s.lemma[governor].lower()
        if s.pos[governor] in VERBAL or s.tag[governor][:2] == "VB":
            table = self.lexicon.verbs
            for child in s.children[governor]:
                if s.dep[child] in ("prt", "prep"):
                    frames = table.get(f"{lemma} {s.lower[child]}")
                    if frames is not None and frame in frames:
                        return frames[frame]
            frames = table.get(lemma)
            if frames is not None and frame in frames:
                return frames[frame]
            frames = self.lexicon.adjectives.get(s.lower[governor])  # "is scheduled to"
        elif s.pos[governor] in ("NOUN", "PROPN"):
            frames = self.lexicon.nouns.get(lemma)
            if frames is None and s.dep[governor] in ("ROOT", "ccomp"):
                frames = self.lexicon.verbs.get(lemma)  # "the treaty obliges/NNS members to disarm"
        else:
            frames = self.lexicon.adjectives.get(s.lower[governor])
            if frames is None or frame not in frames:
                frames = self.lexicon.nouns.get(lemma) if frames is None else frames
                if frames is None or frame not in frames:
                    frames = self.lexicon.verbs.get(lemma)
        return frames.get(frame) if frames is not None else None

    def first_conjunct(self, i: int) -> int:
        """The first of the words coordinated with this one."""
        s = self.syntax
        for _ in range(MOST_STEPS):
            if s.dep[i] != "conj" or s.head[i] == i:
                return i
            i = s.head[i]
        return i

    def own_marks(self, i: int) -> Stance | None:
        """What words in the noun phrase itself say: "planned talks", "no attack", "a visit set for May"."""
        s = self.syntax
        modifiers = self.lexicon.modifiers
        found = None
        for child in s.children[i]:
            d = s.dep[child]
            if found is not None and found.value == "negated":
                return found
            if d in ("amod", "det", "compound", "nmod", "advmod", "neg"):
                effect = modifiers.get(s.lower[child])
                if effect is None and d == "amod" and child > i:  # "the handover, due in June"
                    frames = self.lexicon.adjectives.get(s.lower[child])
                    effect = frames["subject"].affirmed if frames is not None and "subject" in frames else None
                if effect is None and s.tag[child] == "VBN" and d == "amod":
                    signature = self.signature(child, "object")
                    effect = signature.affirmed if signature is not None else None
                    effect = effect if effect not in ("inherit", "fact", "open") else None
                if effect == "hypothetical" and s.lower[child] == "any" and self._at_negated_clause(i):
                    continue
                if effect is not None and (found is None or found.value == "occurred"):
                    found = Stance(cast(Factuality, effect), "modifier", child, marked=effect != "occurred")
            elif d in ("acl", "relcl") and child > i:
                tag = s.tag[child]
                form = self.predicates.form(child)
                if d == "acl" and tag == "VBN" and form.tense == "participle":
                    signature = self.signature(child, "object")
                    if signature is not None and signature.affirmed not in ("inherit", "fact", "open"):
                        return Stance(cast(Factuality, signature.affirmed), signature.kind, child)
                elif form.tense == "infinitive" and form.passive:
                    return Stance("planned", "plan", child)  # "talks to be held in May"
            elif d in ("npadvmod", "poss") and self._points_ahead(child):
                found = Stance("planned", "adverb", child)
        return found

    def _at_negated_clause(self, i: int) -> bool:
        """Whether "any" only strengthens a negation ("did not discuss any attack")."""
        s = self.syntax
        for _ in range(4):
            i = s.head[i]
            if s.pos[i] in VERBAL and (self.predicates.form(i).negated or s.lemma[i] in ("deny", "reject", "refuse")):
                return True
        return False

    def is_over(self, i: int) -> bool:
        """Whether the text says that something lasting is over: "after the war", "the 1991 war"."""
        s = self.syntax
        over = self.lexicon.over
        if any(s.lower[c] in over or (s.pos[c] == "NUM" and s.word[c].isdigit()) for c in s.children[i]):
            return True
        head = s.head[i]
        if s.dep[i] in ("dobj", "nsubj") and s.pos[head] in VERBAL and self.about_past(head):
            return True  # "won the war"
        return (s.dep[i] == "pobj" and s.lower[head] in over) or s.word[i][:1].isupper()

    def definite(self, i: int) -> bool:
        """Whether a noun phrase speaks of something known: "the talks", "their visit"."""
        s = self.syntax
        return any(s.lower[c] in ("the", "this", "that", "these", "those") or s.dep[c] == "poss" for c in s.children[i])

    def about_present(self, i: int) -> bool:
        """Whether the nearest finite clause above is about the present."""
        s = self.syntax
        for _ in range(MOST_STEPS):
            if s.pos[i] in VERBAL:
                form = self.predicates.form(i)
                if form.finite:
                    return form.tense in ("present", "future")
            if s.head[i] == i:
                return False
            i = s.head[i]
        return False

    def about_past(self, i: int) -> bool:
        """Whether the clause of a verb or predicate adjective is in the past, without a modal."""
        s = self.syntax
        verb = s.head[i] if s.pos[i] not in VERBAL else i
        form = self.predicates.form(verb)
        return form.tense == "past" and form.modal is None
