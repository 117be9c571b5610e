"""The page *Review*."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.serve.web.asking import Opened
from dateline.serve.web.rendering import render
from dateline.store import Question, count_reports

router = APIRouter()


@router.get("/review", response_class=HTMLResponse)
def review(request: Request, store: Opened) -> HTMLResponse:
    """Review of the archive."""
    return render(request, "review.html", counts=count_reports(store, Question()))
