"""The checks of an archive: silent on a sound one, loud on each kind of damage; and killing a run harms nothing."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import delete, insert, update

from dateline.records import Record, Report
from dateline.store import Archive
from dateline.store.invariants import problems
from dateline.store.reconciled import reconcile
from dateline.store.tables import (
    account_events,
    accounts,
    bags,
    events,
    mentions,
    reports,
    statements,
    stories,
    word_blocks,
)


def record(n, text="Russia attacked Ukraine on Monday."):
    return Record(report=Report(id=f"r{n}", text=f"{text} {n}"))


def test_sound(archive, sample_records):
    archive.add(sample_records, "test")
    assert list(problems(archive)) == []


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (delete(events).where(events.c.key == 1), "rows in events"),
        (delete(statements).where(statements.c.key == 1), "rows in statements"),
        (update(reports).values(current=False), "0 of its 1 versions"),
        (update(reports).where(reports.c.key == 1).values(version=3), "the highest has number 3"),
        (update(reports).where(reports.c.key == 1).values(record=b"nonsense"), "damaged"),
        (update(reports).where(reports.c.key == 1).values(digest="0"), "of another report"),
        (
            insert(accounts).values(
                key=1, id="x", type="AID", standing="x", reports=1, origins=1, headline="", evidence="{}"
            ),
            "1 have no event",
        ),
    ],
)
def test_damage_is_named(archive, sample_records, damage, problem):
    archive.add(sample_records, "test")
    with archive.write() as connection:
        connection.execute(damage)
    assert any(problem in found for found in problems(archive))


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (delete(account_events).where(account_events.c.event == 1), "is to be reconciled, and does not wait for it"),
        (update(events).where(events.c.key == 1).values(review="rejected"), "is to be reconciled, and does not wait"),
        (delete(stories).where(stories.c.report == 1), "is to be reconciled, and does not wait for it"),
        (delete(mentions).where(mentions.c.report == 1), "mentions: what reconciliation knows of report"),
        (delete(bags).where(bags.c.report == 1), "bags: what reconciliation knows of report"),
        (insert(word_blocks).values(block=1, day=1, report=99), "word_blocks: 1 reports are found by it"),
    ],
)
def test_what_reconciliation_needs_is_checked(archive, sample_records, damage, problem):
    archive.add(sample_records, "test")
    reconcile(archive)
    assert list(problems(archive)) == []
    with archive.write() as connection:
        connection.execute(damage)
    assert any(problem in found for found in problems(archive))
    reconcile(archive, full=True)
    assert list(problems(archive)) == []


def test_deleting_a_report_takes_what_hangs_on_it(archive, sample_records):
    archive.add(sample_records, "test")
    with archive.write() as connection:
        connection.execute(
            insert(accounts).values(
                key=1, id="x", type="AID", standing="x", reports=1, origins=1, headline="", evidence="{}"
            )
        )
        connection.execute(insert(account_events).values(event=1, account=1, why=""))
        connection.execute(delete(reports).where(reports.c.key == 1))
        connection.execute(delete(accounts))
    assert list(problems(archive)) == []
    assert archive.counts()["reports"] == 2


WRITER = """
import sys
from dateline.records import Record, Report
from dateline.store import Archive
with Archive.open(sys.argv[1]) as archive:
    print("ready", flush=True)
    for n in range(int(sys.argv[2]), 100000):
        archive.add([Record(report=Report(id=f"r{n}-{k}", text=f"Text {n} {k}.")) for k in range(5)], "test")
        print(n, flush=True)
"""


def test_killing_a_writer_loses_nothing_and_halves_nothing(tmp_path):
    # Chance picks the moment; the invariant holds at every one.
    draw = random.Random(7)
    path = tmp_path / "news.db"
    told = 0
    for _ in range(12):
        start = told
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(start)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(draw.uniform(0.0, 0.05))
        os.kill(process.pid, signal.SIGKILL)
        rest = [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        process.wait()
        process.stdout.close()
        told = max([told, *(int(line) + 1 for line in rest)])
        with Archive.open(path) as archive:
            stored = archive.counts()["reports"]
            assert stored % 5 == 0  # whole chunks
            assert stored >= told * 5  # all that was told as stored
            assert list(problems(archive)) == []
            told = stored // 5
