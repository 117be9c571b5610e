"""The overview answers: filters stay in the address, charts narrow down, new reports are told."""

from __future__ import annotations

import re
import shutil

from playwright.sync_api import expect

from dateline.pipeline import records_of
from dateline.records import Report
from dateline.store import Archive

from .chromium import PHONE
from .server import served


def test_the_form_writes_the_address_and_the_address_fills_the_form(tab):
    page = tab("/").page
    page.get_by_label("Who acts", exact=True).fill("RUS")
    page.get_by_label("Type", exact=True).select_option("ASSAULT")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile(r"\?"))
    assert page.url.endswith("/?actor=RUS&type=ASSAULT")
    assert page.get_by_label("Who acts", exact=True).input_value() == "RUS"
    assert page.get_by_label("Type", exact=True).input_value() == "ASSAULT"
    page.get_by_role("link", name="type ASSAULT").click()
    page.wait_for_url(re.compile(r"actor=RUS$"))


def test_filters_work_without_scripts(tab):
    page = tab("/", scripts=False).page
    page.get_by_label("Who acts", exact=True).fill("RUS")
    with page.expect_navigation():
        page.get_by_role("button", name="Show").click()
    assert "actor=RUS" in page.url
    assert page.get_by_label("Who acts", exact=True).input_value() == "RUS"


def test_a_type_is_a_link_that_narrows_down_and_back(tab):
    page = tab("/").page
    row = page.locator(".timeline .types a", has_text="ASSAULT")
    row.click()
    page.wait_for_url(re.compile(r"type=ASSAULT"))
    assert page.locator(".timeline .types li").count() == 1
    page.locator(".timeline .types a", has_text="ASSAULT").click()
    page.wait_for_url(re.compile(r"/$"))


def test_a_time_is_chosen_by_dragging(tab):
    page = tab("/").page
    box = page.locator(".timeline .all").bounding_box()
    y = box["y"] + 40
    page.mouse.move(box["x"] + box["width"] * 0.25, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, y, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"since=\d{4}-\d\d-\d\d&until=\d{4}-\d\d-\d\d"))
    assert page.locator(".timeline").is_visible()


def test_a_click_chooses_a_column_and_a_pointer_is_told_what_it_is(tab):
    page = tab("/").page
    box = page.locator(".timeline .all").bounding_box()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + 40)
    expect(page.locator(".timeline .tip")).to_contain_text(re.compile(r"\d+ events?"))
    page.mouse.click(box["x"] + box["width"] - 4, box["y"] + 40)
    page.wait_for_url(re.compile(r"since="))


def test_the_map_zooms_and_its_countries_are_links(tab):
    page = tab("/").page
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".world .view")).to_have_attribute("transform", re.compile("scale"))
    page.locator('.world a[href*="country=USA"]').first.dispatch_event("click")
    page.wait_for_url(re.compile(r"country=USA"))
    assert page.locator(".chip", has_text="United States").is_visible()


def test_a_cell_of_the_matrix_asks_for_its_pair(tab):
    page = tab("/").page
    cell = page.locator(".matrix td a").first
    count = cell.inner_text()
    cell.click()
    page.wait_for_url(re.compile(r"actor=\w+&recipient=\w+"))
    assert int(page.locator("h2", has_text="over time").inner_text().split()[0]) >= int(count) > 0


def test_what_cannot_be_asked_is_told_beside_its_field(tab):
    page = tab("/?since=yesterday&type=ASSAULT").page
    assert page.get_by_label("From", exact=True).get_attribute("aria-invalid") == "true"
    assert "yesterday" in page.locator(".wrong").inner_text()


def test_light_and_dark_are_switched_and_kept(tab):
    page = tab("/").page
    light = page.evaluate("getComputedStyle(document.body).color")
    page.get_by_role("button", name="Dark mode").click()
    expect(page.locator("body")).not_to_have_css("color", light)
    page.goto(page.url + "statements")
    assert page.get_by_role("button", name="Dark mode").get_attribute("aria-pressed") == "true"


def test_the_keyboard_reaches_the_content_and_the_search(tab):
    page = tab("/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"


def test_on_a_phone_the_open_page_is_in_sight(tab):
    page = tab("/statements", size=PHONE).page
    box = page.locator(".pages [aria-current]").bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"]


def test_new_reports_are_told_discreetly(tab, demo, nlp, tmp_path):
    copy = shutil.copy(demo, tmp_path / "news.db")
    text = "Turkey's foreign minister met Greek officials in Ankara on Tuesday."
    report = Report(id="late", text=text, title="Talks in Ankara", publisher="Test", published="2025-01-07")
    with served(copy) as base, Archive.open(copy) as archive:
        page = tab("/nowhere", base=base).page
        with page.expect_response(re.compile("/api/v1/live")):  # from now on the page is told
            page.goto(base)
        archive.add(records_of([report], nlp), "test")
        notice = page.locator(".notice")
        notice.wait_for()
        assert notice.inner_text().startswith("1 new report")
        notice.get_by_role("link", name="Show").click()
        page.get_by_role("link", name="Talks in Ankara").wait_for()
        page.close()
