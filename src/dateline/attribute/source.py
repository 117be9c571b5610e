"""Sources: the phrase that names who speaks, with apposition, offices and relative clauses."""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.attribute.clause import noun_phrase
from dateline.attribute.draft import Range

_CLOSING = frozenset({"”", "''", "»"})


def source_of(syntax: Syntax, head: int, cue: list[Range], content: list[Range]) -> Range:
    """Token range of the source under `head`, kept clear of its cue and content.

    Args:
        syntax: the parse.
        head: the noun or pronoun that heads the source.
        cue: token ranges which the source must not reach into.
        content: the same.
    """
    low, high = syntax.sentences[syntax.sentence[head]]
    for begin, end in (*cue, *content):
        if end <= head:
            low = max(low, end)
        elif begin > head:
            high = min(high, begin)
    begin, end = noun_phrase(syntax, head, low, high)
    for quote in range(begin, head):
        # a source does not begin inside a quote that ends before it
        if syntax.word[quote] in _CLOSING:
            begin = quote + 1
    if (begin > low and syntax.word[begin - 1] in ("(", "-")) or syntax.word[end - 1] == ")":
        begin = _before_bracket(syntax, begin, end, low)
    return (begin, end) if begin < end else (head, head + 1)


def _before_bracket(syntax: Syntax, begin: int, end: int, low: int) -> int:
    # "Gov. Anna Kern (R-OH) said": the name stands before the bracket that the parse took for the subject
    at = end - 1
    while at > low and syntax.word[at] != "(":
        at -= 1
    if syntax.word[at] != "(" or at < begin - 3 or at > begin:
        return begin
    while at > low and syntax.tag[at - 1] in ("NNP", "NNPS", "NN", "DT", "JJ", "POS"):
        at -= 1
    return at
