"""The sample reports that ship with the package."""

import pytest

from dateline.errors import InputError
from dateline.samples import sample, sample_names


def test_there_are_three_of_readable_length():
    assert sample_names() == ["summit", "sanctions", "arms"]
    for name in sample_names():
        report = sample(name)
        assert 200 <= len(report.text.split()) <= 500
        assert report.title
        assert report.text.startswith(report.title)
        assert report.published_basis == "given"


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(InputError, match="summit, sanctions, arms"):
        sample("coup")
