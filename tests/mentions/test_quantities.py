from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.parse import parse
from dateline.annotate.syntax import Syntax
from dateline.mentions import find_quantities, find_times

if TYPE_CHECKING:
    from spacy.language import Language

# text with the amount in brackets, value, low, high, unit, approximate
AMOUNTS = [
    ("They delivered [two million rounds of ammunition].", 2e6, 2e6, 2e6, "rounds of ammunition", False),
    ("They delivered [a million shells].", 1e6, 1e6, 1e6, "shells", False),
    ("[At least 311 people] fled.", 311, 311, None, "people", False),
    ("[More than 1,700 people] fled.", 1700, 1700, None, "people", False),
    ("[Up to 40 soldiers] died.", 40, None, 40, "soldiers", False),
    ("[Fewer than 40 soldiers] died.", 40, None, 40, "soldiers", False),
    ("[As many as 40 soldiers] died.", 40, None, 40, "soldiers", False),
    ("[No more than 40 soldiers] died.", 40, None, 40, "soldiers", False),
    ("[Nearly 500 soldiers] died.", 500, 450, 500, "soldiers", True),
    ("[About 500 soldiers] died.", 500, 450, 550, "soldiers", True),
    ("[An estimated 500 soldiers] died.", 500, 450, 550, "soldiers", True),
    ("[Just over 500 soldiers] died.", 500, 500, 550, "soldiers", True),
    ("Parliament approved [$61bn] for the army.", 61e9, 61e9, 61e9, "USD", False),
    ("Parliament approved [$61 billion] for the army.", 61e9, 61e9, 61e9, "USD", False),
    ("Parliament approved [£3m] for the army.", 3e6, 3e6, 3e6, "GBP", False),
    ("Parliament approved [€1.5 million] for the army.", 1.5e6, 1.5e6, 1.5e6, "EUR", False),
    ("Parliament approved [40 million euros] for the army.", 40e6, 40e6, 40e6, "EUR", False),
    ("Parliament approved [more than 3 billion rubles] for the army.", 3e9, 3e9, None, "RUB", False),
    ("The loan costs [$17 million to $19 million].", None, 17e6, 19e6, "USD", True),
    ("The loan costs [17 to 19 million dollars].", None, 17e6, 19e6, "USD", True),
    ("[Between 300 and 400 soldiers] died.", None, 300, 400, "soldiers", True),
    ("[300 to 400 soldiers] died.", None, 300, 400, "soldiers", True),
    ("[Dozens of soldiers] died.", None, 24, 99, "soldiers", True),
    ("[Hundreds of soldiers] died.", None, 200, 999, "soldiers", True),
    ("[Tens of thousands of soldiers] died.", None, 20000, 99999, "soldiers", True),
    ("[Several soldiers] died.", None, 3, 9, "soldiers", True),
    ("[A few hundred soldiers] died.", None, 300, 500, "soldiers", True),
    ("[A dozen soldiers] died.", 12, 12, 12, "soldiers", False),
    ("They shot four soldiers and wounded [a dozen] more.", 12, 12, 12, None, False),
    ("[Twenty-three soldiers] died.", 23, 23, 23, "soldiers", False),
    ("[Two hundred and five soldiers] died.", 205, 205, 205, "soldiers", False),
    ("[Half a million people] fled.", 5e5, 5e5, 5e5, "people", False),
    ("[Two-thirds] of the senators agreed.", 2 / 3, 2 / 3, 2 / 3, "share", False),
    ("[A quarter] of the senators agreed.", 0.25, 0.25, 0.25, "share", False),
    ("[More than half] of the senators agreed.", 0.5, 0.5, None, "share", False),
    ("[20 percent] of the senators agreed.", 20, 20, 20, "%", False),
    ("[About 20%] of the senators agreed.", 20, 18, 22, "%", True),
    ("He leads by [four percentage points].", 4, 4, 4, "percentage points", False),
    ("They lost [three Soviet-era tanks].", 3, 3, 3, "Soviet-era tanks", False),
    ("The quake left [82 dead].", 82, 82, 82, "dead", False),
    ("They have [10,000 troops or more] there.", 10000, 10000, None, "troops", False),
]


def _cut(text: str) -> tuple[str, tuple[int, int]]:
    return text.replace("[", "").replace("]", ""), (text.index("["), text.index("]") - 1)


def test_amounts(nlp: Language) -> None:
    wrong = []
    texts = [_cut(row[0])[0] for row in AMOUNTS]
    for (text, *expected), syntax in zip(AMOUNTS, parse(texts, nlp), strict=True):
        found = find_quantities(syntax, [])
        got = [[q.value, q.low, q.high, q.unit, q.approximate] for q in found if q.span == _cut(text)[1]]
        if got != [expected]:
            wrong.append((text, got, [(syntax.text[slice(*q.span)], q.value, q.unit) for q in found]))
    assert not wrong


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 was invoked.",
        "Flight 17 was shot down.",
        "An F-16 crashed.",
        "The vote was 52-48.",
        "Resolution 2231 still stands.",
        "The 44-year-old teacher left.",
        "He is 44 years old.",
        "It opened at 10:30 there.",
        "The mine No. 2 was closed.",
    ],
)
def test_numbers_that_count_nothing(nlp: Language, text: str) -> None:
    (syntax,) = parse([text], nlp)
    assert find_quantities(syntax, find_times(syntax, "2024-05-08")) == []


def test_numbers_of_times_are_no_amounts(nlp: Language) -> None:
    (syntax,) = parse(["Over two years, from May 5, 2019, about 300 people fled in the 1,000 days."], nlp)
    found = find_quantities(syntax, find_times(syntax, "2024-05-08"))
    assert [(q.id, syntax.text[slice(*q.span)]) for q in found] == [("q1", "about 300 people")]


def test_tokens_without_a_parse(nlp: Language) -> None:
    syntax = Syntax.from_doc(nlp.make_doc("At least 311 people fled, 82 dead, and $61bn was lost."))
    found = find_quantities(syntax, [])
    assert [(q.value, q.low, q.high, q.unit) for q in found] == [
        (311, 311, None, "people"),
        (82, 82, 82, "dead"),
        (61e9, 61e9, 61e9, "USD"),
    ]


PIECES = (
    "a an the 5 1,000 2.5 $ €3m 61bn million billion hundred two twenty - to and between half third thirds dozens "
    "dozen of few several people % percent at least more than about nearly or so 0 1/2 No . , per cent "
    "couple tens thousands"
)


@given(st.one_of(st.lists(st.sampled_from(PIECES.split()), max_size=20).map(" ".join), st.text(max_size=80)))
@settings(max_examples=200)
def test_no_text_breaks_it(blank: Language, text: str) -> None:
    syntax = Syntax.from_doc(blank.make_doc(text))
    at = 0
    for number, quantity in enumerate(find_quantities(syntax, []), 1):
        begin, end = quantity.span
        assert quantity.id == f"q{number}"
        assert at <= begin < end <= len(text)
        at = end
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high


@pytest.fixture(scope="module")
def blank() -> Language:
    """A tokenizer alone."""
    import spacy

    return spacy.blank("en")
