"""The page *Report*: the text with its records, what people said of them, versions, and files to take along."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from dateline.records import encode
from dateline.serve.page import page
from dateline.serve.page.html import web_address
from dateline.serve.page.marks import Marks
from dateline.serve.page.text import marked_text
from dateline.serve.web.asking import Opened
from dateline.serve.web.rendering import editor_of, render
from dateline.serve.web.report_cards import ArchiveCards, states
from dateline.serve.wording import BASES, Wording, day
from dateline.store.said import Whole, whole_report

router = APIRouter()

# Layers of the text: name in the address, title, letter of its marks.
LAYERS = (
    ("events", "Events", "e"),
    ("statements", "Statements", "s"),
    ("times", "Times", "t"),
    ("quantities", "Quantities", "q"),
    ("entities", "Names", "n"),
)

Id = Annotated[str, Query(max_length=4_000)]
Number = Annotated[int | None, Query(ge=1, le=2**31)]
Show = Annotated[list[str] | None, Query(max_length=8)]


def _whole(store: Opened, id: str, version: int | None) -> Whole:
    whole = whole_report(store, id, version)
    if whole is None:
        raise HTTPException(404, "There is no such report in this archive, or not in this version")
    return whole


@router.get("/reports/{report_id:path}", response_class=HTMLResponse, name="report")
def report(request: Request, store: Opened, report_id: str, version: Number = None, show: Show = None) -> HTMLResponse:
    """One report, in its newest version or in that of a number; `show` names the layers that are on."""
    return _page(request, store, report_id, version, show)


@router.get("/report", response_class=HTMLResponse)
def report_by_id(request: Request, store: Opened, id: Id, version: Number = None, show: Show = None) -> HTMLResponse:
    """One report: for ids that no path can hold."""
    return _page(request, store, id, version, show)


def _page(request: Request, store: Opened, id: str, version: int | None, show: list[str] | None) -> HTMLResponse:
    whole = _whole(store, id, version)
    record = whole.left
    words, marks = Wording(record), Marks(record)
    cards = ArchiveCards(whole, words, marks, editor=editor_of(request))
    sections = [
        {"name": name, "title": title, "cards": Markup(html), "count": len(getattr(record, name))}
        for name, title, html in cards.sections()
    ]
    there = {section["name"] for section in sections}
    head = record.report
    return render(
        request,
        "report.html",
        whole=whole,
        head=head,
        address=web_address(head.url),
        published=day(head.published) if head.published else None,
        basis=BASES.get(head.published_basis, head.published_basis),
        window=_window(head),
        text=Markup(marked_text(record, marks, "", states(whole, marks))) if head.text.strip() else None,
        sections=sections,
        layers=[
            {"name": name, "title": title, "letter": letter, "on": show is None or name in show}
            for name, title, letter in LAYERS
            if name in there
        ],
    )


def _window(head: Any) -> dict[str, Any] | None:
    window = head.published_window
    if window is None:
        return None
    return {
        "not_before": day(window.not_before) if window.not_before else None,
        "not_after": day(window.not_after) if window.not_after else None,
        "why": window.why,
    }


@router.get("/report/record.css")
def record_style() -> Response:
    """How the text and the cards look: the rules of the page that `dateline read --html` writes."""
    rules = files("dateline.serve.page").joinpath("record.css").read_bytes()
    return Response(rules, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


@router.get("/report/record.json")
def report_record(store: Opened, id: Id, version: Number = None) -> Response:
    """The record as it was coded, one JSON object (`dateline/1`)."""
    whole = _whole(store, id, version)
    return _file(encode(whole.record), "application/json", "record.json")


@router.get("/report/page.html")
def report_page(store: Opened, id: Id, version: Number = None) -> Response:
    """The report with its records as one HTML file that needs nothing else."""
    whole = _whole(store, id, version)
    # Opened here, the page's own style would not be allowed: it is to be kept.
    return _file(page(whole.left).encode("utf-8", "replace"), "text/html; charset=utf-8", "report.html")


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
