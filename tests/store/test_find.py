"""Finding page by page, and facets: nothing is left out, nothing comes twice, every count is what one finds."""

import pytest
from sqlalchemy import select

from dateline.errors import InputError
from dateline.records import Record, Report
from dateline.store import Question, ask_events, ask_reports, ask_statements
from dateline.store.accounts import ask_accounts
from dateline.store.facets import account_facets, event_facets, report_facets, statement_facets
from dateline.store.find import find_accounts_of, find_events, find_reports, find_statements
from dateline.store.reconciled import reconcile
from dateline.store.tables import accounts

KINDS = {
    "events": (find_events, ask_events, event_facets),
    "statements": (find_statements, ask_statements, statement_facets),
    "reports": (find_reports, ask_reports, report_facets),
    "accounts": (find_accounts_of, lambda archive, question: ask_accounts(archive), account_facets),
}


@pytest.fixture
def filled(archive, sample_records, undated_records):
    archive.add([*sample_records, *undated_records], "test")
    reconcile(archive)
    return archive


def walk(find, archive, question, limit):
    rows, after = [], None
    while True:
        page = find(archive, question, after=after, limit=limit)
        assert len(page.rows) <= limit
        rows += page.rows
        if page.after is None:
            return rows
        after = page.after


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("limit", [1, 5, 1000])
def test_pages_hold_all_once_the_latest_first_and_what_has_no_day_last(filled, kind, limit):
    find, ask, _ = KINDS[kind]
    rows = walk(find, filled, Question(), limit)
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys))
    assert sorted(keys) == sorted(row["key"] for row in ask(filled, Question()))
    days = [row["published" if kind == "reports" else "day"] for row in rows]
    known = [day for day in days if day]
    assert known == sorted(known, reverse=True)
    assert days == known + [None] * (len(days) - len(known))
    assert kind == "accounts" or len(known) < len(days)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"text": "Putin"},
        {"text": 'Putin -"Kim Jong Un"'},
        {"type": "CONSULT"},
        {"actor": "RUS"},
        {"country": "USA", "factuality": "occurred"},
        {"source": "vladimir_putin"},
        {"standing": "single source"},
        {"published_since": "2018-01-01"},
        {"text": "nosuchword"},
    ],
    ids=str,
)
def test_every_count_is_what_one_finds_by_it(filled, kind, asked):
    find, _, facets = KINDS[kind]
    question = Question(**asked)
    counted = facets(filled, question, most=5)
    assert counted.found == len(walk(find, filled, question, 100))
    for name, choices in counted.of.items():
        if name == "quote":
            continue  # shown, not filtered by
        assert len(choices) <= 5 or name in ("month", "published")
        for choice in choices:
            if name in ("month", "published"):
                year, month = map(int, choice.value.split("-"))
                after = f"{year + month // 12}-{month % 12 + 1:02}"
                names = ("since", "until") if name == "month" else ("published_since", "published_until")
                chosen = dict(zip(names, (choice.value, after), strict=True))
            else:
                chosen = {name: choice.value}
            found = walk(find, filled, Question(**{**asked, **chosen}), 100)
            assert len(found) == choice.count, (name, choice)


def test_facets_name_people_and_count_without_their_own_filter(filled):
    free, chosen = event_facets(filled, Question()), event_facets(filled, Question(type="CONSULT"))
    assert chosen.of["type"] == free.of["type"]
    assert chosen.found == next(c.count for c in free.of["type"] if c.value == "CONSULT")
    putin = next(c for c in free.of["actor"] if c.value == "vladimir_putin")
    assert putin.label == "Vladimir Putin"


def test_statements_are_found_by_what_is_said(filled):
    rows = walk(find_statements, filled, Question(text="election"), 100)
    assert rows
    assert all("election" in row["content"].lower() for row in rows)
    assert not walk(find_statements, filled, Question(text="election -election"), 100)


def test_a_percent_sign_is_a_percent_sign(archive):
    text = "Half said yes. 50% said no."
    archive.add([Record(report=Report(id="r", text=text))], "test")
    assert len(walk(find_reports, archive, Question(text="50%"), 5)) == 1
    assert statement_facets(archive, Question(text="50%")).found == 0


def test_accounts_are_found_by_the_reports_that_tell_them(filled):
    rows = find_accounts_of(filled, Question(text="Helsinki"), limit=500).rows
    assert rows
    assert {row["id"].partition("/")[0] for row in rows} <= {"summit", "undated-0", "sanctions"}
    assert all(row["evidence"]["origins"] is not None for row in rows)
    several = find_accounts_of(filled, Question(), least_reports=2, limit=500).rows
    with filled.read() as connection:
        assert len(several) == len(connection.execute(select(accounts.c.key).where(accounts.c.reports > 1)).all())


@pytest.mark.parametrize("after", ["", "2024-01-01", "2024-01-01:x", "';--:1"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_place_that_is_none_is_refused(archive, kind, after):
    with pytest.raises(InputError, match="no place"):
        KINDS[kind][0](archive, Question(), after=after)
