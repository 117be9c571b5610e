"""Questions that nobody waits for any more are given up by the database."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dateline.store.patience import given_up, waiting

# Counts to a number; to none, it never ends.
COUNTING = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n {}) SELECT count(*) FROM n"
ENDLESS = text(COUNTING.format(""))


def ask(archive, question=ENDLESS):
    with archive.read() as connection:
        return connection.scalar(question)


def test_a_question_is_given_up_after_its_time(archive):
    begun = time.monotonic()
    with waiting(0.2), pytest.raises(DBAPIError) as error:
        ask(archive)
    assert time.monotonic() - begun < 20
    assert given_up(error.value)
    assert ask(archive, text("SELECT 7")) == 7
    assert ask(archive, text(COUNTING.format("WHERE x < 300000"))) == 300_000


def test_the_time_is_that_of_all_questions_together(archive):
    with waiting(0.1) as patience:
        assert ask(archive, text("SELECT 7")) == 7
        while not patience.over():
            time.sleep(0.01)
        with pytest.raises(DBAPIError):
            ask(archive)


def test_streams_may_go_on(archive):
    with waiting(0.05) as patience:
        patience.until = None
        assert ask(archive, text(COUNTING.format("WHERE x < 300000"))) == 300_000


def test_what_changes_an_archive_is_not_stopped(archive):
    with waiting(0.001), archive.write() as connection:
        time.sleep(0.01)
        assert connection.scalar(text(COUNTING.format("WHERE x < 300000"))) == 300_000


def test_a_thread_stops_when_its_request_is_over(archive):
    import contextvars

    if archive.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL is told once when to stop")
    failed = []

    def work() -> None:
        try:
            ask(archive)
        except DBAPIError as error:
            failed.append(error)

    with waiting(60):
        context = contextvars.copy_context()
        thread = threading.Thread(target=context.run, args=(work,))
        thread.start()
        time.sleep(0.1)
    thread.join(5)
    assert not thread.is_alive()
    assert given_up(failed[0])


def test_other_faults_are_not_taken_for_it(archive):
    with pytest.raises(DBAPIError) as error:
        ask(archive, text("SELECT nothing FROM nowhere"))
    assert not given_up(error.value)
