"""The pages of accounts: sources drawn, figures and words by day, what speaks against it; the list."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from dateline.intake import make_report
from dateline.pipeline import records_of
from dateline.serve.web.account_view import chart_of, drawing_of, figures_of, headline_parts
from dateline.store import Archive
from dateline.store.accounts import account_tree, ask_accounts
from dateline.store.reading import read_records
from dateline.store.reconciled import reconcile

from ..record import HARM
from .copies import copy_to_change
from .pages_of import hostile_but_dated, parsed

REPORTS = (
    (
        "early",
        "Harbour Post",
        "2024-03-02",
        "KYIV — Russian missiles struck the port of Odesa on Friday, killing at least five people, "
        "Ukraine's interior ministry said.",
    ),
    (
        "wire",
        "Northern Wire",
        "2024-03-02",
        "Russian missiles struck the port of Odesa on Friday and killed seven people, officials said. "
        "The governor of the region said that the missiles had hit a market.",
    ),
    (
        "later",
        "Lakeside Observer",
        "2024-03-04",
        "Russian missiles struck the port of Odesa on Friday. The strike killed 12 people, Ukraine's interior ministry "
        "said. Russia's defence ministry denied that its missiles had struck the port.",
    ),
)


@pytest.fixture(scope="module")
def told(nlp, tmp_path_factory):
    """An archive of one strike, told by three."""
    path = tmp_path_factory.mktemp("account") / "news.db"
    reports = [
        make_report(text, id=name, publisher=publisher, published=published, title=f"The {name} report")
        for name, publisher, published, text in REPORTS
    ]
    with Archive.open(path) as archive:
        archive.add([*records_of(reports, nlp), hostile_but_dated()], "test")
        reconcile(archive)
    return path


@pytest.fixture
def own(told, tmp_path):
    """A copy of it to change, and a client of it."""
    with copy_to_change(told, tmp_path) as opened:
        yield opened


def most_told(archive):
    return account_tree(archive, str(max(ask_accounts(archive), key=lambda a: (a["reports"], -a["key"]))["key"]))


def test_the_page_tells_how_it_stands_and_who_knows_it_from_whom(own):
    archive, client = own
    tree = most_told(archive)
    assert tree["reports"] == 3
    page = parsed(client.get(f"/accounts/{tree['key']}"))
    standing = page.xpath("//section[contains(@class, 'standing-panel')]")[0].text_content()
    assert tree["standing"] in standing
    assert all(why in standing for why in tree["evidence"]["why"])
    boxes = page.xpath("//*[local-name()='svg'][@class='sources']//*[local-name()='title']")
    drawn = " ".join(box.text_content() for box in boxes)
    assert [o["name"] for o in tree["evidence"]["origins"].values() if o["name"] not in drawn] == []
    assert all(publisher in drawn for _, publisher, _, _ in REPORTS)


def test_every_telling_stands_there_in_its_words(own):
    archive, client = own
    tree = most_told(archive)
    page = parsed(client.get(f"/accounts/{tree['key']}"))
    shown = page.xpath("//ol[contains(@class, 'tellings')]/li")
    assert len(shown) == len(tree["tellings"])
    for item, telling in zip(shown, tree["tellings"], strict=True):
        assert item.xpath(".//span[@class='at-trigger']")[0].text_content() == telling["trigger"]
        assert item.xpath(".//p[starts-with(@class, 'title')]/a/@href") == [
            f"/reports/{telling['report']}#{telling['event']}"
        ]


def test_figures_stand_by_the_day_of_the_report(own):
    archive, client = own
    tree = most_told(archive)
    with archive.read() as connection:
        records = {r.report.id: r for r in read_records(connection)}
    for unit, found in figures_of(tree, records).items():
        assert [f.day for f in found] == sorted(f.day for f in found)
        page = parsed(client.get(f"/accounts/{tree['key']}"))
        assert unit in " ".join(h.text_content() for h in page.xpath("//h2"))
        chart = chart_of(found)
        if chart:
            assert len(chart.dots) == len(found)
            ends = [y for y, _ in chart.scale]
            assert all(min(ends) <= dot.y <= max(ends) for dot in chart.dots)


def test_a_drawing_joins_what_is_joined():
    origins = {
        "a": {"name": "A", "kind": "official", "country": "UKR", "state": False},
        "b": {"name": "B", "kind": "own reporting", "country": None, "state": False},
    }

    def telling(report, origin, path, factuality="occurred"):
        return {
            "report": report,
            "event": "e1",
            "publisher": path[0],
            "published": "2024-01-01",
            "origin": origin,
            "path": path,
            "factuality": factuality,
        }

    tree = {
        "evidence": {"origins": origins, "deniers": {"C": "three"}},
        "tellings": [
            telling("one", "a", ["P", "Agency", "A"]),
            telling("two", "a", ["Q", "A"]),
            telling("three", "b", ["B"]),
            telling("three", "c", ["B", "C"], "denied"),
        ],
    }
    drawing = drawing_of(tree)
    kinds = {(box.name, box.kind) for box in drawing.boxes}
    assert {("A", "root"), ("B", "root"), ("C", "against"), ("Agency", "between")} <= kinds
    assert sorted(box.name for box in drawing.boxes if box.kind == "report") == ["B", "B", "P", "Q"]
    assert len(drawing.lines) == 5
    assert [kind for _, kind in drawing.lines].count("against") == 1
    assert all(0 <= box.x < drawing.width and 0 <= box.y < drawing.height for box in drawing.boxes)


@pytest.mark.parametrize(
    ("headline", "parts"),
    [
        ("Russia – ASSAULT (aerial) “struck” → Odesa, Ukraine", ("Russia", "struck", "Odesa, Ukraine")),
        ("? – PROTEST (demo) “marched”", ("somebody", "marched", "")),
        ("anything else", ("", "anything else", "")),
    ],
)
def test_headlines_fall_into_parts(headline, parts):
    assert tuple(headline_parts(headline).values()) == parts


def test_tellings_are_split_and_accounts_merged_by_plain_forms(own):
    archive, client = own
    tree = most_told(archive)
    page = parsed(client.get(f"/accounts/{tree['key']}"))
    form = page.xpath("//form[@id='split']")[0]
    data = {i.get("name"): i.get("value", "") for i in form.xpath(".//input[not(@type='checkbox')]")}
    boxes = [b for b in form.xpath(".//input[@type='checkbox']/@value") if b.startswith("later/")]
    answer = client.post(form.get("action"), data={**data, "who": "Ana", "telling": boxes}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/accounts/{tree['key']}?kept=1"
    assert account_tree(archive, boxes[0])["key"] != tree["key"]
    page = parsed(client.get(answer.headers["location"]))
    form = page.xpath("//form[@id='merge']")[0]
    data = {i.get("name"): i.get("value", "") for i in form.xpath(".//input[not(@type='radio')]")}
    near = form.xpath(".//input[@type='radio']/@value")
    other = account_tree(archive, boxes[0])["key"]
    assert str(other) in near
    answer = client.post(form.get("action"), data={**data, "who": "Ana", "near": other}, follow_redirects=False)
    assert answer.status_code == 303
    assert account_tree(archive, boxes[0])["key"] == tree["key"]
    assert client.post(form.get("action"), data={**data, "who": "Ana"}).status_code == 400


def test_accounts_are_listed_the_latest_first_with_filters(own):
    archive, client = own
    page = parsed(client.get("/accounts"))
    assert len(page.xpath("//ol[contains(@class, 'list')]/li")) == min(30, len(list(ask_accounts(archive))))
    several = parsed(client.get("/accounts?least=2"))
    assert len(several.xpath("//ol[contains(@class, 'list')]/li")) == len(list(ask_accounts(archive, least_reports=2)))
    assert parsed(client.get("/accounts?actor=nobody")).xpath("//div[contains(@class, 'empty')]")


@pytest.mark.parametrize(
    "asked", [{"least": "x"}, {"text": '"'}, {"since": "yesterday"}, {"after": "x"}, {"type": "<i>"}, {"actor": "%00"}]
)
def test_odd_addresses_are_answered(own, asked):
    _, client = own
    response = client.get(f"/accounts?{urlencode(asked)}")
    assert response.status_code == 200
    assert "<i>" not in response.text


def test_what_is_not_there_is_told(own):
    _, client = own
    for name in ("999999", "nothing/e1", "x", "9" * 40):
        assert client.get(f"/accounts/{name}").status_code == 404


def test_hostile_accounts_change_nothing(own):
    archive, client = own
    for account in ask_accounts(archive):
        text = client.get(f"/accounts/{account['key']}").text
        assert HARM not in text
        page = parsed(client.get(f"/accounts/{account['key']}"))
        assert [s for s in page.xpath("//script") if not s.get("src")] == []
        assert not page.xpath("//img | //iframe | //*[@onerror or @onclick or @style]")
    assert HARM not in client.get("/accounts").text
