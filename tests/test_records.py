"""The record: what it takes and what it refuses, and that JSON loses nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import RecordError
from dateline.records import (
    Argument,
    Entity,
    Event,
    EventTime,
    Flag,
    Link,
    Mention,
    Record,
    Report,
    Statement,
    Time,
    check,
    decode,
    encode,
    json_schema,
)

TEXT = "Russia attacked Ukraine, Kyiv said on Sunday."


def event(**changes):
    fields = dict(
        id="e1",
        type="ASSAULT",
        mode=None,
        contexts=["military"],
        plover=None,
        trigger=(7, 15),
        actor=[Argument(entity="RUS", span=(0, 6))],
        recipient=[Argument(entity="UKR", span=(16, 23))],
        place=None,
        time=EventTime(begin="2024-01-21", end="2024-01-22", granularity="day", basis="expression", time="t1"),
        factuality="occurred",
        statement="s1",
        quantities=[],
        same_as=None,
        rule="ASSAULT/attack",
        confidence=0.9,
    )
    return Event(**(fields | changes))


def record(**changes):
    fields = dict(
        report=Report(id="r1", text=TEXT, published="2024-01-21", published_basis="given"),
        entities=[
            Entity(id="RUS", name="Russia", kind="country", country="RUS", mentions=[Mention(span=(0, 6), how="name")]),
            Entity(id="UKR", name="Ukraine", kind="country", country="UKR"),
        ],
        times=[Time(id="t1", span=(38, 44), type="DATE", value="2024-01-21", begin="2024-01-21", end="2024-01-22")],
        statements=[
            Statement(
                id="s1",
                quote="indirect",
                source=[(25, 29)],
                cue=[(30, 34)],
                content=[(0, 23)],
                chain=[Link(), Link(entity="UKR", span=(25, 29))],
            )
        ],
        events=[event()],
    )
    return Record(**(fields | changes))


def test_a_good_record_has_no_problems_and_survives_json():
    good = record()
    assert list(check(good)) == []
    assert decode(encode(good)) == good
    assert encode(decode(encode(good))) == encode(good)
    assert b"\n" not in encode(good)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (dict(events=[event(trigger=(7, 99))]), "does not lie in the text"),
        (dict(events=[event(trigger=(7, 7))]), "does not lie in the text"),
        (dict(events=[event(statement="s9")]), "'s9' is not defined"),
        (dict(events=[event(actor=[Argument(entity="XYZ")])]), "'XYZ' is not defined"),
        (dict(events=[event(), event()]), "'e1' is given twice"),
        (dict(events=[event(same_as="e7")]), "'e7' is not defined"),
        (dict(events=[event(confidence=1.5)]), "not between 0 and 1"),
        (dict(events=[event(time=EventTime(begin="2024-02-01", end="2024-01-01"))]), "after its end"),
        (dict(flags=[Flag(kind="undated", span=(-1, 3), suggestion=None, why="")]), "does not lie in the text"),
        (dict(schema="dateline/0"), "expected 'dateline/1'"),
    ],
)
def test_contradictions_are_named(change, problem):
    bad = record(**change)
    assert any(problem in p for p in check(bad))
    with pytest.raises(RecordError, match=problem.replace("(", r"\(")):
        decode(encode(bad))


@pytest.mark.parametrize(
    "line", ["", "{", "[]", '{"report": 1}', '{"report": {"id": "a", "text": "b"}, "extra": 1}', b"\xff"]
)
def test_what_is_no_record_is_refused(line):
    with pytest.raises(RecordError):
        decode(line)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_survives(text):
    assert decode(encode(Record(report=Report(id="x", text=text)))).report.text == text


def test_the_schema_describes_every_field_of_the_design():
    schema = json_schema()
    definitions = schema["$defs"]
    assert set(definitions["Record"]["properties"]) == {
        *("schema", "report", "entities", "times", "quantities", "statements", "events", "framings", "flags")
    }
    assert set(definitions["Event"]["properties"]) >= {"type", "mode", "contexts", "plover", "trigger", "factuality"}
    json.dumps(schema)
