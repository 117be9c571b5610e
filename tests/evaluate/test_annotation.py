"""Gold written for people: where its quoted words stand, and what it says of mistakes."""

from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.evaluate.annotation import place, read_annotation

TEXT = "He said the treaty, he said, that he signed."
GOLD = Path(__file__).parent.parent / "gold"


@pytest.mark.parametrize(
    ("quoted", "span"),
    [
        ("said", (3, 7)),
        ("said#2", (23, 27)),
        ("he", (20, 22)),
        ("the … signed", (8, 43)),
        ("said#2 … he", None),
    ],
)
def test_place(quoted, span):
    if span:
        assert place(TEXT, quoted) == span
    else:
        with pytest.raises(ValueError, match="does not hold"):
            place(TEXT, quoted)


def test_mistakes_name_file_and_entry(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("- text: One.\n- text: Two.\n  times: [[Monday, 2024-01-01, null, null]]\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.yaml, entry 2: the text does not hold 'Monday'"):
        read_annotation(path)
    path.write_text("text: no list", encoding="utf-8")
    with pytest.raises(InputError, match="expected a list"):
        read_annotation(path)
    path.write_text("- [unclosed", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        read_annotation(path)


def test_our_gold_is_as_large_as_it_should_be():
    assert len(read_annotation(GOLD / "sentences.yaml")) >= 60
    samples = read_annotation(GOLD / "samples.yaml")
    assert len(samples) == 3
    assert all(d.times and len(d.statements) >= 10 and len(d.events) >= 15 for d in samples)


def test_events_without_times_are_not_compared_by_them(tmp_path):
    from dateline.evaluate.records import score_records
    from dateline.records import Argument, Entity, Event, EventTime, Record

    path = tmp_path / "gold.yaml"
    text = "Chad shelled Libya on Monday."
    path.write_text(
        f"- text: {text}\n  untimed: true\n  events:\n    - {{trigger: shelled, type: ASSAULT, actor: [TCD], "
        "recipient: [], factuality: occurred}\n",
        encoding="utf-8",
    )
    (gold,) = read_annotation(path)
    assert not gold.events[0].timed
    got = Event(
        id="e1",
        type="ASSAULT",
        mode=None,
        contexts=[],
        plover=None,
        trigger=(5, 12),
        actor=[Argument(entity="TCD", span=(0, 4))],
        recipient=[],
        place=None,
        time=EventTime(begin="2024-01-01", end="2024-01-02"),
        factuality="occurred",
        statement=None,
        quantities=[],
        same_as=None,
        rule="ASSAULT/shell",
        confidence=0.9,
    )
    entity = Entity(id="TCD", name="Chad", kind="country", country="TCD")
    report = score_records([gold], [Record(report=gold.report, entities=[entity], events=[got])])
    assert report.figures()["actor"] == 1.0
    assert report.differences == []
