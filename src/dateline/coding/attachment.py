"""Which words a time expression belongs to: what it hangs on in the parse, and how far from a trigger."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from dateline.annotate.syntax import Syntax
from dateline.mentions.times.anchor import grain_of
from dateline.mentions.times.lexicon import read_yaml
from dateline.records import Time

# The labels by which a trigger may hang on the verb whose time it shares.
_CORE = frozenset(
    ("dobj", "nsubjpass", "attr", "oprd", "conj", "xcomp", "pcomp", "dative", "compound", "nsubj", "advcl", "pobj",
     "prep", "ccomp", "acl", "relcl", "appos", "amod", "agent", "npadvmod", "nmod", "poss", "acomp")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """A time expression in the parse: its tokens, the preposition before it, and what it modifies."""

    time: Time
    first: int
    last: int
    prep: str
    governor: int


class Attachment:
    """The time expressions of a report in its parse.

    Attributes:
        at: the placed expressions of each sentence that has any, in order.
        ranges: begin and end of the whole range, for expressions that are one end of it.
        words: the lists of `clauses.yaml`.
    """

    def __init__(self, syntax: Syntax, times: list[Time]) -> None:
        self.syntax = syntax
        self.words = clause_words()
        self.at: dict[int, list[Placed]] = {}
        self.ranges: dict[str, tuple[str, str]] = {}
        for time in times:
            first, last = syntax.chars_to_tokens(*time.span)
            if first < last:
                self.at.setdefault(syntax.sentence[first], []).append(self._place(time, first, last))
        for placed in self.at.values():
            self._join_ranges(placed)

    def _place(self, time: Time, first: int, last: int) -> Placed:
        syntax = self.syntax
        head, lower = syntax.head, syntax.lower
        top = last - 1
        for i in range(first, last):
            if not first <= head[i] < last or head[i] == i:
                top = i
                break
        governor = head[top]
        prep = ""
        if governor != top and syntax.pos[governor] in ("ADP", "SCONJ") and governor < first:
            prep = lower[governor]
            governor = head[governor]
        elif first and lower[first - 1] in (
            "since",
            "until",
            "till",
            "by",
            "before",
            "after",
            "from",
            "between",
            "on",
            "in",
            "during",
        ):
            prep = lower[first - 1]
        # "since leaving port on Jan. 5", "since he took office in 2017"
        if syntax.dep[governor] == "pcomp" and lower[head[governor]] == "since":
            prep, governor = "since", head[head[governor]]
        elif syntax.dep[governor] == "advcl" and any(
            lower[c] == "since" and syntax.dep[c] == "mark" for c in syntax.children[governor]
        ):
            prep, governor = "since", head[governor]
        return Placed(time, first, last, prep, governor)

    def _join_ranges(self, here: list[Placed]) -> None:
        """Note the whole of "from March to May", "November and December", "3-5 May" for both ends."""
        lower = self.syntax.lower
        for one, two in pairwise(here):
            if two.first - one.last != 1 or lower[one.last] not in ("to", "and", "-", "–", "through", "until", "till"):
                continue
            a, b = one.time, two.time
            if (
                a.begin
                and a.end
                and b.begin
                and b.end
                and a.begin <= b.begin
                and (grain_of(a.value) == grain_of(b.value))
            ):
                if lower[one.last] == "and" and one.prep not in ("between",) and a.end != b.begin:
                    continue
                self.ranges[a.id] = self.ranges[b.id] = (a.begin, b.end)

    def is_first_since(self, placed: Placed) -> bool:
        """Whether it says since when there was none: the first visit since 1999 is not itself since 1999."""
        lower = self.syntax.lower
        begin = self.syntax.sentences[self.syntax.sentence[placed.first]][0]
        window = lower[max(begin, placed.first - 12) : placed.first]
        return not self.words["records"].isdisjoint(window)

    def below(self, trigger: int, placed: Placed) -> float | None:
        """How far below the trigger an expression hangs, None where it does not."""
        syntax = self.syntax
        if placed.first == trigger + 1 and not placed.prep and syntax.pos[trigger] == "NOUN":
            return 0.0  # "the summit last September", wherever the parser hangs it
        node, cost = placed.governor, 0.0
        if self._dates_noun(placed) and node != trigger:
            # "a 2012 statement" dates the statement; "interfered in the 2016 election" the act as well.
            up = syntax.head[node]
            if not (syntax.dep[node] == "pobj" and syntax.lower[up] in ("in", "during", "at", "into")):
                return None
        for _ in range(8):
            if node == trigger:
                return cost
            if placed.first <= trigger < placed.last:
                return None
            if syntax.pos[node] in ("VERB", "AUX") and syntax.dep[node] in (
                "ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "csubj"
            ):  # fmt: skip
                # "spoke with her while she was in Geneva last week" is one time.
                marks = {syntax.lower[c] for c in syntax.children[node] if syntax.dep[c] in ("mark", "advmod")}
                if syntax.dep[node] != "advcl" or not marks & self.words["same_time"]:
                    return None
            cost += 1.0
            up = syntax.head[node]
            if up == node:
                return None
            node = up
        return None

    def _dates_noun(self, placed: Placed) -> bool:
        """Whether an expression stands before the noun that it modifies."""
        syntax = self.syntax
        return (
            syntax.pos[placed.governor] in ("NOUN", "PROPN")
            and placed.last <= placed.governor
            and placed.prep in ("", "in", "on", "from")
        )

    def above(self, trigger: int, placed: Placed) -> float | None:
        """How far above the trigger the clause is that an expression dates, None where it is another's."""
        syntax = self.syntax
        dep, lower, head = syntax.dep, syntax.lower, syntax.head

        if self._dates_noun(placed) and placed.governor != head[trigger]:
            return None
        node, cost = trigger, 0.5
        for _ in range(8):
            if node == placed.governor:
                return cost

            label, up = dep[node], head[node]
            if up == node or label not in _CORE:
                return None
            if label == "ccomp" or (
                label in ("relcl", "acl") and node != trigger and not self._goes_along(node, placed)
            ):
                return None
            if label == "pcomp" and lower[up] in ("for", "after", "before"):
                return None  # blamed on Monday for shelling the port: the shelling was before
            if label == "pobj" and lower[up] == "of" and syntax.pos[head[up]] in ("NUM", "DET", "PRON"):
                cost += 0.5  # "two of its five tests"
            elif label == "pobj" and lower[up] in ("for", "on") and syntax.lemma[head[up]] in self.words["bringing"]:
                cost += 0.5  # "arrived for talks"
            elif label == "pobj":
                if lower[up] in self.words["apart"] or (syntax.pos[node] == "NOUN" and node != trigger):
                    return None
                cost += 0.5
            elif label == "advcl":
                marks = [lower[c] for c in syntax.children[node] if dep[c] in ("mark", "advmod")]
                if self.words["other_time"].intersection(marks):
                    return None
                if syntax.tag[node] == "VB" and any(lower[c] == "to" for c in syntax.children[node]):
                    cost += 2.0
                else:
                    cost += 0.5
            elif label in ("relcl", "acl"):
                if not self._goes_along(node, placed):
                    return None
                return cost + 1.5
            elif label == "nsubj":
                if syntax.lemma[up] in self.words["saying"] or syntax.pos[trigger] != "NOUN":
                    return None
                cost += 1.0
            elif label == "conj":
                # The expression of one of two joined verbs goes for both only where it stands before them.
                if placed.governor == up and syntax.pos[node] in ("VERB", "AUX") and placed.first > node:
                    return None
                cost += 0.5
            else:
                cost += 1.0
            node = up
        return None

    def _goes_along(self, participle: int, placed: Placed) -> bool:
        """Whether it says what goes on beside a dated act: troops backed by tanks attacked on Monday."""
        syntax = self.syntax
        noun = syntax.head[participle]
        return (
            syntax.lemma[participle] in self.words["along"]
            and syntax.dep[noun] in ("nsubj", "nsubjpass")
            and syntax.head[noun] == placed.governor
        )

    def opens_clause(self, trigger: int, placed: Placed) -> bool:
        """Whether the trigger's clause tells of the time itself: since 2000, when the leader went."""
        syntax = self.syntax
        when = next((c for c in syntax.children[trigger] if syntax.lower[c] == "when"), 0)
        before = when - 2 if when and syntax.lower[when - 1] == "," else when - 1
        return placed.first <= before < placed.last

    def verb_of(self, trigger: int) -> int:
        """The verb that a noun completes: the going in "went for talks"."""
        syntax, node = self.syntax, trigger
        for _ in range(3):
            if syntax.pos[node] in ("VERB", "AUX") or syntax.dep[node] not in ("dobj", "pobj", "prep", "attr", "nsubj"):
                break
            node = syntax.head[node]
        return node


@cache
def clause_words() -> dict[str, frozenset[str]]:
    """The lists of `clauses.yaml`, read at first use."""
    return {name: frozenset(entries) for name, entries in read_yaml("clauses.yaml", plain=True).items()}
