"""Reports from files of every kind: what is good is read, what is not is named with its place."""

import csv
import datetime
import gzip
import json

import pytest

from dateline.intake.sources import BadSource, reports_in
from dateline.samples import sample

TEXT = sample("arms").text


def good(found):
    return [r for r in found if not isinstance(r, BadSource)]


def bad(found):
    return [r for r in found if isinstance(r, BadSource)]


def feed(*items):
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'


def page():
    paragraphs = "".join(f"<p>{p}</p>" for p in TEXT.split("\n\n"))
    return f"<html><head><title>Tanks</title></head><body><article>{paragraphs}</article></body></html>".encode()


def warc(body, kind="text/html; charset=utf-8", status="200 OK"):
    http = b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (
        status.encode(),
        kind.encode(),
        len(body),
        body,
    )
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/1\r\n"
        "WARC-Date: 2023-01-25T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_a_folder_is_read_in_the_order_of_names(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "index.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "ignored.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text("x", encoding="utf-8")
    found = list(reports_in(tmp_path))
    assert [r.id for r in found] == [(tmp_path / "a.md").as_posix(), (tmp_path / "b" / "index.txt").as_posix()]
    assert all(r.text == TEXT for r in found)


def test_json_lines_packed_or_not(tmp_path):
    lines = [json.dumps({"id": "1", "text": TEXT}), "", "{broken", json.dumps({"id": "2"})]
    path = tmp_path / "in.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))
    found = list(reports_in(path))
    assert [r.id for r in good(found)] == ["1"]
    assert [b.where.rpartition(", ")[2] for b in bad(found)] == ["line 3", "line 4"]
    path.write_bytes(path.read_bytes()[:-20])
    assert "damaged or cut off" in bad(list(reports_in(path)))[-1].reason


def test_csv(tmp_path):
    path = tmp_path / "in.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerows([["id", "text", "published"], ["1", TEXT, "2023-01-25"], ["2", "Text.", "yesterday"]])
    found = list(reports_in(path))
    assert [(r.id, r.text, r.published) for r in good(found)] == [("1", TEXT, "2023-01-25")]
    assert "'yesterday' is no ISO 8601 date" in bad(found)[0].reason
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "no column 'text'" in bad(list(reports_in(path)))[0].reason


def test_parquet(tmp_path):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "in.parquet"
    pq.write_table(pa.table({"text": [TEXT, None], "published": [datetime.date(2023, 1, 25)] * 2, "x": [1, 2]}), path)
    found = list(reports_in(path))
    assert [r.published for r in good(found)] == ["2023-01-25"]
    assert bad(found)[0].where.endswith("row 2")
    path.write_bytes(b"PAR1 nothing")
    assert "no Parquet file" in bad(list(reports_in(path)))[0].reason


def test_web_archives(tmp_path):
    pytest.importorskip("fastwarc")
    path = tmp_path / "in.warc.gz"
    other = warc(b"gone", status="404 Not Found") + warc(b"\x89PNG", kind="image/png")
    path.write_bytes(gzip.compress(warc(page()) + other))
    (report,) = reports_in(path)
    assert (report.id, report.url) == ("http://news.example/1",) * 2
    assert "Germany will send 14 Leopard 2 tanks" in report.text
    path.write_bytes(b"nothing of the kind")
    assert "no WARC file" in bad(list(reports_in(path)))[0].reason


def test_feeds(tmp_path):
    pytest.importorskip("feedparser")
    whole = "&lt;p&gt;" + TEXT.replace("\n\n", "&lt;/p&gt;&lt;p&gt;") + "&lt;/p&gt;"
    date = "<pubDate>Wed, 25 Jan 2023 10:00:00 +0100</pubDate>"
    path = tmp_path / "in.rss"
    path.write_text(
        feed(
            f"<item><title>A &amp;amp; B</title><link>http://news.example/1</link>{date}"
            f"<description>{whole}</description></item>",
            "<item><link>http://news.example/2</link><description>Teaser</description></item>",
        ),
        encoding="utf-8",
    )
    found = list(reports_in(path))
    (report,) = good(found)
    assert (report.title, report.publisher, report.published) == ("A & B", "News", "2023-01-25T09:00:00Z")
    assert report.text.split("\n")[2].startswith("“This decision")
    assert "links to http://news.example/2" in bad(found)[0].reason


def test_entity_tricks_are_refused(tmp_path):
    pytest.importorskip("feedparser")
    path = tmp_path / "in.xml"
    bomb = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    path.write_text(f"<!DOCTYPE rss [{bomb}]>{feed('<item><title>&b;</title></item>')}", encoding="utf-8")
    (refused,) = reports_in(path)
    assert "declares entities of its own" in refused.reason


def test_what_cannot_be_read_is_named(tmp_path):
    assert "cannot be read" in next(iter(reports_in(tmp_path / "none.jsonl"))).reason
    assert "not read; known" in next(iter(reports_in(tmp_path / "x.docx"))).reason
