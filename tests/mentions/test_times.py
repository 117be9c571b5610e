from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate.parse import parse
from dateline.mentions.times import find_times, times

if TYPE_CHECKING:
    from spacy.language import Language

TABLE = yaml.load((Path(__file__).parent / "times_table.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


def _rows() -> list[Any]:
    out = []
    for group in TABLE:
        for text, value, interval in group.get("rows", ()):
            published = None if group["published"] == "null" else group["published"]
            out.append(pytest.param(published, group.get("country"), text, value, interval, id=f"{published}: {text}"))
    return out


ROWS = _rows()


def _cut(text: str) -> tuple[str, tuple[int, int]]:
    begin = text.index("[")
    end = text.index("]") - 1
    return text.replace("[", "").replace("]", ""), (begin, end)


def _check(found: list[Any], span: tuple[int, int], value: str, interval: str) -> None:
    (time,) = [t for t in found if t.span == span] or [None]
    assert time is not None, [(t.span, t.value) for t in found]
    begin, _, end = interval.partition("/")
    assert (time.value, time.begin, time.end) == (value, begin or None, end or None)


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 300


@pytest.mark.parametrize(("published", "country", "text", "value", "interval"), ROWS)
def test_expressions_by_words_alone(
    published: str | None, country: str | None, text: str, value: str, interval: str
) -> None:
    plain, span = _cut(text)
    _check(times(plain, published, country), span, value, interval)


def test_expressions_with_the_parse(nlp: Language) -> None:
    cases = [row.values for row in ROWS]
    texts = [_cut(text)[0] for _, _, text, _, _ in cases]
    wrong = []
    for (published, country, text, value, interval), syntax in zip(cases, parse(texts, nlp), strict=True):
        found = [t for t in find_times(syntax, published, country) if t.span == _cut(text)[1]]
        got = [(t.value, f"{t.begin}/{t.end}" if t.begin else "") for t in found]
        if got != [(value, interval)]:
            wrong.append((text, published, value, interval, got))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Abbas and Sisi to meet in Cairo on Sunday", "2024-05-12"),
        ("Envoys called for calm ahead of talks between Hamas and Israel in Cairo on Sunday.", "2024-05-12"),
        ("Envoys called for calm ahead of the talks, as they did on Sunday.", "2024-05-05"),
        ("Envoys called for calm in Cairo on Sunday.", "2024-05-05"),
    ],
)
def test_what_is_to_come_is_told_by_the_parse(nlp: Language, text: str, value: str) -> None:
    (syntax,) = parse([text], nlp)
    assert [time.value for time in find_times(syntax, "2024-05-08")] == [value]


@pytest.mark.parametrize("text", [text for group in TABLE for text in group.get("nothing", ())])
def test_words_that_only_look_like_times(text: str) -> None:
    assert times(text, "2024-05-08") == []


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("It lasted more than two years.", "MORE_THAN"),
        ("It lasted nearly two years.", "LESS_THAN"),
        ("It lasted about two years.", "APPROX"),
        ("It lasted at least two years.", "EQUAL_OR_MORE"),
        ("It lasted up to two years.", "EQUAL_OR_LESS"),
        ("It lasted no more than two years.", "EQUAL_OR_LESS"),
        ("It began in late March.", "END"),
        ("It began in early 1998.", "START"),
        ("It began in mid-March.", "MID"),
    ],
)
def test_modifiers(text: str, mod: str) -> None:
    (time,) = times(text, "2024-05-08")
    assert time.mod == mod


def test_anchors_name_what_an_expression_counts_from() -> None:
    found = times("He was shot on April 2, 2021. Two days later he died. It came out last week.", "2024-05-08")
    assert [(t.id, t.anchor) for t in found] == [("t1", None), ("t2", "t1"), ("t3", "published")]


def test_a_range_of_days_is_two_days() -> None:
    for text in ("They met on May 3-5.", "They met between 3 and 5 May.", "They met from May 3 to 5."):
        assert [t.value for t in times(text, "2024-06-01")] == ["2024-05-03", "2024-05-05"], text


def test_wrapped_lines_and_blank_lines() -> None:
    assert [t.value for t in times("It was signed on March\n5, 2019.", "2024-05-08")] == ["2019-03-05"]
    assert times("It was signed in March\n\n5, 2019", "2024-05-08")[0].value == "2024-03"


def test_tense_of_the_governing_verb(nlp: Language) -> None:
    texts = {
        "The envoy, who arrived on Tuesday, will speak.": "2024-05-07",
        "The envoy will, aides said, arrive on Friday.": "2024-05-10",
        "The court ordered him to appear on Friday.": "2024-05-10",
        "Aides said on Friday that he would leave.": "2024-05-03",
        "He could be charged on Friday.": "2024-05-10",
    }
    got = [find_times(syntax, "2024-05-08")[0].value for syntax in parse(texts, nlp)]
    assert got == list(texts.values())


def test_parsed_and_unparsed_spans_agree(nlp: Language) -> None:
    texts = [_cut(row.values[2])[0] for row in ROWS[::7]]
    for text, syntax in zip(texts, parse(texts, nlp), strict=True):
        assert [t.span for t in times(text, "2024-05-08")] == [t.span for t in find_times(syntax, "2024-05-08")]


VOCABULARY = (
    "the last next this that of in on at a two three first second May March June Friday Monday week weeks day days "
    "month year "
    "years quarter century ago later earlier early late mid - , . 1998 5 31 30 12 10:30 p.m. GMT 2024-02-30 "
    "5/12/2024 1990s '90s "
    "21st spring fall weekend morning night noon yesterday tomorrow every Christmas Ramadan end half and to between "
    "from now BC "
    "44 9999 0 fiscal same following million decade before after past few several about more than year-ago Q3 "
    "Easter"
)
WORDS = st.sampled_from(VOCABULARY.split())
DATES = st.one_of(st.none(), st.dates().map(date.isoformat))


@pytest.mark.parametrize("text", ["March 15, 44 BC", "Christmas, 300 BC", "the summer of 44 BC", "300 BC Christmas"])
def test_what_lies_in_a_year_before_the_common_era_is_in_that_year(text: str) -> None:
    (time,) = times(f"It was signed on {text}.", "2024-05-08")
    assert time.value in ("BC0044", "BC0300")


@given(st.lists(WORDS, max_size=25).map(" ".join), DATES)
def test_no_order_of_words_breaks_it(text: str, published: str | None) -> None:
    found = times(text, published)
    at = 0
    for number, time in enumerate(found, 1):
        assert time.id == f"t{number}"
        assert at <= time.span[0] < time.span[1] <= len(text)
        at = time.span[1]
        assert time.value
        assert (time.begin is None) == (time.end is None)
        if time.begin and time.end:
            assert time.begin <= time.end
        assert time.anchor in (None, "published", *(f"t{n}" for n in range(1, number)))


def test_a_word_belongs_to_one_time_alone() -> None:
    assert [t.span for t in times("Christmas weekend last May")] == [(0, 9), (10, 26)]
    assert [t.span for t in times("Christmas weekend")] == [(0, 17)]


@given(st.text(max_size=200), DATES)
def test_no_text_breaks_it(text: str, published: str | None) -> None:
    for time in times(text, published):
        assert text[slice(*time.span)]
    assert times(text, published) == times(text, published)


RELATIVE = st.sampled_from(
    [
        "They met on Friday.",
        "They will meet on Friday.",
        "They met last week.",
        "They meet next week.",
        "They met last Tuesday.",
        "They met on Monday morning.",
        "They met over the weekend.",
        "They met two weeks ago.",
        "They met yesterday.",
        "They met earlier this week.",
        "They meet this Thursday.",
        "They met the day before yesterday.",
        "They met 10 days ago.",
    ]
)


@given(RELATIVE, st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-500, 500))
def test_weeks_shift_what_is_relative_to_weekdays(text: str, published: date, weeks: int) -> None:
    step = timedelta(weeks=weeks)
    (here,) = times(text, published.isoformat())
    (there,) = times(text, (published + step).isoformat())
    assert here.begin is not None
    assert here.end is not None
    assert there.begin is not None
    assert there.end is not None
    assert date.fromisoformat(here.begin) + step == date.fromisoformat(there.begin)
    assert date.fromisoformat(here.end) + step == date.fromisoformat(there.end)


@given(st.dates(date(1, 1, 8), date(9998, 12, 31)))
def test_yesterday_is_the_day_before(published: date) -> None:
    (time,) = times("They met yesterday.", published.isoformat())
    assert time.begin == (published - timedelta(days=1)).isoformat()
    assert time.end == published.isoformat()


def test_long_texts_stay_linear() -> None:
    for piece in ("the last ", "May ", "3 and ", "two years ", '"', "1998-", "early mid-late ", "two and "):
        text = piece * (200_000 // len(piece))
        times(text, "2024-05-08")
