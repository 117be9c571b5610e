"""The page *Actors*."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.serve.web.asking import Opened
from dateline.serve.web.rendering import render
from dateline.store import Question, count_reports

router = APIRouter()


@router.get("/actors", response_class=HTMLResponse)
def actors(request: Request, store: Opened) -> HTMLResponse:
    """Actors of the archive."""
    return render(request, "actor.html", counts=count_reports(store, Question()))
