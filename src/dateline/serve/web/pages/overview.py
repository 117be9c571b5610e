"""The page *Overview*."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.serve.web.asking import Opened
from dateline.serve.web.rendering import render
from dateline.store import Question, count_reports

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def overview(request: Request, store: Opened) -> HTMLResponse:
    """Overview of the archive."""
    return render(request, "overview.html", counts=count_reports(store, Question()))
