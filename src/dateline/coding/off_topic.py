"""Off topic: sport, kitchen and weather talk of attacks, strikes and storms and mean none."""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.coding.codebook import Codebook

# A sentence with so many words of one such field is of that field; so is one with a single word
# whose neighbours on both sides are.
_ENOUGH = 2
_REACH = 3


def off_topic_sentences(syntax: Syntax, book: Codebook) -> set[int]:
    """Indices of the sentences that are about sport, cooking or weather."""
    known = book.off_topic
    marks: dict[int, int] = {}
    for i, lemma in enumerate(syntax.lemma):
        if lemma in known:
            k = syntax.sentence[i]
            marks[k] = marks.get(k, 0) + 1
    out = {k for k, count in marks.items() if count >= _ENOUGH}
    for k in marks:
        if k not in out and sum(1 for n in range(k - _REACH, k + _REACH + 1) if n in marks) >= 3:
            out.add(k)
    if out:
        total = len(syntax.sentences)
        if len(marks) * 3 >= total and total > 2:  # the whole text is
            return set(range(total))
    return out
