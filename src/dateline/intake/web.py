"""Reports from the web: a page, a plain text, or a feed and what it links to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin

import msgspec

from dateline.errors import FetchError, InputError
from dateline.intake.encoding import decode_text
from dateline.intake.feed import WHOLE, Entry, entries, report_of
from dateline.intake.fetch import Answer, Fetcher, checked
from dateline.intake.report import make_report
from dateline.intake.sources import BadSource, Found
from dateline.records import Report

_FEED_KINDS = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
_XML_KINDS = {"application/xml", "text/xml"}
_PAGE_KINDS = {"text/html", "application/xhtml+xml", ""}
_FEED_START = re.compile(rb"<(?:rss|rdf:RDF|(?:\w+:)?feed)\b")


def is_address(place: str) -> bool:
    """Whether a place is a web address and no path."""
    return bool(re.match(r"https?://", place, re.I))


def reports_at(url: str, fetcher: Fetcher) -> Iterator[Found]:
    """Fetch an address: the report of a page, or, of a feed, those that it holds or links to.

    Args:
        url: an http or https address.
        fetcher: fetches.
    """
    try:
        answer = fetcher.get(url)
        if not _is_feed(answer):
            yield _report(answer, checked(url))
            return
        found = entries_of(answer)
    except (FetchError, InputError) as error:
        yield BadSource(url, str(error))
        return
    for entry in found:
        try:
            yield report_behind(entry, fetcher)
        except (FetchError, InputError) as error:
            yield BadSource(entry.url or f"{url}, {entry.id}", str(error))


def entries_of(answer: Answer) -> list[Entry]:
    """The entries of a fetched feed, their links made whole.

    Raises:
        InputError: it is no feed.
        MissingExtraError: feedparser is not installed.
    """
    if answer.kind in _PAGE_KINDS and not _FEED_START.search(answer.body[:4096]):
        raise InputError(f"{answer.url} is a web page and no RSS or Atom feed; look for the feed that it links to")
    found = []
    for entry in entries(answer.body, answer.url):
        link = None
        if entry.url:
            try:
                link = checked(urljoin(answer.url, entry.url))
            except (FetchError, ValueError):
                link = None
        found.append(replace(entry, url=link, id=entry.id or link or ""))
    return found


def report_behind(entry: Entry, fetcher: Fetcher) -> Report:
    """The report that an entry of a feed announces: the page behind its link, else its own whole text.

    What the page does not say of itself is taken from the feed; of the time of publication, whichever
    is told with the hour.

    Raises:
        FetchError: the page cannot be had.
        InputError: it holds no report.
    """
    whole = len(entry.text.split()) >= WHOLE
    if entry.url is None:
        if not whole:
            raise InputError(f"entry {entry.id!r} links to no page and holds no whole text")
        return _checked_report(entry)
    try:
        report = _report(fetcher.get(entry.url), entry.url)
    except (FetchError, InputError) as error:
        if whole and not (isinstance(error, FetchError) and error.again):
            return _checked_report(entry)
        raise
    published = _published(report.published, entry.published)
    return msgspec.structs.replace(
        report,
        title=report.title or entry.title,
        publisher=(entry.publisher or report.publisher) if _is_host(report.publisher) else report.publisher,
        byline=report.byline or entry.byline,
        published=published,
        published_basis="metadata" if published else "unknown",
    )


def _is_host(publisher: str | None) -> bool:
    """Whether a page names no publisher, and its host stands there instead."""
    return publisher is None or re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?", publisher) is not None


def _checked_report(entry: Entry) -> Report:
    found: Report = report_of(entry)
    return found


def _published(page: str | None, feed: str | None) -> str | None:
    if page is None or feed is None or "T" in page:
        return page or feed
    # The feed's hour is of use where both mean the same day, give or take the time zone.
    gap = date.fromisoformat(page[:10]) - date.fromisoformat(feed[:10])
    return feed if abs(gap) <= timedelta(days=1) else page


def _is_feed(answer: Answer) -> bool:
    if answer.kind in _FEED_KINDS:
        return True
    return (answer.kind in _XML_KINDS or answer.kind == "") and _FEED_START.search(answer.body[:4096]) is not None


def _report(answer: Answer, url: str) -> Report:
    if answer.kind == "text/plain":
        return make_report(decode_text(answer.body, answer.url), id=url, url=url)
    if answer.kind not in _PAGE_KINDS:
        raise InputError(f"{answer.url} is no web page or text but {answer.kind}")
    from dateline.intake.page import report_from_page

    found: Any = report_from_page(answer.body, answer.url, id=url, url=url)
    report: Report = msgspec.structs.replace(found, id=url)
    return report
