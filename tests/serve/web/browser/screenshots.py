"""Pictures of the pages for the docs: ``make screenshots`` writes them to docs/screenshots."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dateline.serve.web.demo import demo_archive
from dateline.store import Archive, Question
from dateline.store.find import find_accounts_of

from .chromium import FLAGS, PHONE, WIDE, chromium
from .server import served

FOLDER = Path(__file__).parents[4] / "docs" / "screenshots"
LARGEST = 200_000  # bytes


def main() -> None:
    """Fill the demonstration's archive, serve it, and write a picture of every page."""
    found = chromium()
    if found is None:
        raise SystemExit("there is no Chromium; `sh tests/serve/web/chromium.sh` installs it where that is allowed")
    FOLDER.mkdir(parents=True, exist_ok=True)
    address = demo_archive()
    with Archive.open(address) as archive:
        account = max(find_accounts_of(archive, Question(), least_reports=2).rows, key=lambda a: a["reports"])
    pages = {
        "overview": ("/", {"width": 1440, "height": 1580}, False),
        "overview-dark": ("/?country=RUS", WIDE, True),
        "overview-phone": ("/", PHONE, False),
        "report": ("/reports/summit", WIDE, False),
        "account": (f"/accounts/{account['key']}", WIDE, False),
        "actor": ("/actors/vladimir_putin", WIDE, False),
        "statements": ("/statements?country=RUS", WIDE, False),
        "search": ("/search?text=ceasefire", WIDE, False),
        "review": ("/review", WIDE, False),
    }
    with served(address) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for name, (path, size, dark) in pages.items():
            file = FOLDER / f"{name}.webp"
            _shoot(browser, base + path, file, size, dark)
            print(f"{file.name}: {file.stat().st_size:,} bytes")
            if file.stat().st_size > LARGEST:
                raise SystemExit(f"{file.name} is larger than {LARGEST:,} bytes")
        browser.close()


def _shoot(browser: Browser, address: str, file: Path, size: dict[str, int], dark: bool) -> None:
    context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", reduced_motion="reduce")
    page = context.new_page()
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{address} answers {answer and answer.status}")
    taken = context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": 88})
    file.write_bytes(b64decode(taken["data"]))
    context.close()


if __name__ == "__main__":
    main()
