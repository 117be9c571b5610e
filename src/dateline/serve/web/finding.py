"""What is found, with the words that were looked for marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from dateline.errors import InputError
from dateline.serve.web.account_view import headline_parts
from dateline.serve.web.remembered import account_facets, event_facets, report_facets, statement_facets
from dateline.serve.web.reviewing import event_item, records_behind
from dateline.store import Archive, Question
from dateline.store.facets import Facets
from dateline.store.find import Page, find_accounts_of, find_events, find_reports, find_statements
from dateline.store.question import held_words
from dateline.store.tables import reports

Row = dict[str, Any]
Pieces = list[tuple[str, bool]]

# What can be looked for: the filters of each kind, and how it is found and counted.
FILTERS = {
    "reports": ("text", "publisher", "published_since", "published_until"),
    "events": (
        "text",
        "type",
        "factuality",
        "actor",
        "recipient",
        "country",
        "source",
        "standing",
        "place",
        "publisher",
        "since",
        "until",
        "published_since",
        "published_until",
    ),
    "statements": ("text", "source", "country", "publisher", "published_since", "published_until"),
    "accounts": ("text", "type", "standing", "actor", "country", "since", "until"),
}
_FIND: dict[str, Callable[..., Page]] = {
    "reports": find_reports,
    "events": find_events,
    "statements": find_statements,
    "accounts": find_accounts_of,
}
_COUNT: dict[str, Callable[[Archive, Question], Facets]] = {
    "reports": report_facets,
    "events": event_facets,
    "statements": statement_facets,
    "accounts": account_facets,
}
_AROUND = 130  # characters before and behind the first hit


def found(store: Archive, kind: str, question: Question, after: str | None, limit: int) -> Page:
    """A page of what is found, each row with ``pieces``: text around the hits and whether it is one.

    Raises:
        InputError: it cannot be asked.
    """
    page = _FIND[kind](store, question, after=after, limit=limit)
    words = _pattern(question.text)
    rows = [dict(row) for row in page.rows]
    if kind == "reports":
        _texts(store, rows, words)
    elif kind == "events":
        records = records_behind(store, rows)
        for row in rows:
            if row["report_id"] in records:
                row["item"] = event_item(row, records[row["report_id"]])
    elif kind == "statements":
        for row in rows:
            row["pieces"] = snippet(row["content"], words, 420)
    else:
        for row in rows:
            row["parts"] = headline_parts(row["headline"])
    return Page(rows, page.after)


def _texts(store: Archive, rows: Sequence[Row], words: re.Pattern[str] | None) -> None:
    with store.read() as connection:
        wanted = select(reports.c.key, reports.c.text).where(reports.c.key.in_([row["key"] for row in rows]))
        texts = {row.key: row.text for row in connection.execute(wanted)}
    for row in rows:
        text = texts.get(row["key"], "")
        title = (row["title"] or "").strip()
        start = len(title) if title and text.startswith(title) else 0
        row["pieces"] = snippet(text[start:], words, 2 * _AROUND)
        row["title_pieces"] = marked(row["title"] or row["id"], words)


def _pattern(words: str | None) -> re.Pattern[str] | None:
    """Finds the words that are wanted, whole words in any case."""
    if not words:
        return None
    try:
        wanted, _ = held_words(words)
    except InputError:
        return None
    inner = "|".join(r"\W+".join(map(re.escape, re.findall(r"\w+", term))) for term in wanted[:20])
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.I) if inner else None


def snippet(text: str, words: re.Pattern[str] | None, longest: int) -> Pieces:
    """A stretch of a text around the first hit, hits marked; its beginning where there is none."""
    hit = words.search(text) if words else None
    begin = max(0, hit.start() - _AROUND) if hit else 0
    if hit and len(text) <= longest:
        begin = 0
    if begin:
        begin = text.find(" ", begin, hit.start() if hit else None) + 1 or begin
    end = min(len(text), begin + longest)
    if end < len(text):
        cut = text.rfind(" ", begin, end)
        end = cut if cut > begin else end
    pieces = marked(text[begin:end].strip(), words)
    return [*([("… ", False)] if begin else []), *pieces, *([(" …", False)] if end < len(text) else [])]


def marked(text: str, words: re.Pattern[str] | None) -> Pieces:
    """A text cut where hits begin and end."""
    pieces: Pieces = []
    last = 0
    for hit in words.finditer(text) if words else ():
        pieces += [(text[last : hit.start()], False), (text[hit.start() : hit.end()], True)]
        last = hit.end()
    pieces.append((text[last:], False))
    return [piece for piece in pieces if piece[0]]


def facets(store: Archive, kind: str, question: Question) -> Facets:
    """Facets of what is found, remembered.

    Raises:
        InputError: it cannot be asked.
    """
    return _COUNT[kind](store, question)


def chosen(kind: str, facet: str, value: str) -> Mapping[str, str | None]:
    """The parameters that a choice of a facet sets."""
    if facet in ("month", "published"):
        year, month = int(value[:4]), int(value[5:7] or 1)
        after = f"{year + month // 12:04}-{month % 12 + 1:02}"
        names = ("since", "until") if facet == "month" else ("published_since", "published_until")
        return dict(zip(names, (value, after), strict=True))
    return {facet: value}
