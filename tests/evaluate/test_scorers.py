"""The scorers on records made to be right, wrong, or half right."""

import json

import pytest

from dateline.errors import InputError
from dateline.evaluate.gold import GoldDocument, GoldEvent, GoldPair, GoldStatement, GoldTime, document
from dateline.evaluate.run import evaluate
from dateline.evaluate.score import Score, pair_by_jaccard
from dateline.evaluate.statements import score_statements
from dateline.evaluate.times import score_times
from dateline.records import Argument, Entity, Event, EventTime, Link, Plover, Record, Report, Statement, Time, encode

TEXT = "“We met,” Lavrov said on Sunday. Moscow may leave the pact, aides told Reuters."
LAVROV, AIDES = (10, 16), (60, 65)
CONTENT_1, CONTENT_2 = (0, 9), (33, 58)


def statement(id, source, content, **more):
    return Statement(id=id, quote="direct", source=[source], cue=[], content=[content], chain=[Link()], **more)


def event(type, confidence=0.5, actor=(33, 39), recipient=(50, 58), plover=None):
    return Event(
        id=f"e{type}{confidence}",
        type=type,
        mode=None,
        contexts=[],
        plover=plover,
        trigger=(44, 49),
        actor=[Argument(entity="RUS", span=actor)],
        recipient=[Argument(span=recipient)] if recipient else [],
        place=None,
        time=EventTime(),
        factuality="possible",
        statement=None,
        quantities=[],
        same_as=None,
        rule="r",
        confidence=confidence,
    )


def record(**fields):
    entities = [Entity(id="RUS", name="Russia", kind="country", country="RUS")]
    return Record(report=Report(id="r", text=TEXT), entities=entities, **fields)


def test_scores_add_up():
    total = Score(1, 2, 4) + Score(1, 2, 0)
    assert (total.precision, total.recall, total.f1) == (0.5, 0.5, 0.5)
    assert Score(0, 0, 0).f1 == 0.0


def test_sets_pair_one_to_one_best_first():
    gold = [{1, 2, 3}, {4, 5}]
    assert pair_by_jaccard(gold, [{1, 2}, {1, 2, 3}, {5}], 0.5) == [(0, 1), (1, 2)]
    assert pair_by_jaccard(gold, [{1, 2}, {4, 5}], None) == [(1, 1)]


def test_times_relaxed_strict_and_value():
    gold = [GoldTime((25, 31), "DATE", "2024-01-21"), GoldTime((33, 39), "DATE", "2024")]
    wide = Time(id="t1", span=(22, 31), type="DATE", value="2024-01-21")
    report = score_times([(TEXT, gold)], [record(times=[wide])])
    assert report.figures() == pytest.approx(
        {"relaxed_f1": 2 / 3, "strict_f1": 0.0, "type_f1": 2 / 3, "value_f1": 2 / 3}
    )
    assert any("missed" in line for line in report.differences)


def test_statements_need_content_and_source():
    gold = [GoldStatement([LAVROV], [], [CONTENT_1]), GoldStatement([AIDES], [], [CONTENT_2])]
    right = [statement("s1", LAVROV, CONTENT_1), statement("s2", AIDES, CONTENT_2)]
    swapped = [statement("s1", AIDES, CONTENT_1), statement("s2", LAVROV, CONTENT_2)]
    assert score_statements([(TEXT, gold)], [record(statements=right)]).who_what.f1 == 1.0
    assert score_statements([(TEXT, gold)], [record(statements=swapped)]).who_what.f1 == 0.0
    by_quote = score_statements([(TEXT, gold)], [record(statements=right)]).by_quote
    assert (by_quote["direct"].gold, by_quote["indirect"].gold, by_quote["mixed"].gold) == (1, 1, 0)


def test_nested_statements_do_not_count_against_outermost_gold():
    gold = [GoldStatement([LAVROV], [], [CONTENT_1])]
    nested = [statement("s1", LAVROV, CONTENT_1), statement("s2", AIDES, CONTENT_2, parent="s1")]
    assert score_statements([(TEXT, gold)], [record(statements=nested)]).who_what.precision == 1.0


@pytest.mark.parametrize(
    ("events", "label", "accuracy"),
    [
        ([event("RETREAT")], "RETREAT", 1.0),
        ([event("RETREAT", plover=Plover(type="AGREE"))], "RETREAT", 0.0),
        ([event("RETREAT", 0.4), event("REJECT", 0.9)], "REJECT", 1.0),
        ([event("CONSULT", actor=(50, 58), recipient=(33, 39))], "CONSULT", 1.0),
        ([event("ASSAULT", actor=(50, 58), recipient=(33, 39))], "ASSAULT", 0.0),
        ([event("CONCEDE")], "YIELD", 1.0),
        ([], "AID", 0.0),
    ],
)
def test_events_by_pair(events, label, accuracy):
    from dateline.evaluate.events import score_events

    report = score_events([GoldPair(["Moscow"], ["the pact"], label)], [record(events=events)])
    assert report.accuracy == accuracy
    assert report.found == bool(events and label != "ASSAULT")


def test_records_count_arguments_factuality_and_time():
    gold = GoldDocument(
        report=Report(id="r", text=TEXT),
        events=[GoldEvent(("RETREAT",), (44, 49), ["RUS"], [], "possible")],
        entities=document(
            {"report": {}, "entities": {"RUS": {"name": "Russia", "kind": "country", "country": "RUS"}}}, TEXT, "r"
        ).entities,
    )
    from dateline.evaluate.records import score_records

    figures = score_records([gold], [record(events=[event("RETREAT", recipient=None)])]).figures()
    assert figures["events_f1"] == figures["actor"] == figures["recipient"] == figures["factuality"] == 1.0
    figures = score_records([gold], [record(events=[event("AID")])]).figures()
    assert figures["events_f1"] == 0.0


def test_evaluate_reads_files_and_names_what_is_missing(tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "r", "text": TEXT, "timexes": []}) + "\n", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    out.write_bytes(encode(record()) + b"\n")
    assert evaluate("times", [gold], out).figures()["value_f1"] == 0.0
    out.write_bytes(b"")
    with pytest.raises(InputError, match="no record for 'r'"):
        evaluate("times", [gold], out)
    gold.write_text("{}\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        evaluate("times", [gold], out)
