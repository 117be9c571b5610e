"""From the words around an act to the report's stance on it.

The method is that of Saurí and Pustejovsky (2012, "Are you sure that this happened?",
Computational Linguistics 38:2): factuality is computed from the root of the clause down to the
act. Each governing word passes its own factuality on to its complement by its class (`deny`,
`manage`, `plan` …, with Karttunen's polarity signatures for implicative verbs); tense, modals,
negation and adverbs act within a clause. Here the walk goes from the trigger up, and every word's
stance is kept, so that a report costs no more than its triggers and their governors.
"""

from __future__ import annotations

from dateline.annotate.syntax import Syntax
from dateline.coding.noun_stances import NounStances
from dateline.coding.stance_lexicon import StanceLexicon
from dateline.coding.stance_marks import DEFAULT, FACTUAL, MOST_STEPS, OCCURRED, VERBAL, Stance
from dateline.mentions.predicates import Predicates
from dateline.mentions.verb_form import VerbForm

_MOTION = frozenset(
    {"go", "come", "fly", "travel", "arrive", "return", "gather", "assemble", "meet", "head", "leave", "rush"}
)
_BODIES = frozenset({"authorities", "powers", "officials"})  # no nouns of what may be done
_LINKING = frozenset({"be", "become", "seem", "remain", "look", "appear"})
# What a demand does while people say it: "calls grew for him to resign".
_SPREAD = frozenset({"grow", "mount", "increase", "rise", "build", "come", "spread", "intensify", "continue", "remain"})
_CLAUSAL = frozenset({"ccomp", "advcl", "xcomp", "relcl"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where"})


class Stances(NounStances):
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
        # A verb that the tagger took for a noun.
        clausal = s.pos[i] in ("NOUN", "PROPN") and (relation in _CLAUSAL or (relation == "acl" and self._to(i)))
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

        A definite subject on which nothing bears, in a clause about the present or the future, has the
        factuality of an earlier mention that lies ahead: "agreed to hold talks … the talks are a sign".

        Args:
            trigger: the token of the later mention.
            earlier: the stance on the mention before.
        """
        stance = self.at(trigger)
        s = self.syntax
        if stance.marked or earlier.value not in ("planned", "possible") or s.pos[trigger] != "NOUN":
            return stance
        spoken_of = s.dep[trigger] in ("nsubj", "nsubjpass") and self.definite(trigger)
        return earlier if spoken_of and self.about_present(trigger) else stance

    def _verb(self, i: int, steps: int) -> Stance:
        s = self.syntax
        form = self.predicates.form(i)
        first = self.first_conjunct(i)
        relation, head = s.dep[first], s.head[first]
        if relation in ("ccomp", "acl", "relcl") and s.dep[head] in ("nsubj", "nsubjpass"):
            # "Reports that they shelled it are a lie", whatever the parse takes "reports" for
            if self._called_false(head, s.head[head]):
                return Stance("denied", "deny", s.head[head], denier=self.predicates[s.head[head]].agents)
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
            if self.predicates.gerund_of(head, i) and self.signature(head, "gerund") is not None:
                return self._complement(i, head, "gerund", local, steps)
            return self._adverbial(i, first, head, infinitive, local, form, steps)
        if relation == "pcomp" and head != first:
            return self._prepositional(i, head, local, steps)
        if infinitive and relation in ("ROOT", "parataxis", "dep", "conj") and self._to(i):
            return Stance("planned", "headline")  # "Putin to visit Pyongyang"
        return local

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
        bare = s.tag[i] in ("VB", "VBN") and not self.predicates.form(i).finite
        if signature is None and frame == "clause" and bare and s.dep[i] == "ccomp":
            signature = self.signature(head, "infinitive")
        if frame == "infinitive" and signature is None:
            if lemma == "be":
                above = self._at(head, steps + 1)
                return above if above.value not in FACTUAL else Stance("planned", "plan", head)
            if lemma in ("have", "need") and s.tag[i] == "VB":
                above = self._at(head, steps + 1)
                return (
                    above if above.value != "occurred" or self.about_past(head) else Stance("requested", "must", head)
                )
        if frame == "infinitive" and lemma == "go" and self.predicates.form(head).progressive:
            above = self._at(head, steps + 1)
            return Stance("negated", "not", head) if above.value == "negated" else Stance("planned", "plan", head)
        if signature is None and frame == "clause" and lemma in _LINKING:
            for child in s.children[head]:  # "it is possible that they withdraw"
                if s.dep[child] in ("acomp", "attr"):
                    signature = self.signature(child, "clause")
                    if signature is not None:
                        return self._apply(signature, child, local, steps)
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
        marked = any(s.dep[c] == "mark" and s.lower[c] == "that" for c in s.children[first])
        if form.finite and (marked or (s.dep[first] == "acl" and not relative)):  # "it is a lie that they did it"
            signature = self.signature(noun, "clause")
            if signature is not None:
                return self._apply(signature, noun, local, steps)
        if form.tense == "participle":
            if local.value == "negated":
                return local
            if s.pos[noun] == "NOUN":
                above = self._at(noun, steps + 1)
                if above.value in ("negated", "denied") and above.marked:
                    return above  # "vetoed a statement condemning the raid"
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
                if before < 0 or s.lower[before] in _BODIES or s.head[before] == infinitive:
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
            topic = s.child(head, "nsubj") if s.lemma[head] in _SPREAD else None
            if topic is not None and s.pos[topic] == "NOUN" and self.signature(topic, "infinitive") is not None:
                near = topic
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
        if form.modal == "could" and above.value == "occurred":
            if any(s.lower[c] == "before" for c in s.children[first]):
                return Stance("negated", "not", head)  # "fell before it could sign"
        if local.value in FACTUAL and above.value == "negated" and any(s.tag[c] == "MD" for c in s.children[head]):
            if any(s.lower[c] in ("until", "till") for c in s.children[first]):
                return Stance("hypothetical", "until", head)  # "would not talk until they withdrew"
        if local.value in FACTUAL and above.value not in FACTUAL and form.tense == "present":
            if any(s.lower[c] in ("when", "once", "until", "till", "before", "after") for c in s.children[first]):
                return Stance("hypothetical" if above.value == "hypothetical" else "planned", "when", head)
        return local

    def _adjective(self, i: int, steps: int) -> Stance:
        s = self.syntax
        head = s.head[i]
        if head == i or s.pos[head] not in VERBAL:
            return DEFAULT
        return self._at(head, steps + 1)
