"""The page *Search*, and the list of reports: words and filters in the address, facets with exact counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from dateline.errors import DatelineError, InputError
from dateline.serve.web.asking import Opened
from dateline.serve.web.filters import read_filters
from dateline.serve.web.finding import FILTERS, chosen, facets, found
from dateline.serve.web.rendering import stream
from dateline.serve.web.wording import country_name
from dateline.serve.wording import interval
from dateline.store import Archive
from dateline.store.facets import Choice, Facets
from dateline.store.find import Page

router = APIRouter()

_PAGE = 20
_NAMES = {
    "type": "Type",
    "factuality": "Did it happen?",
    "actor": "Actor",
    "country": "Country",
    "source": "According to",
    "standing": "Standing",
    "publisher": "Publisher",
    "published": "Published",
    "month": "Month",
    "quote": "Quotation",
}
After = Annotated[str | None, Query(max_length=60)]


@router.get("/search", response_class=HTMLResponse)
def search(request: Request, store: Opened, kind: str = "reports", after: After = None) -> Response:
    """Reports, events, statements or accounts that hold words and meet filters."""
    return _searched(request, store, kind if kind in FILTERS else "reports", after)


@router.get("/reports", response_class=HTMLResponse)
def reports(request: Request, store: Opened, after: After = None) -> Response:
    """The reports of the archive, the latest first."""
    return _searched(request, store, "reports", after)


def _searched(request: Request, store: Archive, kind: str, after: str | None) -> Response:
    filters = read_filters(request.query_params, FILTERS[kind])
    problem = None
    try:
        page = found(store, kind, filters.question, after, _PAGE)
    except InputError as error:
        problem, page = str(error), Page([], None)
    # What other kinds are asked for by, as far as they know the filter.
    kept = {
        other: {name: value for name, value in filters.given.items() if name in names}
        for other, names in FILTERS.items()
    }
    return stream(
        request,
        "search.html",
        kind=kind,
        listing=request.url.path == str(request.app.url_path_for("reports")),
        filters=filters,
        rows=page.rows,
        onward=page.after,
        problem=problem or "; ".join(filters.problems.values()) or None,
        kinds=[(name, name.capitalize(), {"kind": name, **kept[name]}) for name in FILTERS],
        facet_names=_NAMES,
        chosen=chosen,
        label=_label,
        without_all=lambda sets: dict.fromkeys(sets),
        counted=_lazily(store, kind, filters.question) if problem is None else lambda: None,
    )


def _label(facet: str, choice: Choice) -> str:
    if facet == "country":
        return country_name(choice.value)
    if facet in ("month", "published"):
        begin, end = (f"{value}-01" for value in chosen("", facet, choice.value).values())
        return interval(begin, end) or choice.value
    return choice.label


def _lazily(store: Archive, kind: str, question: Any) -> Callable[[], Facets | None]:
    def counted() -> Facets | None:
        # What was found is on its way already: what cannot be counted now must not break it off.
        try:
            return facets(store, kind, question)
        except DatelineError:
            return None

    return counted
