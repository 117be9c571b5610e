"""Words that tell one occurrence from others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reconcile.wording import Sentences, stem, telling_words


@pytest.mark.parametrize(
    "forms",
    [
        "strike strikes struck striking stricken",
        "seize seizes seized seizing",
        "agree agrees agreed agreeing",
        "expel expels expelled expelling",
        "overthrow overthrew overthrown",
        "bomb bombs bombed bombing bombings",
        "fire fires fired firing",
        "pass passes passed passing",
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@given(st.text(max_size=30))
def test_any_trigger_has_a_stem(text):
    assert isinstance(stem(text.lower()), str)


def test_what_was_hit_is_told_without_what_says_nothing():
    assert telling_words("the small hospital in the Ukrainian city of Odesa", {"ukrainian"}) == {"hospital", "odesa"}
    assert telling_words("at least 500 people", ()) == frozenset()


def test_names_of_a_sentence_are_those_of_no_other():
    sentences = Sentences("The U.S. Navy left Rota on Monday. Crews from Cadiz waved.", ())
    first, second = sentences.names(0), sentences.names(1)
    assert first == {stem("navy"), "rota"}
    assert second == {"cadiz"}
    assert sentences.at(0) == 0
    assert sentences.at(40) == 1
    assert Sentences("CAIRO, May 3 - Crews left Rota.", ()).names(0) == {stem("crews"), "rota"}


@given(st.text(max_size=200), st.integers(0, 200))
def test_every_offset_is_in_a_sentence(text, offset):
    sentences = Sentences(text, ())
    number = sentences.at(offset)
    assert 0 <= number < len(sentences.begins)
    assert isinstance(sentences.names(number), frozenset)
