"""Noun phrases in the parse columns: where one begins and ends, what heads and modifies it.

The parser errs most on the edges of long phrases, so that these functions climb down from a head
only along the labels that belong to a phrase, and stop at the first gap.
"""

from __future__ import annotations

from dateline.annotate.syntax import Syntax

BEFORE = frozenset(
    {"det", "amod", "compound", "nmod", "nummod", "poss", "predet", "quantmod", "advmod", "case", "npadvmod"}
)
_LINKS = frozenset({"of", "for", "from", "in", "at", "near", "by"})
_PERSON_LINKS = frozenset({"of", "from"})
_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "parataxis", "conj", "cc", "punct", "mark"})
QUOTES = frozenset("\"“”‘’'`")


def head_of(syntax: Syntax, begin: int, end: int) -> int:
    """The token of a range whose governor lies outside it: the last such one before a preposition.

    A name is headed by its last word where the parser leaves several.
    """
    head = syntax.head
    best = end - 1
    if head[best] == best or not begin <= head[best] < end:
        return best
    for i in range(begin, end):
        h = head[i]
        if h == i or not begin <= h < end:
            best = i
            break
    return best


def loose(syntax: Syntax, begin: int, end: int, head: int) -> list[int]:
    """Other tokens of a range, than its head, that are governed from outside it (parse errors)."""
    out = []
    for i in range(begin, end):
        h = syntax.head[i]
        if i != head and (h == i or not begin <= h < end):
            out.append(i)
    return out


def left_edge(syntax: Syntax, head: int, begin: int) -> int:
    """First token of the phrase headed by `head` whose core begins at `begin`: its modifiers before."""
    edge = begin
    left, _ = syntax.edges
    lower, tag = syntax.lower, syntax.tag
    for i in range(begin, head + 1) if begin < head < begin + 12 else (head, begin):
        for c in syntax.children[i]:
            if c < edge and syntax.dep[c] in BEFORE and (syntax.dep[c] != "advmod" or tag[c] in ("RB", "RBS", "RBR")):
                edge = min(edge, left[c])
    start = syntax.sentences[syntax.sentence[head]][0]
    edge = max(edge, start)
    while edge < begin and (lower[edge] in QUOTES or tag[edge] in (",", ":", "_SP", "CC", "IN", "``", "-LRB-")):
        edge += 1
    # A comma before the core cuts off what the parser wrongly hung on it.
    for i in range(begin - 1, edge, -1):
        if tag[i] in ("_SP", ":", "-LRB-", "-RRB-") or lower[i] in (";", "--"):
            return i + 1
        if tag[i] == "CC" and tag[i - 1] in ("NNP", "NNPS"):
            return i + 1
    return edge


def right_edge(syntax: Syntax, head: int, end: int, person: bool = False, beside: bool = True) -> int:
    """The token after the phrase headed by `head` whose core ends at `end`.

    Prepositional phrases that follow at once belong to it, clauses and coordinated phrases do not;
    an apposition set off by commas does, with `beside`.
    """
    _, right = syntax.edges
    edge = end
    links = _PERSON_LINKS if person else _LINKS
    children = sorted(c for c in syntax.children[head] if c >= end)
    for c in children:
        dep = syntax.dep[c]
        if (c == edge and dep == "prep" and syntax.lower[c] in links) or (
            c == edge and dep == "acl" and syntax.lower[c] in ("named", "called", "led", "backed", "based")
        ):
            edge = _without_clauses(syntax, c, right[c])
        elif beside and dep == "appos" and edge < c:
            first = left_edge(syntax, c, c)
            if (first == edge + 1 and syntax.lower[edge] == ",") or first == edge:
                edge = right_edge(syntax, c, c + 1)
    return edge


def _without_clauses(syntax: Syntax, top: int, end: int) -> int:
    """Cut a prepositional phrase before the first clause, comma or coordination in it."""
    for i in range(top + 1, end):
        if syntax.dep[i] in ("relcl", "advcl", "acl", "mark") and i > top + 1:
            left = syntax.left(i)
            cut = left if left > top else i
            return _trim_right(syntax, top, cut)
        if syntax.lower[i] in (",", ";", "--", "—") or syntax.tag[i] == "_SP":
            return i
    return _trim_right(syntax, top, end)


def _trim_right(syntax: Syntax, begin: int, end: int) -> int:
    while end > begin + 1 and (
        syntax.lower[end - 1] in QUOTES or syntax.tag[end - 1] in (",", "_SP", "CC", ".", "WDT", "WP")
    ):
        end -= 1
    return end


def modifiers(syntax: Syntax, head: int, begin: int) -> list[int]:
    """Tokens before `begin` that modify `head` or the word at `begin`, nearest last."""
    left = left_edge(syntax, head, begin)
    return list(range(left, begin))


def possessor(syntax: Syntax, head: int) -> int | None:
    """The token that owns the phrase: "Russia" in "Russia's president", "his" in "his army"."""
    for c in syntax.children[head]:
        if syntax.dep[c] == "poss":
            return c
    return None


def object_of(syntax: Syntax, head: int, *prepositions: str) -> int | None:
    """The object of a preposition that follows: "Iran" in "the president of Iran"."""
    lower, dep = syntax.lower, syntax.dep
    for c in syntax.children[head]:
        if c > head and dep[c] in ("prep", "agent") and lower[c] in prepositions:
            for d in syntax.children[c]:
                if dep[d] == "pobj":
                    return d
    return None
