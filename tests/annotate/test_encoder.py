from __future__ import annotations

import numpy as np
import pytest

from dateline.annotate import encoder
from dateline.annotate.encoder import ROWS, Encoder, Forms

TEXTS = ["The envoy met rebels in Geneva.", "No.", "Oslo " * 100, "Who didn't say so?\n\nThey’d left."]


def test_the_vectors_are_those_of_the_model(nlp):
    model = nlp.get_pipe("tok2vec").model
    docs = [nlp.make_doc(text) for text in TEXTS]
    one = Encoder(model)
    slots, begins = Forms([one]).slots(docs)
    vectors = one.encode(slots)
    for begin, want in zip(begins, model.predict(docs), strict=True):
        assert np.abs(vectors[begin : begin + len(want)] - want).max() < 1e-4


def test_texts_begin_at_the_same_place_of_a_block_and_lie_apart(nlp):
    docs = [nlp.make_doc(text) for text in TEXTS]
    slots, begins = Forms([Encoder(nlp.get_pipe("tok2vec").model)]).slots(docs)
    assert len(slots) % ROWS == 0
    assert {begin % ROWS for begin in begins} == {4}
    words = [i for begin, doc in zip(begins, docs, strict=True) for i in range(begin, begin + len(doc))]
    assert [i for i, slot in enumerate(slots) if slot] == words


def test_forms_are_forgotten_when_there_are_too_many(nlp, monkeypatch):
    monkeypatch.setattr(encoder, "_KEPT", 8)
    one = Encoder(nlp.get_pipe("tok2vec").model)
    forms = Forms([one])
    docs = [[nlp.make_doc(text)] for text in TEXTS]
    first = [one.encode(forms.slots(doc)[0]) for doc in docs]
    assert all((one.encode(forms.slots(doc)[0]) == then).all() for doc, then in zip(docs, first, strict=True))
    assert len(forms._slots) < 20  # of one text, not of all


def test_a_model_of_another_make_is_refused(nlp):
    with pytest.raises(ValueError, match="not an embedding and an encoder"):
        Encoder(nlp.get_pipe("parser").model)
