"""The pages in a browser: an archive of the demonstration, its server in a thread, and tabs."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .chromium import FLAGS, WIDE, Opener, Tab, chromium

pytest.importorskip("playwright", reason="playwright is not installed")
pytest.importorskip("uvicorn", reason="the extra dateline[web] is not installed")

from playwright.sync_api import Browser, sync_playwright

from dateline.pipeline import records_of
from dateline.samples import sample, sample_names
from dateline.samples.demo import demo_reports
from dateline.store import Archive
from dateline.store.reconciled import reconcile

from .server import served


@pytest.fixture(scope="session")
def demo(nlp, tmp_path_factory) -> Path:
    """An archive of the demonstration's reports; tests that change it copy it first."""
    # The processes of one run share it: the first that asks makes it.
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / "demo.db"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            with Archive.open(folder / "demo.making") as archive:
                found = [*demo_reports(), *(sample(name) for name in sample_names())]
                archive.add(records_of(found, nlp), "test")
                reconcile(archive)
            (folder / "demo.making").rename(path)
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    found = chromium()
    if found is None:
        pytest.skip("there is no Chromium; `sh tests/serve/web/chromium.sh` installs it where that is allowed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(browser, demo) -> Iterator[str]:
    """Address of a server of the demonstration, to read only."""
    with served(demo) as address:
        yield address


@pytest.fixture(scope="session")
def empty_site(browser, tmp_path_factory) -> Iterator[str]:
    """Address of a server of an empty archive."""
    path = tmp_path_factory.mktemp("empty") / "news.db"
    Archive.open(path).close()
    with served(path) as address:
        yield address


@pytest.fixture
def tab(request, browser, site) -> Iterator[Opener]:
    """Opens tabs: ``tab(path, size=PHONE, dark=True, scripts=False, base=…)``; a tab that did wrong fails the test."""
    tabs: list[Tab] = []
    contexts = []

    def opener(path: str, *, size=WIDE, dark=False, scripts=True, base: str = site) -> Tab:
        context = browser.new_context(
            viewport=size,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        tabs.append(Tab(context.new_page(), base))
        return tabs[-1].open(path)

    yield opener
    for context in contexts:
        context.close()
    assert [wrong for tab in tabs for wrong in tab.wrong] == []
