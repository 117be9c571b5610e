"""Tables tell no more than is known, and names stay apart."""

import pytest

from dateline.serve.answers import _widths, write_rows


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


def test_names_are_whole_in_tables_and_elsewhere(capsys):
    names = [f"/news/archive/2024/june/reports/{name}.txt" for name in ("one", "two")]
    rows = [{"id": name, "title": "A headline " * 9} for name in names]
    write_rows(rows, "table", ("published", "title", "id"))
    shown = capsys.readouterr().out.splitlines()
    at = shown[1].index("id")
    assert "".join(line[at:].strip() for line in shown[3:]) == "".join(names)
    assert max(map(len, shown)) <= 80
    write_rows(rows, "csv", ("id",))
    assert names[0] in capsys.readouterr().out


def test_where_there_is_no_room_what_can_be_spared_is_left_out_and_titles_stay_readable():
    columns = ("story", "published", "publisher", "title", "report")
    row = dict.fromkeys(columns, "one of many words that are long enough to fill it")
    widths = _widths(columns, [row], 80)
    assert sum(widths.values()) + 2 * len(widths) <= 80
    assert widths["title"] >= 16
    assert "publisher" not in _widths(columns, [row], 62)
    assert sum(_widths(columns, [row], 20).values()) <= 20
