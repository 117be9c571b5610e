"""Sentences that come out of the parser without a verb get the one that they have."""

from __future__ import annotations

import pytest
from spacy.language import Language

from dateline.annotate import parse
from dateline.annotate.mended import mend
from dateline.annotate.syntax import Syntax


def rows(words: list[tuple[str, str, str, str, int]]) -> Syntax:
    """A parse by hand: word, part of speech, tag, label, head."""
    text = " ".join(word for word, *_ in words)
    begin = [sum(len(w) + 1 for w, *_ in words[:k]) for k in range(len(words))]
    return Syntax(
        text=text,
        word=[w for w, *_ in words],
        lower=[w.lower() for w, *_ in words],
        lemma=[w.lower() for w, *_ in words],
        pos=[p for _, p, *_ in words],
        tag=[t for _, _, t, *_ in words],
        dep=[d for *_, d, _ in words],
        head=[h for *_, h in words],
        begin=begin,
        end=[b + len(w) for b, (w, *_) in zip(begin, words, strict=True)],
        sentence=[0] * len(words),
        sentences=[(0, len(words))],
    )


def test_a_participle_before_a_noun_is_the_verb() -> None:
    syntax = mend(
        rows(
            [
                ("Chad", "PROPN", "NNP", "nmod", 2),
                ("armed", "ADJ", "JJ", "amod", 2),
                ("rebels", "NOUN", "NNS", "ROOT", 2),
                ("in", "ADP", "IN", "prep", 2),
                ("Mali", "PROPN", "NNP", "pobj", 3),
                (".", "PUNCT", ".", "punct", 2),
            ]
        )
    )
    assert syntax.dep[:3] == ["nsubj", "ROOT", "dobj"]
    assert syntax.head[:3] == [1, 1, 1]
    assert (syntax.pos[1], syntax.tag[1], syntax.lemma[1]) == ("VERB", "VBD", "arm")


def test_a_verb_after_a_day_is_the_verb() -> None:
    syntax = mend(
        rows(
            [
                ("A", "DET", "DT", "det", 1),
                ("court", "NOUN", "NN", "ROOT", 1),
                ("on", "ADP", "IN", "prep", 1),
                ("Friday", "PROPN", "NNP", "pobj", 2),
                ("convicted", "VERB", "VBN", "amod", 5),
                ("senator", "NOUN", "NN", "compound", 6),
                ("Kaya", "PROPN", "NNP", "pobj", 2),
                (".", "PUNCT", ".", "punct", 1),
            ]
        )
    )
    assert (syntax.dep[1], syntax.head[1]) == ("nsubj", 4)
    assert syntax.head[4] == 4
    assert (syntax.dep[6], syntax.head[6]) == ("dobj", 4)


@pytest.mark.parametrize("text", ["The former Peruvian president, Ana Gracia.", "Ghana held talks on Friday.", ""])
def test_what_has_its_verb_or_is_a_name_stays(nlp: Language, text: str) -> None:
    (syntax,) = parse([text], nlp)
    before = (list(syntax.head), list(syntax.dep))
    mend(syntax)
    assert (syntax.head, syntax.dep) == before


@pytest.mark.parametrize("text", ["Turkey funds schools in Greece.", "Egypt and Sudan share intelligence on gangs."])
def test_the_tree_stays_a_tree(nlp: Language, text: str) -> None:
    (syntax,) = parse([text], nlp)
    roots = {k for k in range(len(syntax)) if syntax.head[k] == k}
    assert len(roots) == 1
    for k in range(len(syntax)):
        for _ in range(len(syntax)):
            k = syntax.head[k]
        assert k in roots
