"""Tables tell no more than is known, and names stay apart."""

import pytest

from dateline.serve.answers import write_rows


def table(capsys, row, *columns):
    write_rows([row], "table", columns)
    return [line.strip() for line in capsys.readouterr().out.splitlines() if line.strip()][-1]


@pytest.mark.parametrize(
    ("begin", "end", "shown"),
    [
        ("2024-06-18", "2024-06-19", "2024-06-18"),
        ("2024-06-18T09:30:00", "2024-06-18T09:31:00", "2024-06-18"),
        ("2024-06-01", "2024-07-01", "2024-06"),
        ("2024-02-01", "2024-03-01", "2024-02"),
        ("2024-01-01", "2025-01-01", "2024"),
        ("1961-01-01", "1962-01-01", "1961"),
        ("2024-06-17", "2024-06-24", "2024-06-17/23"),
        ("2024-06-29", "2024-07-03", "2024-06-29/07-02"),
        ("2024-12-30", "2025-01-06", "2024-12-30/2025-01-05"),
        ("2015-01-01", None, "2015/.."),
        ("2015-03-26", None, "2015-03-26/.."),
        (None, None, "–"),
    ],
)
def test_a_day_is_shown_as_it_is_known(capsys, begin, end, shown):
    write_rows([{"day": begin, "begin": begin, "end": end}], "table", ("day",))
    lines = capsys.readouterr().out.splitlines()
    assert "".join(line.strip() for line in lines[3:]) == shown
    assert max(map(len, lines)) <= len(" 2024-06-17 ")


def test_without_a_time_of_its_own_an_event_is_listed_by_its_reports_day(capsys):
    row = {"day": "2024-06-18", "begin": None, "end": None}
    assert table(capsys, row, "day") == "2024-06-18"


def test_long_names_keep_their_ends_in_tables_and_are_whole_elsewhere(capsys):
    rows = [{"id": f"/news/archive/2024/june/reports/{name}.txt"} for name in ("summit", "visit")]
    write_rows(rows, "table", ("id",))
    shown = capsys.readouterr().out
    assert "…eports/summit.txt" in shown
    assert "visit.txt" in shown
    write_rows(rows, "csv", ("id",))
    assert "/news/archive/2024/june/reports/summit.txt" in capsys.readouterr().out
