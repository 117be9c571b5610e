"""What is taken out of an archive is what people left: corrected, and without what they rejected."""

import pytest

from dateline.records import Argument, Entity, Event, EventTime, Link, Record, Report, Statement, check
from dateline.store.correction import correct, undo
from dateline.store.left import left_records, records_to_export

TEXT = "Oslo said that Riga said Kyiv invaded Rome. The invasion began."


def event(id, word, statement=None, same_as=None):
    begin = TEXT.index(word)
    return Event(
        id=id,
        type="ASSAULT",
        mode=None,
        contexts=[],
        plover=None,
        recipient=[],
        place=None,
        quantities=[],
        trigger=(begin, begin + len(word)),
        actor=[Argument(entity="UKR", span=None)],
        factuality="occurred",
        time=EventTime(),
        statement=statement,
        same_as=same_as,
        rule="ASSAULT/invade",
        confidence=0.5,
    )


def statement(id, cue, parent=None):
    content = (cue + 10 if parent is None else cue + 5, TEXT.index("."))
    chain = [Link(entity="LVA", span=None)]
    told = {"quote": "indirect", "source": [], "cue": [(cue, cue + 4)], "content": [content], "chain": chain}
    return Statement(id=id, parent=parent, **told)


@pytest.fixture
def filled(archive):
    countries = [Entity(id=c, name=n, kind="country", country=c) for c, n in (("UKR", "Ukraine"), ("LVA", "Latvia"))]
    archive.add(
        [
            Record(
                report=Report(id=name, text=TEXT),
                entities=countries,
                statements=[statement("s1", 5), statement("s2", 20, "s1")],
                events=[event("e1", "invaded", "s2"), event("e2", "invasion", None, "e1")],
            )
            for name in ("one", "two")
        ],
        "test",
    )
    return archive


def shown(archive, ids=None):
    return {
        r.report.id: ([(e.id, e.statement, e.same_as) for e in r.events], [(s.id, s.parent) for s in r.statements])
        for r in left_records(archive, ids)
    }


def test_what_was_rejected_is_left_out_and_what_hung_on_it_goes_on(filled):
    whole = ([("e1", "s2", None), ("e2", None, "e1")], [("s1", None), ("s2", "s1")])
    assert shown(filled) == {"one": whole, "two": whole}
    number = correct(filled, "one", "e1", "reject", who="ana")
    correct(filled, "two", "s2", "reject", who="ana")
    assert shown(filled) == {
        "one": ([("e2", None, None)], whole[1]),
        "two": ([("e1", "s1", None), ("e2", None, "e1")], [("s1", None)]),
    }
    assert all(not list(check(r)) for r in left_records(filled))
    undo(filled, number, who="ana")
    assert shown(filled, ["one", "none"]) == {"one": whole}


def test_exports_are_as_people_left_them_but_for_label_studio(filled):
    correct(filled, "one", "e1", "reject", who="ana")
    correct(filled, "one", "e2", "change", field="type", value="COERCE", who="ana")
    for ids in (None, ["one"]):
        record = next(records_to_export(filled, "polecat", ids))
        assert [(e.id, e.type) for e in record.events] == [("e2", "COERCE")]
        machine = next(records_to_export(filled, "labelstudio", ids))
        assert [(e.id, e.type) for e in machine.events] == [("e1", "ASSAULT"), ("e2", "ASSAULT")]
