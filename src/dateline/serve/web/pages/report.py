"""The page *Reports*."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.serve.web.asking import Opened
from dateline.serve.web.rendering import render
from dateline.store import Question, count_reports

router = APIRouter()


@router.get("/reports", response_class=HTMLResponse)
def reports(request: Request, store: Opened) -> HTMLResponse:
    """Reports of the archive."""
    return render(request, "report.html", counts=count_reports(store, Question()))
