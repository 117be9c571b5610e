from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Entity, Record, Report, Role, Window
from dateline.serve.excerpt import sentence_around
from dateline.serve.outline import by_sentence, groups, outline
from dateline.serve.wording import Wording, day, interval, number, printable, published

from .record import TEXT, at, event, record


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        ("2018-06-13", "2018-06-14", "13 June 2018"),
        ("2018-06-04", "2018-06-11", "4 to 10 June 2018"),
        ("2018-05-28", "2018-06-04", "28 May to 3 June 2018"),
        ("2018-12-31", "2019-01-07", "31 December 2018 to 6 January 2019"),
        ("2018-06-01", "2018-07-01", "June 2018"),
        ("2018-04-01", "2018-07-01", "April to June 2018"),
        ("2018-01-01", "2019-01-01", "2018"),
        ("2010-01-01", "2020-01-01", "2010 to 2019"),
        ("2018-06-13T15:00", "2018-06-13T16:00", "13 June 2018, 15:00 to 16:00"),
        ("2018-06-13T15:00Z", "2018-06-14", "13 June 2018, 15:00 UTC to 14 June 2018"),
        (None, "2018-06-13", "before 13 June 2018"),
        ("2018-06-13", None, "from 13 June 2018"),
        (None, None, None),
        ("soon", "2018-06-14", "soon to 2018-06-14"),
    ],
)
def test_intervals_in_words(begin, end, words):
    assert interval(begin, end) == words


def test_date_times_in_words():
    assert day("2018-06-13T08:30+02:00") == "13 June 2018, 08:30 UTC+02:00"


@given(st.text() | st.none(), st.text() | st.none())
def test_any_interval_can_be_worded(begin, end):
    words = interval(begin, end)
    assert (words is None) == (begin is None and end is None)


@pytest.mark.parametrize(("value", "words"), [(3000, "3,000"), (2.5, "2.5"), (1e20, "1e+20"), (float("inf"), "inf")])
def test_figures(value, words):
    assert number(value) == words


@given(st.text())
def test_what_is_printed_steers_nothing(text):
    line = printable(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066" for c in line)
    assert line == printable(line)


def test_the_sentence_around_a_span():
    begin, end = sentence_around(TEXT, at("shelled"))
    assert TEXT[begin:end] == "Borland’s army shelled the port last week, the envoy added."
    text = "It began. U.S. President and Gen. Writer met at 3 p.m. in Geneva on Jan. 5. They left."
    begin, end = sentence_around(text, at("met", 0, text))
    assert text[begin:end] == "U.S. President and Gen. Writer met at 3 p.m. in Geneva on Jan. 5."


@given(st.text(alphabet="ab. \n“”A", min_size=1, max_size=900), st.data())
def test_an_excerpt_holds_the_span_and_is_short(text, data):
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, min(len(text), begin + 20)))
    first, last = sentence_around(text, (begin, end), 100)
    assert 0 <= first <= begin < end <= last <= len(text)
    assert last - first <= 100 + 20 + 2


def test_roles_are_those_of_the_day():
    entity = Entity(
        id="w",
        name="W",
        kind="person",
        roles=[
            Role(title="mayor", begin="2001", end="2009-05-01"),
            Role(title="minister", begin="2009-05-01", end="2019"),
            Role(title="president", begin="2020-01-01"),
        ],
    )

    def on(day: str | None) -> str:
        return Wording(Record(report=Report(id="r", text="", published=day))).roles(entity)

    assert on("2009-04-30") == "mayor"
    assert on("2009-05-01T12:00") == "minister"
    assert on("2019-06-01") == "former minister"
    assert on("2024-01-01") == "president"
    assert on("1999-01-01") == ""
    assert on(None) == "mayor (2001–2009); minister (2009–2019); president (2020–)"


def test_an_undated_report_gives_its_window_with_reasons():
    report = Report(id="r", text="", published_window=Window(not_before="2018-06-01", why=["a minister took office"]))
    assert published(report) == ["undated: not before 1 June 2018", "  a minister took office"]
    assert published(Report(id="r", text="")) == ["date unknown"]


def test_events_go_by_sentence_and_by_what_is_one_event():
    made = record()
    assert [[item.id for item in items] for _, items in by_sentence(made)] == [["e1"], ["e2"], ["e3"]]
    assert [(first.id, [item.id for item in again]) for first, again in groups(made.events)] == [
        ("e1", []),
        ("e2", ["e3"]),
    ]


def test_rings_of_one_event_and_of_statements_end():
    ring = [event("e1", (0, 1), same_as="e2"), event("e2", (2, 3), same_as="e1"), event("e3", (4, 5), same_as="e1")]
    assert [(first.id, len(again)) for first, again in groups(ring)] == [("e1", 2)]
    made = record()
    assert [(depth, item.id) for depth, item in outline(made.statements)] == [(0, "s1"), (1, "s2"), (0, "s3")]
    made.statements[0].parent = "s2"  # a ring
    assert {item.id for _, item in outline(made.statements)} == {"s1", "s2", "s3"}


def test_chains_and_names():
    words = Wording(record())
    assert words.chain(words.statements["s3"]) == ["The Harbour Gazette", "governor (interview)"]
    assert words.chain(None) == ["The Harbour Gazette"]
    assert words.recipients(words.record.events[1]) == "“the port”"
