import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate import find_zones, title_of
from dateline.records import Report


def kinds(text, title=None):
    return [(z.kind, text[z.begin : z.end].strip()) for z in find_zones(text, title)]


def test_wire_copy_with_headline_byline_and_dateline():
    text = "Harbour Talks End Without a Treaty\n\nBy Anna Kern\n\nOSLO (Nordwire) — Envoys left.\n\nThey will return."
    assert kinds(text) == [
        ("headline", "Harbour Talks End Without a Treaty"),
        ("byline", "By Anna Kern"),
        ("dateline", "OSLO (Nordwire) —"),
        ("body", "Envoys left."),
        ("body", "They will return."),
    ]


def test_datelines_of_several_houses():
    for dateline in (
        "PORT LEWIS, Md. (Nordwire) - ",
        "NEW HAVEN, Nov. 19 (UPI) — ",
        "OSLO — ",
        "OSLO/NEW HAVEN (Nordwire) — ",
        "(Nordwire) - ",
        "Oslo (dpa) - ",
        "ST. JOHN'S, Canada -- ",
    ):
        text = dateline + "The minister left on Monday."
        assert kinds(text) == [("dateline", dateline.strip()), ("body", "The minister left on Monday.")], dateline


def test_a_clause_before_a_dash_is_no_dateline():
    assert kinds("Minister Kern - a former judge - resigned.")[0][0] == "body"
    assert kinds("NATO - the alliance - met on Monday.")[0] != "headline"


def test_names_without_by():
    text = (
        "Anna Kern\n\nNORDWIRE NEWS\n\nThe minister left on Monday, her office said.\n\nContributing: Jo Hale and Li Wu"
    )
    assert [kind for kind, _ in kinds(text)] == ["byline", "byline", "body", "byline"]


def test_known_title_is_the_headline():
    text = "Minister leaves\n\nThe minister left on Monday."
    assert kinds(text, "Minister Leaves!")[0] == ("headline", "Minister leaves")
    assert kinds("The minister left on Monday.", "Minister leaves")[0][0] == "body"


def test_captions():
    text = "The minister left.\n\nMinister Kern waves in Oslo, May 4, 2019. REUTERS/Jo Hale\n\nPhoto: Li\n\nShe waved."
    assert [kind for kind, _ in kinds(text)] == ["body", "caption", "caption", "body"]


def test_a_plain_sentence_is_body():
    assert kinds("The minister left on Monday, her office said.\nShe waved.")[0][0] == "body"


@given(st.text(max_size=300))
def test_zones_cover_every_line_with_a_letter(text):
    zones = find_zones(text)
    assert all(0 <= z.begin < z.end <= len(text) for z in zones)
    assert all(a.end <= b.begin for a, b in itertools.pairwise(zones))
    covered = {i for z in zones for i in range(z.begin, z.end)}
    assert all(i in covered for i, c in enumerate(text) if c.isalpha())


@pytest.mark.parametrize(
    ("told", "text", "title"),
    [
        (
            None,
            "Chad and Niger sign\tpact\n\nNIAMEY (AP) - The two states signed on Monday.\n",
            "Chad and Niger sign pact",
        ),
        ("Water pact signed", "Chad and Niger sign pact\n\nThe two states signed on Monday.", "Water pact signed"),
        (None, "The two states signed a pact on Monday. It is on water.\n\nNobody else was there.", None),
        (None, "Chad signs", None),
        (None, "", None),
    ],
)
def test_the_title_is_the_headline_where_none_is_given(told: str | None, text: str, title: str | None) -> None:
    assert title_of(Report(id="r", text=text, title=told)) == title
