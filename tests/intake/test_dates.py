import pytest

from dateline.errors import InputError
from dateline.intake import publication_date


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2018-06-13", "2018-06-13"),
        (" 2018-06-13\n", "2018-06-13"),
        ("2018-06-13T08:30", "2018-06-13T08:30"),
        ("2018-06-13 08:30:05", "2018-06-13T08:30:05"),
        ("2018-06-13T08:30:05Z", "2018-06-13T08:30:05Z"),
        ("2018-06-13T08:30:05.250+0200", "2018-06-13T08:30:05.250+02:00"),
        ("2020-02-29", "2020-02-29"),
    ],
)
def test_dates_and_date_times_come_out_in_one_form(value, iso):
    assert publication_date(value) == iso


@pytest.mark.parametrize(
    "value",
    [
        "yesterday", "2018", "2018-06", "13/06/2018", "20180613", "2018-W24-3",
        "2018-02-30", "2019-02-29", "2018-13-01",
        "2018-06-13T25:00", "2018-06-13T08:30+99:00", "0000-01-01", "9999-12-31", "1066-10-14",
        "", "２０１８-06-13", "2018-06-13T",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_its_reason(value):
    with pytest.raises(InputError, match="published"):
        publication_date(value)
