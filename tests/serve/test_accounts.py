"""Reconciling on the command line: after an addition, asked for as a list and as a tree of sources."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from click.testing import CliRunner
from rich.console import Console

from dateline.reconcile.standing import Standing
from dateline.serve.cli import cli
from dateline.serve.testimony import show_account

REPORTS = [
    {
        "id": "wire",
        "publisher": "Reuters",
        "published": "2023-05-02",
        "title": "Moldova expels envoys",
        "text": "Moldova expelled 12 Russian diplomats on Tuesday, the Moldovan foreign ministry said..",
    },
    {
        "id": "paper",
        "publisher": "Le Monde",
        "published": "2023-05-02",
        "title": "Chisinau sends diplomats home",
        "text": "Moldova expelled 40 Russian diplomats on Tuesday, said Dmitry Peskov..",
    },
    {
        "id": "other",
        "publisher": "BBC",
        "published": "2019-08-11",
        "title": "\x1b[31mA visit\x1b[0m",
        "text": "French President Emmanuel Macron visited Serbia on Sunday. He planted a tree in a park.",
    },
]


def run(*args: str):
    return CliRunner().invoke(cli, args)


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("accounts")
    source = folder / "in.jsonl"
    source.write_text("\n".join(map(json.dumps, REPORTS)), "utf-8")
    added = run("add", str(source), "--archive", str(folder / "news.db"))
    assert added.exit_code == 0, added.output
    return str(folder / "news.db")


def listed(archive: str, *args: str):
    found = run("accounts", "--archive", archive, "--format", "jsonl", *args)
    assert found.exit_code == 0, found.output
    return [json.loads(line) for line in found.stdout.splitlines()]


def test_adding_reconciles(archive):
    (expulsion,) = listed(archive, "--least-reports", "2")
    assert (expulsion["type"], expulsion["standing"], expulsion["day"]) == ("SANCTION", "disputed", "2023-05-02")


def test_adding_without_reconciling_leaves_it_to_the_command(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(map(json.dumps, REPORTS)), "utf-8")
    archive = str(tmp_path / "news.db")
    assert run("add", str(source), "--archive", archive, "--no-reconcile", "-q").exit_code == 0
    assert listed(archive) == []
    done = run("reconcile", "--archive", archive)
    assert done.exit_code == 0
    assert "3 reports" in done.stderr
    assert len(listed(archive, "--least-reports", "2")) == 1


def test_filters_and_counts(archive):
    assert {a["type"] for a in listed(archive, "--type", "sanction")} == {"SANCTION"}
    assert [a["day"] for a in listed(archive, "--until", "2020")] == ["2019-08-11"] * len(
        listed(archive, "--until", "2020")
    )
    assert listed(archive, "--who", "FRA")
    assert listed(archive, "--who", "emmanuel macron") == listed(archive, "--who", "emmanuel_macron")
    assert listed(archive, "--since", "2023-05-03") == []
    told = run("accounts", "--archive", archive, "--standing", "disputed")
    assert f"1 of {len(listed(archive))} accounts" in told.stderr
    assert "disputed" in told.stdout


def test_account_shows_sources_and_conflicts_side_by_side(archive):
    shown = run("account", "wire/e1", "--archive", archive)
    assert shown.exit_code == 0, shown.output
    lines = shown.stdout.splitlines()
    assert lines[0].startswith("Moldova – SANCTION")
    assert lines[1].startswith("disputed · 2 May 2023 · 2 reports, 2 origins")
    assert any("── Dmitry Peskov" in line for line in lines)
    assert any("Reuters ‹ Ministry of Foreign Affairs of Moldova" in line for line in lines)
    (row,) = (n for n, line in enumerate(lines) if " differs " in line and "12" in line)
    assert "40" in lines[row]
    assert lines[row].index("40") == lines[row + 1].index("Le Monde")
    assert lines[row].index("12") == lines[row + 1].index("Reuters")


def test_account_is_found_by_number_and_by_any_telling(archive):
    (expulsion,) = listed(archive, "--least-reports", "2")
    for name in (str(expulsion["key"]), expulsion["id"], "wire/e1", "paper/e1"):
        found = json.loads(run("account", name, "--archive", archive, "--json").stdout)
        assert found["id"] == expulsion["id"]
        assert {t["report"] for t in found["tellings"]} == {"wire", "paper"}


def test_every_standing_can_be_asked_for(archive):
    for standing in get_args(Standing):
        assert run("accounts", "--archive", archive, "--standing", standing).exit_code == 0


def test_unknown_account_is_told(archive):
    for name in ("nothing", "99999", "wire/e99", "9" * 40):
        failed = run("account", name, "--archive", archive)
        assert failed.exit_code == 2
        assert "there is no account" in failed.stderr
        assert "dateline accounts" in failed.stderr


def test_titles_cannot_steer_the_terminal(archive):
    name = next(a["id"] for a in listed(archive) if a["id"].startswith("other/"))
    assert "\x1b" not in run("account", name, "--archive", archive).stdout


def test_narrow_terminals_are_served(archive, capsys):
    found = json.loads(run("account", "wire/e1", "--archive", archive, "--json").stdout)
    show_account(found, Console(width=30))
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 30


def test_sources_are_listed_with_who_relies_on_them(archive):
    found = run("sources", "--archive", archive, "--format", "jsonl")
    rows = {r["name"]: r for r in map(json.loads, found.stdout.splitlines())}
    assert rows["Dmitry Peskov"]["relied_on_by"] == [{"publisher": "Le Monde", "accounts": 1}]
    assert rows["BBC"]["relied_on_by"] == []
    table = run("sources", "--archive", archive)
    assert "Dmitry Peskov" in table.stdout
    assert "Le Monde" in table.stdout.replace("\n", " ")
