"""The page of a report: its text and records, what people said, versions, and nothing that harms."""

from __future__ import annotations

import msgspec
import pytest

from dateline.records import Record, Report, decode
from dateline.serve.web.addresses import report_address, with_query
from dateline.store import Archive
from dateline.store.correction import correct

from ..record import HARM, hostile, record
from .copies import copy_to_change
from .pages_of import parsed


def text_of(tree) -> str:
    article = tree.xpath("//article")[0]
    for mark in article.xpath(".//a[contains(concat(' ', @class, ' '), ' mk ')]"):
        mark.drop_tree()
    return article.text_content()


@pytest.fixture
def own(filled, tmp_path):
    """A copy of the archive to change, and a client of it."""
    with copy_to_change(filled, tmp_path) as opened:
        yield opened


def test_the_page_holds_the_text_and_every_card(client, filled):
    with Archive.open(filled) as archive:
        for kept in archive.records():
            tree = parsed(client.get(report_address(kept.report.id)))
            assert text_of(tree) == kept.report.text
            assert tree.xpath("//h1")[0].text_content() == kept.report.title
            shown = tree.xpath("//div[@id='records']//li[contains(@class, 'card')]/@data-k")
            assert len(shown) == len(set(shown)) >= len(kept.events) + len(kept.statements)
            ids = tree.xpath("//@id")
            assert len(ids) == len(set(ids))
            inner = {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")}
            assert inner <= set(ids)


def test_events_lead_to_actors_and_accounts_and_statements_show_their_chain(client, filled):
    with Archive.open(filled) as archive:
        kept = archive.record("summit")
    tree = parsed(client.get(report_address("summit")))
    assert tree.xpath("//h3/a[@href='/actors/vladimir_putin'][.='Vladimir Putin']")
    assert tree.xpath("//a[contains(@class, 'to-account')][starts-with(@href, '/accounts/')]")
    chains = tree.xpath("//ol[@class='mouths']")
    assert len(chains) == len(kept.statements)
    assert sorted(len(chain) for chain in chains) == sorted(len(s.chain) for s in kept.statements)
    assert "publisher" in chains[0][0].text_content()


def test_layers_are_in_the_address(client):
    def on(address):
        return tree_of(address).xpath("//input[@name='show'][@checked]/@value")

    def tree_of(address):
        return parsed(client.get(address))

    assert "events" in on(report_address("summit"))
    assert on(with_query("/reports/summit", {"show": ["times"]})) == ["times"]
    assert on(with_query("/reports/summit", {"show": ["none"]})) == []


def test_what_people_said_stands_on_the_card_and_in_place_of_the_machine(own):
    archive, client = own
    event = next(e for e in archive.record("summit").events if e.factuality == "occurred" and e.actor)
    correct(archive, "summit", event.id, "change", who="ana", why="she was there", field="factuality", value="denied")
    correct(archive, "summit", event.id, "change", who="ben", field="actor", value=["Somebody Else"])
    correct(archive, "summit", archive.record("summit").statements[0].id, "reject", who="ana")
    tree = parsed(client.get(report_address("summit")))
    (card,) = tree.xpath(f"//li[contains(@class, 'card')][.//small[@class='id'][.='{event.id}']]")
    assert card.xpath("./p[@class='top']/span[contains(@class, 'is-denied')]")
    assert "Somebody Else" in card.xpath("./h3")[0].text_content()
    for way in set(tree.xpath("//a[starts-with(@href, '/actors/')]/@href")):
        assert client.get(way).status_code == 200, way
    (said,) = card.xpath("./ul[@class='people-said']")
    assert "ana changed factuality: occurred denied she was there" in " ".join(said.text_content().split())
    assert tree.xpath("//span[contains(@class, 'was-rejected')] | //a[contains(@class, 'was-rejected')]")


def test_versions_are_listed_and_each_can_be_read(own):
    archive, client = own
    newer = msgspec.structs.replace(
        archive.record("arms").report, title="A title set right", text="Nothing of the old text."
    )
    archive.add([Record(report=newer)], "test")
    tree = parsed(client.get(report_address("arms")))
    assert text_of(tree) == "Nothing of the old text."
    links = tree.xpath("//nav[@class='versions']/a/@href")
    assert links == ["/reports/arms?version=1", "/reports/arms"]
    old = parsed(client.get(links[0]))
    assert "Nothing of the old text." not in text_of(old)
    assert old.xpath("//p[contains(@class, 'problem')]")
    assert not old.xpath("//a[contains(@class, 'to-review')]")


def test_an_undated_report_tells_how_its_day_was_narrowed_down(own):
    archive, client = own
    made = record()
    archive.add([made], "test")
    tree = parsed(client.get(report_address(made.report.id)))
    window = made.report.published_window
    if window is not None:
        assert all(why in tree.xpath("//details[contains(@class, 'why')]")[0].text_content() for why in window.why)
    for flag in made.flags:
        assert flag.why in tree.xpath("//section[@class='flags']")[0].text_content()


@pytest.mark.parametrize("id", ["..", ".", "/", "//x", "a?b#c&d=e", "ä ö", '"><script>', "a/b/../c", "%2e%2e", "+"])
def test_any_id_is_an_address(own, id):
    archive, client = own
    archive.add([Record(report=Report(id=id, text=f"The report {id}."))], "test")
    tree = parsed(client.get(report_address(id)))
    assert text_of(tree) == f"The report {id}."
    for href in tree.xpath("//div[@class='actions']/a/@href"):
        assert client.get(href).status_code == 200


def test_hostile_reports_change_nothing(own):
    archive, client = own
    made = hostile()
    archive.add([made], "test")
    response = client.get(report_address(made.report.id))
    assert response.status_code == 200
    tree = parsed(response)
    assert text_of(tree).replace("�", "") == "".join(c for c in made.report.text if c in text_of(tree))
    assert HARM not in response.text
    assert [s for s in tree.xpath("//script") if not s.get("src")] == []
    assert not tree.xpath("//img | //iframe | //*[@onerror or @onclick or @style]")
    for address in tree.xpath("//@href | //@action | //@src"):
        assert address.startswith(("/", "#", "http://", "https://")), address


def test_what_is_not_there_is_told(client):
    for address in (report_address("nothing"), report_address("summit", version=7)):
        response = client.get(address)
        assert response.status_code == 404
        assert "There is no such" in response.text


def test_files_to_take_along(client, filled):
    with Archive.open(filled) as archive:
        kept = archive.record("summit")
    response = client.get(with_query("/report/record.json", {"id": "summit"}))
    assert decode(response.content) == kept
    assert "attachment" in response.headers["content-disposition"]
    page = client.get(with_query("/report/page.html", {"id": "summit"}))
    assert "attachment" in page.headers["content-disposition"]
    assert text_of(parsed(page)) == kept.report.text
