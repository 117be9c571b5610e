"""The pages *Actors*: who is in the reports, and one of them: roles, deeds, words."""

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
    return render(request, "actors.html", counts=count_reports(store, Question()))


@router.get("/actors/{entity:path}", response_class=HTMLResponse)
def actor(request: Request, store: Opened, entity: str) -> HTMLResponse:
    """One actor."""
    return render(request, "actors.html", counts=count_reports(store, Question()))
