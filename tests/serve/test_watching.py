"""Watching feeds of a server on this machine, and adding its pages by their addresses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from click.testing import CliRunner

from dateline.intake.fetch import Fetcher, Limits
from dateline.samples import sample
from dateline.serve.cli import cli
from dateline.serve.setup import Setup
from dateline.serve.watching import feeds_in, watch_once
from dateline.store import Archive, Question, ask_reports
from dateline.store.feeds import feed_state

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "intake"))
from web_server import Site

pytest.importorskip("feedparser")
QUARTER = timedelta(minutes=15)


@pytest.fixture
def site(nlp):
    opened = Site()
    yield opened
    opened.close()


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "news.db") as opened:
        yield opened


def page(name="arms", head=""):
    paragraphs = "".join(f"<p>{p}</p>" for p in sample(name).text.split("\n\n"))
    return (
        f"<html><head><title>On {name}</title>{head}</head><body><article>{paragraphs}</article></body></html>".encode()
    )


def feed(*items):
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'.encode()
    )


def item(link, title="Title", date="Wed, 25 Jan 2023 10:00:00 +0100"):
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate></item>"


def run(archive, feeds, told=None, **more):
    fetcher = Fetcher(allow_hosts=["127.0.0.1"], pause=0.0, limits=Limits(2.0, 0.5, 100_000))
    tell = (told if told is not None else []).append
    return watch_once(archive, feeds, fetcher, every=QUARTER, tell=tell, **more)


def stored(archive):
    return {r["id"]: r for r in ask_reports(archive, Question())}


def test_new_entries_are_stored_once_and_the_feed_is_asked_conditionally(site, archive):
    site.page("/a", page())
    body = feed(item("/a"), item(site.url("/missing")))

    def answer(handler):
        same = handler.headers.get("If-None-Match") == '"1"'
        handler.send_response(304 if same else 200)
        handler.send_header("Content-Type", "application/rss+xml")
        if not same:
            handler.send_header("ETag", '"1"')
        handler.end_headers()
        if not same:
            handler.wfile.write(body)

    site.paths["/feed"] = answer
    told = []
    first = run(archive, [site.url("/feed")], told)
    assert (first.asked, first.failed, first.new, first.bad) == (1, 0, 1, 1)
    assert "status 404" in told[0].reason
    found = stored(archive)[site.url("/a")]
    assert (found["publisher"], found["published"], found["published_basis"]) == (
        "News",
        "2023-01-25T09:00:00Z",
        "metadata",
    )
    for _ in range(2):
        again = run(archive, [site.url("/feed")])
        assert (again.asked, again.new, again.bad) == (1, 0, 0)
    assert (site.times("/a"), site.times("/missing"), site.times("/feed")) == (1, 1, 3)
    assert site.asked[-1][1]["if-none-match"] == '"1"'
    assert run(archive, [site.url("/feed")], due_only=True).asked == 0


def test_pages_are_read_with_the_setup_that_is_given(site, archive):
    paragraphs = "Boil the onions for a minute, and cook them in butter with the apples and the cabbage until soft."
    site.page("/a", f"<html><body><article><p>{paragraphs}</p></article></body></html>".encode())
    site.page("/feed", feed(item("/a")))
    assert run(archive, [site.url("/feed")], setup=Setup(triage=True)).new == 1
    assert [flag.kind for flag in archive.record(site.url("/a")).flags] == ["not_parsed"]


def test_bad_feeds_and_pages_stop_nothing(site, archive):
    site.page("/slow", b"")
    site.paths["/slow"] = lambda handler: time.sleep(1)
    site.page("/bomb", b"x" * 200_000)
    site.page("/html", page("summit"))
    site.page(
        "/tricks", feed("<item><title>&b;</title></item>").replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY b "x">]><rss')
    )
    site.page(
        "/inside", feed(item("http://localhost:1/admin"), item("file:///etc/passwd"), item("/slow"), item("/bomb"))
    )
    site.page("/a", page())
    site.page("/good", feed(item("/a")), kind="application/rss+xml")
    told = []
    names = ["/slow", "/bomb", "/html", "/tricks", "/absent", "/inside", "/good"]
    done = run(archive, [site.url(name) for name in names], told)
    assert (done.asked, done.failed, done.new, done.bad) == (7, 5, 1, 4)
    assert list(stored(archive)) == [site.url("/a")]
    reasons = " | ".join(f"{b.where}: {b.reason}" for b in told)
    for reason in ("no answer within", "are read", "no RSS or Atom feed", "entities of its own", "status 404"):
        assert reason in reasons
    state = feed_state(archive, site.url("/absent"))
    assert state["failures"] == 1
    assert "404" in state["problem"]
    assert run(archive, [site.url("/absent")]).asked == 0


def test_a_page_that_failed_for_now_is_tried_again_though_the_feed_is_the_same(site, archive):
    site.page("/feed", feed(item("/a")), kind="application/rss+xml", ETag='"1"')
    site.page("/a", b"", status=503)
    assert run(archive, [site.url("/feed")]).bad == 1
    with archive.write() as connection:
        connection.exec_driver_sql("UPDATE announced SET next = '2000-01-01T00:00:00Z'")
    site.page("/a", page())
    assert run(archive, [site.url("/feed")]).new == 1


def test_what_the_feed_changes_is_fetched_again_and_becomes_a_version(site, archive):
    site.page("/feed", feed(item("/a")), kind="application/rss+xml")
    site.page("/a", page())
    run(archive, [site.url("/feed")])
    site.page("/a", page().replace(b"14 Leopard", b"15 Leopard"))
    site.page("/feed", feed(item("/a", date="Wed, 25 Jan 2023 12:00:00 +0100")), kind="application/rss+xml")
    done = run(archive, [site.url("/feed")])
    assert (done.new, done.changed) == (0, 1)
    assert stored(archive)[site.url("/a")]["version"] == 2


def test_a_host_that_wants_to_be_left_alone_is_asked_once(site, archive):
    site.page("/feed", feed(*(item(f"/{n}") for n in range(4))), kind="application/rss+xml")
    for n in range(4):
        site.page(f"/{n}", b"", status=429, Retry_After="3600")
    done = run(archive, [site.url("/feed")])
    assert (done.bad, done.waiting) == (1, 3)
    assert sum(site.times(f"/{n}") for n in range(4)) == 1


def test_what_is_left_of_a_long_feed_waits_for_the_next_round(site, archive, monkeypatch):
    monkeypatch.setattr("dateline.serve.watching._MOST_PAGES", 2)
    site.page("/feed", feed(*(item(f"/{n}") for n in range(3))), kind="application/rss+xml")
    assert (run(archive, [site.url("/feed")]).bad, run(archive, [site.url("/feed")]).bad) == (2, 1)


def test_the_list_of_feeds(tmp_path):
    path = tmp_path / "feeds.txt"
    path.write_text("# mine\n\nhttp://news.example/rss\nhttp://news.example/rss\n", "utf-8")
    assert feeds_in(path) == ["http://news.example/rss"]
    path.write_text("http://news.example/rss\nfile:///etc/passwd\n", "utf-8")
    result = CliRunner().invoke(cli, ["watch", str(path), "--archive", str(tmp_path / "news.db"), "--once"])
    assert result.exit_code == 2
    assert "line 2: 'file:///etc/passwd'" in result.stderr
    assert CliRunner().invoke(cli, ["watch", str(path), "--every", "soon"]).exit_code == 2


def test_watch_once_and_add_by_address(site, tmp_path):
    site.page("/feed", feed(item("/a")), kind="application/rss+xml")
    site.page("/a", page(head='<meta property="article:published_time" content="2023-01-25T11:30:00+01:00">'))
    site.page("/b", page("summit"))
    (tmp_path / "feeds.txt").write_text(site.url("/feed") + "\n", "utf-8")
    news = str(tmp_path / "news.db")
    base = ("--archive", news)
    result = CliRunner().invoke(cli, ["watch", str(tmp_path / "feeds.txt"), "--once", *base])
    assert result.exit_code == 1
    assert "--allow-host 127.0.0.1" in result.stderr
    # What was not allowed is asked at once when it is; what failed waits for its time, and that is said.
    (tmp_path / "feeds.txt").write_text(f"{site.url('/feed')}\n{site.url('/none')}\n", "utf-8")
    allowed = ["watch", str(tmp_path / "feeds.txt"), "--once", "--allow-host", "127.0.0.1", *base]
    result = CliRunner().invoke(cli, allowed)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "2 feeds asked, 1 failed: 1 new, 0 changed"
    result = CliRunner().invoke(cli, allowed)
    assert (result.exit_code, result.stderr) == (0, "1 feed asked: 0 new, 0 changed; 1 that failed before waits\n")
    result = CliRunner().invoke(cli, ["add", site.url("/b"), site.url("/feed"), "--allow-host", "127.0.0.1", *base])
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "1 new, 0 changed, 1 known")
    with Archive.open(news) as archive:
        found = stored(archive)
        assert found[site.url("/a")]["published"] == "2023-01-25T11:30:00+01:00"
        assert set(found) == {site.url("/a"), site.url("/b")}


def test_watching_ends_cleanly_when_it_is_interrupted(site, tmp_path):
    site.page("/feed", feed(), kind="application/rss+xml")
    (tmp_path / "feeds.txt").write_text(site.url("/feed") + "\n", "utf-8")
    command = [sys.executable, "-m", "dateline", "watch", str(tmp_path / "feeds.txt"), "--allow-host", "127.0.0.1"]
    with subprocess.Popen([*command, "-a", str(tmp_path / "news.db")], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "1 feed asked: 0 new, 0 changed\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr.read().strip() == "dateline: interrupted"
