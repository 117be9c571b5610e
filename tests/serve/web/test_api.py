"""The API: what it answers is what the archive holds, and what its description says."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from dateline.pipeline import records_of
from dateline.records import Report, decode
from dateline.serve.web import Settings, create_app
from dateline.serve.web.live import Newest
from dateline.store import Archive, Question, ask_actors, ask_events, ask_reports, ask_statements
from dateline.store.accounts import ask_accounts
from dateline.store.stories import tell_stories

from .serving import serving


def get(client, path, **parameters):
    answer = client.get(f"/api/v1/{path}", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer


def whole(client, path, **parameters):
    """All pages of a list."""
    rows, cursor = [], None
    while True:
        page = get(client, path, **parameters, **({"cursor": cursor} if cursor else {})).json()
        rows += page["items"]
        cursor = page["next"]
        if cursor is None:
            return rows


@pytest.fixture(scope="module")
def archive(filled):
    with Archive.open(filled) as archive:
        yield archive


@pytest.mark.parametrize(
    ("path", "ask", "names"),
    [
        ("reports", ask_reports, ("id",)),
        ("events", ask_events, ("report_id", "event")),
        ("statements", ask_statements, ("report_id", "statement")),
        ("actors", ask_actors, ("entity",)),
    ],
)
def test_pages_and_streams_hold_all_that_there_is(client, archive, path, ask, names):
    def key(row):
        return tuple(row[name] for name in names)

    expected = sorted(key(row) for row in ask(archive, Question()))
    for limit in (1, 7, 1000):
        assert sorted(key(row) for row in whole(client, path, limit=limit)) == expected
    lines = get(client, path, format="jsonl").text.splitlines()
    assert sorted(key(json.loads(line)) for line in lines) == expected
    rows = csv.DictReader(io.StringIO(get(client, path, format="csv").text))
    assert sorted(key(row) for row in rows) == expected


def test_accounts_and_their_trees(client, archive):
    rows = whole(client, "accounts", limit=9)
    assert sorted(row["id"] for row in rows) == sorted(row["id"] for row in ask_accounts(archive))
    tree = get(client, f"accounts/{rows[0]['id']}").json()
    assert tree["tellings"][0]["path"]
    assert get(client, f"accounts/{rows[0]['key']}").json() == tree
    assert client.get("/api/v1/accounts/none/e1").status_code == 404


def test_stories_page_by_page_and_as_a_stream(own):
    archive, client = own
    tell_stories(archive)
    rows = whole(client, "stories", limit=1)
    assert rows == get(client, "stories").json()["items"]
    assert sorted(row["report"] for row in rows) == sorted(row["id"] for row in ask_reports(archive, Question()))
    assert all(row["story"] in {row["report"] for row in rows} for row in rows)
    assert [json.loads(line) for line in get(client, "stories", format="jsonl").text.splitlines()] == rows
    of_one = whole(client, "stories", story=rows[0]["story"])
    assert of_one == [row for row in rows if row["story"] == rows[0]["story"]]
    assert client.get("/api/v1/stories?cursor=abc").status_code == 404


def test_filters_and_what_they_leave_out(client, archive):
    page = get(client, "events", actor="RUS", factuality="denied", counts=True).json()
    found = list(ask_events(archive, Question(actor="RUS", factuality="denied")))
    assert page["counts"]["found"] == len(found) == len(page["items"])
    assert page["counts"]["left_out"].keys() == {"actor", "factuality"}
    other = {"actor": "USA", "with": "RUS"}
    assert len(get(client, "events", **other).json()["items"]) == len(
        list(ask_events(archive, Question(actor="USA", between="RUS")))
    )


def test_records_are_whole_and_known_by_their_tags(client, archive):
    answer = get(client, "records/arms")
    assert decode(answer.content) == archive.record("arms")
    again = client.get("/api/v1/records/arms", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/v1/records/arms?version=7").status_code == 404


def test_a_report_is_read_and_not_kept(client, archive):
    text = "Russia invaded Ukraine on Monday, Reuters reported."
    answer = client.post("/api/v1/read", json={"text": text, "published": "2022-03-02", "publisher": "Reuters"})
    record = decode(answer.content)
    assert (record.report.text, record.events[0].type, record.events[0].time.begin) == (text, "ASSAULT", "2022-02-28")
    assert archive.record(record.report.id) is None


@pytest.mark.parametrize(
    "form", ["polecat", "cameo", "turtle", "jsonld", "ftm", "graphml", "labelstudio", "docbin", "brat", "records"]
)
def test_every_form_of_export_can_be_had(client, form):
    if form in ("turtle", "jsonld"):
        pytest.importorskip("rdflib")
    answer = get(client, f"export/{form}", publisher="Dateline Samples")
    assert len(answer.content) > 100
    assert f"dateline-{form}." in answer.headers["content-disposition"]
    if form == "brat":
        assert len(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == 6
    if form == "records":
        assert len(answer.text.splitlines()) == 3


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nowhere", 404),
        ("events?since=yesterday", 422),
        ("events?limit=0", 422),
        ("events?cursor=abc", 404),
        ("actors?cursor=LTE", 404),
        ("records/none", 404),
        ("export/none", 422),
    ],
)
def test_what_is_not_done_is_told_as_a_problem(client, path, status):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_methods_that_there_are_not(client):
    answer = client.delete("/api/v1/corrections")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


@pytest.fixture
def own(filled, tmp_path):
    path = tmp_path / "own.db"
    shutil.copy(filled, path)
    with (
        Archive.open(path) as archive,
        TestClient(create_app(Settings(str(path))), base_url="http://localhost") as client,
    ):
        yield archive, client


def test_people_correct_and_take_back(own):
    archive, client = own
    event = archive.record("arms").events[0].id
    item = {"report": "arms", "item": event, "who": "ana"}
    for said in (
        {**item, "action": "reject", "why": "a figure of speech"},
        {**item, "action": "change", "field": "factuality", "value": "denied"},
        {**item, "action": "change", "field": "recipient", "value": ["UKR", "Somebody"]},
        {**item, "action": "change", "field": "begin", "value": "2023-01-02"},
    ):
        assert client.post("/api/v1/corrections", json=said).status_code == 201
    number = client.get("/api/v1/corrections").json()[-1]["key"]
    assert client.post(f"/api/v1/corrections/{number}/undo").status_code == 201
    log = client.get("/api/v1/corrections", params={"report": "arms"}).json()
    assert [(e["action"], e["who"], e["holds"]) for e in log] == [
        ("reject", "ana", True),
        ("change", "ana", True),
        ("change", "ana", True),
        ("change", "ana", False),
        ("undo", "somebody at this machine", False),
    ]
    assert client.post(f"/api/v1/corrections/{number}/undo").status_code == 404
    assert client.post("/api/v1/corrections", json={**item, "action": "accept", "item": "e999"}).status_code == 404
    wrong = {**item, "action": "change", "field": "factuality", "value": "maybe"}
    assert client.post("/api/v1/corrections", json=wrong).status_code == 422


def test_people_join_and_part_accounts(own):
    archive, client = own
    one, other = [row["id"] for row in ask_accounts(archive)][:2]
    merged = {"action": "merge", "accounts": [one, other], "who": "ana"}
    assert client.post("/api/v1/corrections", json=merged).status_code == 201
    tree = client.get(f"/api/v1/accounts/{one}").json()
    tellings = {f"{t['report']}/{t['event']}" for t in tree["tellings"]}
    assert {one, other} <= tellings
    split = {"action": "split", "account": one, "tellings": [other], "who": "ana"}
    assert client.post("/api/v1/corrections", json=split).status_code == 201
    assert client.get(f"/api/v1/accounts/{one}").json()["id"] != client.get(f"/api/v1/accounts/{other}").json()["id"]


def test_cells_that_spreadsheets_take_for_formulas_are_text(own, nlp):
    archive, client = own
    report = Report(id="=1+1", text="Troops left.", title="=HYPERLINK(1)", publisher="@x", published_basis="unknown")
    archive.add(records_of([report], nlp), "test")
    row = next(csv.DictReader(io.StringIO(get(client, "reports", format="csv", publisher="@x").text)))
    assert (row["id"], row["title"], row["publisher"]) == ("'=1+1", "'=HYPERLINK(1)", "'@x")


def test_what_is_new_is_told_as_it_comes(own, nlp, monkeypatch):
    archive, client = own
    monkeypatch.setattr("dateline.serve.web.live._LOOK", 0.05)
    monkeypatch.setattr("dateline.serve.web.live._BEAT", 0.3)
    reports = [Report(id=f"new{n}", text="Troops left.", title="a\nb", published_basis="unknown") for n in range(2)]
    records = list(records_of(reports, nlp))

    async def listen() -> list[bytes]:
        newest = Newest(archive, 1)
        events = newest.listen(None)
        heard = [await anext(events)]
        assert newest.full
        heard.append(await anext(events))  # nothing for a while
        archive.add(records, "test")
        heard.append(await anext(events))
        await events.aclose()
        assert newest.listeners == 0
        newest.stop()
        return heard

    # In a thread of its own: in this one a browser's loop may be running.
    with ThreadPoolExecutor(1) as threads:
        begin, beat, told = threads.submit(lambda: asyncio.run(listen())).result()
    assert begin.startswith(b"retry:")
    assert beat.startswith(b":")
    assert told.count(b"event: report\n") == 2
    first = told.split(b"\n\n")[0].split(b"\n")
    assert json.loads(first[2].removeprefix(b"data: "))["id"] == "new0"
    number = int(first[0].removeprefix(b"id: "))
    since = client.get("/api/v1/live", headers={"Last-Event-ID": str(number)})
    assert since.text.count("event: report") == 1
    assert "new1" in since.text


def test_the_description_is_complete(client):
    found = get(client, "openapi.json").json()
    for path, operations in found["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert {"401", "403", "404", "422", "429"} <= operation["responses"].keys()


def test_answers_are_as_described(filled, tmp_path):
    """A few cases of each operation; `make fuzz` asks thousands."""
    path = tmp_path / "mine.db"
    shutil.copy(filled, path)
    with serving(create_app(Settings(str(path)))) as address:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/v1/openapi.json", "--no-color"),
                *("--phases", "fuzzing", "--max-examples", "6", "--continue-on-failure"),
            ],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-8000:]
