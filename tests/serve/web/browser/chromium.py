"""Debian's Chromium, driven by Playwright, and what a page did wrong while it was open."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

# No sandbox: tests may run as root in a container. Nothing is fetched from elsewhere.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1440, "height": 900}


def chromium() -> str | None:
    """Where a Chromium is, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@cache
def axe() -> str:
    """The source of axe-core."""
    return (Path(__file__).parent / "axe.min.js").read_text("utf-8")


@dataclass
class Tab:
    """A page in the browser with what went wrong on it: errors of scripts and policy, requests that failed."""

    page: Any
    base: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # The browser tells of every answer that is no success, which an error page is not meant to be.
        self.page.on(
            "console", lambda m: m.type == "error" and "status of 4" not in m.text and self.wrong.append(m.text)
        )
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda r: r.url.startswith((self.base, "data:")) or self.wrong.append(f"asks {r.url}"))

    def open(self, path: str) -> Tab:
        """Go to a path and wait until it has loaded."""
        self.page.goto(self.base + path)
        return self

    def violations(self, *rules: str) -> list[str]:
        """What axe finds, an item a rule: after these rules of it, or all of WCAG 2.2 AA and its best practice."""
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        asked = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": tags}
        self.page.evaluate(axe())
        found = self.page.evaluate("asked => axe.run({runOnly: asked, resultTypes: ['violations']})", asked)
        return [
            f"{v['impact']} {v['id']}: {v['help']}\n"
            + "\n".join(f"    {n['html'][:160]}\n    {json.dumps(n['any'][:1])[:300]}" for n in v["nodes"][:4])
            for v in found["violations"]
        ]

    def too_wide(self) -> int:
        """Pixels by which the page is wider than the window."""
        return max(0, self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


Opener = Callable[..., Tab]
