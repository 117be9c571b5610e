from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

import dateline.serve.components  # noqa: F401  registers them
from dateline.annotate import DEFAULT_MODEL, Syntax
from dateline.errors import InputError, ModelError
from dateline.intake import make_report
from dateline.pipeline import record_of

NOTE = "The envoy of France said on Tuesday that Russian troops had attacked the port of Odesa."
KINDS = ("times", "entities", "statements", "events")


@pytest.fixture(scope="module")
def staged():
    nlp = spacy.load(DEFAULT_MODEL)
    for kind in KINDS:
        nlp.add_pipe(f"dateline_{kind}", config={"published": "2018-06-13", "publisher": "The Harbour Gazette"})
    return nlp


def test_components_give_what_the_stages_give(staged):
    doc = staged(NOTE)
    report = make_report(NOTE, published="2018-06-13", publisher="The Harbour Gazette")
    record = record_of(report, Syntax.from_doc(doc))
    assert doc._.dateline_record == record
    for kind in KINDS:
        assert getattr(doc._, f"dateline_{kind}") == getattr(record, kind), kind
    assert doc._.dateline_statements
    assert doc._.dateline_times


def test_one_component_alone(nlp):
    own = spacy.load(DEFAULT_MODEL)
    own.add_pipe("dateline_times")
    doc = own.make_doc(NOTE)
    doc._.dateline_published = "2018-06-13"
    assert own(doc)._.dateline_times[0].value == "2018-06-12"
    assert own(NOTE)._.dateline_statements is None


def test_times_need_no_parser():
    blank = spacy.blank("en")
    blank.add_pipe("dateline_times", config={"published": "2018-06-13"})
    assert [time.value for time in blank("They met on Tuesday.")._.dateline_times] == ["2018-06-12"]


def test_results_survive_being_written(staged):
    doc = staged(NOTE)
    again = Doc(staged.vocab).from_bytes(doc.to_bytes())
    assert again._.dateline_events == doc._.dateline_events
    assert [item._.dateline_times for item in staged.pipe([NOTE] * 3)] == [doc._.dateline_times] * 3


def test_a_wrong_date_is_refused_when_the_component_is_added():
    with pytest.raises(InputError, match="no ISO 8601 date"):
        spacy.blank("en").add_pipe("dateline_times", config={"published": "someday"})


def test_a_pipeline_without_a_parser_is_refused():
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline_events")
    with pytest.raises(ModelError, match="after the parser"):
        nlp(NOTE)
