"""Reconciling in both databases: what people said holds, little is looked at again, names stay."""

import msgspec
import pytest

from dateline.errors import InputError
from dateline.pipeline import records_of
from dateline.records import Report
from dateline.store import Question, ask_statements
from dateline.store.accounts import account_tree, ask_accounts, find_account
from dateline.store.correction import correct, log, store_anew, undo
from dateline.store.invariants import problems
from dateline.store.reconciled import merge_accounts, reconcile, split_account, totals

TEXTS = [
    ("cairo", "BBC", "2021-05-21", "Egypt sent ambulances to Gaza on Friday. Lorries waited at the crossing."),
    ("rafah", "Le Monde", "2021-05-21", "Egypt sent 130 ambulances to Gaza on Friday. The road was open all day."),
    ("oslo", "NRK", "2022-02-03", "Norway expelled two Russian diplomats on Thursday, the foreign ministry said."),
    ("bergen", "Reuters", "2022-02-03", "Norway expelled two Russian diplomats on Thursday. One left the same night."),
    ("lima", "AFP", "2019-08-02", "Peruvian President Martin Vizcarra met farmers in Arequipa on Friday."),
]


@pytest.fixture(scope="module")
def records(nlp):
    reports = [
        Report(id=name, publisher=publisher, published=day, published_basis="given", title=None, text=text)
        for name, publisher, day, text in TEXTS
    ]
    return list(records_of(reports, nlp))


@pytest.fixture
def filled(archive, records):
    archive.add(records, "test")
    reconcile(archive)
    return archive


def tellings(archive):
    """Which tellings are together, and how the account stands."""
    found = {}
    for account in ask_accounts(archive):
        tree = account_tree(archive, account["id"])
        found[frozenset((t["report"], t["event"]) for t in tree["tellings"])] = tree["standing"]
    return found


def reports_in(archive, name):
    return {t["report"] for t in account_tree(archive, name)["tellings"]}


def test_two_reports_of_one_occurrence_are_one_account(filled):
    assert reports_in(filled, "cairo/e1") == {"cairo", "rafah"}
    assert reports_in(filled, "oslo/e1") == {"oslo", "bergen"}
    assert reports_in(filled, "lima/e1") == {"lima"}
    assert list(problems(filled)) == []


def test_days_that_are_none_are_days_that_nobody_knows(archive, records):
    oslo, bergen = records[2:4]
    events = [
        msgspec.structs.replace(e, time=msgspec.structs.replace(e.time, begin="last week", end="2022-02-30"))
        for e in bergen.events
    ]
    archive.add([oslo, msgspec.structs.replace(bergen, events=events)], "test")
    reconcile(archive)
    assert {name for together in tellings(archive) for name, _ in together} == {"oslo", "bergen"}


def test_one_by_one_is_as_all_at_once(archive, records):
    for record in reversed(records):
        archive.add([record], "test")
        reconcile(archive)
    little = tellings(archive)
    names = {a["id"]: a["key"] for a in ask_accounts(archive)}
    reconcile(archive, full=True)
    assert tellings(archive) == little
    assert {a["id"]: a["key"] for a in ask_accounts(archive)} == names
    assert list(problems(archive)) == []


def test_an_account_keeps_its_name_when_an_earlier_telling_comes(archive, records):
    archive.add(records[1:], "test")
    reconcile(archive)
    before = find_account(archive, "rafah/e1")
    archive.add(records[:1], "test")
    reconcile(archive)
    after = find_account(archive, "cairo/e1")
    assert (after["id"], after["key"], after["reports"]) == (before["id"], before["key"], 2)


def test_nothing_new_changes_nothing(filled):
    before = list(ask_accounts(filled))
    reconcile(filled)
    assert list(ask_accounts(filled)) == before
    found = totals(filled)
    assert (found.reports, found.told_more_than_once) == (len(TEXTS), 2)


def test_a_split_holds_through_every_run(filled, records):
    number = split_account(filled, "cairo/e1", ["rafah"], who="ana", why="another convoy")
    assert reports_in(filled, "cairo/e1") == {"cairo"}
    assert reports_in(filled, "rafah/e1") == {"rafah"}
    for full in (False, True):
        reconcile(filled, full=full)
        assert reports_in(filled, "cairo/e1") == {"cairo"}
    (entry,) = log(filled)
    assert (entry["key"], entry["action"], entry["who"], entry["why"]) == (number, "split", "ana", "another convoy")
    undo(filled, number, who="ana")
    reconcile(filled)
    assert reports_in(filled, "cairo/e1") == {"cairo", "rafah"}
    assert list(problems(filled)) == []


def test_a_merge_holds_whatever_the_machine_thinks(filled):
    number = merge_accounts(filled, "lima/e1", "oslo/e1", who="ana")
    assert reports_in(filled, "lima/e1") == {"lima", "oslo", "bergen"}
    reconcile(filled, full=True)
    assert reports_in(filled, "lima/e1") == {"lima", "oslo", "bergen"}
    undo(filled, number, who="ben")
    reconcile(filled)
    assert reports_in(filled, "lima/e1") == {"lima"}
    assert reports_in(filled, "oslo/e1") == {"oslo", "bergen"}


def test_the_latest_word_about_two_tellings_holds(filled):
    merge_accounts(filled, "lima/e1", "oslo/e1", who="ana")
    split_account(filled, "lima/e1", ["lima/e1"], who="ben")
    assert reports_in(filled, "lima/e1") == {"lima"}
    assert reports_in(filled, "oslo/e1") == {"oslo", "bergen"}
    merge_accounts(filled, "lima/e1", "bergen/e1", who="cem")
    reconcile(filled, full=True)
    assert reports_in(filled, "lima/e1") == {"lima", "oslo", "bergen"}


def test_what_a_person_said_survives_coding_anew(filled, records):
    split_account(filled, "cairo/e1", ["rafah"], who="ana")
    renamed = [
        msgspec.structs.replace(
            record,
            events=[
                msgspec.structs.replace(e, id=f"x{e.id}", same_as=f"x{e.same_as}" if e.same_as else None)
                for e in record.events
            ],
            framings=[],
        )
        for record in records
    ]
    assert store_anew(filled, renamed, "newer") == len(records)
    reconcile(filled)
    assert reports_in(filled, "cairo/xe1") == {"cairo"}
    assert reports_in(filled, "oslo/xe1") == {"oslo", "bergen"}
    assert list(problems(filled)) == []


def test_a_rejected_event_is_told_no_more(filled):
    correct(filled, "rafah", "e1", "reject", who="ana")
    reconcile(filled)
    assert reports_in(filled, "cairo/e1") == {"cairo"}
    assert find_account(filled, "cairo/e1")["standing"] == "single source"
    assert list(problems(filled)) == []


def test_a_changed_report_takes_the_place_of_the_old(filled, records, nlp):
    text = "Peruvian President Martin Vizcarra met miners in Cusco on Thursday."
    report = msgspec.structs.replace(records[4].report, text=text)
    filled.add(records_of([report], nlp), "test")
    reconcile(filled)
    assert reports_in(filled, "lima/e1") == {"lima"}
    assert find_account(filled, "lima/e1")["begin"] == "2019-08-01"
    assert list(problems(filled)) == []


def test_what_cannot_be_merged_or_split_is_told(filled):
    with pytest.raises(InputError, match="no account 'nowhere'"):
        merge_accounts(filled, "nowhere", "lima/e1", who="ana")
    with pytest.raises(InputError, match="one account already"):
        merge_accounts(filled, "cairo/e1", "rafah/e1", who="ana")
    with pytest.raises(InputError, match="has no telling 'lima'"):
        split_account(filled, "cairo/e1", ["lima"], who="ana")
    with pytest.raises(InputError, match="must leave some"):
        split_account(filled, "cairo/e1", ["cairo", "rafah"], who="ana")
    with pytest.raises(InputError, match="who says it"):
        split_account(filled, "cairo/e1", ["rafah"], who=" ")
    assert list(log(filled)) == []


def test_what_a_person_changed_is_what_is_reconciled(filled):
    number = correct(filled, "bergen", "e1", "change", who="ana", field="actor", value=["FIN"])
    assert any(t["why"] == "changed since by a person" for t in account_tree(filled, "oslo/e1")["tellings"])
    reconcile(filled)
    assert reports_in(filled, "oslo/e1") == {"oslo"}
    assert "FIN" in account_tree(filled, "bergen/e1")["headline"]
    undo(filled, number, who="ana")
    reconcile(filled)
    assert reports_in(filled, "oslo/e1") == {"oslo", "bergen"}
    assert list(problems(filled)) == []


def test_a_changed_day_and_speaker_are_taken_over(filled):
    statement = next(s["statement"] for s in ask_statements(filled, Question()) if s["report_id"] == "oslo")
    correct(filled, "oslo", statement, "change", who="ana", field="speaker", value="Erna Solberg")
    correct(filled, "oslo", "e1", "change", who="ana", field="begin", value="2022-01-10")
    correct(filled, "oslo", "e1", "change", who="ana", field="end", value="2022-01-11")
    reconcile(filled)
    assert reports_in(filled, "oslo/e1") == {"oslo"}
    account = account_tree(filled, "oslo/e1")
    assert account["begin"] == "2022-01-10"
    assert [o["name"] for o in account["evidence"]["origins"].values()] == ["Erna Solberg"]
