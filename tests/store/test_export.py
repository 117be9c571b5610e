"""Exports: other tools can read them, and nothing of the record is lost or invented on the way."""

import csv
import json
import xml.etree.ElementTree as ET

import msgspec
import pytest

from dateline.errors import InputError
from dateline.store.export import FORMS, export
from dateline.store.export.cameo import QUAD, cameo, goldstein
from dateline.store.export.rows import cameo_rows, polecat_rows

HOSTILE = "x\"><script>&\x00\x1b[31m\u202e'); --"


@pytest.fixture(scope="module")
def hostile(sample_records):
    first = sample_records[0]
    report = msgspec.structs.replace(first.report, title=HOSTILE, publisher=HOSTILE, id=HOSTILE)
    entities = [msgspec.structs.replace(e, name=HOSTILE) for e in first.entities]
    return [msgspec.structs.replace(first, report=report, entities=entities), *sample_records]


@pytest.mark.parametrize("form", [form.name for form in FORMS])
def test_every_form_is_written_even_of_hostile_records(form, hostile, tmp_path):
    if form in ("turtle", "jsonld"):
        pytest.importorskip("rdflib")
    output = tmp_path / "out.x"
    assert export(iter(hostile), form, output) == len(hostile)
    assert output.exists()
    assert [p.name for p in tmp_path.iterdir()] == ["out.x"]


def test_polecat_rows_are_what_plover_codes(sample_records, tmp_path):
    path = tmp_path / "events.csv"
    export(sample_records, "polecat", path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wanted = [e for r in sample_records for e in r.events if e.plover and not e.same_as]
    assert [row["Event Type"] for row in rows] == [e.plover.type for e in wanted]
    tanks = next(row for row in rows if row["Event Text"] == "send" and row["Actor Country"].startswith("DEU"))
    assert (tanks["Event Type"], tanks["Factuality"], tanks["Quad Code"]) == ("AGREE", "planned", "VERBAL COOPERATION")


def test_parquet_holds_the_same_rows(sample_records, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    export(sample_records, "polecat", tmp_path / "a.parquet")
    export(sample_records, "polecat", tmp_path / "a.csv")
    table = pq.read_table(tmp_path / "a.parquet")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        assert table.column("Event ID").to_pylist() == [row["Event ID"] for row in csv.DictReader(stream)]


def test_cameo_rows_have_pairs_and_scores(sample_records, tmp_path):
    path = tmp_path / "cameo.csv"
    export(sample_records, "cameo", path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    done = {
        (row["root"], float(row["goldstein"]), row["quad_class"])
        for row in rows
        if row["source"].startswith("RUS") and row["target"].startswith("UKR")
    }
    assert {("17", -7.0, "4"), ("19", -10.0, "4")} <= done  # Crimea was annexed, Ukraine invaded


def test_a_party_that_two_phrases_name_is_one_party(sample_records):
    record = sample_records[2]
    event = next(e for e in record.events if e.plover and not e.same_as and len(e.actor) == len(e.recipient) == 1)
    twice = msgspec.structs.replace(event, actor=[*event.actor, msgspec.structs.replace(event.actor[0], span=(0, 1))])
    record = msgspec.structs.replace(record, events=[twice])
    assert len(list(cameo_rows([record]))) == 1
    assert ";" not in next(polecat_rows([record]))["Actor Name"]


def test_every_plover_type_has_a_code_a_score_and_a_quad():
    for type in QUAD:
        code = cameo(type, None)
        assert code is not None
        assert goldstein(code) is not None
    assert cameo("CONSULT", "visit") == "042"
    assert goldstein("1721") == -5.0
    assert cameo("FLOOD", None) is None


def test_graphml_is_well_formed_and_links_known_nodes(hostile, tmp_path):
    path = tmp_path / "graph.graphml"
    export(hostile, "graphml", path)
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    graph = ET.parse(path).getroot()
    nodes = {node.get("id") for node in graph.iterfind(".//g:node", space)}
    edges = list(graph.iterfind(".//g:edge", space))
    assert edges
    assert all(e.get("source") in nodes and e.get("target") in nodes for e in edges)


def test_followthemoney_names_each_entity_once(sample_records, tmp_path):
    path = tmp_path / "ftm.jsonl"
    export(sample_records, "ftm", path)
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    ids = [item["id"] for item in items]
    assert len(set(ids)) == len(ids)
    involved = {i for item in items for i in item["properties"].get("involved", ())}
    assert involved <= set(ids)
    assert {item["schema"] for item in items} >= {"Person", "Event", "Article", "PublicBody"}


def test_label_studio_spans_are_the_text(sample_records, tmp_path):
    path = tmp_path / "tasks.json"
    export(sample_records, "labelstudio", path)
    for task in json.loads(path.read_text(encoding="utf-8")):
        for result in task["predictions"][0]["result"]:
            if result["type"] == "labels":
                value = result["value"]
                assert task["data"]["text"][value["start"] : value["end"]] == value["text"]


def test_docbin_opens_in_spacy(sample_records, tmp_path):
    import spacy
    from spacy.tokens import DocBin

    path = tmp_path / "docs.spacy"
    export(sample_records, "docbin", path)
    docs = list(DocBin().from_bytes(path.read_bytes()).get_docs(spacy.blank("en").vocab))
    assert [doc.text for doc in docs] == [r.report.text for r in sample_records]
    assert [len(doc.spans["times"]) for doc in docs] == [len(r.times) for r in sample_records]


def test_rdf_can_be_asked(sample_records, tmp_path):
    rdflib = pytest.importorskip("rdflib")
    path = tmp_path / "all.ttl"
    export(sample_records, "turtle", path)
    graph = rdflib.Graph().parse(path)
    asked = """
        PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> PREFIX dl: <urn:dateline:>
        SELECT DISTINCT ?event WHERE { ?event a sem:Event ; dl:actor <urn:dateline:entity/RUS> ;
                                              dl:recipient <urn:dateline:entity/UKR> }
    """
    assert len(list(graph.query(asked))) >= 1


def test_what_cannot_be_written_is_said(sample_records, tmp_path):
    with pytest.raises(InputError, match="the forms are polecat"):
        export(sample_records, "xml", tmp_path / "x")
    with pytest.raises(InputError, match="cannot write"):
        export(sample_records, "ftm", tmp_path / "no" / "x")
