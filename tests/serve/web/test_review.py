"""Review: what is least sure comes first; every decision is kept with who and why, and can be taken back."""

from __future__ import annotations

from urllib.parse import urlencode

import msgspec
import pytest
from fastapi.testclient import TestClient

from dateline.records import Flag
from dateline.serve.web import Settings, create_app
from dateline.serve.web.pages import review
from dateline.store import Archive, Question, ask_events
from dateline.store.accounts import account_tree
from dateline.store.correction import log, store_anew
from dateline.store.reconciled import reconcile

from .copies import copy_to_change
from .pages_of import parsed


@pytest.fixture
def own(filled, tmp_path):
    """A copy of the archive to change, and a client of it."""
    with copy_to_change(filled, tmp_path) as opened:
        yield opened


def cards(client, **asked):
    return parsed(client.get(f"/review?{urlencode(asked)}")).xpath("//li[contains(@class, 'review-card')]")


def send(client, form, button=None, json=False, **fields):
    """Send a form as a browser does, or as the script does."""
    data = {}
    for field in form.xpath(".//input[@name] | .//select[@name]"):
        if field.tag == "select":
            chosen = field.xpath("./option[@selected]") or field.xpath("./option[1]")
            data[field.get("name")] = chosen[0].get("value", chosen[0].text_content())
        else:
            data[field.get("name")] = field.get("value", "")
    if button is not None:
        data[button.get("name")] = button.get("value")
    headers = {"accept": "application/json"} if json else {}
    return client.post(form.get("action"), data=data | fields, headers=headers, follow_redirects=False)


def decide(client, card, action, **fields):
    (form,) = card.xpath(".//form[@class='say']")
    (button,) = form.xpath(f".//button[@value='{action}']")
    return send(client, form, button, **fields)


def row(archive, report, event):
    rows = ask_events(archive, Question(rejected=True))
    return next(r for r in rows if (r["report_id"], r["event"]) == (report, event))


def names_of(card):
    (form,) = card.xpath(".//form[@class='say']")
    return form.xpath("./input[@name='report']/@value")[0], form.xpath("./input[@name='item']/@value")[0]


def test_the_least_certain_comes_first_with_the_words_it_was_read_from(own):
    archive, client = own
    shown = cards(client)
    sure = [float(meter) for card in shown for meter in card.xpath(".//meter/@value")]
    assert sure == sorted(sure)
    report, item = names_of(shown[0])
    record = archive.record(report)
    event = next(e for e in record.events if e.id == item)
    assert event.confidence == min(e.confidence for r in archive.records() for e in r.events)
    (excerpt,) = shown[0].xpath(".//blockquote")
    assert excerpt.xpath("./span[@class='at-trigger']")[0].text_content() == record.report.text[slice(*event.trigger)]
    assert " ".join(excerpt.text_content().split()) in " ".join(record.report.text.split())


def test_pages_lead_through_the_whole_queue(own):
    archive, client = own
    seen, address = [], "/review"
    while address:
        tree = parsed(client.get(address))
        seen += [names_of(card) for card in tree.xpath("//li[contains(@class, 'review-card')]")]
        address = next(iter(tree.xpath("//a[@rel='next']/@href")), None)
    assert len(seen) == len(set(seen)) == archive.counts()["events"]


def test_accepting_and_rejecting_without_scripts(own):
    archive, client = own
    first, second = cards(client)[:2]
    answer = decide(client, first, "accept", who="Ana", why="as it stands")
    assert answer.status_code == 303
    back = parsed(client.get(answer.headers["location"]))
    assert "Kept as correction 1" in " ".join(back.xpath("//form[contains(@class, 'kept')]")[0].text_content().split())
    assert row(archive, *names_of(first))["review"] == "accepted"
    # The name is remembered.
    assert decide(client, second, "reject", who="").status_code == 303
    assert row(archive, *names_of(second))["review"] == "rejected"
    entries = list(log(archive))
    assert [(e["who"], e["why"], e["action"]) for e in entries] == [
        ("Ana", "as it stands", "accept"),
        ("Ana", None, "reject"),
    ]
    assert {names_of(first), names_of(second)}.isdisjoint(names_of(card) for card in cards(client))
    assert [names_of(card) for card in cards(client, said="accepted")] == [names_of(first)]
    # And taken back from where one was led to.
    taken = send(client, back.xpath("//form[contains(@class, 'kept')]")[0])
    assert taken.status_code == 303
    assert row(archive, *names_of(first))["review"] is None


def test_the_script_is_told_what_became_of_it(own):
    archive, client = own
    card = cards(client)[0]
    answer = decide(client, card, "accept", json=True, who="Ana")
    assert answer.json() == {"kept": "1", "who": "Ana"}
    again = decide(client, card, "reject", json=True, who="Ben")
    assert again.status_code == 409
    assert "meanwhile" in again.json()["problem"]
    assert [e["action"] for e in log(archive)] == ["accept"]


def test_fields_are_corrected_those_alone_that_were_changed(own):
    archive, client = own
    card = next(c for c in cards(client) if c.xpath(".//input[@name='actor'][@value!='']"))
    report, item = names_of(card)
    before = row(archive, report, item)
    (form,) = card.xpath(".//form[@class='change']")
    answer = send(
        client,
        form,
        who="Ana",
        why="read it again",
        type="AID",
        factuality="denied",
        actor="Ukraine; Somebody Else",
        first="2019-02-03",
        last="2019-02-05",
    )
    assert answer.status_code == 303, answer.text
    after = row(archive, report, item)
    assert (after["type"], after["factuality"], after["review"]) == ("AID", "denied", "changed")
    assert (after["begin"], after["end"]) == ("2019-02-03", "2019-02-06")
    assert [p["name"] for p in after["actor"]] == ["Ukraine", "Somebody Else"]
    assert after["recipient"] == before["recipient"]
    assert {e["field"] for e in log(archive)} == {"type", "factuality", "actor", "begin", "end"}
    assert {e["why"] for e in log(archive)} == {"read it again"}
    # All at once taken back.
    page = parsed(client.get(answer.headers["location"]))
    send(client, page.xpath("//form[contains(@class, 'kept')]")[0])
    assert row(archive, report, item) == before


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({}, "nothing was changed"),
        ({"first": "2019-02-05", "last": "2019-02-03"}, "before the first"),
        ({"first": "last week"}, "a day is written"),
        ({"factuality": "perhaps"}, "factuality is one of"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_changed(own, fields, problem):
    archive, client = own
    (form,) = cards(client)[0].xpath(".//form[@class='change']")
    plain = send(client, form, who="Ana", **fields)
    assert plain.status_code == 400
    assert problem in parsed(plain).text_content()
    scripted = send(client, form, json=True, who="Ana", **fields)
    assert scripted.status_code == 400
    assert problem in scripted.json()["problem"]
    assert list(log(archive)) == []


def test_flags_are_reviewed_too(own):
    archive, client = own
    record = archive.record("summit")
    begin = record.report.text.index("Putin")
    flag = Flag(kind="name_mismatch", span=(begin, begin + 5), suggestion="vladimir_putin", why="so it is written")
    store_anew(archive, [msgspec.structs.replace(record, flags=[flag])], "test")
    (card,) = cards(client, kind="flags")
    assert "so it is written" in card.text_content()
    assert card.xpath(".//span[@class='at-words'][.='Putin']")
    assert decide(client, card, "accept", who="Ana").status_code == 303
    assert cards(client, kind="flags") == []
    assert len(cards(client, kind="flags", said="accepted", query="name_mismatch")) == 1


def test_one_item_has_a_page_with_what_was_said_of_it(own):
    archive, client = own
    record = archive.record("arms")
    address = f"/review/item?report=arms&item={record.statements[0].id}"
    (card,) = parsed(client.get(address)).xpath("//li[contains(@class, 'review-card')]")
    answer = send(client, card.xpath(".//form[@class='change']")[0], who="Ana", speaker="Somebody Else")
    tree = parsed(client.get(answer.headers["location"]))
    assert "speaker" in tree.xpath("//table[@class='log']")[0].text_content()
    assert client.get("/review/item?report=arms&item=e999").status_code == 404
    assert client.get("/review/item?report=nothing&item=e1").status_code == 404


def test_accounts_are_merged_and_split_and_that_is_taken_back(own):
    archive, client = own
    reconcile(archive)
    event = next(e for e in archive.record("summit").events if e.same_as)
    tree = account_tree(archive, f"summit/{event.id}")
    telling = f"summit/{event.id}"
    token = {"csrf": parsed(client.get("/review")).xpath("//input[@name='csrf']/@value")[0], "who": "Ana"}
    answer = client.post(
        "/review/split",
        data={"account": tree["key"], "telling": [telling], "back": "/accounts", **token},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/accounts?kept=")
    other = account_tree(archive, telling)
    assert other["key"] != account_tree(archive, tree["id"])["key"]
    data = {"first": tree["id"], "second": telling, **token}
    assert client.post("/review/merge", data=data, follow_redirects=False).status_code == 303
    assert account_tree(archive, telling)["key"] == account_tree(archive, tree["id"])["key"]
    client.post("/review/undo", data={"number": "2", **token})
    assert account_tree(archive, telling)["key"] != account_tree(archive, tree["id"])["key"]
    assert client.post("/review/split", data={"account": tree["key"], **token}).status_code == 400
    assert client.post("/review/undo", data={"number": "1", "who": "Ana"}).status_code == 403


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:1"]
)
def test_nobody_is_led_elsewhere(own, back):
    _, client = own
    answer = decide(client, cards(client)[0], "accept", who="Ana", back=back)
    assert answer.headers["location"] == "/review?kept=1"


def test_the_log_tells_everything_and_takes_back(own):
    archive, client = own
    for card in cards(client)[:3]:
        decide(client, card, "accept", who="Ana", why="<b>sure</b>")
    tree = parsed(client.get("/log"))
    rows = tree.xpath("//table[@class='log']/tbody/tr")
    assert [r.get("id") for r in rows] == ["c3", "c2", "c1"]
    assert "<b>sure</b>" in rows[0].text_content()
    assert send(client, rows[1].xpath(".//form")[0], who="Ben").status_code == 303
    rows = parsed(client.get("/log")).xpath("//table[@class='log']/tbody/tr")
    assert [r.get("class") for r in rows] == ["gone", None, "gone", None]
    assert "took back correction 2" in " ".join(rows[0].text_content().split())
    assert len(parsed(client.get("/log?action=undo")).xpath("//tbody/tr")) == 1
    assert len(parsed(client.get("/log?who=nobody")).xpath("//tbody/tr")) == 0
    assert [e["holds"] for e in log(archive)] == [True, False, True, False]


def test_readers_see_no_controls_and_change_nothing(own, monkeypatch):
    archive, client = own
    form = cards(client)[0]
    monkeypatch.setattr(review, "editor_of", lambda request: False)
    for module in ("rendering", "pages.report"):
        monkeypatch.setattr(f"dateline.serve.web.{module}.editor_of", lambda request: False)
    for address in ("/review", "/log", "/review/item?report=summit&item=e1", "/reports/summit"):
        tree = parsed(client.get(address))
        assert not tree.xpath("//form[@method='post'] | //a[contains(@class, 'to-review')]"), address
    assert decide(client, form, "accept", who="Ana").status_code == 403
    assert list(log(archive)) == []


@pytest.mark.parametrize(
    "asked",
    [{"said": "perhaps"}, {"after": "x"}, {"actor": '"'}, {"report": "nothing"}, {"type": "<i>"}, {"kind": "?"}],
)
def test_odd_addresses_are_answered(own, asked):
    _, client = own
    response = client.get(f"/review?{urlencode(asked)}")
    assert response.status_code == 200
    assert "<i>" not in response.text


def test_an_empty_archive_has_nothing_to_review(tmp_path):
    with Archive.open(tmp_path / "empty.db"):
        pass
    with TestClient(create_app(Settings(str(tmp_path / "empty.db"))), base_url="http://127.0.0.1:8080") as client:
        for address in ("/review", "/review?kind=flags", "/log"):
            assert parsed(client.get(address)).xpath("//div[contains(@class, 'empty')]"), address
