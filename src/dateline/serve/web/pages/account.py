"""The page *Accounts*."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.serve.web.asking import Opened
from dateline.serve.web.rendering import render
from dateline.store import Question, count_reports

router = APIRouter()


@router.get("/accounts", response_class=HTMLResponse)
def accounts(request: Request, store: Opened) -> HTMLResponse:
    """Accounts of the archive."""
    return render(request, "account.html", counts=count_reports(store, Question()))
