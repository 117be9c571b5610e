"""Off topic: sport, kitchen and weather talk of attacks, strikes and storms and mean none."""

from __future__ import annotations

import re
from bisect import bisect_right

from dateline.annotate import Syntax
from dateline.coding.codebook import Codebook

# A sentence with one sure word, or so many words of one field, is of that field; so is one with any word
# among neighbours that have such words, too.
_ENOUGH = 2
_GAME = 4
_SURE = frozenset(("sure", "clubs", "play"))
_KIND = {"clubs": "PROPN", "play": "VERB"}
_REACH = 3
# "Brazil beat Argentina 2-1": a score, and a word of results in its sentence.
_RESULTS = frozenset(("beat", "win", "defeat", "lose", "draw", "victory", "edge", "thrash"))
_SCORE = re.compile(r"\b\d{1,2}[-–]\d{1,2}\b(?![-–\d])")


def off_topic_sentences(syntax: Syntax, book: Codebook) -> set[int]:
    """Indices of the sentences that are about sport, cooking or weather.

    Args:
        syntax: the parse.
        book: its `off_topic` words and phrases; a word of the field "sure" or a phrase counts by itself.
    """
    known = book.off_topic
    marks: dict[int, dict[str, int]] = {}
    out: set[int] = set()
    pos = syntax.pos
    for i, lemma in enumerate(syntax.lemma):
        kind = pos[i]
        field = known.get(lemma if kind != "PROPN" else lemma.lower())
        fits = kind == _KIND.get(field or "", "NOUN") or (field == "kitchen" and kind != "PROPN")
        if (
            field is not None and fits and syntax.word[i - 1] != "-"
        ):  # "hailed the deal" is no hail, a right-winger none
            k = syntax.sentence[i]
            if field in _SURE:
                out.add(k)
            elif syntax.dep[i] == "compound" and known.get(syntax.lemma[syntax.head[i]]) == field:
                continue  # "the football stadium" is one word of sport
            counts = marks.setdefault(k, {})
            counts[field] = counts.get(field, 0) + 1
    for k, counts in marks.items():
        loose = counts.get("loose", 0)
        firm = max((count for field, count in counts.items() if field not in ("loose", "game")), default=0)
        game = counts.get("game", 0)
        if firm >= _ENOUGH or (firm and loose) or (game and counts.get("sport")) or game >= _GAME:
            out.add(k)
    if book.off_topic_phrases is not None:
        for phrase in book.off_topic_phrases.finditer(syntax.text):
            k = syntax.sentence[bisect_right(syntax.begin, phrase.start()) - 1]
            marks.setdefault(k, {})["phrase"] = 1
            out.add(k)
    for score in _SCORE.finditer(syntax.text):
        i = bisect_right(syntax.begin, score.start()) - 1
        begin, end = syntax.sentences[syntax.sentence[i]]
        if syntax.sentence[i] in marks or not _RESULTS.isdisjoint(syntax.lemma[begin:end]):
            out.add(syntax.sentence[i])
    for k in marks:
        if k not in out and sum(1 for n in range(k - _REACH, k + _REACH + 1) if n in marks) >= 5:
            if any(n in out for n in range(k - _REACH, k + _REACH + 1)):
                out.add(k)
    if len(syntax.sentences) > 2 and len(out) * 2 >= len(syntax.sentences):  # the whole text is
        return set(range(len(syntax.sentences)))
    return out
