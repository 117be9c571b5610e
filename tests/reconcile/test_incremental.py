"""Reconciling little by little finds what reconciling all at once finds, in whatever order reports come."""

import random
import tempfile
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from dateline.pipeline import records_of
from dateline.records import Report
from dateline.store import Archive
from dateline.store.correction import correct, store_anew, undo
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


ACTIONS = ("reject", "change", "undo", "recode", "new version")


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_happens_little_by_little_is_as_all_at_once(records, data):
    order = data.draw(st.permutations(records))[: data.draw(st.integers(5, 20))]
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "news.db") as archive:
        stored, said = [], []
        while order:
            size = data.draw(st.integers(1, 4))
            archive.add(order[:size], "test")
            stored, order = stored + order[:size], order[size:]
            if data.draw(st.booleans()):
                happen(archive, data, stored, said)
            if data.draw(st.booleans()):
                reconcile(archive)
                assert list(problems(archive)) == []
        happen(archive, data, stored, said)
        reconcile(archive)
        little = told(archive)
        assert list(problems(archive)) == []
        reconcile(archive, full=True)
        assert told(archive) == little
        assert list(problems(archive)) == []


def happen(archive, data, stored, said):
    n = data.draw(st.integers(0, len(stored) - 1))
    record = stored[n]
    item = record.events[0].id if record.events else None
    action = data.draw(st.sampled_from(ACTIONS))
    if action == "reject" and item:
        said.append(correct(archive, record.report.id, item, "reject", who="ana"))
    elif action == "change" and item:
        said.append(correct(archive, record.report.id, item, "change", field="actor", value=["FIN"], who="ana"))
    elif action == "undo" and said:
        undo(archive, said.pop(), who="ana")
    elif action == "recode":
        store_anew(archive, [record], "newer")
    elif action == "new version":
        day = "2019-03-04" if data.draw(st.booleans()) else record.report.published
        changed = msgspec.structs.replace(record.report, title="Corrected", published=day)
        stored[n] = msgspec.structs.replace(record, report=changed)
        archive.add([stored[n]], "test")


def test_one_more_report_asks_for_no_more_in_a_larger_archive(records, tmp_path):
    # Work is counted, not time: the steps of the database for the same report, beside others of other years.
    *others, last = records
    steps = []
    for times in (1, 6):
        path = tmp_path / f"{times}.db"
        with Archive.open(path) as archive:
            for n in range(times):
                archive.add([of_years_before(record, 3 * n) for record in others], "test")
            archive.optimize()
            reconcile(archive)
            archive.add([last], "test")
        with Archive.open(path) as archive:
            steps.append(counted_steps(archive, reconcile))
    assert 0 < steps[1] < 1.2 * steps[0]


def counted_steps(archive, action):
    """Tens of steps of SQLite's machine that an action takes."""
    steps = [0]

    def count():
        steps[0] += 1

    @event.listens_for(archive.engine, "begin")
    def begin(connection):
        connection.connection.driver_connection.set_progress_handler(count, 10)

    action(archive)
    return steps[0]


def of_years_before(record, years):
    """The record in another year, under another id."""

    def moved(day):
        return day and f"{int(day[:4]) - years}{day[4:].replace('02-29', '02-28')}"

    report = msgspec.structs.replace(
        record.report,
        id=f"{record.report.id}-{years}" if years else record.report.id,
        published=moved(record.report.published),
    )
    return msgspec.structs.replace(
        record,
        report=report,
        events=[
            msgspec.structs.replace(
                e, time=msgspec.structs.replace(e.time, begin=moved(e.time.begin), end=moved(e.time.end))
            )
            for e in record.events
        ],
    )
