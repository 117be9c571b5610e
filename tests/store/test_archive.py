"""The archive keeps what it is given: whole, once, and in versions."""

import threading
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from dateline.errors import ArchiveError
from dateline.records import Flag, Record, Report
from dateline.store import Archive
from dateline.store.feeds import feed_state, keep_feed
from dateline.store.invariants import problems
from dateline.store.review import Wanted, flags_to_review


def changed(record, **head):
    return msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, **head))


def test_records_come_back_as_they_were_stored(archive, sample_records):
    assert [s.what for s in archive.add(sample_records, "test")] == ["new"] * 3
    assert list(archive.records()) == sample_records
    assert archive.record("arms") == sample_records[2]
    assert archive.record("nothing") is None
    counts = archive.counts()
    assert counts["reports"] == counts["versions"] == 3
    assert counts["statements"] == sum(len(r.statements) for r in sample_records)


def test_the_same_report_twice_changes_nothing(archive, sample_records):
    first = archive.add(sample_records, "test")
    again = archive.add(sample_records, "test")
    assert [s.what for s in again] == ["known"] * 3
    assert [s.key for s in again] == [s.key for s in first]
    assert archive.counts()["versions"] == 3


def test_a_changed_report_becomes_a_new_version_and_both_stay(archive, sample_records):
    old = sample_records[0]
    new = changed(old, title="Another headline")
    archive.add([old], "test")
    assert archive.add([new], "test")[0].what == "changed"
    assert archive.record("summit") == new
    assert archive.record("summit", version=1) == old
    assert archive.counts() | {"reports": 1, "versions": 2} == archive.counts()
    assert list(archive.records()) == [new]


def test_a_batch_is_stored_whole_or_not_at_all(archive, sample_records):
    def broken():
        yield sample_records[0]
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError):
        archive.add(broken(), "test")
    assert archive.counts()["reports"] == 0


def test_two_writers_wait_for_each_other(address, sample_records):
    with Archive.open(address):
        pass
    failures = []

    def write(start):
        try:
            with Archive.open(address) as mine:
                for n in range(start, start + 10):
                    mine.add([Record(report=Report(id=f"r{n}", text=f"Text {n}."))], "test")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(n * 100,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Archive.open(address) as archive:
        assert archive.counts()["reports"] == 30


def test_hostile_text_is_stored_as_it_is(archive):
    text = "'); DROP TABLE reports; -- <script>alert(1)</script> \u202e “„ %s {0} \\ \n\r\n"
    record = Record(report=Report(id="x' OR 1=1 --", text=text, title=text, publisher=text))
    archive.add([record], "test")
    assert archive.record("x' OR 1=1 --") == record


def test_what_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "notes.db"
    path.write_bytes(b"These are notes, not a database. " * 100)
    with pytest.raises(ArchiveError, match=r"notes\.db.*not an archive|cannot be opened"):
        Archive.open(path)
    with pytest.raises(ArchiveError, match="does not exist"):
        Archive.open(tmp_path / "nowhere" / "news.db")
    with pytest.raises(ArchiveError, match="no such file"):
        Archive.open(tmp_path / "news.db", create=False)
    with pytest.raises(ArchiveError, match="is a folder"):
        Archive.open(tmp_path)
    with pytest.raises(ArchiveError, match="SQLite files and PostgreSQL"):
        Archive.open("mysql://localhost/news")


def test_an_archive_of_a_newer_version_is_refused(tmp_path):
    import sqlite3

    Archive.open(tmp_path / "news.db").close()
    with sqlite3.connect(tmp_path / "news.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(ArchiveError, match="newer Dateline"):
        Archive.open(tmp_path / "news.db")


def test_an_archive_of_the_first_tables_is_brought_to_the_newest(address):
    with Archive.open(address) as first, first.write() as connection:
        for statement in (
            "DROP TABLE announced",
            "DROP TABLE feeds",
            "UPDATE alembic_version SET version_num = '0001'",
        ):
            connection.exec_driver_sql(statement)
    with Archive.open(address) as again:
        keep_feed(
            again, "http://news.example/rss", datetime.now(UTC), etag=None, modified=None, every=timedelta(hours=1)
        )
        assert feed_state(again, "http://news.example/rss")["failures"] == 0


def test_flags_of_an_archive_without_their_table_are_found_in_its_records(address, sample_records):
    begin = sample_records[0].report.text.index("Putin")
    flag = Flag(kind="name_mismatch", span=(begin, begin + 5), suggestion=None, why="test")
    first_version = msgspec.structs.replace(sample_records[0], flags=[flag])
    with Archive.open(address) as first:
        first.add([first_version], "test")
        first.add([changed(first_version, title="Changed")], "test")
        with first.write() as connection:
            for index in ("ix_events_review", "ix_events_open", "ix_events_reviewed"):
                connection.exec_driver_sql(f"DROP INDEX IF EXISTS {index}")
            connection.exec_driver_sql("DROP TABLE flags")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
    with Archive.open(address) as again:
        assert list(problems(again)) == []
        (row,) = flags_to_review(again, Wanted()).rows
        assert (row["words"], row["begin"], row["title"]) == ("Putin", begin, "Changed")


def test_the_database_keeps_what_it_learnt(archive, sample_records):
    archive.add(sample_records, "test")
    archive.optimize()
    known = {
        "sqlite": "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'events'",
        "postgresql": "SELECT count(*) FROM pg_stats WHERE tablename = 'events'",
    }
    with archive.read() as connection:
        assert connection.exec_driver_sql(known[archive.engine.dialect.name]).scalar_one() > 0
