"""Search: words and filters in the address, hits marked, every count what one finds by it."""

from __future__ import annotations

import re
import shutil
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from dateline.serve.web import Settings, create_app
from dateline.serve.web.finding import FILTERS, marked, snippet
from dateline.store import Archive, Question, ask_reports

from ..record import HARM
from .pages_of import hostile_but_dated, parsed


def results(page):
    return page.xpath("//ol[contains(@class, 'results')]/li")


def count(page):
    (found,) = page.xpath("//p[@class='found-count']/b")
    return int(found.text_content().replace(",", ""))


def test_reports_are_found_by_words_with_the_hits_marked(client):
    page = parsed(client.get("/search?text=helsinki"))
    assert count(page) == len(results(page)) == 1
    assert {m.text_content().lower() for m in page.xpath("//mark")} == {"helsinki"}
    assert page.xpath("//p[@class='title']/a/@href") == ["/reports/summit"]


def test_a_phrase_and_what_must_not_be_there(client):
    assert count(parsed(client.get("/search?text=Russia"))) > 1
    only = parsed(client.get(f"/search?{urlencode({'text': 'Russia -Helsinki'})}"))
    assert "/reports/summit" not in only.xpath("//p[@class='title']/a/@href")
    phrase = parsed(client.get(f"/search?{urlencode({'text': chr(34) + 'formal summit' + chr(34)})}"))
    assert [m.text_content() for m in phrase.xpath("//mark")] == ["formal summit"]


@pytest.mark.parametrize("kind", FILTERS)
@pytest.mark.parametrize("text", ["", "Putin"])
def test_every_choice_of_a_facet_finds_as_many_as_it_says(client, kind, text):
    page = parsed(client.get(f"/search?{urlencode({'kind': kind, 'text': text})}"))
    links = page.xpath("//section[@class='facet']//a[not(@aria-current)]")
    assert links
    for link in links[:: max(1, len(links) // 10)]:
        chosen = parsed(client.get(link.get("href")))
        said = int(link.xpath("./span")[-1].text_content().replace(",", ""))
        assert count(chosen) == said, link.get("href")
        (current,) = chosen.xpath("//section[@class='facet']//a[@aria-current]")
        # Taken away, everything is as before.
        assert count(parsed(client.get(current.get("href")))) == count(page)


@pytest.mark.parametrize("kind", FILTERS)
def test_pages_lead_through_all_and_keep_the_filters(client, kind):
    address, seen = f"/search?{urlencode({'kind': kind, 'text': 'Putin'})}", 0
    first = count(parsed(client.get(address)))
    while address:
        page = parsed(client.get(address))
        assert count(page) == first
        seen += len(results(page))
        address = next(iter(page.xpath("//a[@rel='next']/@href")), None)
        assert address is None or "text=Putin" in address
    assert seen == first


def test_the_list_of_reports_is_all_reports(client, filled):
    page = parsed(client.get("/reports"))
    with Archive.open(filled) as archive:
        ids = {row["id"] for row in ask_reports(archive, Question())}
    assert {href.removeprefix("/reports/") for href in page.xpath("//p[@class='title']/a/@href")} == ids
    assert page.xpath("//h1")[0].text_content() == "Reports"


@pytest.mark.parametrize("kind", [*FILTERS, "nonsense"])
@pytest.mark.parametrize(
    "asked",
    [
        {"text": '"'},
        {"text": "AND OR NOT NEAR("},
        {"text": "* ^ : {"},
        {"text": "-only -minus"},
        {"text": "'; DROP TABLE reports; --"},
        {"text": "<i>x</i>"},
        {"after": "nowhere"},
        {"since": "yesterday", "published_since": "yesterday"},
        {"actor": "%", "source": "_"},
        {"country": "XYZ"},
        {"text": "a" * 3000},
    ],
    ids=str,
)
def test_odd_questions_get_a_friendly_answer(client, kind, asked):
    response = client.get(f"/search?{urlencode({'kind': kind, **asked})}")
    assert response.status_code == 200
    assert "<i>" not in response.text
    page = parsed(response)
    assert page.xpath("//h1")
    if asked.get("text") == '"':
        assert page.xpath("//div[@role='alert']")


def test_an_empty_archive_says_what_to_do(tmp_path):
    with Archive.open(tmp_path / "empty.db"):
        pass
    app = create_app(Settings(str(tmp_path / "empty.db")))
    with TestClient(app, base_url="http://localhost") as client:
        for address in ("/search", "/reports", "/accounts", "/search?kind=events"):
            assert (
                "dateline " in parsed(client.get(address)).xpath("//div[contains(@class, 'empty')]")[0].text_content()
            )
        assert parsed(client.get("/search?text=x")).xpath("//div[contains(@class, 'empty')]")


def test_hostile_reports_change_nothing(filled, tmp_path):
    path = tmp_path / "news.db"
    shutil.copy(filled, path)
    with Archive.open(path) as archive:
        archive.add([hostile_but_dated()], "test")
    with TestClient(create_app(Settings(str(path))), base_url="http://localhost") as client:
        for kind in FILTERS:
            response = client.get(f"/search?{urlencode({'kind': kind, 'text': ''})}")
            assert response.status_code == 200
            assert HARM not in response.text
            page = parsed(response)
            assert [s for s in page.xpath("//script") if not s.get("src")] == []
            assert not page.xpath("//img | //iframe | //*[@onerror or @onclick or @style]")


@given(st.text(), st.integers(1, 300))
def test_snippets_are_stretches_of_the_text(text, longest):
    words = re.compile("a", re.I)
    joined = "".join(piece for piece, _ in snippet(text, words, longest))
    assert joined.removeprefix("… ").removesuffix(" …").strip() in text
    assert "".join(piece for piece, _ in marked(text, words)) == text
    assert all(words.fullmatch(piece) for piece, hit in marked(text, words) if hit)
