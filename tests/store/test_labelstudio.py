"""Out to Label Studio and back: what an annotator changes is a correction, and only that."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest

from dateline.coding import load_codebook
from dateline.errors import InputError
from dateline.records import Factuality
from dateline.store import Question, ask_events
from dateline.store.correction import log
from dateline.store.export.annotation import labelstudio_task
from dateline.store.labelstudio import take_labelstudio


@pytest.fixture
def filled(archive, sample_records):
    archive.add(sample_records, "test")
    return archive


@pytest.fixture
def record(sample_records):
    return sample_records[2]


@pytest.fixture
def task(record):
    """The report's task as an annotator leaves it who changed nothing."""
    task = json.loads(json.dumps(labelstudio_task(record)))
    task["annotations"] = [{"completed_by": 3, "result": copy.deepcopy(task["predictions"][0]["result"])}]
    return task


@pytest.fixture
def take(filled, tmp_path):
    def take(*tasks, **options):
        path = tmp_path / "export.json"
        path.write_text(json.dumps(tasks), encoding="utf-8")
        return take_labelstudio(filled, path, **options)

    return take


def regions(task, **wanted):
    found = task["annotations"][0]["result"]
    return [r for r in found if all(r.get(name) == value for name, value in wanted.items())]


def event(record, word):
    return next(e for e in record.events if record.report.text[slice(*e.trigger)] == word)


def trigger(task, event):
    return next(r for r in regions(task, from_name="events") if r["id"].startswith(f"{event.id}:"))


def row(archive, event):
    rows = ask_events(archive, Question(rejected=True))
    return next(r for r in rows if (r["report_id"], r["event"]) == ("arms", event.id))


def test_nothing_changed_is_no_correction(take, task, filled):
    taken = take(task)
    assert (taken.tasks, taken.corrections, taken.left) == (1, [], [])
    assert list(log(filled)) == []


def test_events_left_as_they_were_are_accepted_when_asked(take, task, record, filled):
    taken = take(task, accept=True)
    assert len(taken.corrections) == len(record.events)
    assert {e["action"] for e in log(filled)} == {"accept"}
    again = take(task, accept=True)
    assert (again.corrections, again.known) == ([], len(record.events))


def test_labels_choices_and_regions_taken_away_change_the_event(take, task, record, filled):
    invaded = event(record, "invaded")
    trigger(task, invaded)["value"]["labels"] = ["MOBILIZE"]
    next(r for r in regions(task, type="choices") if r["id"] == trigger(task, invaded)["id"])["value"]["choices"] = [
        "denied"
    ]
    result = task["annotations"][0]["result"]
    result[:] = [r for r in result if not (r.get("id", "").startswith(f"{invaded.id}:recipient"))]
    other = next(e for e in record.events if e.id != invaded.id)
    result.remove(trigger(task, other))
    taken = take(task)
    assert taken.left == []
    found = row(filled, invaded)
    assert (found["type"], found["factuality"], found["recipient"], found["review"]) == (
        "MOBILIZE",
        "denied",
        [],
        "changed",
    )
    assert row(filled, other)["review"] == "rejected"
    assert {e["who"] for e in log(filled)} == {"Label Studio user 3"}


def test_an_argument_drawn_and_tied_to_a_trigger_is_somebody_in_it(take, task, record, filled):
    invaded = event(record, "invaded")
    entity = next(e for e in record.entities if e.id not in {a.entity for a in invaded.actor} and e.kind == "country")
    begin, end = entity.mentions[0].span
    words = record.report.text[begin:end]
    value = {"start": begin, "end": end, "text": words, "labels": ["actor"]}
    task["annotations"][0]["result"] += [
        {"id": "Xy1", "from_name": "arguments", "to_name": "text", "type": "labels", "value": value},
        {"type": "relation", "from_id": "Xy1", "to_id": trigger(task, invaded)["id"], "direction": "right"},
        {"id": "Zz2", "from_name": "arguments", "to_name": "text", "type": "labels", "value": value},
    ]
    taken = take(task, who="ana")
    assert [p["entity"] for p in row(filled, invaded)["actor"]] == [*(a.entity for a in invaded.actor), entity.id]
    assert [name for name, _ in taken.left] == ["arms"]
    assert "cannot be taken" in taken.left[0][1]


def test_statements_without_their_content_are_rejected(take, task, record, filled):
    statement = record.statements[0]
    result = task["annotations"][0]["result"]
    result[:] = [r for r in result if not r.get("id", "").startswith(f"{statement.id}:content")]
    take(task)
    assert [(e["item"], e["action"]) for e in log(filled)] == [(statement.id, "reject")]


def test_offsets_of_browsers_and_new_ids_are_understood(take, task, record, filled, archive, sample_records):
    for number, region in enumerate(regions(task, type="labels")):
        region["id"] = f"new{number}"
    task["annotations"][0]["result"] = [r for r in task["annotations"][0]["result"] if r["type"] == "labels"]
    assert take(task).corrections == []


def test_only_the_annotation_that_counts_is_taken(take, task, record):
    good = task["annotations"][0]
    task["annotations"] = [
        {**good, "result": [], "was_cancelled": True},
        {**good, "result": [], "created_at": "2024-01-02T00:00:00Z"},
        {**good, "ground_truth": True, "created_at": "2024-01-01T00:00:00Z"},
    ]
    assert take(task).corrections == []


def test_what_cannot_be_taken_is_told(take, task, tmp_path, filled):
    other = copy.deepcopy(task)
    other["data"]["report"] = "nowhere"
    changed = copy.deepcopy(task)
    changed["data"]["text"] += " More."
    taken = take(other, changed)
    assert [reason for _, reason in taken.left] == [
        "there is no such report in the archive",
        "its text in the archive is another now",
    ]
    del task["annotations"][0]["completed_by"]
    with pytest.raises(InputError, match="does not say who"):
        take(task)
    for wrong, message in (("{", "no JSON"), ("{}", "list of tasks"), ('[{"x": 1}]', "task 1: no task")):
        path = tmp_path / "wrong.json"
        path.write_text(wrong)
        with pytest.raises(InputError, match=message):
            take_labelstudio(filled, path)


def test_the_interface_of_the_docs_knows_every_label(sample_records):
    page = (Path(__file__).parents[2] / "docs" / "annotation.md").read_text("utf-8")
    interface = ElementTree.fromstring(page[page.index("<View>") : page.index("</View>") + len("</View>")])
    known = {
        tag.attrib["name"]: {label.attrib["value"] for label in tag}
        for tag in interface
        if "name" in tag.attrib and len(tag)
    }
    for record in sample_records:
        for result in labelstudio_task(record)["predictions"][0]["result"]:
            if result["type"] == "labels":
                assert result["value"]["labels"][0] in known[result["from_name"]]
    assert known["factuality"] == set(get_args(Factuality))
    assert known["events"] == set(load_codebook().types)
