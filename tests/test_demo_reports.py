"""The demo reports: what the page and the benchmarks are shown with."""

from datetime import datetime

import pytest

from dateline.errors import InputError
from dateline.samples import sample
from dateline.samples.demo import demo_names, demo_report, demo_reports


def test_they_are_realistic_reports_with_a_head():
    for report in demo_reports():
        assert 110 <= len(report.text.split()) <= 360, report.id
        assert report.title
        assert report.text.startswith(f"{report.title}\n\n")
        assert report.published_basis == "given"
        assert 2022 <= datetime.fromisoformat(report.published).year <= 2025


def test_they_come_in_the_order_of_publication():
    reports = demo_reports()
    assert [r.id for r in reports] == [r.id for r in sorted(reports, key=lambda r: (r.published, r.id))]
    assert sorted(r.id for r in reports) == demo_names()


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(InputError, match="hanoi-visit"):
        demo_report("coup")


def test_they_are_samples_too():
    assert sample("demo/hanoi-visit") == demo_report("hanoi-visit")
