"""What takes too long is stopped, and what may take long is not."""

from __future__ import annotations

import shutil
import threading
import time

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from dateline.intake import make_report
from dateline.serve.web import Settings, create_app
from dateline.serve.web.api.answer import streamed
from dateline.serve.web.reader import Reader, ReaderBusy, ReadingTooSlow

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n {}) SELECT count(*) FROM n"
LONG = ENDLESS.format("WHERE x < 300000")  # long enough that the database looks at the clock


@pytest.fixture
def hasty(filled, tmp_path):
    """A server that gives up soon, with questions that never end and some that take long."""
    path = tmp_path / "mine.db"
    shutil.copy(filled, path)
    app = create_app(Settings(str(path), slowest=2.0))

    def ask(question):
        with app.state.archive.read() as connection:
            return connection.scalar(text(question))

    def late():
        time.sleep(2.1)
        return ask(LONG)

    def rows():
        yield {"n": late()}

    for part in (app, app.state.api):
        part.add_api_route("/endless", lambda: ask(ENDLESS.format("")))
        part.add_api_route("/stream", lambda: streamed(rows(), "jsonl", "rows"))
        part.add_api_route("/export/long/one", late)
    with TestClient(app, base_url="http://localhost") as client:
        client.get("/api/v1/about")  # what is put together at the first request takes its time too
        yield client


@pytest.mark.parametrize("path", ["/endless", "/api/v1/endless"])
def test_questions_without_end_are_given_up(hasty, path):
    begun = time.monotonic()
    answer = hasty.get(path)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "took too long" in answer.text
    assert time.monotonic() - begun < 20
    assert hasty.get("/api/v1/about").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/stream", "/api/v1/export/long/one"])
def test_streams_and_exports_take_their_time(hasty, path):
    answer = hasty.get(path)
    assert (answer.status_code, "300000" in answer.text) == (200, True)


def test_many_may_ask_at_once(hasty):
    found = []

    def visit() -> None:
        found.extend(hasty.get("/api/v1/events?limit=5").status_code for _ in range(3))

    threads = [threading.Thread(target=visit) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) <= {200, 503}
    assert hasty.get("/api/v1/events?limit=5").status_code == 200


def test_a_report_that_takes_too_long_is_given_up_and_the_next_is_read():
    long = make_report("Russia invaded Ukraine on Monday, Reuters reported. " * 9000)
    short = make_report("Russia invaded Ukraine on Monday, Reuters reported.", published="2022-03-02")
    reader = Reader(30.0, waiting=1)
    try:
        assert reader.read(short).events
        reader._slowest = 0.3
        with pytest.raises(ReadingTooSlow):
            reader.read(long)
        reader._slowest = 30.0
        assert reader.read(short).events
        reader._places.acquire()
        with pytest.raises(ReaderBusy):
            reader.read(short)
    finally:
        reader.stop()
