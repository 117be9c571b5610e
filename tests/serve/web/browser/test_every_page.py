"""Every page, as everybody sees it: wide and light, dark, on a phone; without fault of axe, script or policy."""

from __future__ import annotations

import pytest

from .chromium import PHONE, WIDE

PAGES = (
    "/",
    "/?country=RUS&type=ASSAULT&since=2023",
    "/statements",
    "/statements?source=vladimir_putin&quote=direct",
    "/actors",
    "/actors/vladimir_putin",
    "/nowhere",
    "/?since=yesterday&actor=nobody_at_all",
)
# Rules whose outcome a look can change; the first look is held against all of them.
LOOKS = {
    "wide": (WIDE, False, ()),
    "dark": (WIDE, True, ("color-contrast", "link-in-text-block")),
    "phone": (PHONE, False, ("target-size", "scrollable-region-focusable")),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_fault(tab, path, look):
    size, dark, rules = LOOKS[look]
    page = tab(path, size=size, dark=dark)
    assert page.violations(*rules) == []
    assert page.too_wide() == 0


@pytest.mark.parametrize("path", ["/", "/statements", "/actors", "/actors/vladimir_putin"])
def test_a_page_reads_without_scripts(tab, path):
    page = tab(path, scripts=False).page
    assert page.locator("h1").is_visible()
    assert page.locator("main .panel").first.is_visible()
    assert page.locator(".needs-script:visible").count() == 0


@pytest.mark.parametrize("path", ["/", "/statements", "/actors"])
def test_an_empty_archive_says_what_to_do(tab, empty_site, path):
    page = tab(path, base=empty_site)
    assert "dateline add" in page.page.inner_text("main")
    assert page.violations() == []
