import gzip

import pytest

from dateline.errors import InputError
from dateline.intake import make_report, report_from_file

PAGE = """<!doctype html><html lang="en"><head><title>Envoys agree on grain - The Harbour Gazette</title>
<meta property="og:site_name" content="The Harbour Gazette"><meta property="og:title" content="Envoys agree on grain">
<meta property="article:published_time" content="2018-06-13T08:30:00Z">
<meta name="author" content="Harbour Newsroom"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Envoys agree on grain</h1>
<p>Envoys of the two governments agreed on Tuesday to open the port to grain ships, the ministry said.</p>
<p>The first ships are to leave next week, according to a statement that the ministry published in the evening.</p>
<p>Neither side would say how long the agreement is to last, and no text of it has been made public so far.</p>
</article><footer>All rights reserved</footer></body></html>"""


def write(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return str(path)


def test_the_text_stays_as_it_is(tmp_path):
    report = report_from_file(write(tmp_path, "note.txt", "One.\r\nTwo é 🚢\r".encode()))
    assert report.text == "One.\r\nTwo é 🚢\r"
    assert report.id == "note"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_obeyed_and_dropped(tmp_path, encoding):
    assert report_from_file(write(tmp_path, "note.txt", "Grüße".encode(encoding))).text == "Grüße"


def test_another_encoding_is_refused_with_the_place(tmp_path):
    with pytest.raises(InputError, match=r"note\.txt is not UTF-8: byte 0xFC at offset 6 \(line 2\)"):
        report_from_file(write(tmp_path, "note.txt", b"One\nGr\xfc\xdfe"))


def test_gzip_is_unpacked_and_damage_is_told(tmp_path):
    packed = gzip.compress(b"Ministers met.")
    report = report_from_file(write(tmp_path, "note.txt.gz", packed))
    assert (report.text, report.id) == ("Ministers met.", "note")
    with pytest.raises(InputError, match="cannot be unpacked"):
        report_from_file(write(tmp_path, "cut.txt.gz", packed[:-9]))


@pytest.mark.parametrize("name", ["absent.txt", "", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    with pytest.raises(InputError, match="cannot read"):
        report_from_file(f"{tmp_path}/{name}")


@pytest.mark.parametrize("name", ["page.html", "page.dat"])
def test_a_web_page_gives_its_article_and_says_who_published_it_when(tmp_path, name):
    report = report_from_file(write(tmp_path, name, PAGE.encode()))
    assert "agreed on Tuesday" in report.text
    assert "All rights reserved" not in report.text
    assert "<" not in report.text
    assert (report.title, report.publisher) == ("Envoys agree on grain", "The Harbour Gazette")
    assert (report.published, report.published_basis) == ("2018-06-13T08:30:00Z", "metadata")
    assert report.byline == "Harbour Newsroom"


def test_what_is_given_overrules_the_page(tmp_path):
    report = report_from_file(
        write(tmp_path, "page.html", PAGE.encode()), published="2018-06-14", publisher="Wire", title="T"
    )
    assert (report.published, report.published_basis, report.publisher, report.title) == (
        "2018-06-14",
        "given",
        "Wire",
        "T",
    )


def test_a_date_in_the_prose_is_not_the_date_of_the_page(tmp_path):
    page = PAGE.replace('<meta property="article:published_time" content="2018-06-13T08:30:00Z">', "")
    page = page.replace("next week", "on 1 July 2018")
    report = report_from_file(write(tmp_path, "page.html", page.encode()))
    assert (report.published, report.published_basis) == (None, "unknown")


def test_a_page_without_an_article_is_refused(tmp_path):
    with pytest.raises(InputError, match="without an article"):
        report_from_file(write(tmp_path, "page.html", b"<html><body></body></html>"))


@pytest.mark.parametrize("field", ["text", "title", "publisher", "url", "id"])
def test_half_a_surrogate_pair_is_refused(field):
    fields = {"text": "Ministers met."} | {field: "a\ud83d"}
    with pytest.raises(InputError, match=rf"{field} holds half of a surrogate pair \(U\+D83D\) at character 1"):
        make_report(**fields)


def test_a_packed_file_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("dateline.intake.encoding.LARGEST", 1000)
    for size, fine in ((1000, True), (1001, False)):
        path = tmp_path / "note.txt.gz"
        path.write_bytes(gzip.compress(b"x" * size))
        if fine:
            assert len(report_from_file(str(path)).text) == size
        else:
            with pytest.raises(InputError, match="unpacks to more than"):
                report_from_file(str(path))


def test_a_file_too_large_for_one_report_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr("dateline.intake.files.LARGEST", 1 << 20)
    assert report_from_file(write(tmp_path, "fits.txt", b"x" * (1 << 20))).id == "fits"
    with pytest.raises(InputError, match=r"over.txt is larger than 1 MiB"):
        report_from_file(write(tmp_path, "over.txt", b"x" * ((1 << 20) + 1)))


def test_a_text_of_many_reports_is_not_read_as_one():
    assert len(make_report("a " * 2_500_000).text) == 5_000_000
    with pytest.raises(InputError, match=r"text has 5,000,001 characters.*at most 5,000,000"):
        make_report("a " * 2_500_000 + "a")


@pytest.mark.parametrize("name", ["in.jsonl", "in.JSONL.gz", "in.csv", "in.warc.gz"])
def test_files_of_many_reports_are_not_read_as_one(tmp_path, name):
    path = tmp_path / name
    path.write_text('{"text": "One."}\n', encoding="utf-8")
    with pytest.raises(InputError, match="holds many reports"):
        report_from_file(str(path))
