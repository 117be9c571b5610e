"""Statements and actors: who said what, and who is who."""

from __future__ import annotations

import re


def test_facets_narrow_down_and_back(tab):
    page = tab("/statements").page
    before = page.locator("aside h2").inner_text()
    facet = page.locator(".facet a", has_text="Vladimir Putin")
    count = facet.locator("span").last.inner_text()
    facet.click()
    page.wait_for_url(re.compile(r"source=vladimir_putin"))
    assert page.locator("aside h2").inner_text() == f"{count} statements"
    page.locator(".facet a[aria-current]").click()
    page.wait_for_url(re.compile(r"/statements$"))
    assert page.locator("aside h2").inner_text() == before


def test_the_next_page_goes_on_where_this_one_ends(tab):
    page = tab("/statements?country=RUS").page
    first = page.locator(".statement .said").all_inner_texts()
    page.get_by_role("link", name="Next page").click()
    page.wait_for_url(re.compile(r"after="))
    second = page.locator(".statement .said").all_inner_texts()
    assert second
    assert first != second
    assert page.locator(".chip", has_text="Russia").is_visible()
    page.get_by_role("link", name="Back to the start").click()
    page.wait_for_url(re.compile(r"country=RUS$"))


def test_a_statement_leads_to_its_place_in_the_report(tab):
    page = tab("/statements?source=vladimir_putin").page
    page.locator(".statement .meta a").first.click()
    page.wait_for_url(re.compile(r"/reports/.*#s\d+"))


def test_an_actor_is_found_by_part_of_the_name(tab):
    page = tab("/actors").page
    page.get_by_label("Name", exact=True).fill("zelen")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile(r"name=zelen"))
    page.get_by_role("link", name="Volodymyr Zelensky").click()
    page.wait_for_url(re.compile(r"/actors/volodymyr_zelensky"))
    assert page.locator("h1").inner_text() == "Volodymyr Zelensky"
    assert "president" in page.locator(".offices").inner_text()
    assert page.locator(".lanes").is_visible()
