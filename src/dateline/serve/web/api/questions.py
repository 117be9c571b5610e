"""Questions: reports, records, events, statements, actors, and who said some words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Annotated, Any
from zlib import crc32

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy import select

from dateline import __version__
from dateline.serve.web.api.answer import (
    NO_CURSOR,
    STREAMS,
    found_page,
    json_answer,
    page_answer,
    page_model,
    place_of,
    row_model,
    streamed,
    without,
)
from dateline.serve.web.api.asked import (
    AskedActors,
    AskedEvents,
    AskedReports,
    AskedStatements,
    Identity,
    Limit,
    Listed,
    Listing,
)
from dateline.serve.web.asking import Opened
from dateline.store import (
    Archive,
    Counts,
    Question,
    ask_actors,
    ask_events,
    ask_reports,
    ask_statements,
    count_actors,
    count_events,
    count_reports,
    count_statements,
)
from dateline.store.ask import ask_wording
from dateline.store.find import Page, find_events, find_reports, find_statements
from dateline.store.tables import events, reports, statements

router = APIRouter(tags=["questions"])

_NOT_GIVEN = {"key", "report", "current", "digest", "text", "record"}


class Party(BaseModel):
    """Somebody in an event."""

    entity: str | None
    name: str
    country: str | None
    sector: str | None


class ActorRow(BaseModel):
    """Somebody whom reports name."""

    entity: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    reports: int
    mentions: int


class About(BaseModel):
    """What is served."""

    dateline: str
    reports: int
    events: int
    statements: int


_head = {"report_id": str, "publisher": str | None, "published": str | None, "title": str | None}
ReportRow = row_model("ReportRow", reports, _NOT_GIVEN, story=str | None, characters=int)
EventRow = row_model(
    "EventRow",
    events,
    _NOT_GIVEN | {"contexts", "day"},
    day=str | None,
    contexts=list[str],
    actor=list[Party],
    recipient=list[Party],
    account=int | None,
    standing=str | None,
    **_head,
)
StatementRow = row_model("StatementRow", statements, _NOT_GIVEN | {"day"}, day=str | None, **_head)
SaidRow = row_model("SaidRow", statements, _NOT_GIVEN, report_id=str, publisher=str | None, published=str | None)

Ask = Callable[[Archive, Question], Iterable[Mapping[str, Any]]]
Find = Callable[..., Page]
Count = Callable[[Archive, Question], Counts]


def _listed(
    store: Archive, question: Question, wanted: Listing, find: Find, ask: Ask, count: Count, name: str
) -> Response:
    if wanted.format != "json":
        return streamed((without(row, _NOT_GIVEN) for row in ask(store, question)), wanted.format, name)
    page = found_page(lambda after: find(store, question, after=after, limit=wanted.limit), wanted.cursor)
    rows = (without(row, _NOT_GIVEN) for row in page.rows)
    return page_answer(rows, page.after, count(store, question) if wanted.counts else None)


@router.get("/about", response_model=About)
def about(store: Opened) -> Response:
    """Versions, and how much the archive holds."""
    anything = Question(rejected=True)
    return json_answer(
        {
            "dateline": __version__,
            "reports": count_reports(store, anything).all,
            "events": count_events(store, anything).all,
            "statements": count_statements(store, anything).all,
        }
    )


@router.get("/reports", response_model=page_model(ReportRow), responses={200: {"content": STREAMS}})
def list_reports(store: Opened, question: AskedReports, wanted: Listed) -> Response:
    """Reports, the last published first (streams: the first published first)."""
    return _listed(store, question, wanted, find_reports, ask_reports, count_reports, "reports")


@router.get("/events", response_model=page_model(EventRow), responses={200: {"content": STREAMS}})
def list_events(store: Opened, question: AskedEvents, wanted: Listed) -> Response:
    """Events, the latest day first (streams: the earliest first)."""
    return _listed(store, question, wanted, find_events, ask_events, count_events, "events")


@router.get("/timeline", response_model=page_model(EventRow), responses={200: {"content": STREAMS}})
def timeline(store: Opened, question: AskedEvents, wanted: Listed) -> Response:
    """Like events, without repeated mentions of one event in a report."""
    return _listed(store, replace(question, distinct=True), wanted, find_events, ask_events, count_events, "timeline")


@router.get("/statements", response_model=page_model(StatementRow), responses={200: {"content": STREAMS}})
def list_statements(store: Opened, question: AskedStatements, wanted: Listed) -> Response:
    """Statements, the last published first (streams: the first published first)."""
    return _listed(store, question, wanted, find_statements, ask_statements, count_statements, "statements")


@router.get("/actors", response_model=page_model(ActorRow), responses={200: {"content": STREAMS}})
def list_actors(store: Opened, question: AskedActors, wanted: Listed) -> Response:
    """Actors, the most reported first."""
    if wanted.format != "json":
        return streamed(ask_actors(store, question), wanted.format, "actors")
    place = place_of(wanted.cursor) or "0"
    if not place.isdecimal() or len(place) > 9:
        raise NO_CURSOR
    begin = int(place)
    # Ranked by a count over all reports: there is no key behind which a page could begin.
    rows = list(islice(ask_actors(store, question, limit=begin + wanted.limit + 1), begin, None))
    after = str(begin + wanted.limit) if len(rows) > wanted.limit else None
    return page_answer(rows[: wanted.limit], after, count_actors(store, question) if wanted.counts else None)


@router.get("/said", response_model=list[SaidRow])  # type: ignore[valid-type]
def who_said(
    store: Opened,
    words: Annotated[str, Query(min_length=2, max_length=300, pattern=r"^[0-9A-Za-z\u00c0-\u024f][^\x00]*$")],
    limit: Limit = 100,
) -> Response:
    """Who used these words: the statements that hold them, letter for letter but for case."""
    return json_answer([without(row, _NOT_GIVEN) for row in islice(ask_wording(store, words), limit)])


@router.get(
    "/records/{report_id:path}",
    responses={
        200: {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Record"}}}},
        304: {"description": "It is what the client has (If-None-Match)."},
    },
)
def record(
    request: Request,
    store: Opened,
    report_id: Identity,
    version: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
) -> Response:
    """The whole record of a report, `dateline/1`: of its newest version, or of the one named."""
    wanted = reports.c.current if version is None else reports.c.version == version
    with store.read() as connection:
        row = connection.execute(
            select(reports.c.digest, reports.c.coder).where(reports.c.id == report_id, wanted)
        ).first()
    if row is None:
        raise HTTPException(404, f"there is no report {report_id!r}" + (f" of version {version}" if version else ""))
    tag = f'"{row.digest}.{crc32(row.coder.encode()):x}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": tag})
    found = store.record(report_id, version)
    if found is None:
        raise HTTPException(404, f"there is no report {report_id!r}")
    return Response(found.to_json(), media_type="application/json", headers={"ETag": tag})
