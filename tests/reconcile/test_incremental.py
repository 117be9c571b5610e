"""Reconciling little by little finds what reconciling all at once finds, in whatever order reports come."""

import random
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from dateline.pipeline import records_of
from dateline.records import Report
from dateline.store import Archive
from dateline.store.invariants import problems
from dateline.store.reconciled import reconcile
from dateline.store.tables import account_events, accounts, events, reports

CORPUS = yaml.safe_load((Path(__file__).parent / "corpus.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def records(nlp):
    read = [Report(**{**r, "published": str(r["published"])}, published_basis="given") for r in CORPUS["reports"]]
    return list(records_of(read, nlp))


def told(archive):
    """Which tellings are together, and how the account stands."""
    found = {}
    with archive.read() as connection:
        for account, standing, report, event in connection.execute(
            select(accounts.c.key, accounts.c.standing, reports.c.id, events.c.event)
            .join(account_events, account_events.c.account == accounts.c.key)
            .join(events, events.c.key == account_events.c.event)
            .join(reports, reports.c.key == events.c.report)
        ):
            found.setdefault((account, standing), set()).add((report, event))
    return {frozenset(tellings): standing for (_, standing), tellings in found.items()}


@pytest.fixture(scope="module")
def at_once(records, tmp_path_factory):
    with Archive.open(tmp_path_factory.mktemp("once") / "news.db") as archive:
        archive.add(records, "test")
        reconcile(archive, full=True)
        return told(archive)


@pytest.mark.parametrize("size", [1, 4, 15])
@pytest.mark.parametrize("seed", range(3))
def test_little_by_little_is_as_all_at_once(records, at_once, tmp_path, seed, size):
    order = list(records)
    random.Random(100 * size + seed).shuffle(order)
    with Archive.open(tmp_path / "news.db") as archive:
        for k in range(0, len(order), size):
            archive.add(order[k : k + size], "test")
            reconcile(archive)
        little = told(archive)
        # Names and numbers of accounts depend on the order, what they hold does not.
        assert little == at_once
        reconcile(archive, full=True)
        assert told(archive) == little
        assert list(problems(archive)) == []
