"""Fetching within limits, from a server on this machine: what may not be had is refused and said."""

from __future__ import annotations

import gzip
import socket
import time

import pytest
from web_server import Site

from dateline.errors import FetchError
from dateline.intake.connection import is_public
from dateline.intake.fetch import Fetcher, Limits, checked
from dateline.intake.robots import fits, rules_of


@pytest.fixture
def site():
    opened = Site()
    yield opened
    opened.close()


def fetcher(**more):
    return Fetcher(**({"allow_hosts": ["127.0.0.1"], "pause": 0.0, "limits": Limits(2.0, 1.0, 100_000)} | more))


def refused(call):
    with pytest.raises(FetchError) as caught:
        call()
    return caught.value


def test_a_page_with_what_the_server_says_of_it(site):
    url = site.page("/a", b"<html>", ETag='"1"', Last_Modified="Wed, 25 Jan 2023 10:00:00 GMT")
    answer = fetcher().get(url)
    assert (answer.url, answer.body, answer.kind, answer.etag) == (url, b"<html>", "text/html", '"1"')
    assert site.asked[-1][1]["user-agent"].startswith("dateline/")


def test_what_has_not_changed_is_not_sent_again(site):
    def answer(handler):
        same = handler.headers.get("If-None-Match") == '"1"'
        handler.send_response(304 if same else 200)
        handler.send_header("ETag", '"1"')
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    site.paths["/a"] = answer
    found = fetcher().get(site.url("/a"), etag='"1"', modified="Wed, 25 Jan 2023 10:00:00 GMT")
    assert (found.unchanged, found.etag) == (True, '"1"')
    assert site.asked[-1][1]["if-modified-since"] == "Wed, 25 Jan 2023 10:00:00 GMT"
    assert not fetcher().get(site.url("/a")).unchanged


def test_private_addresses_are_refused_unless_the_host_is_allowed_by_name(site):
    site.page("/a", b"secret")
    error = refused(lambda: fetcher(allow_hosts=[]).get(site.url("/a")))
    assert "127.0.0.1, which is none of the public internet" in str(error)
    assert not error.again
    assert site.asked == []
    refused(lambda: fetcher(allow_hosts=[]).get(site.url("/a", "localhost")))
    refused(lambda: fetcher(allow_hosts=[]).get(site.url("/a", "[::ffff:127.0.0.1]")))
    refused(lambda: fetcher(allow_hosts=[]).get(site.url("/a", "2130706433")))
    assert site.asked == []


def test_a_redirect_into_a_private_network_is_refused_and_others_are_followed(site):
    site.page("/secret", b"secret")
    inside = site.redirect("/away", site.url("/secret", "127.0.0.1")).replace("127.0.0.1", "localhost")
    error = refused(lambda: fetcher(allow_hosts=["localhost"]).get(inside))
    assert "none of the public internet" in str(error)
    assert site.times("/secret") == 0
    assert fetcher(allow_hosts=["localhost", "127.0.0.1"]).get(inside).body == b"secret"
    site.redirect("/relative", "secret?x=1#y")
    site.page("/secret?x=1", b"more")
    assert fetcher().get(site.url("/relative")).url == site.url("/secret?x=1")
    site.redirect("/loop", "/loop")
    assert "more than 5 redirects" in str(refused(lambda: fetcher().get(site.url("/loop"))))
    site.redirect("/file", "file:///etc/passwd")
    assert "only http and https" in str(refused(lambda: fetcher().get(site.url("/file"))))


def test_a_name_whose_address_changes_gains_nothing(site, monkeypatch):
    looked_up = socket.getaddrinfo
    answers = iter(["93.184.216.34", "127.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **k: looked_up(next(answers), port, **k))
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: _connect(self, ("127.0.0.1", site.port)))
    error = refused(lambda: fetcher(allow_hosts=[]).get(site.url("/a", "news.example")))
    assert "news.example has the address 127.0.0.1" in str(error)
    assert site.asked == []


_connect = socket.socket.connect


def test_bodies_beyond_the_limit_are_not_read(site):
    url = site.page("/large", b"x" * 100_001)
    assert "are read" in str(refused(lambda: fetcher().get(url)))

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 10_000)

    site.paths["/endless"] = endless
    assert "which is no report" in str(refused(lambda: fetcher().get(site.url("/endless"))))
    bomb = site.page("/bomb", gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    error = refused(lambda: fetcher().get(bomb))
    assert "more than 0.1 MiB once unpacked" in str(error)
    assert not error.again


def test_packed_bodies_are_unpacked_and_damaged_ones_told(site):
    packed = gzip.compress(b"<html>" * 100)
    assert fetcher().get(site.page("/a", packed, Content_Encoding="gzip")).body == b"<html>" * 100
    error = refused(lambda: fetcher().get(site.page("/b", packed[:-9], Content_Encoding="gzip")))
    assert "cut off" in str(error)
    assert "damaged" in str(refused(lambda: fetcher().get(site.page("/c", b"plain", Content_Encoding="gzip"))))
    assert "not asked for" in str(refused(lambda: fetcher().get(site.page("/d", b"x", Content_Encoding="br"))))


@pytest.mark.parametrize("slow", ["silent", "dripping head", "dripping body"])
def test_slow_servers_are_left(site, slow):
    def answer(handler):
        if slow == "silent":
            time.sleep(5)
        if slow == "dripping body":
            handler.send_response(200)
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(300):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    site.paths["/a"] = answer
    site.page("/robots.txt", b"")
    begun = time.monotonic()
    error = refused(lambda: fetcher(limits=Limits(1.0, 0.5)).get(site.url("/a")))
    assert time.monotonic() - begun < 25
    assert "took more than 1 s" in str(error) or "within the time for one wait" in str(error)
    assert error.again


def test_robots_are_obeyed_and_asked_for_once(site):
    site.page("/robots.txt", b"User-agent: *\nDisallow: /private\nAllow: /private/open\n")
    site.page("/private/a", b"x")
    site.page("/private/open", b"x")
    mine = fetcher()
    error = refused(lambda: mine.get(site.url("/private/a")))
    assert "robots.txt" in str(error)
    assert mine.get(site.url("/private/open")).body == b"x"
    assert (site.times("/robots.txt"), site.times("/private/a")) == (1, 0)
    site.page("/robots.txt", b"", status=503)
    assert refused(lambda: fetcher().get(site.url("/private/open"))).again


def test_hosts_are_asked_with_pauses_and_left_alone_when_they_say_so(site):
    now, slept = [0.0], []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    site.page("/robots.txt", b"User-agent: *\nCrawl-delay: 5\n")
    url = site.page("/a", b"x")
    mine = fetcher(pause=1.0, clock=lambda: now[0], sleep=sleep, limits=Limits(20.0, 1.0))
    mine.get(url)
    mine.get(url)
    assert slept == [1.0, 5.0]
    site.page("/busy", b"", status=429, Retry_After="900")
    error = refused(lambda: mine.get(site.url("/busy")))
    assert (error.status, error.retry_after, error.again) == (429, 900.0, True)
    assert "left alone for 900 s more" in str(refused(lambda: mine.get(url)))
    now[0] += 900
    assert mine.get(url).body == b"x"


@pytest.mark.parametrize(
    "url",
    ["ftp://news.example/", "file:///etc/passwd", "http:///x", "http://ana:secret@news.example/", "http://[::1", "x"],
)
def test_what_is_no_web_address_is_refused(url):
    assert not refused(lambda: checked(url)).again


def test_addresses_are_brought_to_one_form():
    assert checked(" http://News.Example#top ") == "http://news.example/"
    assert checked("https://münchen.example/ü?q=1") == "https://xn--mnchen-3ya.example/ü?q=1"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("10.0.0.1", False),
        ("127.0.0.53", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:0001::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) == public


@pytest.mark.parametrize(
    ("pattern", "path", "fitting"),
    [
        ("/a", "/abc", True),
        ("/a$", "/abc", False),
        ("/a$", "/a", True),
        ("/*.php", "/x/y.php?z", True),
        ("/*.php$", "/x/y.php?z", False),
        ("/a*b*c$", "/axbxc", True),
        ("/a*a$", "/a", False),
        ("*", "/anything", True),
    ],
)
def test_robots_patterns(pattern, path, fitting):
    assert fits(pattern, path) == fitting


def test_robots_groups():
    text = "User-agent: other\nUser-agent: Dateline\nDisallow: /x\n\nUser-agent: *\nDisallow: /\n"
    assert not rules_of(text, "dateline").allows("/x")
    assert rules_of(text, "dateline").allows("/y")
    assert not rules_of(text.replace("Dateline", "third"), "dateline").allows("/y")
    assert rules_of("", "dateline").allows("/")
    assert rules_of("<html>not found</html>", "dateline").allows("/")
