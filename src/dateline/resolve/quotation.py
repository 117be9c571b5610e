"""Which tokens stand between quotation marks, and who speaks there as far as the parse tells at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.annotate import Syntax
from dateline.mentions.names import word_set

_OPEN = frozenset({"“", "``", "„", "«"})
_CLOSE = frozenset({"”", "''", "»"})
_SAYING = word_set(
    "say tell add warn claim insist write tweet ask reply declare argue explain note state announce stress "
    "declare comment respond vow promise suggest admit acknowledge deny continue conclude urge recall joke "
    "complain remark reiterate emphasize emphasise maintain assert quip post quote call describe believe "
    "think"
)


@dataclass(slots=True)
class Quotations:
    """Quoted stretches of a text.

    Attributes:
        of: for each token the number of the quotation that holds it, or -1.
        spans: half-open token ranges, marks included.
        speakers: what `speaker_head` found, by quotation and sentence.
    """

    of: list[int]
    spans: list[tuple[int, int]]
    speakers: dict[tuple[int, int], int | None] = field(default_factory=dict)


def find_quotations(syntax: Syntax) -> Quotations:
    """Pair quotation marks; a mark without a partner quotes up to the end of its paragraph."""
    n = len(syntax)
    of = [-1] * n
    spans: list[tuple[int, int]] = []
    opened = -1
    for i, word in enumerate(syntax.word):
        if opened >= 0 and syntax.tag[i] == "_SP" and "\n" in word:
            _close(of, spans, opened, i)
            opened = -1
        elif word in _OPEN:
            if opened >= 0:
                _close(of, spans, opened, i)
            opened = i
        elif word in _CLOSE:
            if opened >= 0:
                _close(of, spans, opened, i + 1)
                opened = -1
        elif word == '"':
            if opened >= 0:
                _close(of, spans, opened, i + 1)
                opened = -1
            else:
                opened = i
    if opened >= 0:
        _close(of, spans, opened, n)
    return Quotations(of, spans)


def _close(of: list[int], spans: list[tuple[int, int]], begin: int, end: int) -> None:
    if end - begin < 3:
        return
    for i in range(begin, end):
        of[i] = len(spans)
    spans.append((begin, end))


def speaker_head(syntax: Syntax, quotations: Quotations, token: int) -> int | None:
    """The token that names who says the quotation around a token: the subject of the verb of saying near it.

    Looks in the sentence of the token, then in the one after the quotation, then in the one before
    it, for a verb of saying outside of all quotations.
    """
    number = quotations.of[token]
    if number < 0:
        return None
    key = (number, syntax.sentence[token])
    if key not in quotations.speakers:
        quotations.speakers[key] = _find_speaker(syntax, quotations, token, number)
    return quotations.speakers[key]


def _find_speaker(syntax: Syntax, quotations: Quotations, token: int, number: int) -> int | None:
    begin, end = quotations.spans[number]
    sentences = syntax.sentences
    order = [syntax.sentence[token], syntax.sentence[min(end, len(syntax) - 1)], syntax.sentence[begin]]
    if begin:
        order.append(syntax.sentence[begin - 1])
    seen: set[int] = set()
    for s in order:
        if s in seen:
            continue
        seen.add(s)
        first, last = sentences[s]
        for i in range(first, last):
            if quotations.of[i] < 0 and syntax.lemma[i] in _SAYING and syntax.pos[i] == "VERB":
                for c in syntax.children[i]:
                    if syntax.dep[c] == "nsubj" and quotations.of[c] < 0:
                        return c
            if quotations.of[i] < 0 and syntax.lower[i] == "according":
                for to in syntax.children[i]:
                    for c in syntax.children[to]:
                        if syntax.dep[c] == "pobj" and quotations.of[c] < 0:
                            return c
    return None
