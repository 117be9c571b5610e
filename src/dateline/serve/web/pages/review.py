"""The pages *Review* and *Log*: what the machine is least sure of, what people say of it, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from dateline.coding.codebook import default_codebook
from dateline.errors import DatelineError, InputError
from dateline.serve.web.asking import Opened
from dateline.serve.web.filters import read_filters
from dateline.serve.web.guard.changing import check_form
from dateline.serve.web.remembered import count_to_review, flag_kinds
from dateline.serve.web.rendering import editor_of, render, stream
from dateline.serve.web.report_cards import shown_value
from dateline.serve.web.reviewing import (
    WHO,
    Item,
    changes_of,
    event_item,
    flag_item,
    named_by_session,
    records_behind,
    reviewer,
    statement_item,
)
from dateline.serve.wording import TIME_BASES
from dateline.store import Archive
from dateline.store.correction import correct, undo
from dateline.store.correction import log as log_entries
from dateline.store.reconciled import merge_accounts, reconcile, split_account
from dateline.store.review import (
    Wanted,
    events_to_review,
    flags_to_review,
    log_page,
)
from dateline.store.said import whole_report

router = APIRouter()

STATES = (("open", "not looked at"), ("accepted", "accepted"), ("changed", "changed"), ("rejected", "rejected"))
_PAGE = 20

After = Annotated[str | None, Query(max_length=60)]
Words = Annotated[str, Form(max_length=4_000)]
Maybe = Annotated[str | None, Form(max_length=4_000)]


def _must_edit(request: Request) -> None:
    if not editor_of(request):
        raise HTTPException(403, "Only editors may change what the archive holds")


EDITING = [Depends(check_form), Depends(_must_edit)]


@router.get("/review", response_class=HTMLResponse)
def review(request: Request, store: Opened, kind: str = "events", after: After = None) -> Response:
    """The queue: events by least confidence, or flags."""
    filters = read_filters(request.query_params, ("type", "factuality", "actor"), beside=("said", "query", "report"))
    given = filters.given
    said: Any = given.get("said", "open")
    problem = None
    try:
        wanted = Wanted(
            said=said,
            type=filters.question.type,
            factuality=filters.question.factuality,
            who=filters.question.actor,
            kind=given.get("query"),
            report=given.get("report"),
        )
        page = (flags_to_review if kind == "flags" else events_to_review)(store, wanted, after=after, limit=_PAGE)
    except InputError as error:
        problem, wanted = str(error), Wanted()
        page = (flags_to_review if kind == "flags" else events_to_review)(store, wanted, limit=_PAGE)
    records = records_behind(store, page.rows)
    make = flag_item if kind == "flags" else event_item

    def counts() -> dict[str, int]:
        events, flags = count_to_review(store, wanted)
        return {"events": events, "flags": flags}

    def kinds() -> list[tuple[str, str]]:
        return [(k, f"{k.replace('_', ' ')} ({n:,})") for k, n in flag_kinds(store, wanted).items()]

    return stream(
        request,
        "review.html",
        kind=kind if kind == "flags" else "events",
        filters=filters,
        wanted=wanted,
        states_of=STATES,
        flag_kinds=kinds,
        counts=counts,
        items=[make(row, records[row["report_id"]]) for row in page.rows if row["report_id"] in records],
        onward=page.after,
        problem=problem,
        **_forms(request),
    )


@router.get("/review/item", response_class=HTMLResponse)
def review_item(
    request: Request,
    store: Opened,
    report: Annotated[str, Query(max_length=4_000)],
    item: Annotated[str, Query(max_length=200)],
) -> HTMLResponse:
    """One item, with what can be said of it and what was."""
    found = _item(store, report, item)
    whole = whole_report(store, report)
    said = [e for e in log_entries(store, report) if e["item"] == item and e["holds"]]
    return render(
        request,
        "review_item.html",
        item=found,
        title=whole.record.report.title if whole else None,
        said=[_logged({**entry, "undone_by": None}) for entry in said],
        **_forms(request),
    )


@router.get("/log", response_class=HTMLResponse)
def log(request: Request, store: Opened, after: Annotated[int | None, Query(ge=1, le=2**31)] = None) -> HTMLResponse:
    """What people said, the latest first."""
    filters = read_filters(request.query_params, (), beside=("who", "action", "report"))
    given = filters.given
    page = log_page(
        store,
        who=given.get("who"),
        action=given.get("action"),
        report=given.get("report"),
        after=after,
    )
    rows = [_logged(row) for row in page.rows]
    return render(request, "log.html", filters=filters, rows=rows, onward=page.after, **_forms(request))


def _forms(request: Request) -> dict[str, Any]:
    book = default_codebook()
    return {
        "who": reviewer(request),
        "known": named_by_session(request),
        "modes": sorted({mode for kind in book.types.values() for mode in kind.modes}),
        "types": sorted(book.types),
        "time_bases": TIME_BASES,
        "said_number": request.query_params.get("kept", "")[:12],
        "back": str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
    }


def _logged(row: dict[str, Any]) -> dict[str, Any]:
    """A correction as the log shows it."""
    machine, human = row["machine"], row["human"]
    tellings = human if row["action"] in ("merge", "split") and isinstance(human, list) else []
    return {
        **row,
        "words": machine.get("words") if isinstance(machine, dict) else None,
        "was": shown_value(machine.get("value")) if isinstance(machine, dict) else "",
        "now": shown_value(human) if row["action"] == "change" else "",
        "sides": [[f"{t['report']}/{t['event']}" for t in side] for side in tellings],
        "holds": row["action"] != "undo" and row["undone_by"] is None,
    }


def _item(store: Archive, report: str, name: str) -> Item:
    whole = whole_report(store, report)
    if whole is not None:
        of = whole.record.report
        head = {"report_id": report, "title": of.title, "publisher": of.publisher, "published": of.published}
        for rows, make in ((whole.events, event_item), (whole.statements, statement_item), (whole.flags, flag_item)):
            if name in rows:
                return make({**rows[name], **head}, whole.record)
    raise HTTPException(404, "There is no such event, statement or flag in this archive")


# -- saying something ----------------------------------------------------------------------


@router.post("/review/say", dependencies=EDITING)
def say(
    request: Request,
    store: Opened,
    report: Words,
    item: Words,
    action: Annotated[str, Form(pattern="^(accept|reject|change)$")],
    seen: Maybe = None,
    who: Maybe = None,
    why: Maybe = None,
    back: Words = "/review",
    type: Maybe = None,
    mode: Maybe = None,
    factuality: Maybe = None,
    actor: Maybe = None,
    recipient: Maybe = None,
    first: Maybe = None,
    last: Maybe = None,
    place: Maybe = None,
    speaker: Maybe = None,
) -> Response:
    """Accept, reject or change one item."""

    def do(name: str) -> list[int]:
        found = _item(store, report, item)
        if seen is not None and seen != found.seen:
            raise InputError(
                "somebody has said something of this meanwhile: look at it again before you say what you think"
            )
        reason = (why or "").strip() or None
        if action != "change":
            return [correct(store, report, item, action, who=name, why=reason)]  # type: ignore[arg-type]
        fields = {
            "type": type,
            "mode": mode,
            "factuality": factuality,
            "actor": actor,
            "recipient": recipient,
            "first": first,
            "last": last,
            "place": place,
            "speaker": speaker,
        }
        changes = list(changes_of(found, {n: v for n, v in fields.items() if v is not None}))
        if not changes:
            raise InputError("nothing was changed: change a field, or accept the item as it is")
        return [
            correct(store, report, item, "change", who=name, why=reason, field=field, value=value)
            for field, value in changes
        ]

    return _said(request, who, back, do)


@router.post("/review/undo", dependencies=EDITING)
def take_back(
    request: Request,
    store: Opened,
    number: Annotated[str, Form(pattern=r"^\d{1,9}(,\d{1,9}){0,11}$")],
    who: Maybe = None,
    why: Maybe = None,
    back: Words = "/log",
) -> Response:
    """Take one or more corrections back."""

    def do(name: str) -> list[int]:
        wanted = [int(n) for n in number.split(",")]
        kinds = {e["key"]: e["action"] for e in log_entries(store) if e["key"] in wanted}
        made = [undo(store, n, who=name, why=(why or "").strip() or None) for n in reversed(wanted)]
        if {"merge", "split"} & set(kinds.values()):
            reconcile(store)
        return made

    return _said(request, who, back, do)


@router.post("/review/merge", dependencies=EDITING)
def merge(
    request: Request,
    store: Opened,
    first: Words,
    second: Maybe = None,
    near: Maybe = None,
    who: Maybe = None,
    why: Maybe = None,
    back: Words = "/",
) -> Response:
    """Two accounts are one occurrence; the other is named (`second`) or chosen (`near`)."""

    def do(name: str) -> list[int]:
        other = (second or "").strip() or (near or "").strip()
        if not other:
            raise InputError("choose the other account, or write its number")
        return [merge_accounts(store, first.strip(), other, who=name, why=(why or "").strip() or None)]

    return _said(request, who, back, do)


@router.post("/review/split", dependencies=EDITING)
def split(
    request: Request,
    store: Opened,
    account: Words,
    telling: Annotated[list[str] | None, Form(max_length=500)] = None,
    who: Maybe = None,
    why: Maybe = None,
    back: Words = "/",
) -> Response:
    """Some tellings of an account are another occurrence."""

    def do(name: str) -> list[int]:
        if not telling:
            raise InputError("choose the tellings that are another occurrence")
        return [split_account(store, account, telling, who=name, why=(why or "").strip() or None)]

    return _said(request, who, back, do)


def _said(request: Request, who: str | None, back: str, do: Callable[[str], Sequence[int]]) -> Response:
    """Do it and lead back, or tell the script what became of it."""
    wants_json = "application/json" in request.headers.get("accept", "")
    name = reviewer(request, who)
    # Only a path of this server: an address that a form brings along must not lead anywhere else.
    back = back if back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() else "/review"
    try:
        numbers = do(name)
    except DatelineError as error:
        if wants_json:
            return JSONResponse({"problem": str(error)}, status_code=409 if "meanwhile" in str(error) else 400)
        return render(request, "review_problem.html", status=400, said=str(error), back=back)
    except HTTPException as error:
        if wants_json:
            return JSONResponse({"problem": str(error.detail)}, status_code=error.status_code)
        raise
    kept = ",".join(str(n) for n in numbers)
    if wants_json:
        answer: Response = JSONResponse({"kept": kept, "who": name})
    else:
        path, _, query = back.partition("?")
        asked = "&".join(p for p in query.split("&") if p and not p.startswith("kept="))
        answer = RedirectResponse(f"{path}?{asked + '&' if asked else ''}kept={kept}", status_code=303)
    if who and not named_by_session(request):
        answer.set_cookie(WHO, name, max_age=31_536_000, httponly=True, samesite="strict")
    return answer
