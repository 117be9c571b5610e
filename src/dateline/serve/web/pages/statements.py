"""The page *Statements*: who said what, through whose mouths, in the words of the reports."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from dateline.serve.web.asking import Opened
from dateline.serve.web.filters import read_filters
from dateline.serve.web.finding import facets
from dateline.serve.web.quoting import quoted
from dateline.serve.web.remembered import count_reports
from dateline.serve.web.rendering import stream
from dateline.store import Question
from dateline.store.find import find_statements

router = APIRouter()

FILTERS = ("text", "source", "country", "quote", "publisher", "published_since", "published_until")
_PAGE = 25


@router.get("/statements", response_class=HTMLResponse)
def statements(request: Request, store: Opened) -> Response:
    """Statements that the filters leave, the last published first, each in its sentence."""
    filters = read_filters(request.query_params, FILTERS)
    page = find_statements(store, filters.question, after=request.query_params.get("after") or None, limit=_PAGE)
    return stream(
        request,
        "statements.html",
        filters=filters,
        reports=count_reports(store, Question()).all,
        # Counted when the statements are on their way: in a large archive it takes its time.
        counted=lambda: facets(store, "statements", filters.question),
        statements=quoted(store, page.rows),
        after=page.after,
    )
