"""Reports whose every word is an attack: no page and no answer carries it out, and none breaks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import lxml.html
import msgspec
import pytest
from fastapi.testclient import TestClient

from dateline.intake import make_report
from dateline.pipeline import records_of
from dateline.serve.web import Settings, create_app
from dateline.serve.web.addresses import with_query
from dateline.store import Archive
from dateline.store.correction import correct
from dateline.store.reconciled import reconcile

from ..record import HARM, hostile

SCRIPT = "<script>document.title='harmed'</script>"
# What browsers have been made to run, or readers to misread.
HARMS = (
    SCRIPT,
    "\"'><img src=x onerror=document.title='harmed'>",
    "</textarea></title></style></script>" + SCRIPT,
    "javascript:document.title='harmed'",
    "\u202etxt.exe\u2066 \u200f\u2067",
    "{{ 7 * 191 }}{% raw %}${7*191}",
    "';DROP TABLE reports;--%' OR 1=1",
    "\r\nSet-Cookie: harm=1\r\n\r\n" + SCRIPT,
    "\x1b]0;harmed\x07\ufeff\ufffe",
    "../../../etc/passwd%00%2e%2e%2f",
    "]]><!--<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
    "data: x\n\nevent: report\ndata: {}",
)
NAMES = ("id", "next", "after", "q", "of", "show", "version", "text", "type", "actor", "since", "place", "name")
TEXT = (
    "KYIV, Ukraine — Russian forces shelled the port of Odesa on Tuesday, killing three people {harm}, Ukraine's "
    'defence ministry said. "{harm} we will answer," President Volodymyr Zelensky told {harm} News. Russia denied '
    "the attack {harm}. The United States imposed sanctions on Russia, {harm} reported."
)


@pytest.fixture(scope="module")
def attacked(nlp, tmp_path_factory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("hostile") / "news.db"
    given = [
        make_report(
            TEXT.format(harm=harm),
            id=harm + str(number),
            title=harm,
            publisher=harm,
            byline=harm,
            published=f"2024-03-{number + 1:02}",
            url=f"javascript:document.title='harmed'//{harm}",
        )
        for number, harm in enumerate(HARMS)
    ]
    with Archive.open(path) as archive:
        archive.add(records_of(given, nlp), HARM)
        reconcile(archive)
        archive.add([hostile()], HARM)  # its days are none: no account can hold it
        for report in given:
            event = archive.record(report.id).events[0].id
            correct(archive, report.id, event, "reject", who=report.title, why=report.title)
            correct(archive, report.id, event, "change", who=HARM, field="actor", value=[report.title, HARM])
    with TestClient(create_app(Settings(str(path))), base_url="http://localhost") as client:
        yield client


def paths_of(app) -> list[str]:
    return [path for path, operations in app.openapi()["paths"].items() if "get" in operations]


def inner(page: lxml.html.HtmlElement, at: str) -> Iterator[str]:
    """Addresses of this server that a page leads to."""
    for href in page.xpath("//a/@href"):
        parts = urlsplit(urldefrag(urljoin(at, href))[0])
        if parts.netloc == "localhost" and not parts.path.startswith("/static/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def check_page(answer) -> lxml.html.HtmlElement:
    """Nothing in it runs, nothing leads to a script, nothing comes from elsewhere."""
    assert answer.status_code < 500, answer.url
    assert "harm" not in answer.headers.get("set-cookie", "")
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    page = lxml.html.document_fromstring(answer.content)
    for script in page.iter("script"):
        assert script.get("type") == "application/json" or script.get("src", "").startswith("/static/"), answer.url
        if script.get("type") == "application/json":
            json.loads(script.text_content())
    assert not page.xpath("//style | //iframe | //object | //embed | //base | //img[not(starts-with(@src, '/'))]")
    assert not page.xpath("//@*[starts-with(name(), 'on')] | //@style | //@srcdoc"), answer.url
    for address in page.xpath("//@href | //@src | //@action | //@formaction | //@data-live"):
        assert re.match(r"/(?!/)|#|\?|https?://|$", address), (answer.url, address)
        assert not re.search(r"[\0-\x20\x7f<>\"]", address), (answer.url, address)
    assert "1337" not in page.text_content()
    return page


def test_pages_hold_no_harm_however_far_one_goes(attacked):
    begin = [path for path in paths_of(attacked.app) if "{" not in path]
    waiting, seen = list(begin), set()
    kinds: dict[str, int] = {}
    while waiting:
        path = waiting.pop()
        kind = path.split("?")[0].split("/")[1] + "?" * ("?" in path)
        if path in seen or kinds.get(kind, 0) >= 8:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = attacked.get(path)
        if answer.headers["content-type"].startswith("text/html") and "attachment" not in answer.headers.get(
            "content-disposition", ""
        ):
            assert answer.status_code == 200 or path in begin, path
            waiting += inner(check_page(answer), f"http://localhost{path}")
    assert {"reports", "report", "accounts", "actors", "review", "statements", "search"} <= {
        path.split("?")[0].split("/")[1] for path in seen
    }


@pytest.mark.parametrize("harm", [*HARMS, HARM.replace("\0", "")])
def test_what_is_asked_holds_no_harm(attacked, harm):
    for path in paths_of(attacked.app):
        page = check_page(attacked.get(re.sub(r"{[^}]*}", lambda _: quote(harm, safe=""), path)))
        names = {*page.xpath("//form//@name"), *NAMES} - {"csrf"}
        plain = re.sub(r"{[^}]*}", "1", path)
        # All at once, and alone what is asked by a way of its own.
        for asked in (dict.fromkeys(sorted(names - {"after"}), harm), {"after": harm}, {"text": harm, "id": "1"}):
            answer = attacked.get(with_query(plain, asked), follow_redirects=False)
            assert answer.status_code < 500, (plain, asked)
            if answer.headers.get("content-type", "").startswith("text/html"):
                check_page(answer)


def test_answers_of_the_api_are_data(attacked):
    api = attacked.app.state.api
    report = attacked.get("/api/v1/reports?limit=1").json()["items"][0]["id"]
    for path in paths_of(api):
        for value in (report, *HARMS):
            asked = f"/api/v1{path}"
            if "{" in path:
                asked = re.sub(r"{[^}]*}", lambda _, v=value: quote(v, safe=""), asked)
            asked = with_query(asked, {"words": value, "text": value, "actor": value, "publisher": value})
            answer = attacked.get(asked)
            assert answer.status_code < 500, asked
            assert not answer.headers["content-type"].startswith("text/html"), asked
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "harm" not in answer.headers.get("set-cookie", "")
            if "json" in answer.headers["content-type"] and "ndjson" not in answer.headers["content-type"]:
                msgspec.json.decode(answer.content)
