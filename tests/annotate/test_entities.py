from __future__ import annotations

import pytest

from dateline.annotate import load_model, parse, parse_docs
from dateline.annotate.entities import Entities


def names(nlp, text):
    syntax = next(parse([text], nlp))
    return [(" ".join(syntax.word[begin:end]), label) for begin, end, label in syntax.names]


def test_names_of_one_word_and_of_several_are_found(nlp):
    found = names(nlp, "Angela Merkel flew from Berlin to the United Arab Emirates on Tuesday with 40 managers.")
    assert found == [
        ("Angela Merkel", "PERSON"),
        ("Berlin", "GPE"),
        ("the United Arab Emirates", "GPE"),
        ("Tuesday", "DATE"),
        ("40", "CARDINAL"),
    ]


@pytest.mark.parametrize("text", ["He left New York", "In the United\n\nArab Emirates", "The Bank of", "\n Paris", "7"])
def test_no_name_goes_beyond_its_sentence_or_begins_with_white_space(nlp, text):
    doc = next(parse_docs([text], nlp))
    assert names(nlp, text) == [(" ".join(t.text for t in e), e.label_) for e in doc.ents]


def test_a_recogniser_of_another_make_is_refused():
    nlp = load_model.__wrapped__()
    with pytest.raises(ValueError, match="not an embedding and an encoder"):
        Entities(nlp.get_pipe("parser"))
    nlp.get_pipe("ner").cfg["beam_width"] = 4
    with pytest.raises(ValueError, match="not a greedy recogniser"):
        Entities(nlp.get_pipe("ner"))
