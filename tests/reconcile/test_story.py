"""Stories: reports of one main event come together, others stay apart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reconcile.story import Document, find_stories
from dateline.samples import sample, sample_names

REWRITES = {
    "tanks-1": (
        date(2023, 1, 25),
        "Berlin clears Leopard tanks for Kyiv",
        "Chancellor Olaf Scholz ended weeks of debate on Wednesday and agreed to supply Ukraine with 14 Leopard 2 "
        "tanks. Washington said it would add 31 Abrams tanks. Poland, which had asked Berlin for permission to export "
        "its own Leopards, welcomed the step, while Moscow called it extremely dangerous.",
    ),
    "tanks-2": (
        date(2023, 1, 26),
        "Kremlin says tanks make the West a party to the war",
        "The Kremlin said on Thursday that the delivery of Leopard and Abrams tanks to Ukraine was direct involvement "
        "in the conflict. Germany had announced a day earlier that it would send 14 Leopard 2 tanks, and President "
        "Joe Biden promised 31 Abrams.",
    ),
    "helsinki": (
        date(2018, 7, 16),
        "In Helsinki, Trump sides with Putin on meddling",
        "President Donald Trump said after meeting Vladimir Putin in Helsinki that he saw no reason why Russia would "
        "have interfered in the 2016 election, although American intelligence agencies and a grand jury that indicted "
        "12 Russian officers say it did.",
    ),
    "quake": (
        date(2023, 1, 25),
        "Quake shakes northern coast",
        "An earthquake of magnitude 5.8 shook towns along the northern coast early on Wednesday. Nobody was hurt, "
        "officials said, but roads were closed and trains stopped while engineers looked at bridges.",
    ),
}


def documents():
    reports = [sample(name) for name in sample_names()]
    return [
        *(Document(r.id, date.fromisoformat(r.published), r.title, r.text) for r in reports),
        *(Document(name, day, title, text) for name, (day, title, text) in REWRITES.items()),
    ]


def test_reports_of_one_event_come_together():
    told = {frozenset(story) for story in find_stories(documents())}
    assert told == {
        frozenset({"arms", "tanks-1", "tanks-2"}),
        frozenset({"summit", "helsinki"}),
        frozenset({"sanctions"}),
        frozenset({"quake"}),
    }


def test_the_order_of_the_documents_does_not_matter():
    assert find_stories(documents()) == find_stories(documents()[::-1])


def test_the_same_words_years_apart_are_two_stories():
    day, title, text = REWRITES["tanks-1"]
    later = Document("later", date(day.year + 1, day.month, day.day), title, text)
    assert find_stories([Document("now", day, title, text), later]) == [["now"], ["later"]]


def test_undated_reports_are_told_by_their_words():
    _, title, text = REWRITES["tanks-1"]
    told = find_stories([Document("a", None, title, text), Document("b", None, title, text + " More follows.")])
    assert told == [["a", "b"]]


def test_an_undated_report_joins_no_stories_that_are_years_apart():
    day, title, text = REWRITES["tanks-1"]
    found = find_stories(
        [
            Document("then", day, title, text),
            Document("years-later", day.replace(year=2026), title, text),
            Document("undated", None, title, text),
        ]
    )
    assert len(found) == 2
    assert next(story for story in found if "then" in story) == ["undated", "then"]


@given(st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2030, 1, 1)) | st.none(), st.text(max_size=60)), max_size=8))
def test_every_document_is_in_one_story(found):
    given_ids = [str(n) for n in range(len(found))]
    told = find_stories([Document(str(n), day, None, text) for n, (day, text) in enumerate(found)])
    assert sorted(i for story in told for i in story) == sorted(given_ids)


@pytest.mark.parametrize("count", [400])
def test_many_documents_take_little_more_than_their_share(count):
    # Work is counted, not time: pairs compared must not grow with the square of the documents.
    from dateline.reconcile import story

    calls = 0
    near = story._near

    def counting(a, b):
        nonlocal calls
        calls += 1
        return near(a, b)

    words = ["".join(chr(97 + (n * k) % 26) for k in range(3, 11)) for n in range(1, 4000)]
    made = [
        Document(str(n), date(2020, 1, 1 + n % 28), None, " ".join(words[(n * 37 + k) % len(words)] for k in range(30)))
        for n in range(count)
    ]
    story._near = counting
    try:
        find_stories(made)
    finally:
        story._near = near
    assert calls < count * 40
