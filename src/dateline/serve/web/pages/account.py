"""The pages *Accounts*: one occurrence each, and one of them through all reports that tell it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse

from dateline.errors import InputError
from dateline.serve.web.account_view import (
    MOST,
    chart_of,
    drawing_of,
    figures_of,
    frames_of,
    headline_parts,
    tellings_of,
)
from dateline.serve.web.asking import Opened
from dateline.serve.web.filters import read_filters
from dateline.serve.web.remembered import count_accounts_of
from dateline.serve.web.rendering import render, stream
from dateline.serve.web.reviewing import named_by_session, reviewer
from dateline.store.accounts import account_tree
from dateline.store.find import Page, find_accounts_of, near_accounts
from dateline.store.reading import read_records

router = APIRouter()

_PAGE = 30


@router.get("/accounts", response_class=HTMLResponse)
def accounts(request: Request, store: Opened, after: Annotated[str | None, Query(max_length=60)] = None) -> Response:
    """Accounts of the archive, the latest first."""
    names = ("text", "type", "standing", "actor", "country", "since", "until")
    filters = read_filters(request.query_params, names, beside=("least",))
    least = filters.value("least")
    least_reports = min(int(least), 1_000_000) if least.isdecimal() and len(least) < 8 else 1
    problem = None
    try:
        page = find_accounts_of(store, filters.question, least_reports=least_reports, after=after, limit=_PAGE)
    except InputError as error:
        problem, page = str(error), Page([], None)
    return stream(
        request,
        "accounts.html",
        filters=filters,
        rows=[{**row, "parts": headline_parts(row["headline"])} for row in page.rows],
        onward=page.after,
        count=lambda: count_accounts_of(store, filters.question, least_reports=least_reports),
        problem=problem,
    )


@router.get("/accounts/{key:path}", response_class=HTMLResponse)
def account(request: Request, store: Opened, key: str) -> HTMLResponse:
    """One account, by its number, its id, or any of its tellings (report/event)."""
    try:
        tree = account_tree(store, key)
    except InputError as error:
        raise HTTPException(
            404, "There is no such account; reconciling may have brought it together with another"
        ) from error
    wanted = list(dict.fromkeys(row["report"] for row in tree["tellings"]))
    with store.read() as connection:
        records = {record.report.id: record for record in read_records(connection, wanted[:MOST])}
    figures = figures_of(tree, records)
    names = {row["report"]: row["publisher"] or row["report"] for row in tree["tellings"]}
    events = {row["report"]: row["event"] for row in reversed(tree["tellings"])}
    return render(
        request,
        "account.html",
        account=tree,
        parts=headline_parts(tree["headline"]),
        evidence=tree["evidence"],
        tellings=tellings_of(tree, records),
        drawing=drawing_of({**tree, "tellings": tree["tellings"][:MOST]}),
        figures=[(unit, found, chart_of(found)) for unit, found in figures.items()],
        frames=frames_of(tree, records),
        names=names,
        event_in=events,
        near=[{**row, "parts": headline_parts(row["headline"])} for row in near_accounts(store, tree["key"])],
        who=reviewer(request),
        known=named_by_session(request),
        said_number=request.query_params.get("kept", "")[:12],
        back=f"/accounts/{tree['key']}",
    )
