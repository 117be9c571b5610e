import re

from dateline.attribute.brat import to_brat
from dateline.records import Entity, Link, Record, Report, Statement

TEXT = "“Yes,”\nshe said.\nHe hopes so."


def record():
    return Record(
        report=Report(id="r", text=TEXT),
        entities=[Entity(id="kern", name="Anna Kern", kind="person")],
        statements=[
            Statement(
                id="s1",
                quote="direct",
                source=[(7, 10)],
                cue=[(11, 15)],
                content=[(0, 6), (17, 28)],
                chain=[Link(), Link(entity="kern", span=(7, 10))],
            ),
            Statement(
                id="s2",
                quote="indirect",
                source=[],
                cue=[],
                content=[(0, 10)],
                chain=[Link()],
                parent="s1",
                inherited=True,
            ),
        ],
    )


def test_spans_say_what_they_cover():
    text, ann = to_brat(record())
    assert text == TEXT
    for line in ann.splitlines():
        if line.startswith("T"):
            _, middle, covered = line.split("\t")
            pieces = middle.split(" ", 1)[1].split(";")
            spans = [tuple(map(int, piece.split())) for piece in pieces]
            assert " ".join(text[b:e] for b, e in spans) == covered
            assert "\n" not in covered


def test_events_join_source_content_and_parent():
    _, ann = to_brat(record())
    events = re.findall(r"^E\d+\t.*$", ann, re.MULTILINE)
    assert events == ["E1\tStatement:T3 Source:T1 Content:T2", "E2\tStatement:T5 Content:T4 Within:E1"]
    assert "A1\tQuote E1 direct" in ann
    assert "\tInherited E2\n" in ann
    assert "(publisher) > Anna Kern" in ann


def test_a_record_without_statements():
    assert to_brat(Record(report=Report(id="r", text="Nothing was said."))) == ("Nothing was said.", "")
