import pytest

from dateline.errors import InputError
from dateline.intake import report_from_line


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"", "not JSON"),
        (b'{"text": "\\ud800"}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"text": "\xff"}', "not UTF-8|not JSON"),
        (b"[]", "not a JSON object but a list"),
        (b"null", "not a JSON object but null"),
        (b'"text"', "not a JSON object but a string"),
        (b"17", "not a JSON object but a number"),
        (b"{}", "no text"),
        (b'{"text": null}', "no text"),
        (b'{"text": ""}', "text is empty"),
        (b'{"text": " \\n"}', "text is empty"),
        (b'{"text": 17}', "text is not text but the number 17"),
        (b'{"text": ["a"]}', "text is not text but a list"),
        (b'{"text": "a", "published": "soon"}', "published 'soon' is no ISO 8601 date"),
        (b'{"text": "a", "published": 2018}', "published is not text but the number 2018"),
        (b'{"text": "a", "title": {}}', "title is not text but an object"),
        (b'{"text": "a", "id": true}', "id is not text but true or false"),
        (b'{"text": "a", "id": 1.5}', "id is not text but the number 1.5"),
    ],
)
def test_a_line_that_is_no_report_says_why(line, reason):
    with pytest.raises(InputError, match=reason):
        report_from_line(line)


def test_fields_are_taken_over_and_others_left_aside():
    report = report_from_line(
        b'{"id": 7, "text": "Ministers met.", "published": "2018-06-13", "publisher": " ", "title": null, "section": 3}'
    )
    assert (report.id, report.text, report.published, report.published_basis) == (
        "7",
        "Ministers met.",
        "2018-06-13",
        "given",
    )
    assert report.publisher is None
    assert report.title is None


def test_without_a_date_the_basis_is_unknown():
    assert report_from_line(b'{"text": "Ministers met."}').published_basis == "unknown"


def test_without_an_id_the_text_gives_one():
    first, again, other = (report_from_line(b'{"text": "%s"}' % text).id for text in (b"one", b"one", b"two"))
    assert first == again != other
    assert len(first) == 16
