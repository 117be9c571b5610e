from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.mentions.times import read_timeml, times, to_timeml

TEXT = "Aid & arms <sic> came on Friday. Two days later, on May 12, the “talks” resumed for more than two weeks."


def test_written_timeml_reads_back() -> None:
    found = times(TEXT, "2024-05-13")
    document = to_timeml(TEXT, found, "2024-05-13", "a report")
    report, back = read_timeml(document)
    assert (report.text, report.published, report.id) == (TEXT, "2024-05-13", "a report")
    assert [(t.id, t.span, t.type, t.value, t.mod, t.anchor) for t in back] == [
        (t.id, t.span, t.type, t.value, t.mod, t.anchor) for t in found
    ]
    assert [(t.begin, t.end) for t in back[:3]] == [(t.begin, t.end) for t in found[:3]]


def test_what_is_written() -> None:
    text = "They met last week."
    document = to_timeml(text, times(text, "2024-05-08"), "2024-05-08")
    assert (
        '<TIMEX3 tid="t1" type="DATE" value="2024-W18" temporalFunction="true" anchorTimeID="t0">last week</TIMEX3>'
        in document
    )
    assert 'functionInDocument="CREATION_TIME"' in document


def test_other_tags_are_looked_through() -> None:
    source = (
        '<?xml version="1.0"?><TimeML><DOCNO> n1 </DOCNO><DCT><TIMEX3 tid="t9" type="DATE" value="2013-03-22" '
        'functionInDocument="CREATION_TIME">March 22, 2013</TIMEX3></DCT><TITLE>A visit</TITLE><TEXT>He '
        '<EVENT eid="e1" class="OCCURRENCE">left</EVENT> <SIGNAL sid="s1">on</SIGNAL> '
        '<TIMEX3 tid="t1" type="DATE" value="2013-03-21" '
        'anchorTimeID="t9">Thursday</TIMEX3> for '
        '<TIMEX3 tid="t2" type="DURATION" value="P2W">two weeks</TIMEX3>.</TEXT></TimeML>'
    )
    report, found = read_timeml(source.encode())
    assert (report.id, report.title, report.published) == ("n1", "A visit", "2013-03-22")
    assert report.text == "He left on Thursday for two weeks."
    assert [(report.text[slice(*t.span)], t.value, t.begin, t.anchor) for t in found] == [
        ("Thursday", "2013-03-21", "2013-03-21", "published"),
        ("two weeks", "P2W", None, None),
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<TimeML><TEXT>He left", "not well-formed"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><TimeML><TEXT>&b;</TEXT></TimeML>', "entities"),
        ('<TimeML><TEXT>on <TIMEX3 tid="t1" type="DATE">Monday</TIMEX3></TEXT></TimeML>', "has no value"),
    ],
)
def test_broken_documents(source: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_timeml(source)


@given(st.text(max_size=80), st.sampled_from(["May 5", "last week", "2019"]))
def test_any_text_survives(noise: str, expression: str) -> None:
    text = f"{noise} {expression} {noise}"
    found = times(text, "2024-05-08")
    report, back = read_timeml(to_timeml(text, found, "2024-05-08"))
    assert len(report.text) == len(text)
    assert re.sub("�", "", report.text) in text or "�" in report.text
    assert [t.span for t in back] == [t.span for t in found]
