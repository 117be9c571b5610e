"""Feeds (RSS, Atom): their entries as reports where they hold whole texts, as links where they do not."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dateline.errors import InputError, MissingExtraError
from dateline.intake.files import read_bytes
from dateline.intake.report import make_report
from dateline.intake.sources import BadSource, Found

# Entries with fewer words than this are teasers: the report is behind the link.
WHOLE = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed.

    Attributes:
        id: what the feed calls it, else its link.
        url: where the report is.
        title, publisher, byline: as the feed says.
        published: ISO date-time in UTC, or None.
        text: the entry's own text without markup ("" where there is none).
    """

    id: str
    url: str | None
    title: str | None
    publisher: str | None
    byline: str | None
    published: str | None
    text: str


def entries(data: bytes, where: str) -> list[Entry]:
    """Read a feed.

    Args:
        data: RSS or Atom. No address in it is opened, no entity beyond XML's own is expanded.
        where: its name, for messages.

    Raises:
        InputError: it is no feed.
        MissingExtraError: feedparser is not installed.
    """
    try:
        import feedparser
    except ImportError as error:
        raise MissingExtraError("feedparser", "feeds", "Reading feeds") from error
    if b"<!ENTITY" in data[:65536]:
        raise InputError(f"{where} declares entities of its own, which no feed needs and Dateline does not expand")
    try:
        found: Any = feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    except Exception as error:  # whatever a stranger's markup makes of the parser, the other feeds go on
        raise InputError(f"{where} cannot be read as a feed: {type(error).__name__}: {error}") from error
    if not found.version and not found.entries:
        why = getattr(found, "bozo_exception", None)
        raise InputError(f"{where} is no RSS or Atom feed" + (f": {why}" if why else ""))
    publisher = found.feed.get("title")
    return [_entry(e, publisher) for e in found.entries]


def reports_in_feed_file(path: Path) -> Iterator[Found]:
    """Read the whole texts of a saved feed; entries that only link to their report are named as bad."""
    for number, entry in enumerate(entries(read_bytes(str(path)), str(path)), start=1):
        if len(entry.text.split()) < WHOLE:
            link = entry.url or "nothing"
            yield BadSource(f"{path}, entry {number}", f"holds only a teaser and links to {link}; add that address")
            continue
        try:
            yield report_of(entry)
        except InputError as error:
            yield BadSource(f"{path}, entry {number}", str(error))


def report_of(entry: Entry) -> Any:
    """The report that an entry holds.

    Raises:
        InputError: a field is wrong.
    """
    return make_report(
        entry.text,
        id=entry.url or entry.id,
        url=entry.url,
        title=entry.title,
        publisher=entry.publisher,
        byline=entry.byline,
        published=entry.published,
        published_basis="metadata",
    )


def _entry(e: Any, publisher: str | None) -> Entry:
    stamp = e.get("published_parsed") or e.get("updated_parsed")
    published = None
    if stamp:
        try:
            published = datetime.fromtimestamp(timegm(stamp), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        except (ValueError, OverflowError, OSError):
            published = None
    markup = next((c.get("value") for c in e.get("content", ()) if c.get("value")), None) or e.get("summary") or ""
    source = e.get("source") or {}
    return Entry(
        id=e.get("id") or e.get("link") or "",
        url=e.get("link"),
        title=_plain(e.get("title") or "") or None,
        publisher=source.get("title") or publisher,
        byline=e.get("author"),
        published=published,
        text=_plain(markup),
    )


def _plain(markup: str) -> str:
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml import html
    from lxml.etree import ParserError

    try:
        tree = html.fromstring(f"<div>{markup}</div>")
    except (ParserError, ValueError):
        return ""
    for breaking in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "blockquote"):
        breaking.tail = "\n" + (breaking.tail or "")
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line)
