"""Forty reports of twelve events, through the whole of it: read, kept, reconciled, asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.pipeline import records_of
from dateline.records import Record
from dateline.store import Archive
from dateline.store.accounts import account_tree, ask_accounts
from dateline.store.reconciled import reconcile

CORPUS = yaml.safe_load((Path(__file__).parent / "corpus.yaml").read_text("utf-8"))
EVENTS = {event["id"]: event for event in CORPUS["events"]}


@dataclass
class Told:
    """The archive of the corpus: its records by id, and its accounts with their tellings."""

    archive: Archive
    records: dict[str, Record]
    accounts: list[dict[str, Any]]

    def account(self, report: str, word: str) -> dict[str, Any]:
        """The account of the event that a report tells of in this word ("fired/missiles": in one of these)."""
        record = self.records[report]
        words = word.split("/")
        event = next(e for e in record.events if record.report.text[slice(*e.trigger)].split()[0] in words)
        for account in self.accounts:
            if any(t["report"] == report and t["event"] == event.id for t in account["tellings"]):
                return account
        raise AssertionError(f"{report}: {word!r} is in no account")

    def of(self, event: dict[str, Any]) -> dict[str, Any]:
        """The account of an event's first telling."""
        return self.account(*next(iter(event["told"].items())))


@pytest.fixture(scope="module")
def told(nlp, reports_of, tmp_path_factory) -> Iterator[Told]:
    reports = reports_of(CORPUS)
    records = list(records_of(reports, nlp))
    with Archive.open(tmp_path_factory.mktemp("corpus") / "news.db") as archive:
        archive.add(records, "test")
        reconcile(archive)
        accounts = [account_tree(archive, a["id"]) for a in ask_accounts(archive)]
        yield Told(archive, {r.report.id: r for r in records}, [a for a in accounts if a])


def test_corpus_is_as_large_as_it_says():
    assert len(CORPUS["reports"]) >= 40
    assert len(CORPUS["events"]) >= 12
    known = {r["id"] for r in CORPUS["reports"]}
    assert all(set(e["told"]) <= known for e in CORPUS["events"])


@pytest.mark.parametrize("event", EVENTS)
def test_tellings_of_one_occurrence_are_one_account(told, event):
    ids = {told.account(report, word)["id"] for report, word in EVENTS[event]["told"].items()}
    assert len(ids) == 1


def test_tellings_of_different_occurrences_are_never_merged(told):
    story = {report: event["id"] for event in CORPUS["events"] for report in event["told"]}
    for account in told.accounts:
        assert len({story[t["report"]] for t in account["tellings"]}) == 1, account["headline"]


def test_standing_is_right_for_all_but_one(told):
    wrong = {
        name: (told.of(event)["standing"], event["standing"])
        for name, event in EVENTS.items()
        if told.of(event)["standing"] != event["standing"]
    }
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("event", EVENTS)
def test_origins_are_right(told, event):
    origins = told.of(EVENTS[event])["evidence"]["origins"].values()
    # Somebody unnamed is shown with the outlet that quotes him: "officials (CNN)".
    assert sorted(o["name"].split(" (")[0] for o in origins) == sorted(EVENTS[event]["origins"])


def test_plan_is_followed_to_its_outcome(told):
    event = EVENTS["putin-in-pyongyang"]
    evidence = told.of(event)["evidence"]
    assert sorted(evidence["planned"]) == sorted(event["planned"])
    assert sorted(evidence["outcome"]) == sorted(set(event["told"]) - set(event["planned"]))


def test_conflicting_numbers_stand_side_by_side(told):
    conflicts = told.of(EVENTS["kabul-airport"])["evidence"]["conflicts"]
    assert [c["what"] for c in conflicts] == ["people"]
    assert conflicts[0]["values"] == {
        "60 people": ["ap-airport"],
        "170 people": ["nyt-airport"],
        "90 people": ["cnn-airport"],
    }


def test_who_denies_is_named(told):
    assert list(told.of(EVENTS["kremenchuk"])["evidence"]["deniers"]) == ["Ministry of Defence of Russia"]
    assert list(told.of(EVENTS["zakho"])["evidence"]["deniers"]) == ["Ministry of Foreign Affairs of Turkey"]
