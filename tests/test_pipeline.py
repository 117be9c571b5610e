"""The stages together: what one hands on to another."""

from dateline.coding.triage import default_triage
from dateline.intake import make_report
from dateline.pipeline import records_of
from dateline.records import check


def test_slashed_dates_are_read_as_the_publisher_writes_them(read):
    text = "The ministers met in Vienna on 5/12/2024."
    assert read(text, publisher="BBC").times[0].value == "2024-12-05"
    assert read(text, publisher="The New York Times").times[0].value == "2024-05-12"
    assert read(text).times[0].value == "2024-05-12"


def test_an_undated_report_gets_a_window_and_no_invented_days(read):
    record = read("Defence Secretary Grant Shapps met Turkish officials last week, London said.")
    window = record.report.published_window
    assert record.report.published_basis == "inferred"
    assert window is not None
    assert window.not_before == "2023-08-31"
    assert all(t.begin is None for t in record.times)
    assert all(e.time.begin is None for e in record.events)


def test_a_record_is_the_same_when_it_is_made_again(read):
    text = "Putin told Kim in Pyongyang that Russia will send grain. KCNA reported the talks, citing the ministry."
    first, second = (read(text, published="2024-06-20", publisher="Reuters") for _ in range(2))
    assert first.to_json() == second.to_json()
    assert list(check(first)) == []


def test_with_triage_other_news_is_not_parsed_and_its_record_says_so(nlp):
    reports = [
        make_report(text, published="2024-06-20")
        for text in (
            "",
            "\n Rain will clear by tomorrow.\nIt stays mild.",
            "Putin met Kim in Pyongyang on Monday.",
            "Bake the bread for an hour.",
        )
    ]
    records = list(records_of(reports, nlp, triage=default_triage()))
    assert [record.report for record in records] == reports
    assert [list(check(record)) for record in records] == [[], [], [], []]
    assert [[flag.kind for flag in record.flags] for record in records] == [[], ["not_parsed"], [], ["not_parsed"]]
    flag = records[1].flags[0]
    assert reports[1].text[slice(*flag.span)] == "Rain will clear by tomorrow."
    assert [time.value for time in records[1].times] == ["2024-06-21"]
    assert records[2] == next(records_of(reports[2:3], nlp))
    assert [event.type for event in records[2].events] == ["CONSULT"]
    assert all("not_parsed" not in [flag.kind for flag in record.flags] for record in records_of(reports, nlp))
