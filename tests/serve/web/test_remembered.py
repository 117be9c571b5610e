"""What is remembered of an archive, for how long, and who waits for whom."""

from __future__ import annotations

import shutil
import threading
import time
from types import SimpleNamespace

import msgspec
import pytest

from dateline.records import Record
from dateline.serve.web import remembered as module
from dateline.serve.web.remembered import count_reports, remembered
from dateline.store import Archive, Question
from dateline.store.correction import correct
from dateline.store.patience import TooLate, waiting


@pytest.fixture
def archive(filled, tmp_path):
    path = tmp_path / "mine.db"
    shutil.copy(filled, path)
    with Archive.open(path) as archive:
        yield archive


@pytest.fixture
def asked():
    """A question, and all the times it was asked of the archive itself."""
    times: list[tuple] = []

    def slow(archive, question, *, by="day"):
        times.append((question, by))
        time.sleep(0.05)
        return len(times)

    return remembered(slow), times


def another(archive, id):
    report = archive.record("arms").report
    archive.add([Record(report=msgspec.structs.replace(report, id=id, text=f"Another, {id}."))], "test")


def test_the_same_question_is_asked_once(archive, asked):
    ask, times = asked
    assert [ask(archive, Question(actor="RUS")) for _ in range(3)] == [1, 1, 1]
    assert ask(archive, Question(actor="USA")) == 2
    assert ask(archive, Question(actor="USA"), by="year") == 3
    assert times == [(Question(actor="RUS"), "day"), (Question(actor="USA"), "day"), (Question(actor="USA"), "year")]


def test_archives_are_not_mixed_up(archive, asked, filled):
    ask, _ = asked
    with Archive.open(filled) as other:
        assert (ask(archive, 1), ask(other, 1), ask(archive, 1)) == (1, 2, 1)


def test_what_people_say_is_seen_at_once(archive, asked):
    ask, _ = asked
    assert ask(archive, 1) == 1
    correct(archive, "arms", archive.record("arms").events[0].id, "accept", who="ana")
    assert ask(archive, 1) == 2


def test_new_reports_are_seen_after_a_time_that_goes_by_the_work(archive, monkeypatch):
    now = 0.0
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: now))

    def slow(archive, _):
        nonlocal now
        now += 2.0
        return count_reports.__wrapped__(archive, Question()).all

    ask = remembered(slow)
    before = ask(archive, 1)
    another(archive, "one")
    now += 2.0 * module._STALE - 0.1
    assert ask(archive, 1) == before
    now += 0.2
    assert ask(archive, 1) == before + 1


def test_many_wait_for_one_answer(archive, asked):
    ask, times = asked
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(ask(archive, 1))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, len(times)) == ([1] * 20, 1)


def test_nobody_waits_longer_than_he_wants(archive):
    begun, end = threading.Event(), threading.Event()

    def endless(archive, _):
        begun.set()
        assert end.wait(30)
        return 1

    ask = remembered(endless)
    first = threading.Thread(target=ask, args=(archive, 1))
    first.start()
    begun.wait(30)
    with waiting(0.1), pytest.raises(TooLate):
        ask(archive, 1)
    end.set()
    first.join()
    assert ask(archive, 1) == 1


def test_what_fails_is_asked_again(archive):
    times = []

    def failing(archive, _):
        times.append(1)
        if len(times) == 1:
            raise ValueError("no")
        return 7

    ask = remembered(failing)
    with pytest.raises(ValueError, match="no"):
        ask(archive, 1)
    assert ask(archive, 1) == 7
