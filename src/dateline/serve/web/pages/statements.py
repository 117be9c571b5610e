"""The page *Statements*."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.serve.web.asking import Opened
from dateline.serve.web.rendering import render
from dateline.store import Question, count_reports

router = APIRouter()


@router.get("/statements", response_class=HTMLResponse)
def statements(request: Request, store: Opened) -> HTMLResponse:
    """Statements of the archive."""
    return render(request, "statements.html", counts=count_reports(store, Question()))
