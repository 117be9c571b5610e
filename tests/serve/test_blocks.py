"""Reconciliation by blocks: the accounts of an archive, from files, on any engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from dateline.errors import InputError
from dateline.pipeline import records_of
from dateline.records import Record, Report
from dateline.serve.blocks import reconcile_records, work
from dateline.serve.shards.part import Done, Parts
from dateline.store import Archive
from dateline.store.accounts import ask_accounts
from dateline.store.reconciled import reconcile
from dateline.store.stories import story_rows

parquet = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("fsspec")

CORPUS = Path(__file__).parents[1] / "reconcile" / "corpus.yaml"


@pytest.fixture(scope="module")
def records(nlp) -> list[Record]:
    fields = ("id", "text", "title", "publisher")
    reports = [
        Report(**{name: r[name] for name in fields}, published=str(r["published"]), published_basis="given")
        for r in yaml.safe_load(CORPUS.read_text("utf-8"))["reports"]
    ]
    return list(records_of(reports, nlp))


@pytest.fixture(scope="module")
def coded(records, tmp_path_factory) -> str:
    """The records in parts of seven, one of them twice."""
    folder = tmp_path_factory.mktemp("coded")
    parts = Parts(str(folder))
    for number, first in enumerate(range(0, len(records), 7)):
        some = [*records[first : first + 7], *(records[:1] if number == 3 else [])]
        parts.keep(some, Done(shard=number, items=len(some), records=len(some)))
    return str(folder)


@pytest.fixture(scope="module")
def alone(coded, tmp_path_factory) -> Path:
    """What one process makes of them."""
    folder = tmp_path_factory.mktemp("alone") / "out"
    reconcile_records(coded, str(folder))
    return folder


def rows(folder: Path) -> list[dict[str, object]]:
    return parquet.read_table(folder).to_pylist()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.suffix == ".parquet"}


def test_accounts_are_those_of_an_archive(records, alone, tmp_path):
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add(records, "test")
        reconcile(archive)
        expected = {
            row["id"]: (row["standing"], row["reports"], row["origins"], row["headline"])
            for row in ask_accounts(archive)
        }
    found = {r["id"]: (r["standing"], r["reports"], r["origins"], r["headline"]) for r in rows(alone / "accounts")}
    assert found == expected
    assert sum(reports > 1 for _, reports, _, _ in found.values()) > 10


def test_stories_are_those_of_an_archive_but_for_the_weight_of_words(records, alone, tmp_path):
    # How rare a word is, is counted week by week here: with a handful of reports a week that makes a difference.
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add(records, "test")
        expected = {row["report"]: row["story"] for row in story_rows(archive)}
    found = {row["report"]: row["story"] for row in rows(alone / "stories")}
    assert found.keys() == expected.keys()
    assert sum(found[report] == expected[report] for report in found) >= 0.9 * len(found)


def test_every_telling_is_in_one_account(records, alone):
    told = [t["telling"] for row in rows(alone / "accounts") for t in json.loads(str(row["tellings"]))]
    assert sorted(told) == sorted(f"{r.report.id}/{e.id}" for r in records for e in r.events)


@pytest.mark.parametrize("engine", ["local", "ray"])
def test_processes_and_engines_do_not_change_a_byte(coded, alone, tmp_path, engine):
    if engine == "ray":
        pytest.importorskip("ray")
    reconcile_records(coded, str(tmp_path / "out"), engine=engine, jobs=2)
    assert files(tmp_path / "out") == files(alone)
    assert (tmp_path / "out" / "_SUCCESS").exists()
    assert not (tmp_path / "out" / "_work").exists()


def test_a_run_that_was_stopped_goes_on(coded, alone, tmp_path, monkeypatch):
    done: list[str] = []
    mended = work.run_task

    def stopping(plan, function, task):
        if function.endswith("trace") and task == "2":
            raise KeyboardInterrupt
        return mended(plan, function, task)

    monkeypatch.setattr(work, "run_task", stopping)
    with pytest.raises(KeyboardInterrupt):
        reconcile_records(coded, str(tmp_path / "out"))
    with pytest.raises(InputError, match="--resume"):
        reconcile_records(coded, str(tmp_path / "out"))
    monkeypatch.setattr(work, "run_task", lambda *what: done.append(what[1]) or mended(*what))
    reconcile_records(coded, str(tmp_path / "out"), resume=True)
    assert files(tmp_path / "out") == files(alone)


def test_what_will_not_do_is_named(coded, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no records"):
        reconcile_records(str(tmp_path / "empty"), str(tmp_path / "out"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear reader")
    with pytest.raises(InputError, match="not an empty folder"):
        reconcile_records(coded, str(tmp_path / "full"))
