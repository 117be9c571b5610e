"""Reports whose every string is hostile change nothing on the pages that list, chart and quote them."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from dateline.serve.web import Settings, create_app
from dateline.store import Archive
from dateline.store.reconciled import reconcile

from ..record import HARM
from .pages_of import hostile_but_dated, parsed

PATHS = (
    "/",
    "/?text=%3Cscript%3Ealert(1)%3C/script%3E",
    "/?actor=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E&since=%3Cb%3E",
    "/?type=%3Cscript%3E&place=%27%22%3E%3Csvg%20onload=alert(1)%3E&publisher=%00",
    "/statements",
    "/statements?source=%3Cscript%3E&quote=%22onmouseover=alert(1)%20x=%22",
    "/actors",
    "/actors?name=%3Cscript%3Ealert(1)%3C/script%3E&kind=%22%3E",
    "/actors/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "news.db"
    with Archive.open(path) as archive:
        archive.add([hostile_but_dated()], "test")
        reconcile(archive)
    with TestClient(create_app(Settings(str(path))), base_url="http://localhost") as client:
        yield client


def _alive(answer) -> list[str]:
    """What would run or load something that no page of ours holds."""
    found = []
    for element in parsed(answer).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("img", "iframe", "style", "object", "embed", "base"):
            found.append(f"<{element.tag}>")
        if element.tag == "script" and not element.get("src", "").startswith("/static/"):
            found.append(f"<script src={element.get('src')!r}>")
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style":
                found.append(f"{name}={value!r}")
            if name in ("href", "src", "action") and not value.startswith(("/", "#", "https://www.wikidata.org/")):
                found.append(f"{name}={value!r}")
    return found


@pytest.mark.parametrize("path", PATHS)
def test_nothing_comes_to_life(attacked, path):
    answer = attacked.get(path)
    assert answer.status_code in (200, 400, 404)
    assert _alive(answer) == []
    assert HARM not in answer.text
    assert "\0" not in answer.text


def test_every_actor_of_the_hostile_report_has_a_page(attacked):
    found = [a.get("href") for a in parsed(attacked.get("/actors")).xpath("//tbody//th/a")]
    assert found
    for path in found:
        answer = attacked.get(path)
        assert answer.status_code == 200, path
        assert _alive(answer) == []
        assert HARM not in answer.text
