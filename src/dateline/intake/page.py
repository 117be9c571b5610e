"""A saved web page: the article's text and what the page says about itself, through trafilatura."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from dateline.errors import InputError
from dateline.intake.dates import publication_date
from dateline.intake.linked_data import linked_data
from dateline.intake.report import make_report
from dateline.records import Report


def report_from_page(
    data: bytes,
    where: str,
    *,
    id: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Report:
    """Take the article out of a web page; fields given overrule the page's metadata.

    The record's text is the extracted article, paragraphs parted by line breaks.

    Args:
        data: the page's bytes, in the encoding that it declares.
        where: its name, for messages.
        id: see `make_report`.
        published: see `make_report`.
        publisher: see `make_report`.
        title: see `make_report`.
        url: see `make_report`.

    Raises:
        InputError: no article is found in the page.
    """
    from dateline.intake.page_time import time_of_page

    try:
        found, tree = _parsed(data, url)
    except Exception as error:  # whatever a stranger's markup makes of the parsers, the other pages go on
        raise InputError(f"{where} cannot be read as a web page: {type(error).__name__}: {error}") from error
    if found is None or not (found.text or "").strip():
        raise InputError(f"{where} is a web page without an article that could be told from its navigation")
    linked = linked_data(data.decode("utf-8", "replace"))
    stated = None
    for date in (found.date, linked.published):
        if published is None and stated is None and date:
            # A page may state nonsense; then its date is unknown.
            with suppress(InputError):
                stated = publication_date(date)
    if published is None and tree is not None:
        stated = time_of_page(tree, stated) or stated
    return make_report(
        _whole(found.text),
        id=id,
        published=published or stated,
        published_basis="given" if published else "metadata",
        # Trafilatura changes the case of some names; linked data say them as they are.
        publisher=publisher or _clean(linked.publisher) or _clean(found.sitename),
        title=title or _clean(found.title) or _clean(linked.title),
        byline=_clean(found.author) or _clean(linked.byline),
        url=url or _clean(found.url),
        language=found.language or "en",
    )


def _parsed(data: bytes, url: str | None) -> tuple[Any, Any]:
    """What trafilatura finds in a page, and the page's tree (None where it has none)."""
    import trafilatura

    # Only dates that the page states as its own, not the first date in the prose: a wrong date
    # would move every relative time in the report.
    found = trafilatura.bare_extraction(
        data,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return found, trafilatura.load_html(data)


def _clean(value: str | None) -> str | None:
    return " ".join(_whole(value).split()) if value else None


def _whole(text: str) -> str:
    # Character references can name half a surrogate pair.
    return text.encode("utf-8", "replace").decode()
