from __future__ import annotations

from dateline.serve.web.filters import read_filters


def test_the_address_is_a_question():
    filters = read_filters({"actor": " RUS ", "type": "ASSAULT", "page": "3"}, ("actor", "type"))
    assert filters.question.actor == "RUS"
    assert filters.question.type == "ASSAULT"
    assert [c.name for c in filters.chips] == ["actor", "type"]


def test_what_cannot_be_asked_is_told_and_the_rest_still_counts():
    filters = read_filters({"since": "yesterday", "confidence": "2", "type": "AID"}, ("since", "confidence", "type"))
    assert set(filters.problems) == {"since", "confidence"}
    assert "yesterday" in filters.problems["since"]
    assert filters.question.since is None
    assert filters.question.type == "AID"
    assert filters.value("since") == "yesterday"


def test_unknown_and_empty_parameters_are_no_filters():
    filters = read_filters({"actor": "  ", "rejected": "1", "text": "a\0b"}, ("actor", "text"))
    assert not filters.chips
    assert not list(filters.question.given())


def test_filters_of_the_page_alone_are_shown_and_not_asked():
    filters = read_filters({"quote": "direct"}, ("source",), beside=("quote",))
    assert filters.value("quote") == "direct"
    assert not list(filters.question.given())


def test_chips_name_what_they_stand_for():
    filters = read_filters({"country": "RUS", "source": "vladimir_putin"}, ("country", "source"))
    assert [(c.label, c.words) for c in filters.chips] == [("country", "Russia"), ("said by", "Vladimir Putin")]
