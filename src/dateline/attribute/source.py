"""Sources: the phrase that names who speaks, with apposition, offices and relative clauses."""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.attribute.clause import noun_phrase
from dateline.attribute.draft import Range


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
    return noun_phrase(syntax, head, low, high)
