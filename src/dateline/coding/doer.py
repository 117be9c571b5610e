"""Who does what a verb tells: its logical subject, also where the parser joined clauses or tore subjects apart."""

from __future__ import annotations

from dateline.coding.trigger import TriggerFinder
from dateline.resolve import Reference, Resolution

_ALONG = frozenset(("together", "along", "jointly"))
_DEPTH = 3
# So many of them are people.
_CROWDS = frozenset(("thousand", "hundred", "dozen", "score", "million"))
# So many words stand between two of a list: ", and".
_BETWEEN = 3
# Digits of a year.
_YEAR = 4
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_UNFINITE = frozenset(("pcomp", "xcomp", "acl", "advcl"))
_DASHES = frozenset({"--", "-", "–", "—", ":"})


class Doers:
    """Finds the subjects of the verbs of one report.

    Args:
        finder: the triggers of the report, with its parse and codebook.
        resolution: who each phrase means.
    """

    def __init__(self, finder: TriggerFinder, resolution: Resolution) -> None:
        self.finder, self.resolution = finder, resolution
        self.syntax, self.view, self.book = finder.syntax, finder.view, finder.book
        book = self.book
        self._bodies = book.words["bodies"]
        self._means, self._making = book.words["means"], book.words["making"]
        self._temporal, self._papers = book.words["temporal"], book.words["papers"]
        self._saying, self._speaking = book.words["saying"], book.words["speaking"]
        self._busy: set[int] = set()
        self._rating: dict[str, int] = {}
        self._by_sentence: dict[int, list[Reference]] | None = None

    def noun_weight(self, head: int) -> int:
        """2 where a common noun names people or bodies that act in politics."""
        s = self.syntax
        if s.pos[head] == "VERB":
            return 0  # "accused of attacking"
        if self.finder.lemma[head] in self.book.actors or s.lower[head] in self.book.actors:
            return 2
        if s.pos[head] == "PROPN":
            return 1
        if (
            s.tag[head] == "NNS"
            and self.finder.lemma[head] in _CROWDS
            and s.dep[head] in ("nsubj", "nsubjpass", "pobj")
        ):
            return 2 if not self.view[head].obliques.get("of") else 0  # "thousands marched", "shot by dozens"
        return 0

    def references(self, sentence: int) -> list[Reference]:
        """The phrases of a sentence that point to somebody."""
        if self._by_sentence is None:
            self._by_sentence = {}
            for reference in self.resolution.references:
                self._by_sentence.setdefault(self.syntax.sentence[reference.begin], []).append(reference)
        return self._by_sentence.get(sentence, [])

    def _is_person(self, reference: Reference) -> bool:
        return reference.entity is not None and self.resolution.entity(reference.entity).kind == "person"

    def _names_person(self, head: int) -> bool:
        reference = self.resolution.by_head.get(head)
        return reference is not None and self._is_person(reference)

    def _refers(self, head: int) -> bool:
        reference = self.resolution.by_head.get(head)
        return reference is not None and (reference.entity is not None or bool(reference.members))

    def agents(self, verb: int) -> tuple[int, ...]:
        """Logical subjects of a verb, datelines passed over."""
        s = self.syntax
        found = self._blamed(verb) or self._teller(verb) or self.view[verb].agents
        if s.dep[verb] == "advcl" and s.tag[verb] == "VBG" and self.finder.lemma[verb] in self._speaking:
            clause = s.head[verb]  # "demanded that they return it, likening them to pirates"
            above = s.head[clause]
            if s.dep[clause] == "ccomp" and above < clause and self.finder.lemma[above] in self._speaking:
                if s.lower[verb - 1] == "," and self.finder.lemma[clause] not in self._speaking:
                    return self.view.subjects(above)
        if s.dep[verb] == "acl" and s.tag[verb] == "VBD" and s.lower[verb - 1] == ",":
            top = self._interrupted(verb)  # "China, which buys more than any other country, called on them"
            if top is not None:
                return self.view.conjuncts(top)
        if s.dep[verb] == "acl" and s.lower[verb - 1] == "," and s.tag[verb] in ("VBN", "VBD"):
            noun = s.head[verb]  # "Britain, the former power, called for calm; the minister said"
            if s.dep[noun] == "nsubj" and sum(s.dep[c] == "nsubj" for c in s.children[s.head[noun]]) > 1:
                return self.view.conjuncts(noun)
        if found:
            return self._joint(self._past_dateline(verb, self._called(found)))
        head = s.head[verb]
        if s.dep[verb] == "acl" and s.dep[head] == "ROOT" and s.tag[verb] in ("VBD", "VBN") and head < verb:
            return self.view.conjuncts(head)  # a finite verb that the parser took for a participle
        if s.dep[verb] == "ROOT":
            for child in s.children[verb]:
                if child < verb and child in self.resolution.by_head and not s.dep[child].startswith("nsubj"):
                    return (child,)
        return self._run_in(verb)

    def _called(self, found: tuple[int, ...]) -> tuple[int, ...]:
        """Who is called what a relative clause tells of: "Malta was the first state to recognise Kosovo"."""
        s = self.syntax
        if len(found) != 1 or s.dep[found[0]] != "attr" or s.pos[found[0]] == "PROPN":
            return found
        verb = s.head[found[0]]
        subject = s.child(verb, "nsubj")
        if s.lemma[verb] not in ("be", "become", "remain") or subject is None or subject > found[0]:
            return found
        return self.view.conjuncts(subject) if s.pos[subject] != "PRON" else found

    def _run_in(self, verb: int) -> tuple[int, ...]:
        """The subject that the parser hung on the date before it: "On 16 March 1988 Iraqi warplanes dropped"."""
        s = self.syntax
        first = next(iter(s.children[verb]), verb)
        if first >= verb or s.lower[first] not in ("on", "in") or s.tag[verb] not in _FINITE:
            return ()
        inner = s.child(first, "pobj")
        if inner is None or not first + 2 < inner < verb or s.lower[inner] in self._temporal or s.word[inner].isdigit():
            return ()
        dated = any(s.word[k].isdigit() and len(s.word[k]) == _YEAR for k in range(first + 1, inner))
        return self.view.conjuncts(inner) if dated else ()

    def _interrupted(self, verb: int) -> int | None:
        """The subject before a relative clause at whose end the parser hung the verb."""
        s = self.syntax
        at = s.head[verb]
        for _ in range(_DEPTH + 3):
            if s.dep[at] == "relcl":
                top = s.head[at]
                return top if s.dep[top] == "ROOT" and s.pos[top] in ("NOUN", "PROPN") else None
            if s.head[at] == at:
                return None
            at = s.head[at]
        return None

    def _teller(self, verb: int) -> tuple[int, ...]:
        """Whose act a verb tells that the parser joined with what somebody says or does, not with the saying:
        "said that Oslo had a right to ask and urged both to talk", "accused Chad of sending arms and called for".
        """
        s, view = self.syntax, self.view
        if s.dep[verb] != "conj" or s.tag[verb] not in _FINITE or view.own_subject(verb) is not None:
            return ()
        if view[verb].passive or any(s.tag[child] in ("MD", "TO") for child in s.children[verb]):
            return ()
        first = verb
        for _ in range(_DEPTH):
            if s.dep[first] != "conj":
                break
            first = s.head[first]
        clause = first  # a finite verb goes with a finite one, not with "sending arms" or "to complain"
        for _ in range(_DEPTH + 1):
            if s.tag[clause] not in ("VBG", "VB") or s.dep[clause] not in _UNFINITE:
                break
            clause = s.head[clause]
            while s.pos[clause] in ("ADP", "NOUN", "ADJ") and s.head[clause] != clause:
                clause = s.head[clause]
        above = s.head[clause]
        if not above <= clause < verb or not (s.tag[clause] in _FINITE or s.dep[clause] == "ccomp"):
            return ()
        if s.dep[clause] != "ccomp" or view[above].passive or s.tag[above] not in _FINITE:
            return view.subjects(clause) if clause != first and not view[clause].passive else ()
        subjects = view.subjects(above)
        told = s.tag[above] == s.tag[verb] and self.finder.lemma[above] in self._saying
        speaks, said = (self.finder.lemma[k] in self._speaking for k in (verb, clause))
        if subjects and told and speaks and not said:
            return subjects
        if clause != first:
            return view.subjects(clause)
        if not subjects or not told:
            return ()
        own = view.subjects(first)
        things = own and not any(self._refers(head) or self.noun_weight(head) for head in own)
        return subjects if things and view[verb].objects else ()

    def _blamed(self, verb: int) -> tuple[int, ...]:
        """Who did it in "lashed out at Washington for imposing sanctions": the one blamed or praised."""
        s = self.syntax
        preposition = s.head[verb]
        if s.dep[verb] != "pcomp" or s.lower[preposition] != "for":
            return ()
        above = s.head[preposition]
        if s.pos[above] != "VERB" or self.view[above].objects:
            return ()
        obliques = self.view[above].obliques
        return obliques.get("at", ()) or obliques.get("against", ())

    def _joint(self, heads: tuple[int, ...]) -> tuple[int, ...]:
        """Joint subjects that the parser tore apart: "President Trump and Russian President Putin met"."""
        s = self.syntax
        first = self.resolution.by_head.get(heads[0])
        if len(heads) > 1 or first is None:
            return heads
        for child in s.children[heads[0]]:  # "the US, Russia, and Peru": a list that looks like an apposition
            listed = self.view.conjuncts(child) if child > heads[0] and s.dep[child] == "appos" else ()
            if len(listed) > 1 and all(one in self.resolution.by_head for one in listed):
                entities = {self.resolution.by_head[one].entity for one in (heads[0], *listed)}
                if None not in entities and len(entities) == len(listed) + 1:
                    return (heads[0], *listed)
        for child in s.children[heads[0]]:  # "the police, together with Europol,"
            along = s.lower[child] == "alongside" or (s.lower[child] == "with" and s.lower[child - 1] in _ALONG)
            if child > heads[0] and s.dep[child] == "prep" and along:
                inner = s.child(child, "pobj")
                if inner is not None and inner in self.resolution.by_head:
                    return (heads[0], *self.view.conjuncts(inner))
        out = list(heads)
        begin = first.begin
        for other in reversed(self.references(s.sentence[heads[0]])):
            if first.begin <= other.begin and other.end < first.head and s.lower[other.end] == "and":
                if self._is_person(other) and self._is_person(first) and other.entity != first.entity:
                    return (other.head, *heads)  # one phrase to the parser, two people to the reader
            if not 0 <= begin - other.end <= _BETWEEN or other.head in out:
                continue
            between = {s.lower[k] for k in range(other.end, begin)}
            wanted = {"and"} if len(out) == 1 else {"and", ","}
            top = other.head
            while s.dep[top] == "conj" and s.head[top] < top:
                top = s.head[top]
            if not between & wanted or between - {"and", ","} or s.dep[top] in ("pobj", "dobj", "poss"):
                continue
            out.insert(0, other.head)
            begin = other.begin
        return tuple(out)

    def _past_dateline(self, verb: int, heads: tuple[int, ...]) -> tuple[int, ...]:
        """Parsers take the dateline for the subject: "BERLIN -- A court has convicted"."""
        s = self.syntax
        if not heads:
            return heads
        first = heads[0]
        begin, _ = s.sentences[s.sentence[first]]
        if first > begin + 4 or first > verb:
            return heads
        capitals = s.word[begin].isupper() and len(s.word[begin]) > 2
        for k in range(first + 1, min(verb, first + 9)):
            sign = s.word[k].replace(")", "")
            apart = s.pos[begin] == "PROPN" and sign in _DASHES and (s.end[k - 1] < s.begin[k] or sign in ("--", "—"))
            if sign == ":" or apart or (capitals and (sign in _DASHES or not sign)):
                for after in range(k + 1, verb):
                    if s.pos[after] in ("NOUN", "PROPN", "PRON") and s.dep[after] not in ("compound", "poss", "pobj"):
                        return self.view.conjuncts(after)
                return heads
        return heads
