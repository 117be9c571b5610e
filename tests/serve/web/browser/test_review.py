"""Reading, finding and reviewing in a browser: no fault on any look, and the whole of review by keyboard."""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect

from dateline.store import Archive, Question, ask_events
from dateline.store.accounts import account_tree, ask_accounts
from dateline.store.correction import log

from .chromium import Opener, Tab
from .server import served
from .test_every_page import LOOKS

PAGES = (
    "/reports",
    "/reports/summit",
    "/reports/kakhovka-toll-late#e1",
    "/reports/summit?show=times",
    "/accounts?least=2",
    "/accounts/pyongyang-treaty/e2",
    "/accounts/wagner-march/e1",
    "/search?text=ceasefire",
    "/search?kind=events&actor=RUS",
    "/search?kind=statements&text=war",
    "/search?kind=accounts&standing=corroborated",
    '/search?text="',
    "/review",
    "/review?kind=flags",
    "/review/item?report=summit&item=e1",
    "/log",
)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_fault(tab: Opener, path: str, look: str):
    size, dark, rules = LOOKS[look]
    page = tab(path, size=size, dark=dark)
    assert page.violations(*rules) == []
    assert page.too_wide() == 0


@pytest.mark.parametrize(
    "path", ["/reports/summit", "/accounts/pyongyang-treaty/e2", "/search?text=ceasefire", "/review"]
)
def test_a_page_reads_without_scripts(tab: Opener, path: str):
    page = tab(path, scripts=False).page
    assert page.locator("h1").is_visible()
    assert page.locator(".needs-script:visible").count() == 0


@pytest.mark.parametrize("path", ["/reports", "/accounts", "/search", "/review", "/log"])
def test_an_empty_archive_says_so(tab: Opener, empty_site: str, path: str):
    page = tab(path, base=empty_site)
    assert page.page.locator(".empty").is_visible()
    assert page.violations() == []


# -- a report by keyboard ------------------------------------------------------------------


def test_from_record_to_record_and_to_the_text_and_back(tab: Opener):
    page = tab("/reports/summit").page
    first = page.locator("#records .card").first
    page.keyboard.press("j")
    assert first.evaluate("card => card === document.activeElement")
    key = first.get_attribute("data-k")
    assert page.locator(f".text [data-r~='{key}'].lit").count() > 0
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.k") != key
    page.keyboard.press("k")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.querySelector('.text').contains(document.activeElement)")
    assert page.evaluate("document.activeElement.dataset.r.split(' ')").count(key) == 1
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.k") is not None
    page.keyboard.press("Escape")
    expect(page.locator(".lit")).to_have_count(0)


def test_pointing_lights_up_and_layers_switch_at_once(tab: Opener):
    page = tab("/reports/summit").page
    trigger = page.locator(".text a.trigger").first
    trigger.hover()
    key = trigger.get_attribute("href").removeprefix("#")
    expect(page.locator(f"#{key}")).to_contain_class("lit")
    expect(trigger).to_have_css("font-weight", "700")
    page.locator("input.show-events").uncheck()
    expect(trigger).to_have_css("font-weight", "400")
    expect(page).not_to_have_url(re.compile("show=events"))
    expect(page).to_have_url(re.compile("show=times"))
    page.reload()
    expect(page.locator("input.show-events")).not_to_be_checked()


def test_in_a_long_report_pointing_changes_little(tab: Opener, browser, demo, tmp_path, nlp):
    from dateline.intake import make_report
    from dateline.pipeline import records_of

    path = tmp_path / "long.db"
    with Archive.open(demo) as archive:
        text = "\n\n".join(record.report.text for record in archive.records())
    text = (text + "\n\n" + text)[:100_000]
    with Archive.open(path) as archive:
        archive.add(records_of([make_report(text, id="long", published="2024-06-01")], nlp), "test")
    with served(path) as base:
        page = tab("/reports/long", base=base).page
        assert page.locator("#records .card").count() > 500
        # Pointing changes what is lit and what no longer is, and leaves all others alone.
        changed = page.evaluate(
            """() => {
                const seen = new MutationObserver(() => {});
                seen.observe(document.body, {subtree: true, childList: true, attributes: true});
                const links = [...document.querySelectorAll('.text a[data-r]')].slice(0, 50);
                for (const link of links) link.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
                const all = document.querySelectorAll('.reading [data-r]').length;
                return seen.takeRecords().length / links.length / all;
            }"""
        )
        assert 0 < changed < 0.1
        page.goto("about:blank")


# -- review by keyboard --------------------------------------------------------------------


@pytest.fixture
def mine(tab: Opener, demo, tmp_path):
    """An archive of one's own, its server's address, and a way to open pages of it."""
    path = tmp_path / "mine.db"
    shutil.copy(demo, path)
    opened: list[Tab] = []

    def opener(address: str) -> Tab:
        opened.append(tab(address, base=base))
        return opened[-1]

    with served(path) as base, Archive.open(path) as archive:
        yield archive, opener
        for each in opened:
            each.page.goto("about:blank")  # it listens to what is new, and would complain of the end


def item_of(page, n: int) -> tuple[str, str]:
    card = page.locator(f"#item-{n} form.say")
    return card.locator("input[name=report]").input_value(), card.locator("input[name=item]").input_value()


def review_of(archive: Archive, item: tuple[str, str]) -> str | None:
    rows = ask_events(archive, Question(rejected=True))
    return next(row["review"] for row in rows if (row["report_id"], row["event"]) == item)


def settled(tab: Tab, n: int, words: str) -> None:
    tab.page.locator(f"#item-{n} .outcome", has_text=f"{words} as").wait_for()


def test_the_whole_of_review_by_keyboard(mine):
    archive, opened = mine
    tab = opened("/review")
    page = tab.page
    items = {n: item_of(page, n) for n in range(1, 5)}
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    assert tab.violations() == []
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()

    page.keyboard.press("j")
    page.keyboard.press("a")
    settled(tab, 1, "Accepted")
    assert review_of(archive, items[1]) == "accepted"
    expect(page.locator("#item-2")).to_be_focused()

    page.keyboard.press("w")
    page.keyboard.type("a figure of speech")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    settled(tab, 2, "Rejected")
    assert review_of(archive, items[2]) == "rejected"

    page.keyboard.press("c")
    page.locator("#item-3 select[name=type]").select_option("AID")
    page.locator("#item-3 select[name=factuality]").select_option("denied")
    page.locator("#item-3 input[name=actor]").fill("Russia; Somebody Else")
    page.locator("#item-3 input[name=first]").fill("2024-02-03")
    page.locator("#item-3 input[name=last]").fill("2024-02-04")
    page.locator("#item-3 form.change input[name=why]").fill("read again")
    page.keyboard.press("Enter")
    settled(tab, 3, "Changed")
    entries = list(log(archive))
    assert {e["field"] for e in entries if e["action"] == "change"} >= {"type", "factuality", "actor"}
    assert [e["why"] for e in entries if e["action"] == "reject"] == ["a figure of speech"]
    assert tab.violations() == []

    # Taken back, the last first.
    page.keyboard.press("u")
    page.locator("#item-3 .outcome").wait_for(state="detached")
    assert review_of(archive, items[3]) is None
    page.keyboard.press("u")
    page.locator("#item-2 .outcome").wait_for(state="detached")
    assert review_of(archive, items[2]) is None
    assert review_of(archive, items[1]) == "accepted"
    assert all(entry["who"] for entry in log(archive))

    assert opened("/log").violations() == []
    with page.expect_navigation():
        page.keyboard.press("n")
    assert "after=" in page.url


def test_what_the_server_does_not_keep_is_not_shown_as_kept(mine):
    archive, opened = mine
    tab = opened("/review")
    page = tab.page
    item = item_of(page, 1)
    # Somebody else was quicker.
    from dateline.store.correction import correct

    correct(archive, *item, "accept", who="ben")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.locator("#item-1 .wrong-said").wait_for()
    assert "meanwhile" in page.locator("#item-1 .wrong-said").inner_text()
    assert page.locator("#item-1 .outcome").count() == 0
    assert review_of(archive, item) == "accepted"
    # The server is away.
    page.route("**/review/say", lambda route: route.abort())
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.locator("#item-2 .wrong-said").wait_for()
    assert "did not answer" in page.locator("#item-2 .wrong-said").inner_text()
    assert review_of(archive, item_of(page, 2)) is None
    tab.wrong.clear()  # that the server was away is told on the console, too


def test_splitting_and_merging_by_keyboard(mine):
    archive, opened = mine
    account = next(a for a in ask_accounts(archive, least_reports=2))
    page = opened(f"/accounts/{account['key']}").page
    before = account_tree(archive, str(account["key"]))["tellings"]
    last = page.locator(".tellings > li").count()
    for _ in range(last):
        page.keyboard.press("j")
    page.keyboard.press("x")
    gone = page.locator("input[name=telling]:checked").get_attribute("value")
    page.keyboard.press("s")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".kept")).to_be_visible()
    other = account_tree(archive, gone)
    assert len(account_tree(archive, str(account["key"]))["tellings"]) < len(before)
    page.keyboard.press("m")
    page.locator("#second").fill(str(other["key"]))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert account_tree(archive, gone)["key"] == account["key"]


def test_review_without_scripts(mine, browser):
    archive, opened = mine
    tab = opened("/log")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{tab.base}/review")
    item = item_of(page, 1)
    with page.expect_navigation():
        page.locator("#item-1 button[value=accept]").click()
    expect(page.locator(".kept")).to_be_visible()
    assert review_of(archive, item) == "accepted"
    with page.expect_navigation():
        page.locator(".kept button").click()
    assert review_of(archive, item) is None
    page.locator("#item-1 summary").click()
    page.locator("#item-1 select[name=factuality]").select_option("denied")
    with page.expect_navigation():
        page.locator("#item-1 form.change .go button").first.click()
    assert review_of(archive, item) == "changed"
    context.close()
