"""Triggers: which codebook entries fire on which words of a parse, and which words they take up."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dateline.annotate import Syntax
from dateline.coding.codebook import Codebook, Entry, Triggers
from dateline.coding.reach import Reach
from dateline.mentions.predicates import Predicate, Predicates
from dateline.records import Statement
from dateline.resolve import Resolution

# Particles may be parsed as prepositions, and the other way round.
_EITHER = frozenset(
    ("up", "down", "out", "off", "over", "back", "away", "in", "on", "through", "aside", "forward", "around", "along")
)
# What is said of a subject stands as one of these.
_PREDICATIVE = frozenset(("ROOT", "ccomp", "acomp", "oprd", "conj", "aux", "parataxis"))
_THINGS = frozenset(("it", "itself", "that", "this", "which", "what", "something", "everything", "anything"))
_PRONOUNS = frozenset(("it", "they", "he", "she"))
# States that parsers take for particles: "set ablaze a temple".
_STATES = frozenset(("ablaze", "alight", "afire", "free", "loose"))
_CAUSING = frozenset(("help", "let", "make", "watch", "see"))
# With so few entries it is quicker to try each.
_FEW = 3
# Longer sentences are none.
_LONG = 200
# How far around a trigger the words of `with` and `without` are looked for.
_NEAR = 30
_WHICH = frozenset(("next", "last", "this", "every", "each"))
_LASTING = frozenset(("alliance", "partnership"))


@dataclass(slots=True)
class Match:
    """An entry that fires: its trigger token and the tokens that its pattern took up."""

    entry: Entry
    token: int
    taken: list[int] = field(default_factory=list)


def _mended(lemma: str, word: str, triggers: Container[str]) -> str:
    """A verb as the codebook has it, where the lemmatizer cut too much or too little: "stag" for "staged", "cordone"
    for "cordoned", "readie" for "readied", "unbanne" for "unbanned".
    """
    if lemma + "e" in triggers:
        return lemma + "e"
    if lemma.endswith("ie") and lemma[:-2] + "y" in triggers:
        return lemma[:-2] + "y"
    stem = lemma.removesuffix("e")
    if stem[-2:-1] == stem[-1:] and len(stem) > 5 and stem[:-1] in triggers:
        return stem[:-1]
    return stem if len(stem) > 4 and word == stem + "ed" and stem in triggers else lemma


class TriggerFinder(Reach):
    """Looks for the triggers of one text.

    Args:
        syntax: the parse.
        view: its clause view.
        book: the codebook.
        statements: the statements of the text; entries about the speaker need one.
        resolution: who the pronouns mean; None: any pronoun passes for a name.
    """

    def __init__(
        self,
        syntax: Syntax,
        view: Predicates,
        book: Codebook,
        statements: Sequence[Statement] = (),
        resolution: Resolution | None = None,
    ) -> None:
        self.syntax, self.view, self.book, self.resolution = syntax, view, book, resolution
        self._statements = statements
        self._said: list[bool] | None = None
        self._around: tuple[int, set[str]] = (-1, set())
        self._transparent = book.words["transparent"]
        self.lemma = self._lemmas()
        self._colourless = book.words["colourless"]
        self._temporal, self._replies = book.words["temporal"], book.words["replies"]

    def _lemmas(self) -> list[str]:
        """The lemmas, names in lower case, and hyphenated words put together again: "cease-fire" stands
        at the place of "fire".
        """
        s = self.syntax
        out = [x.lower() if kind == "PROPN" else x for x, kind in zip(s.lemma, s.pos, strict=True)]
        triggers = self.book.triggers
        irregular = dict(pair.split("=") for pair in self.book.words["irregular"])
        for i, kind in enumerate(s.pos):
            if kind == "VERB" and out[i] not in triggers:
                out[i] = irregular.get(out[i]) or _mended(out[i], s.lower[i], triggers)
            elif (
                kind == "VERB"
                and s.lower[i] == out[i] + "ed"
                and out[i] + "e" in triggers
                and s.lower[i][-4:-3] in "aeiou"
            ):
                out[i] += "e"  # "raped", which the lemmatizer takes for "rapped"
            elif kind == "NOUN" and (out[i] in irregular or s.lower[i] in irregular):
                out[i] = irregular.get(out[i]) or irregular[s.lower[i]]  # "bases", which are no basis
            elif kind == "ADJ" and s.dep[i] == "acomp" and s.lower[i].endswith("ed") and out[i] not in triggers:
                stem = s.lower[i][:-2]  # "was jeered by", which the tagger calls an adjective
                out[i] = next((word for word in (stem, stem + "e", stem[:-1]) if word in triggers), out[i])
        if "-" in out:
            known = self.book.hyphenated
            for k, word in enumerate(out[:-1]):
                if word == "-" and k and s.end[k - 1] == s.begin[k] and s.end[k] == s.begin[k + 1]:
                    whole = f"{s.lower[k - 1]}-{out[k + 1]}"
                    if whole not in known:
                        whole = f"{s.lower[k - 1]}-{s.lower[k + 1]}"
                    if whole in known:
                        out[k + 1] = whole
        return out

    def find(self) -> Iterator[tuple[int, Iterator[Match]]]:
        """The words that may be triggers, in the order of the text, each with the matches of its
        entries, the most demanding first.
        """
        triggers, pos, tag = self.book.triggers, self.syntax.pos, self.syntax.tag
        for i, lemma in enumerate(self.lemma):
            entries = triggers.get(lemma)
            if entries is not None and pos[i] != "PROPN":
                candidates = self.candidates(entries, i)
                if candidates:
                    yield i, self._matches(candidates, i)
            elif entries is None and tag[i] == "VBN":  # "is opposed to", which the lemmatizer calls a verb
                entries = triggers.get(self.syntax.lower[i])
                if entries is not None and entries.adjective:
                    yield i, self._matches(entries.adjective, i)

    def _matches(self, candidates: Sequence[Entry], i: int) -> Iterator[Match]:
        words = self._words_around(i) if len(candidates) > _FEW else None
        for entry in candidates:
            if words is not None:  # most patterns of a common verb can be told off by the words that are not there
                objects = entry.pattern.objects
                if (objects is not None and objects.isdisjoint(words)) or not entry.required <= words:
                    continue
            match = self.match(entry, i)
            if match is not None:
                yield match

    def _words_around(self, i: int) -> set[str]:
        """The words and lemmas of a token's sentence; of those around it in an endless one."""
        s = self.syntax
        begin, end = s.sentences[s.sentence[i]]
        if end - begin > _LONG:
            begin, end = max(begin, i - _LONG), min(end, i + _LONG)
            return {*self.lemma[begin:end], *s.lower[begin:end]}
        if self._around[0] != begin:
            self._around = (begin, {*self.lemma[begin:end], *s.lower[begin:end]})
        return self._around[1]

    def candidates(self, entries: Triggers, i: int) -> Sequence[Entry]:
        """The entries of a lemma that its part of speech admits, most demanding first."""
        s = self.syntax
        kind = s.pos[i]
        if kind == "VERB":
            if s.dep[i] == "amod":  # "the hacked network" tells of an act, "the alleged plot" of none
                return [
                    entry for entry in entries.verb if entry.physical and not entry.addressed and s.word[i - 1] != "-"
                ]
            if s.tag[i] == "VBN":  # "is committed to", which the lemmatizer calls a verb
                participle = self.book.triggers.get(s.lower[i])
                if participle is not None and participle.adjective:
                    return (*participle.adjective, *entries.verb)
            return entries.verb
        if kind == "NOUN" or kind == "PROPN":
            if entries.verb and self._headline_verb(i):
                return (*entries.verb, *entries.noun)
            if s.dep[i] == "compound" and self.lemma[s.head[i]] not in self._colourless:
                return ()  # "an attack helicopter", "the appeals court"
            if self.lemma[i] in _LASTING and any(s.pos[c] == "PROPN" for c in s.children[i] if c < i):
                return ()  # "the NATO alliance" is a body
            return entries.noun
        if kind == "ADJ":
            if s.tag[i] == "VBN" or s.lower[i].endswith("ed"):
                return (*entries.adjective, *entries.verb)
            return entries.adjective
        if kind == "AUX":
            return entries.modal or entries.verb
        if "-" in self.lemma[i]:
            return entries.noun or entries.verb
        return ()

    def _headline_verb(self, i: int) -> bool:
        """Whether a word tagged as noun heads a clause: "Kremlin slams sanctions"."""
        s = self.syntax
        return s.dep[i] == "ROOT" and any(s.dep[child] in ("nsubj", "dobj") for child in s.children[i])

    def match(self, entry: Entry, i: int) -> Match | None:
        """Check every condition of an entry on one token: the match, or None."""
        problem, match = self.check(entry, i)
        return None if problem else match

    def check(self, entry: Entry, i: int) -> tuple[str, Match]:
        """What keeps an entry from firing on a token ("" if nothing does), and the match."""
        s, view, pattern = self.syntax, self.view, entry.pattern
        match = Match(entry, i)
        for preposition in pattern.prepositions:
            if not self._beside(i, preposition) and self.later(i, preposition) is None:
                return f"no {preposition!r} follows", match
        if not pattern.particles and pattern.recipient not in _EITHER and not pattern.complements:
            if entry.kind == "verb" and any(
                s.dep[c] == "prt"
                and s.lower[c + 1 : c + 2] != ["to"]
                and s.lower[c] not in pattern.prepositions
                and s.lower[c] not in (pattern.objects or ())
                and s.child(c, "pobj") is None  # "entered waters off Peru"
                for c in s.children[i]
            ):
                return "a particle makes it another verb", match  # "backed out"
        for particle in pattern.particles:
            if not self._has_particle(i, particle) and (
                pattern.objects is None or self._first(view.oblique(i, particle), pattern.objects) is None
            ):
                return f"no particle {particle!r} stands with it", match
        if entry.looks_around:
            predicate = view[i]
            things = self._things(predicate)
            if pattern.transitive and not predicate.patients:
                return "it has no object", match
            if pattern.objects is not None:
                head = self._first(things, pattern.objects)
                for particle in pattern.particles if head is None else ():
                    head = self._first(view.oblique(i, particle), pattern.objects)
                if head is None:
                    return "its object or predicate is another word", match
                match.taken.append(head)
            for preposition, lemmas in pattern.complements:
                heads = view.oblique(i, preposition)
                if not heads and pattern.particles and entry.type == "AID":  # "pulled out of the sea", but of a deal
                    heads = view.oblique(i, f"{pattern.particles[-1]} {preposition}")
                if not heads and preposition == "to" and entry.type == "COERCE":  # "sent him to jail"
                    heads = tuple(c for c in s.children[i] if c > i and s.tag[c] == "VB" and s.lower[c - 1] == "to")
                if preposition in _EITHER and self._beside(i, preposition):
                    heads = (*heads, *things)
                head = self._first(heads, lemmas)
                if head is None:
                    return f"{preposition!r} does not stand with such a word", match
                match.taken.append(head)
            if entry.object is not None and pattern.objects is None and not self._any(things, entry.object):
                return "its object is none of those of 'object'", match
            if entry.not_object is not None and self._any(things, entry.not_object):
                return "its object is one of 'not_object'", match
            if entry.subject is not None and predicate.agents and not self._any(predicate.agents, entry.subject):
                return "its subject is none of those of 'subject'", match
            if entry.not_subject is not None and self._any(predicate.agents, entry.not_subject):
                return "its subject is one of 'not_subject'", match
        if entry.speaker:
            blamed = s.dep[i] == "xcomp" and s.lemma[s.head[i]] == "be"  # "Chad is to blame"
            if s.dep[i] not in _PREDICATIVE and not blamed:
                return "it is no predicate", match
            if not self.spoken(i):
                return "nobody is said to say it", match
        if entry.negated is not None and view.form(s.head[i] if s.dep[i] == "acomp" else i).negated != entry.negated:
            return "it is negated" if not entry.negated else "it is not negated", match
        if entry.act is not None:
            over = (i, *view[i].objects, *match.taken) if entry.looks_around else (i,)  # "signed a decree to ease"
            if not any(self.lemma[c] in entry.act or s.lower[c] in entry.act for c in self._acts(over)):
                return "its clause says none of the acts of 'act'", match
        if entry.complement is not None and not self._complement(i, match.taken, entry.complement):
            return f"it takes no clause of the kind {entry.complement!r}", match
        if entry.near is not None or entry.far is not None:
            begin, end = s.sentences[s.sentence[i]]
            words = set(self.lemma[max(begin, i - _NEAR) : min(end, i + _NEAR)])
            if entry.near is not None and not entry.near & words:
                return "none of the words of 'with' stands in the sentence", match
            if entry.far is not None and entry.far & words:
                return "a word of 'without' stands in the sentence", match
        slot = pattern.recipient
        if slot == "by" and entry.kind == "verb" and view[i].passive:
            return "'by' names who does it", match
        if slot == "object" and not self._has_object(i):
            return "it has no object", match
        if slot is not None and slot != "object" and not pattern.transitive and pattern.objects is None:
            if not pattern.complements and not pattern.particles and not self._has_particle(i, slot):
                if s.pos[i] == "VERB" and view[i].objects and not view[i].passive:
                    return "it has an object", match  # "called him a liar for …" asks for nothing
        if slot is not None and slot != "object" and not self._has_preposition(entry, i, slot):
            if slot not in _EITHER or not self._has_particle(i, slot):
                return f"no {slot!r} follows", match
        return "", match

    def _acts(self, heads: Iterable[int]) -> Iterator[int]:
        """The verbs of the clauses that words take: "ready to strike", "the prospect of cutting off aid"."""
        s = self.syntax
        for head in heads:
            for child in s.children[head]:
                if s.dep[child] in ("xcomp", "ccomp", "advcl", "acl", "relcl"):
                    yield child
                elif s.dep[child] == "prep":
                    yield from (inner for inner in s.children[child] if s.dep[inner] == "pcomp")

    def spoken(self, i: int) -> bool:
        """Whether a word stands in what somebody says: in a statement, or under a saying verb."""
        s = self.syntax
        if self._said is None:
            self._said = [False] * len(s)
            denying = self.book.words["denying"]
            for statement in self._statements:
                cues = [k for span in statement.cue for k in range(*s.chars_to_tokens(*span))]
                if any(self.lemma[k] in denying for k in cues):
                    continue  # who denies an act accuses nobody of it
                if statement.chain and statement.chain[-1].span is not None:
                    for begin, end in statement.content:
                        first, last = s.chars_to_tokens(begin, end)
                        self._said[first:last] = [True] * (last - first)
        return self._said[i] or self.sayer(i) is not None

    def sayer(self, i: int) -> int | None:
        """The saying verb whose clause a word stands in, before or after it."""
        s, saying = self.syntax, self.book.words["saying"]
        at = s.head[i] if s.dep[i] in ("aux", "acomp", "attr") else i
        for child in s.children[at]:
            if s.dep[child] in ("ccomp", "parataxis") and self.lemma[child] in saying:
                return child
        for _ in range(4):
            head = s.head[at]
            if head == at:
                return None
            if s.dep[at] in ("ccomp", "advcl", "conj") and self.lemma[head] in saying:
                return head
            at = head
        return None

    def _has_object(self, i: int) -> bool:
        """Whether a verb has an object, or a clause whose subject is one: "wants Oslo to mediate"."""
        predicate = self.view[i]
        if predicate.patients or predicate.datives or self.syntax.pos[i] not in ("VERB", "AUX"):
            return True
        complement = predicate.complement
        if complement is None or complement < i:
            return False
        return self.syntax.lower[complement] == "persona" or self.view.own_subject(complement) is not None

    def _has_particle(self, i: int, particle: str) -> bool:
        """Whether a particle stands with a verb: a word of its own, no preposition with a complement."""
        s = self.syntax
        for child in s.children[i]:
            if s.lower[child] == particle and s.dep[child] != "aux":
                if s.dep[child] != "prep" or s.child(child, "pobj", "pcomp") is None:
                    return True
        return self._hung(i, particle)

    def _beside(self, i: int, word: str) -> bool:
        """Whether a preposition or particle stands with a verb."""
        return any(self.syntax.lower[child] == word for child in self.syntax.children[i]) or self._hung(i, word)

    def _hung(self, i: int, particle: str) -> bool:
        """Whether the parser hung a verb's particle on its object: "ordered the envoys out"."""
        s = self.syntax
        return particle in _EITHER and any(
            s.lower[child] == particle and s.dep[child] == "prt"
            for thing in self.view[i].objects
            for child in s.children[thing]
        )

    def _has_preposition(self, entry: Entry, i: int, preposition: str) -> bool:
        """Whether a preposition stands in the trigger's clause, however deep the parser hung it."""
        front = preposition in ("in", "at", "on")
        for head in self.view.oblique(i, preposition):
            if (head > i or front) and not self.temporal(head):
                return True
        if preposition == "for" and self.for_clause(i) is not None:
            return True
        if preposition == "to" and self.lost(i) is not None:
            return True
        pattern = entry.pattern
        if pattern.objects is None and not (pattern.particles or pattern.complements or pattern.transitive):
            return False  # a bare verb's own preposition stands with it
        return self.later(i, preposition) is not None

    def _things(self, predicate: Predicate) -> tuple[int, ...]:
        out = (*predicate.patients, *predicate.attributes)
        if predicate.passive:
            out = (*out, *predicate.objects)  # "was given food"
        s, i = self.syntax, predicate.token
        complement = predicate.complement
        if complement is not None:
            if s.pos[complement] in ("ADJ", "NOUN"):
                out = (*out, complement)
            elif not out and (
                s.tag[complement] in ("VBG", "VBN", "VB") or (s.tag[complement] == "VBP" and self.lemma[i] in _CAUSING)
            ):  # "accept men fleeing", "help the army fight"
                own = self.view.own_subject(complement)
                if own is not None and (s.tag[complement] != "VB" or (own > i and s.child(complement, "mark") is None)):
                    out = (own,)
        for child in s.children[i]:  # "gave the rebels a week", "said no", "set him free"
            d = s.dep[child]
            if child > i and (
                (d == "npadvmod" and not any(s.lower[c] in _WHICH for c in s.children[child]))  # not "next week"
                or (d == "prt" and s.lower[child] in _STATES)
                or d == "intj"
                or (d in ("advmod", "advcl") and s.pos[child] == "ADJ")
            ):
                out = (*out, child)
            elif child > i and d == "prep":  # "handed the editor nine years behind bars"
                out = (*out, *(c for c in s.children[child] if s.dep[c] == "npadvmod"))
        for thing in (*predicate.patients, *predicate.datives):  # "set a refinery ablaze", hung on the noun
            for child in s.children[thing]:
                after = child > thing or (child == i + 1 and s.lower[child] in _STATES)  # "set free two men"
                if after and s.dep[child] == "amod" and s.pos[child] == "ADJ":
                    out = (*out, child)
                elif child > thing and s.dep[child] == "appos" and s.lower[s.left(child)] in ("a", "an"):
                    out = (*out, child)  # "declared the website an extremist group"
        return out

    def _heads(self, heads: Iterable[int]) -> Iterator[int]:
        for head in heads:
            yield head
            inner = self.view[head].obliques.get("of", ()) if self.lemma[head] in self._transparent else ()
            yield from inner
            for one in (head, *inner):  # "part of an aid program": the word before says what kind
                if self.lemma[one] in self._colourless:
                    for child in self.syntax.children[one]:
                        if child < one and self.syntax.dep[child] == "compound":
                            yield child

    def _first(self, heads: Iterable[int], lemmas: frozenset[str]) -> int | None:
        s = self.syntax
        for head in self._heads(heads):
            if self.lemma[head] in lemmas or s.lower[head] in lemmas:
                return head
        return None

    def _any(self, heads: Iterable[int], lemmas: frozenset[str]) -> bool:
        s = self.syntax
        names = "@name" in lemmas
        anything = "@any" in lemmas
        pronouns = "@pronoun" in lemmas
        peoples = "@people" in lemmas
        actors = self.book.actors if "@actor" in lemmas else frozenset()
        for head in self._heads(heads):
            if anything or self.lemma[head] in lemmas or s.lower[head] in lemmas:
                return True
            if self.lemma[head] in actors or s.lower[head] in actors:
                return True
            if peoples and s.tag[head] == "NNPS" and self._is_demonym(head):  # "Iraqis", "Poles"
                return True
            if pronouns and s.pos[head] in ("PRON", "DET", "ADJ"):
                return True
            if names and (s.pos[head] == "PROPN" or self._means_somebody(head)):
                return True
            if actors and (s.pos[head] == "PROPN" or (s.pos[head] == "PRON" and self._is_somebody(head))):
                return True
        return False

    def _is_demonym(self, head: int) -> bool:
        """Whether a name is that of a people."""
        reference = self.resolution.by_head.get(head) if self.resolution is not None else None
        return reference is not None and reference.how == "demonym"

    def _is_somebody(self, head: int) -> bool:
        """Whether a pronoun can stand for people: any but an "it" that stands for nobody named."""
        return self.syntax.lower[head] not in _THINGS or self._means_somebody(head)

    def _means_somebody(self, head: int) -> bool:
        """Whether a pronoun stands for somebody whom the report names."""
        if self.syntax.lower[head] not in _PRONOUNS:
            return False
        if self.resolution is None:
            return True
        reference = self.resolution.by_head.get(head)
        return reference is not None and (reference.entity is not None or bool(reference.members))

    def _complement(self, i: int, taken: Sequence[int], kind: str) -> bool:
        s = self.syntax
        found = False
        for child in (c for at in (i, *taken) for c in s.children[at]):
            d = s.dep[child]
            if child < i:
                continue  # a quotation before its cue: "…," he warned
            if d in ("xcomp", "ccomp", "acl", "advcl"):
                infinitive = any(s.tag[c] == "TO" for c in s.children[child])
                if d == "advcl" and not (infinitive and kind == "to"):
                    continue
                found = True
                if kind == "any" or (kind == "to" and infinitive):
                    return True
                if kind == "that" and d == "ccomp" and not infinitive:
                    return True
                if kind == "ing" and s.tag[child] == "VBG":
                    return True
            elif kind == "ing" and d == "prep" and any(s.dep[c] == "pcomp" for c in s.children[child]):
                return True
        return kind == "none" and not found
