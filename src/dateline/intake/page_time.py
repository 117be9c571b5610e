"""When a web page says it was published, to the minute: what it tells machines, with the time zone.

Read are the Open Graph property ``article:published_time``, JSON-LD and microdata ``datePublished``
(schema.org), and ``time`` marked as the date of publication. A time without a zone is no moment and is
left aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from dateline.errors import InputError
from dateline.intake.dates import publication_date

_ZONED = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})")
_LINKED = re.compile(r'"datePublished"\s*:\s*"([^"]{10,40})"')
_META = {
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "parsely-pub-date",
    "pubdate",
}


def time_of_page(tree: Any, day: str | None) -> str | None:
    """The moment of publication that a page states.

    Args:
        tree: the page, parsed by lxml.
        day: the day that is known otherwise; a moment of another day is not taken.

    Returns:
        ISO date-time with its zone as the page gives it, or None.
    """
    for stated in _stated(tree):
        value = stated.strip().replace(" ", "T", 1)
        if not _ZONED.fullmatch(value):
            continue
        value = re.sub(r"\.\d+", "", value)
        try:
            moment = publication_date(value)
        except InputError:
            continue
        if day is None or _near(moment, day):
            return moment
    return None


def _near(moment: str, day: str) -> bool:
    told = datetime.fromisoformat(moment)
    # The page's day may have been counted in another zone.
    return any((told + timedelta(hours=h)).date().isoformat() == day[:10] for h in (0, -14, 14))


def _stated(tree: Any) -> Iterator[str]:
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in _META and meta.get("content"):
            yield meta.get("content")
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            yield from _LINKED.findall(script.text or "")
    for time in tree.iter("time"):
        if time.get("datetime") and (time.get("itemprop") == "datePublished" or time.get("pubdate") is not None):
            yield time.get("datetime")
