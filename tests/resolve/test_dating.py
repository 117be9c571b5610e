"""When an undated report was published."""

from __future__ import annotations

import pytest

from dateline.resolve.dating import summits


def window(read, text: str) -> tuple[str | None, str | None]:  # type: ignore[no-untyped-def]
    found = read(text).report.published_window
    return (found.not_before, found.not_after) if found else (None, None)


def test_offices(read) -> None:  # type: ignore[no-untyped-def]
    text = "German Chancellor Angela Merkel met French President Emmanuel Macron in Berlin on Friday."
    assert window(read, text) == ("2017-05-14", "2021-12-07")


def test_a_president_of_long_ago_does_not_date_the_report(read) -> None:  # type: ignore[no-untyped-def]
    text = "French President Emmanuel Macron praised a speech that U.S. President George W. Bush gave in Warsaw."
    begin, end = window(read, text)
    assert begin == "2017-05-14"
    assert end is None or end > begin


@pytest.mark.parametrize("text", ["Former President Bill Clinton spoke.", "It rained in Bergen.", ""])
def test_nothing_to_date_by(read, text: str) -> None:  # type: ignore[no-untyped-def]
    assert window(read, text) == (None, None)


def test_a_past_date(read) -> None:  # type: ignore[no-untyped-def]
    assert window(read, "The ministers signed the treaty on 3 March 2011.")[0] == "2011-03-03"
    assert window(read, "The ministers will sign the treaty on 3 March 2031.") == (None, None)


def test_a_summit_of_last_june(read) -> None:  # type: ignore[no-untyped-def]
    text = "Chancellor Angela Merkel said that the G7 summit in Elmau last June had been a success."
    begin, end = window(read, text)
    assert begin == "2015-07-01"
    assert end is not None
    assert end <= "2016-06-30"


def test_a_dated_report_has_no_window(read) -> None:  # type: ignore[no-untyped-def]
    record = read("German Chancellor Angela Merkel spoke.", published="2012-03-04")
    assert record.report.published_window is None
    assert record.report.published_basis == "given"


def test_the_window_says_who_holds_office(read) -> None:  # type: ignore[no-untyped-def]
    text = "British Prime Minister David Cameron met U.S. President Barack Obama. The Russian leader did not come."
    record = read(text)
    assert record.report.published_basis == "inferred"
    assert record.report.published is None
    assert record.report.published_window.why
    assert {"david_cameron", "barack_obama"} <= {e.id for e in record.entities}


def test_summits_are_in_order() -> None:
    days = [summit.day for summit in summits()]
    assert days == sorted(days)
    assert all(summit.participants for summit in summits())
