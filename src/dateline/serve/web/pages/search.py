"""The page *Search*."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.serve.web.asking import Opened
from dateline.serve.web.rendering import render
from dateline.store import Question, count_reports

router = APIRouter()


@router.get("/search", response_class=HTMLResponse)
def search(request: Request, store: Opened) -> HTMLResponse:
    """Search of the archive."""
    return render(request, "search.html", counts=count_reports(store, Question()))
