"""Opening a SQLite archive: what the database is told about its values."""

from __future__ import annotations

import sqlite3

import pytest

from dateline.store import Archive, database


@pytest.fixture
def path(tmp_path, sample_records):
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add(sample_records, "test")
    return path


def statistics(path):
    with sqlite3.connect(path) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchone():
            return None
        return dict(connection.execute("SELECT idx, stat FROM sqlite_stat1").fetchall())


def test_an_archive_that_has_grown_is_learnt_when_it_is_opened(path, monkeypatch):
    Archive.open(path).close()
    assert statistics(path) is None  # so few reports: it does not matter
    monkeypatch.setattr(database, "_FEW", 2)
    Archive.open(path).close()
    assert statistics(path)["sqlite_autoindex_reports_1"]


def test_opening_waits_for_nobody_to_learn(path, monkeypatch):
    monkeypatch.setattr(database, "_FEW", 2)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with Archive.open(path) as archive, archive.read() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
    writer.execute("ROLLBACK")
    writer.close()
    assert statistics(path) is None


def test_many_may_ask_at_once(path):
    with Archive.open(path) as archive:
        held = [archive.engine.connect() for _ in range(60)]
        for connection in held:
            connection.close()
