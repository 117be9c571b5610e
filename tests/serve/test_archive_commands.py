"""The commands that ask an archive, correct it and code it again."""

from __future__ import annotations

import csv
import json
import sqlite3

import msgspec
import pytest
from click.testing import CliRunner

from dateline.intake import make_report
from dateline.pipeline import records_of
from dateline.samples import sample, sample_names
from dateline.serve.archiving import coder_name
from dateline.serve.cli import cli
from dateline.store import Archive
from dateline.store.invariants import problems


@pytest.fixture(scope="module")
def records(nlp):
    return list(records_of([sample(name) for name in sample_names()], nlp))


@pytest.fixture
def news(tmp_path, records) -> str:
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add(records, coder_name())
    return str(path)


@pytest.fixture(autouse=True)
def _no_archive_of_the_users(monkeypatch):
    monkeypatch.delenv("DATELINE_ARCHIVE", raising=False)
    monkeypatch.delenv("DATELINE_WHO", raising=False)


def run(*args: str, **more):
    return CliRunner().invoke(cli, args, **more)


def lines(result):
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_events_and_statements_of_an_archive_are_all_there(news, records):
    events = lines(run("events", "--archive", news, "--format", "jsonl"))
    assert {(e["report_id"], e["event"]) for e in events} == {(r.report.id, e.id) for r in records for e in r.events}
    found = lines(run("statements", "--archive", news, "--format", "jsonl"))
    assert len(found) == sum(len(r.statements) for r in records)


def test_filters_hold_together_and_each_tells_what_it_leaves_out(news, records):
    result = run("events", "-a", news, "--country", "UKR", "--factuality", "occurred", "--format", "jsonl")
    found = lines(result)
    assert found
    assert {e["factuality"] for e in found} == {"occurred"}
    assert all("UKR" in [p["country"] for p in (*e["actor"], *e["recipient"])] for e in found)
    everything = sum(len(r.events) for r in records)
    assert result.stderr.startswith(f"{len(found)} of {everything} events (--country leaves out ")
    assert "--factuality leaves out" in result.stderr
    one, other = "RUS", "UKR"
    result = run("events", "-a", news, "--actor", one, "--with", other, "--min-confidence", "0.99", "--format", "jsonl")
    assert "--min-confidence leaves out" in result.stderr
    result = run("statements", "-a", news, "--country", "DEU", "--format", "jsonl")
    assert 0 < len(lines(result)) < sum(len(r.statements) for r in records)
    assert "statements (--country leaves out" in result.stderr


def test_every_format_holds_the_same_rows(news, tmp_path):
    whole = lines(run("events", "-a", news, "--format", "jsonl"))
    assert json.loads(run("events", "-a", news, "--format", "json").stdout) == whole
    target = tmp_path / "events.csv"
    assert run("events", "-a", news, "--format", "csv", "-o", str(target)).exit_code == 0
    with target.open(encoding="utf-8", newline="") as file:
        assert [row["key"] for row in csv.DictReader(file)] == [str(e["key"]) for e in whole]
    table = run("events", "-a", news)
    assert table.exit_code == 0
    assert table.stdout.split()[:6] == ["day", "actor", "act", "recipient", "factuality", "item"]
    assert max(map(len, table.stdout.splitlines())) <= 80
    assert run("events", "-a", news, "--format", "parquet").exit_code == 2


@pytest.mark.parametrize("width", [60, 80, 140])
def test_a_timeline_tells_who_did_what_to_whom_however_narrow_the_screen_is(news, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    table = run("timeline", "-a", news, "--actor", "PRK")
    heads = {"actor", "act", "recipient", "factuality", "item"}
    shown = set(table.stdout.splitlines()[1].split()) | set(table.stdout.splitlines()[2].split())
    assert heads <= shown or width == 60
    assert ("publisher" in shown) == (width == 140)
    assert max(map(len, table.stdout.splitlines())) <= width
    cells = "".join(line[:24] for line in table.stdout.splitlines()).replace(" ", "")
    assert "NorthKorea" in cells or width == 60


def test_who_finds_nobody_is_told_of_names_alike(news):
    for command in (("timeline", "--actor"), ("events", "--with"), ("accounts", "--who"), ("statements", "--source")):
        result = run(*command, "vladimir put", "-a", news)
        assert result.exit_code == 0
        assert "those that hold 'vladimir put': Vladimir Putin" in result.stderr
    assert "those that hold" not in run("timeline", "-a", news, "--actor", "Nobody At All").stderr


def test_an_archive_that_another_writes_to_is_no_fault(news, monkeypatch):
    monkeypatch.setattr("dateline.store.database._SQLITE_WAIT", 0.1)
    with sqlite3.connect(news, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        result = run("correct", "arms", "e1", "reject", "--who", "ana", "-a", news)
        other.execute("ROLLBACK")
    assert result.exit_code == 2
    assert "written by another process; try again" in result.stderr


def test_what_people_rejected_is_not_exported(news, tmp_path, records):
    event = next(e for r in records if r.report.id == "arms" for e in r.events if e.plover and not e.same_as)
    target = tmp_path / "events.csv"
    before = run("export", "-a", news, "--to", "polecat", "-o", str(target)), target.read_text("utf-8")
    assert f"arms/{event.id}," in before[1]
    assert run("correct", "arms", event.id, "reject", "--who", "ana", "-a", news).exit_code == 0
    assert run("export", "-a", news, "--to", "polecat", "-o", str(target)).exit_code == 0
    assert f"arms/{event.id}," not in target.read_text("utf-8")


def test_the_archive_may_be_named_by_the_environment(news, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_ARCHIVE", news)
    assert lines(run("events", "--type", "AID", "--format", "jsonl"))
    note = tmp_path / "note.txt"
    note.write_text("Troops attacked the port.", "utf-8")
    assert "ASSAULT" in run("events", str(note)).stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("events",), "or --archive"),
        (("statements", "--source", "putin"), "--source filters an archive: name it with --archive"),
        (("events", "note.txt", "--actor", "RUS"), "not both: --actor is for an archive"),
        (("events", "--sample", "arms", "--archive", "NEWS"), "not both: --archive is for an archive"),
        (("events", "--archive", "NEWS", "--title", "x"), "--title is for reading a FILE"),
        (("events", "--archive", "absent.db"), "there is no such file"),
        (("events", "--archive", "NEWS", "--since", "soon"), "'soon' is no ISO date"),
        (("accounts", "--archive", "NEWS", "--since", "2024-13-01"), "'2024-13-01' is no ISO date"),
        (("search", "--archive", "NEWS", ""), "no word to look for"),
        (("search", "treaty", "--archive", "NEWS"), "name options before them"),
        (("who-said", "--archive", "NEWS", ""), "words to look for are empty"),
        (("actors", "--archive", "NEWS", "search", "x"), "does not ask an archive"),
        (("correct", "arms", "e1", "accept", "--archive", "NEWS"), "say who you are"),
        (("correct", "arms", "e1", "--archive", "NEWS", "--who", "ana"), "name REPORT ITEM and accept"),
        (("correct", "arms", "e1", "accept", "--value", "x", "--who", "ana", "-a", "NEWS"), "changes nothing"),
        (("correct", "arms", "e1", "change", "--value", "x", "--who", "ana", "-a", "NEWS"), "change needs --field"),
        (("correct", "arms", "e1", "change", "--field", "mode", "--who", "ana", "-a", "NEWS"), "--value or --empty"),
        (("correct", "arms", "e999", "reject", "--who", "ana", "-a", "NEWS"), "no event, statement or flag 'e999'"),
        (("correct", "arms", "e1", "praise", "--who", "ana", "-a", "NEWS"), "name REPORT ITEM and accept"),
        (("correct", "1", "merge", "--who", "ana", "-a", "NEWS"), "merge takes two accounts"),
        (("correct", "1", "split", "--who", "ana", "-a", "NEWS"), "some of its tellings"),
        (("correct", "1", "2", "merge", "--who", "ana", "-a", "NEWS"), "there is no account '1'"),
        (("correct", "--undo", "3", "--who", "ana", "-a", "NEWS"), "no correction 3"),
        (("correct", "arms", "--undo", "3", "--who", "ana", "-a", "NEWS"), "no item"),
    ],
)
def test_what_cannot_be_done_is_said(args, message, news, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*(news if a == "NEWS" else a for a in args))
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_actors_of_an_archive(news):
    result = run("actors", "--archive", news, "--country", "UKR", "--format", "jsonl")
    found = lines(result)
    assert "UKR" in [a["entity"] for a in found]
    assert {a["country"] for a in found} == {"UKR"}
    assert f"{len(found)} of " in result.stderr
    assert "--country leaves out" in result.stderr
    assert "Usage: dateline actors" in run("actors").stdout


def test_corrections_are_said_seen_and_taken_back(news):
    event = next(e for e in lines(run("events", "-a", news, "--format", "jsonl")) if e["report_id"] == "arms")
    name = event["event"]
    result = run("correct", "arms", name, "reject", "--who", "ana", "--why", "a figure of speech", "-a", news)
    assert result.exit_code == 0, result.stderr
    assert f"correction 1: {name} of 'arms': rejected" in result.stderr
    result = run("events", "-a", news, "--format", "jsonl")
    assert name not in [e["event"] for e in lines(result) if e["report_id"] == "arms"]
    assert "1 that people rejected are left out without --rejected" in result.stderr
    shown = lines(run("events", "-a", news, "--rejected", "--format", "jsonl"))
    assert [e["review"] for e in shown if (e["report_id"], e["event"]) == ("arms", name)] == ["rejected"]
    assert run("correct", "--undo", "1", "--who", "ben", "-a", news).exit_code == 0
    assert event in lines(run("events", "-a", news, "--format", "jsonl"))
    change = ("change", "--field", "recipient", "--value", "UKR", "--value", "Atlantis")
    result = run("correct", "arms", name, *change, "-a", news, env={"DATELINE_WHO": "ana"})
    assert "recipient is UKR, Atlantis" in result.stderr
    log = lines(run("corrections", "-a", news, "--report", "arms", "--format", "jsonl"))
    assert [(c["number"], c["action"], c["who"], c["holds"]) for c in log] == [
        (1, "reject", "ana", False),
        (2, "undo", "ben", False),
        (3, "change", "ana", True),
    ]
    assert (log[0]["why"], log[1]["undoes"], log[2]["human"]) == ("a figure of speech", 1, ["UKR", "Atlantis"])
    assert lines(run("corrections", "-a", news, "--report", "summit", "--format", "jsonl")) == []
    table = run("corrections", "-a", news).stdout
    assert "undo 1" in table
    assert max(map(len, table.splitlines())) <= 80


def test_recode_codes_what_another_version_coded_and_keeps_what_people_said(news, records):
    arms = next(r for r in records if r.report.id == "arms")
    with Archive.open(news) as archive, archive.write() as connection:
        connection.exec_driver_sql("UPDATE reports SET coder = 'dateline 0' WHERE id = 'arms'")
        archive_events = connection.exec_driver_sql("SELECT count(*) FROM events").scalar()
    name = arms.events[0].id
    assert run("correct", "arms", name, "change", "--field", "type", "--value", "AID", "--who", "ana", "-a", news)
    result = run("recode", "-a", news)
    assert (result.exit_code, result.stderr) == (
        0,
        f"1 coded again, {len(records) - 1} coded by this version already\n",
    )
    assert run("recode", "-a", news).stderr.startswith("0 coded again")
    assert run("recode", "-a", news, "--all", "-j", "2").stderr.startswith(f"{len(records)} coded again, 0 ")
    found = lines(run("events", "-a", news, "--format", "jsonl"))
    assert len(found) == archive_events
    assert [(e["type"], e["review"]) for e in found if (e["report_id"], e["event"]) == ("arms", name)] == [
        ("AID", "changed")
    ]
    with Archive.open(news) as archive:
        assert list(problems(archive)) == []
        assert archive.record("arms") == arms


def test_recoding_forgets_what_was_inferred_of_the_day(tmp_path, nlp):
    report = make_report("The envoy said on Tuesday that the troops had left the port.", id="undated")
    record = next(records_of([report], nlp))
    stale = msgspec.structs.replace(record.report, published_basis="inferred")
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add([msgspec.structs.replace(record, report=stale)], "dateline 0")
    assert run("recode", "-a", str(path)).exit_code == 0
    with Archive.open(path) as archive:
        assert archive.record("undated") == record


def test_the_standings_are_those_of_the_accounts(news):
    from typing import get_args

    from dateline.reconcile.standing import Standing

    (option,) = (o for o in cli.commands["accounts"].params if o.name == "standing")
    assert tuple(option.type.choices) == get_args(Standing)


def test_accounts_are_merged_and_split_by_people(news):
    def accounts():
        found = lines(run("accounts", "-a", news, "--format", "jsonl"))
        return {a["id"] for a in found}

    assert run("reconcile", "-a", news).exit_code == 0
    before = accounts()
    one, other = sorted(before)[:2]
    result = run("correct", one, other, "merge", "--who", "ana", "-a", news)
    assert (result.exit_code, result.stderr) == (0, f"correction 1: {one} and {other} are one occurrence\n")
    (merged,) = {one, other} & accounts()
    assert len(accounts()) == len(before) - 1
    result = run("correct", merged, other if merged == one else one, "split", "--who", "ana", "-a", news)
    assert result.exit_code == 0, result.stderr
    assert len(accounts()) == len(before)
    assert run("correct", "--undo", "2", "--who", "ana", "-a", news).exit_code == 0
    assert len(accounts()) == len(before) - 1
    assert run("recode", "--all", "-a", news).exit_code == 0
    assert len(accounts()) == len(before) - 1
    assert run("check", "-a", news).exit_code == 0
    assert [c["action"] for c in lines(run("corrections", "-a", news, "--format", "jsonl"))] == [
        "merge",
        "split",
        "undo",
    ]
    table = run("corrections", "-a", news)
    assert table.exit_code == 0
    assert "one with" in " ".join(table.stdout.split())
    assert "not that of" in " ".join(table.stdout.split())


def test_who_names_a_report_for_an_account_is_told_how_to_name_its_events(news):
    assert run("reconcile", "-a", news).exit_code == 0
    result = run("account", "arms", "-a", news)
    assert result.exit_code == 2
    told = result.stderr.split("as '")[1].split("'")[0]
    assert told.startswith("arms/e")
    assert run("account", told, "-a", news).exit_code == 0
    assert "there is no account 'nothing'" in run("account", "nothing", "-a", news).stderr


def test_a_file_that_cannot_be_read_is_named_once(tmp_path):
    result = run("add", str(tmp_path / "absent.txt"), "-a", str(tmp_path / "news.db"))
    assert result.exit_code == 1
    assert (
        result.stderr.splitlines()[0] == f"dateline: cannot read {tmp_path / 'absent.txt'}: No such file or directory"
    )


def test_what_is_no_news_is_left_unparsed_until_all_is_coded_again_and_parses_are_kept(tmp_path):
    bread = tmp_path / "bread.txt"
    bread.write_text("Boil the onions for a minute. Cooks in Finland simmer them in butter.", "utf-8")
    place = ("--archive", str(tmp_path / "own.db"), "--cache", str(tmp_path / "parses"))

    def kinds():
        with Archive.open(tmp_path / "own.db") as archive:
            (record,) = archive.records()
        return [flag.kind for flag in record.flags if flag.kind == "not_parsed"], bool(record.entities)

    assert run("add", str(bread), "--triage", *place).stderr == "1 new, 0 changed, 0 known\n"
    assert kinds() == (["not_parsed"], False)
    assert "0 coded again, 1 coded by this version already" in run("recode", *place).stderr
    for _ in range(2):
        assert "1 coded again" in run("recode", "--all", *place).stderr
        assert kinds() == ([], True)
    assert [path for path in (tmp_path / "parses").rglob("*") if path.is_file()]
