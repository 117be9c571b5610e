from __future__ import annotations

import itertools
import subprocess
import sys

import pandas
import polars
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dateline
from dateline.errors import DatelineError, InputError, MissingExtraError
from dateline.records import check
from dateline.serve.frames import frame

from .record import record

NOTE = (
    "The envoy said on Tuesday that the troops would leave the port. “We never asked for it,” the mayor told reporters."
)


@pytest.fixture(autouse=True)
def _loaded(nlp):
    """The pipeline is loaded once for all."""


def test_read_keeps_what_is_given():
    made = dateline.read(
        NOTE,
        published="2018-06-13T08:00Z",
        publisher="The Harbour Gazette",
        title="Port",
        url="https://a.example",
        id="x",
    )
    report = made.report
    assert (report.id, report.text, report.title, report.publisher) == ("x", NOTE, "Port", "The Harbour Gazette")
    assert (report.published, report.published_basis, report.url) == ("2018-06-13T08:00Z", "given", "https://a.example")
    assert list(check(made)) == []


def test_a_pipeline_may_be_given_instead_of_a_name(nlp):
    assert dateline.read(NOTE, model=nlp) == dateline.read(NOTE)


def test_parts_alone_are_those_of_the_record():
    made = dateline.read(NOTE, published="2018-06-13")
    assert dateline.times(NOTE, published="2018-06-13") == made.times
    assert dateline.statements(NOTE, published="2018-06-13") == made.statements
    assert dateline.events(NOTE, published="2018-06-13") == made.events
    assert made.statements


@pytest.mark.parametrize("text", [None, 7, b"bytes", ["a"], "a\udc80"])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(InputError, match="text"):
        dateline.read(text)


OBJECTS = [{"id": str(k), "text": f"{NOTE} {k}", "published": "2018-06-13"} for k in range(7)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_code_yields_records_in_order(jobs):
    made = list(dateline.code(OBJECTS, jobs=jobs, batch_size=2))
    assert [item.report.id for item in made] == [str(k) for k in range(7)]
    assert made == list(dateline.code(iter(OBJECTS), batch_size=2))


def test_code_takes_only_what_it_needs():
    taken = []

    def endless():
        for k in itertools.count():
            taken.append(k)
            yield {"text": NOTE, "id": str(k)}

    stream = dateline.code(endless(), batch_size=2)
    assert [next(stream).report.id for _ in range(3)] == ["0", "1", "2"]
    assert len(taken) <= 5
    stream.close()


def test_wrong_objects_raise_or_are_skipped_or_told():
    objects = [OBJECTS[0], {"text": 7}, OBJECTS[1], {"id": "no text"}]
    with pytest.raises(InputError, match="object 2: text is not text but the number 7"):
        list(dateline.code(objects))
    assert [made.report.id for made in dateline.code(objects, on_error="skip")] == ["0", "1"]
    told: list[dateline.BadLine] = []
    assert len(list(dateline.code(objects, on_error=told.append, batch_size=1))) == 2
    assert [line.number for line in told] == [2, 4]


def test_code_works_in_a_script_without_a_main_guard(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        f"import dateline\nprint(len(list(dateline.code([{{'text': {NOTE!r}}}] * 3, jobs=2))))\n", "utf-8"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert done.stdout == "3\n"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=300)
    | st.lists(
        st.sampled_from(
            [*"“”‘’\"'«»—()[]\r\n\t ,.;:", "\x00", "\u202e", "🕊", "e\u0301", "said", "told", "The envoy", "he",
             "attacked", "last week", "on Tuesday", "would", "not", "according to", "$3 million", "2018", "\udc80"]
        ),
        max_size=60,
    ).map(" ".join)
)  # fmt: skip
def test_any_text_gives_a_valid_record_or_an_error_of_the_family(text):
    try:
        made = dateline.read(text, published="2018-06-13", publisher="The Harbour Gazette")
    except DatelineError:
        assert any("\ud800" <= character <= "\udfff" for character in text)
        return
    assert made.report.text == text
    assert list(check(made)) == []
    assert dateline.decode(made.to_json()) == made
    assert dateline.page(made)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "“" * 200_000, "said " * 4_000, "“He said ”" * 2_000])
def test_a_long_line_is_read(text):
    made = dateline.read(text)
    assert made.report.text == text
    assert list(check(made)) == []


@pytest.mark.parametrize(
    ("library", "kind"), [("pandas", pandas.DataFrame), ("polars", polars.DataFrame), (None, pandas.DataFrame)]
)
def test_frames_hold_a_row_an_item(library, kind):
    made = record()
    for name, table in (
        ("events", made.events_frame(library)),
        ("statements", made.statements_frame(library)),
        ("times", made.times_frame(library)),
    ):
        assert isinstance(table, kind)
        assert list(table["id"]) == [item.id for item in getattr(made, name)]
    events = made.events_frame(library)
    assert list(events["text"]) == ["withdraw", "shelled", "shelling"]
    assert list(events["actor_ids"]) == ["BOR", "BOR", ""]
    assert next(iter(events["chain"])) == "The Harbour Gazette → envoy of Arland → governor"
    assert list(made.times_frame(library)["begin"]) == ["2018-06-15", "2018-06-04"]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_an_empty_frame_has_the_same_columns_and_types(library):
    full, empty = frame([record(), record()], "events", library), frame([], "events", library)
    assert len(full) == 6
    assert len(empty) == 0
    assert list(full.columns) == list(empty.columns)
    assert list(full.dtypes) == list(empty.dtypes)


def test_without_a_frame_library_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert isinstance(record().events_frame(), polars.DataFrame)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtraError, match=r"dateline\[frames\]"):
        record().events_frame()
