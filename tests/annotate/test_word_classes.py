from __future__ import annotations

import pytest

from dateline.annotate import load_model, parse, parse_docs, word_classes
from dateline.annotate.word_classes import WordClasses

TEXT = "There're talks; there is hope. Let's see what they've got ta say: y'all gon na ai n't it, c'm on!"


def test_words_have_the_classes_that_ruler_and_lemmatizer_give(nlp):
    doc = next(parse_docs([TEXT], nlp))
    syntax = next(parse([TEXT], nlp))
    assert syntax.lemma == [token.lemma_ for token in doc]
    assert syntax.pos == [token.pos_ for token in doc]
    assert syntax.tag == [token.tag_ for token in doc]


def test_classes_are_forgotten_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(word_classes, "_KEPT", 3)
    nlp = load_model.__wrapped__()
    first = [next(parse([text], nlp)).lemma for text in (TEXT, "She led.", TEXT)]
    assert first[0] == first[2]
    assert first[1] == ["she", "lead", "."]


def test_rules_about_three_words_or_something_else_are_refused(nlp):
    for pattern, reason in (
        ([{"LOWER": "a"}, {"LOWER": "b"}, {"LOWER": "c"}], "more than two words"),
        ([{"LOWER": "a", "OP": "+"}], "something else"),
    ):
        other = load_model.__wrapped__()
        other.get_pipe("attribute_ruler").add([pattern], {"LEMMA": "x"})
        with pytest.raises(ValueError, match=reason):
            WordClasses(other, nlp.get_pipe("tagger").labels)
