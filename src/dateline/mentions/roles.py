"""Who is subject and object of a verb, said or understood.

The rules for understood subjects follow the theory of control and raising (Quirk et al. 1985, A
Comprehensive Grammar of the English Language, ch. 15-16; Pollard and Sag 1994, ch. 7), written
for the ClearNLP labels that spaCy's English parser gives, and for its usual mistakes.
"""

from __future__ import annotations

from dataclasses import replace

from dateline.annotate.syntax import Syntax
from dateline.mentions.verb_form import Around, VerbForm, verb_form

# Parsers return chains ("A, B, C …") of any length on odd texts; a longer one is no list of actors.
MOST_CONJUNCTS = 40
# An understood subject lies a few clauses up; beyond that the tree is broken.
MOST_STEPS = 8

_LOST_UNDER = ("aux", "auxpass", "mark")
_SUBJECT = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
HYPHENS = frozenset({"-", "–", "‑"})
_CLAUSAL = frozenset({"acomp", "ROOT", "conj", "ccomp", "xcomp", "oprd", "advcl"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "where", "whose"})
VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
# Verbs that name whom they ask to do something after a preposition.
_ASKING = {
    "call": ("on", "upon", "for"),
    "appeal": ("to", "for"),
    "plead": ("with", "to", "for"),
    "prevail": ("on", "upon"),
    "push": ("for",),
    "press": ("for",),
    "wait": ("for",),
    "arrange": ("for",),
    "pray": ("for",),
    "count": ("on",),
    "rely": ("on",),
    "depend": ("on",),
    "ask": ("for",),
    "signal": ("to",),
    "lean": ("on",),
    "allow": ("for",),
}
# With these an object does not become the subject of the infinitive: "promised Kyiv to send arms".
_SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "pledge", "use", "swear", "take", "make", "have", "need"})
# What is done to somebody in order to do something else: "summoned the envoy to protest", but "to explain" is his part.
_WITH_PURPOSE = frozenset({"summon", "meet", "visit", "contact", "phone", "telephone", "invoke", "cite", "address"})
_WHAT_SUMMONED_DO = frozenset(
    {"explain", "answer", "appear", "testify", "attend", "hear", "report", "receive", "return", "account", "clarify"}
)
# After these prepositions a gerund belongs to the object of the verb: "accused Iran of arming them".
_OBJECT_GERUND = frozenset({"of", "from", "for", "with", "against", "into", "over", "about"})
_SINGLES_OUT = frozenset({"first", "second", "third", "last", "only", "latest", "next", "one"})
# What is asked of somebody: the one who is asked does it, not the one whose invitation it is.
_ASKED_OF = frozenset({"invitation", "invite", "request", "call", "appeal", "demand", "order", "plea", "permission"})
_ANSWERS = frozenset(
    {"accept", "decline", "reject", "refuse", "receive", "get", "ignore", "heed", "defy", "rebuff", "spurn", "dismiss"}
)
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
# Conjunctions that can be prepositions.
_CONJUNCTIONS = frozenset(("after", "before", "since", "until", "as", "till"))
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


class Roles:
    """Subjects, objects and forms of the verbs of one report, each found once and when asked.

    Args:
        syntax: the parse; unparsed tokens are allowed.
    """

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self._subjects: dict[int, tuple[int, ...]] = {}
        self._forms: dict[int, VerbForm] = {}
        self._around: dict[int, Around] = {}

    def form(self, verb: int) -> VerbForm:
        """Tense, aspect, voice, modal and negation of the verb at this token."""
        form = self._forms.get(verb)
        if form is None:
            form = verb_form(self.syntax, verb, self._around)
            if form.passive and self.syntax.dep[verb] == "acl" and self.headless(verb) is not None:
                form = replace(form, passive=False, tense="past")
            self._forms[verb] = form
        return form

    def headless(self, verb: int) -> int | None:
        """The subject of a past tense that the parser took for a participle in a sentence that else has no verb:
        "Herders armed with guns attacked the farmers".
        """
        s = self.syntax
        if s.dep[verb] != "acl" or s.tag[verb] not in ("VBN", "VBD") or s.child(verb, "dobj") is None:
            return None
        root = s.head[verb]
        for _ in range(MOST_STEPS):
            if s.head[root] == root:
                break
            root = s.head[root]
        if s.dep[root] != "ROOT" or root > verb or s.pos[root] not in ("NOUN", "PROPN") or s.head[verb] == root:
            return None
        return root

    def conjuncts(self, head: int) -> tuple[int, ...]:
        """The head of a phrase and those coordinated with it, in the order of the text."""
        s = self.syntax
        dep, children, pos = s.dep, s.children, s.pos
        out = [head]
        nominal = pos[head] not in VERBAL
        for at in out:
            for child in children[at]:
                if dep[child] == "conj" and not (nominal and pos[child] in VERBAL):
                    out.append(child)
            if len(out) > MOST_CONJUNCTS:
                break
        return tuple(out)

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
        # The parser hangs some subjects on an auxiliary ("are “heavily” shelling") or, after a
        # conjunction that can be a preposition, on that ("since Moscow began").
        for child in s.children[verb]:
            if child < verb and s.dep[child] in _LOST_UNDER:
                for inner in s.children[child]:
                    if child < inner < verb and s.dep[inner] == "pobj" and s.dep[child] == "mark":
                        return inner
                    if s.dep[inner] in _SUBJECT and s.dep[child] != "mark":
                        return inner
        return None

    def objects(self, verb: int) -> tuple[int, ...]:
        """Heads of a verb's direct objects, antecedents and shared objects included."""
        s = self.syntax
        dep = s.dep
        for child in s.children[verb]:
            if dep[child] == "dobj":
                if s.lower[child] in _RELATIVE and s.tag[child] in ("WDT", "WP", "IN"):
                    antecedent = self._antecedent(verb)
                    if antecedent is None:
                        return ()
                    both = self.conjuncts(antecedent)
                    apart = s.lower[child - 1] == "," and s.lower[child] == "whom" and max(both) < child
                    return both if apart else (antecedent,)  # "X and Y, whom they accuse"
                if (
                    s.tag[child] == "VBG"
                    and child - 1 > verb
                    and s.head[child - 1] == child
                    and s.pos[child - 1] == "NOUN"
                ):
                    return self.conjuncts(child - 1)  # "vetoed a resolution censuring the raid"
                return self.conjuncts(child)
        if s.pos[verb] not in VERBAL or self.form(verb).passive:
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
        if dep[verb] == "amod" and s.tag[verb] == "VBG" and s.head[verb] > verb:
            before = self.before_modifier(verb)
            if before is not None:  # "rebels holding towns", parsed as "holding towns"; "Iran-backing towns"
                return (before,) if s.word[verb - 1] in HYPHENS else self.conjuncts(s.head[verb])
        return ()

    def before_modifier(self, verb: int) -> int | None:
        """The noun right before a participle that the parser put before another noun, or before its hyphen."""
        s = self.syntax
        before = verb - 1
        if before >= 1 and s.word[before] in HYPHENS:
            before -= 1
            return before if s.pos[before] in ("NOUN", "PROPN", "ADJ") else None
        if before >= 0 and s.pos[before] in ("NOUN", "PROPN", "PRON", "NUM") and s.head[before] != s.head[verb]:
            return before if s.sentence[before] == s.sentence[verb] else None
        return None

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
            lost = self._before_comma(verb) if s.tag[verb] in _FINITE else None
            return self.conjuncts(lost) if lost is not None else ()
        if relation == "conj":
            return self._subjects_above(self._coordinate(verb, head), steps)
        if relation in ("acl", "relcl"):
            root = self.headless(verb)
            if root is not None:
                return self.conjuncts(root)
            return self._subjects_of_noun_clause(verb, head, steps)
        if relation in ("xcomp", "ccomp", "oprd"):
            return self._controllers(verb, head, steps)
        if relation == "advcl":
            for child in s.children[verb] if s.tag[verb] == "VBD" else ():  # "when rebels bombed it, fired and fled"
                if child < verb and s.dep[child] == "advcl" and s.tag[child] == "VBD":
                    if self.own_subject(child) is not None and s.child(child, "mark", "advmod") is not None:
                        return self.subjects(child)
            asked = self._asked(verb, head)
            if asked is None and s.tag[verb] in _FINITE:
                asked = self._after(verb, head)
            return self.conjuncts(asked) if asked is not None else self._subjects_above(head, steps)
        if relation in ("pcomp", "pobj"):
            return self._subjects_of_gerund(verb, head, steps)
        if relation == "amod" and head > verb and s.tag[verb] in ("VBG", "VBN"):
            if s.tag[verb] == "VBN" or s.word[verb - 1] in HYPHENS:
                return (head,)  # "detained activists", "Iran-backing rebels"
            before = self.before_modifier(verb)
            return (before,) if before is not None else (head,)
        if relation in ("acomp", "attr", "aux", "auxpass"):
            return self._subjects_above(head, steps)
        return ()

    def _before_comma(self, verb: int) -> int | None:
        """A subject that the parser hung on the phrase in front of the clause: "Under a deal with Chad, the rebels
        agreed".
        """
        s = self.syntax
        end = verb
        while end > 0 and s.head[end - 1] == verb and s.dep[end - 1] in ("aux", "advmod", "neg", "auxpass"):
            end -= 1
        at = end - 1
        if at < 0 or s.sentence[at] != s.sentence[verb]:
            return None
        for _ in range(MOST_STEPS):
            if s.dep[at] in ("appos", "conj") and s.pos[at] in _NOMINAL and s.right(at) == end:
                begin = s.left(at)
                return at if begin > 0 and s.lower[begin - 1] == "," else None
            if s.head[at] in (at, verb) or s.head[at] > verb:
                return None
            at = s.head[at]
        return None

    def _coordinate(self, verb: int, head: int) -> int:
        """What a finite verb is conjoined to, where the parser hung it on an infinitive: "dropped his plan to run
        and promised a vote".
        """
        s = self.syntax
        if s.tag[verb] not in ("VBD", "VBZ") or s.tag[head] != "VB":
            return head
        at = head
        for _ in range(MOST_STEPS):
            if s.head[at] == at:
                break
            at = s.head[at]
            if s.tag[at] in _FINITE:
                return at
        return head

    def _after(self, verb: int, head: int) -> int | None:
        """A clause's subject that the parser took for the complement of its conjunction: "after Chad closed it"."""
        s = self.syntax
        for child in s.children[head]:
            if s.dep[child] == "prep" and s.lower[child] in _CONJUNCTIONS and child < verb:
                inner = s.child(child, "pobj")
                if inner is not None and s.right(inner) == s.left(verb):
                    return inner
        return None

    def _relative_antecedents(self, noun: int) -> tuple[int, ...]:
        s = self.syntax
        head = s.head[noun]
        if s.dep[noun] == "oprd" and s.pos[head] in VERBAL and not self.form(head).passive:
            return self.objects(head) or (noun,)  # "called X a man who bombed civilians"
        return (noun,)

    def _subjects_above(self, head: int, steps: int) -> tuple[int, ...]:
        s = self.syntax
        found = self._subjects.get(head)
        if found is None:
            if s.pos[head] not in VERBAL and s.dep[head] not in _CLAUSAL:
                return self._subjects_of_noun(head, steps)
            found = self._subjects[head] = self._find_subjects(head, steps + 1)
        return found

    def _controllers(self, verb: int, head: int, steps: int) -> tuple[int, ...]:
        """Who is understood to do what an infinitive or participle complement says."""
        s = self.syntax
        if s.pos[head] in VERBAL:
            asked = self._asked(verb, head)
            if asked is not None:
                return self.conjuncts(asked)
            if s.lemma[head] not in _SUBJECT_CONTROL and not self._meant(verb, head):
                thing = s.child(head, "dobj", "dative")
                if thing is not None and thing < verb and s.pos[thing] in _NOMINAL:
                    if s.tag[thing] in ("WDT", "WP"):
                        return self.objects(head)
                    return self.conjuncts(thing)
            if s.dep[verb] == "ccomp" and s.tag[verb] not in ("VB", "VBG", "VBN"):
                return ()  # a clause of its own whose subject the parser lost
        return self._subjects_above(head, steps)

    def _meant(self, verb: int, head: int) -> bool:
        """Whether an infinitive says what its subject meant by an act: "summoned the envoy to protest"."""
        lemma = self.syntax.lemma
        return lemma[head] in _WITH_PURPOSE and lemma[verb] not in _WHAT_SUMMONED_DO

    def _asked(self, verb: int, head: int) -> int | None:
        """Who is to do it in "called on Chad to withdraw", "pleaded with him to stay": what the preposition names."""
        s = self.syntax
        prepositions = _ASKING.get(s.lemma[head])
        if prepositions is None or s.tag[verb] not in ("VB", "VBN"):
            return None
        for child in s.children[head]:
            if head < child < verb and s.dep[child] == "prep" and s.lower[child] in prepositions:
                return s.child(child, "pobj")
        return None

    def _subjects_of_noun_clause(self, verb: int, noun: int, steps: int) -> tuple[int, ...]:
        """Tell who acts in "rebels holding the town", "a town held by rebels", "Moscow's plan to leave"."""
        s = self.syntax
        if noun < verb - 2 and s.lower[verb - 1] == "to" and s.pos[verb - 2] == "NOUN":
            noun = verb - 2  # an infinitive belongs to the noun that it follows
        infinitive = any(s.tag[c] == "TO" for c in s.children[verb])
        if not infinitive:
            if s.pos[noun] in VERBAL:
                return self._subjects_above(noun, steps)
            return (noun,)
        if s.pos[noun] in VERBAL or s.pos[noun] == "ADJ":
            return self._subjects_above(noun, steps)
        if s.lemma[noun] in _PEOPLE or s.pos[noun] == "PROPN":
            return (noun,)
        if any(s.lower[c] in _SINGLES_OUT for c in s.children[noun]):
            return (noun,)
        return (s.lemma[noun] in _ASKED_OF and self._asked_of(verb, noun, steps)) or self._subjects_of_noun(noun, steps)

    def _asked_of(self, verb: int, noun: int, steps: int) -> tuple[int, ...]:
        """Who is asked: "an appeal to allies to send arms", "accepted Kim's invitation to visit"."""
        s = self.syntax
        head = s.head[noun]
        answered = s.dep[noun] == "dobj" and s.pos[head] in VERBAL
        for owner in (noun, head) if answered else (noun,):
            for child in s.children[owner]:
                if s.dep[child] in ("prep", "dative") and s.lower[child] == "to" and noun < child < verb:
                    inner = s.child(child, "pobj")
                    if inner is not None and s.pos[inner] in _NOMINAL:
                        return self.conjuncts(inner)
        given = s.child(head, "dative") if answered else None
        if given is not None and given < noun and s.pos[given] in _NOMINAL:
            return self.conjuncts(given)  # "sent Putin an invitation to visit"
        return self._subjects_above(head, steps + 1) if answered and s.lemma[head] in _ANSWERS else ()

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
        for child in s.children[noun]:  # "the failure of the ministers to agree"
            if s.dep[child] == "prep" and s.lower[child] == "of":
                inner = s.child(child, "pobj")
                if inner is not None and (s.pos[inner] == "PROPN" or s.lemma[inner] in _PEOPLE):
                    return self.conjuncts(inner)
        named = [c for c in s.children[noun] if s.dep[c] in ("amod", "compound", "nmod") and s.word[c][:1].isupper()]
        if named:
            return (named[-1],)
        if head == noun:
            return ()
        if dep in ("dobj", "attr", "oprd", "dative") or (dep == "conj" and s.pos[head] in VERBAL):
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
                if s.pos[above] in VERBAL:
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
        if s.dep[preposition] == "conj" and s.pos[above] in ("ADP", "SCONJ"):  # "by expelling … and by closing"
            above = s.head[above]
        if s.pos[above] in VERBAL:
            if word in _OBJECT_GERUND:
                thing = s.child(above, "dobj", "dative")
                if thing is not None and thing < verb:
                    if s.tag[thing] in ("WDT", "WP"):
                        return self.objects(above)
                    return self.conjuncts(thing)
            if word == "by" and self.form(above).passive:
                return self.by(above)
            return self._subjects_above(above, steps)
        if s.pos[above] in ("ADJ", "ADV", "ADP", "SCONJ"):
            return self._subjects_above(above, steps)
        return self._subjects_of_noun(above, steps)

    def by(self, verb: int) -> tuple[int, ...]:
        """Heads of the agents named with "by", every conjunct."""
        s = self.syntax
        for child in s.children[verb]:
            if s.dep[child] in ("agent", "prep") and s.lower[child] == "by":
                inner = s.child(child, "pobj")
                if inner is not None:
                    return self.conjuncts(inner)
        return ()
