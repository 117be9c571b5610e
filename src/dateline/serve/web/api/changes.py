"""What people say of the machine's records."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, HTTPException, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dateline.errors import InputError
from dateline.records import Factuality
from dateline.serve.web.api.answer import json_answer
from dateline.serve.web.asking import Opened
from dateline.store import correction
from dateline.store.reconciled import merge_accounts, reconcile, split_account

router = APIRouter(tags=["corrections"])

_Text = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]+$")]


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    who: _Text | None = Field(None, description="Who says so; where readers log in, it is who is logged in.")
    why: _Text | None = Field(None, description="Why.")


class Judged(_Said):
    """An event, statement or flag is right, or is not."""

    action: Literal["accept", "reject"]
    report: _Text
    item: _Text


class _Changed(_Said):
    action: Literal["change"]
    report: _Text
    item: _Text


class ChangedParties(_Changed):
    """Others act or are acted upon: ids of entities, or names."""

    field: Literal["actor", "recipient"]
    value: list[_Text] = Field(max_length=50)


class ChangedDay(_Changed):
    """It began or ended on another day."""

    field: Literal["begin", "end"]
    value: date | None


class ChangedFactuality(_Changed):
    """It did happen, or did not."""

    field: Literal["factuality"]
    value: Factuality


class ChangedType(_Changed):
    """It is another kind of act."""

    field: Literal["type"]
    value: _Text


class ChangedWord(_Changed):
    """Another mode, place or speaker, or none."""

    field: Literal["mode", "place", "speaker"]
    value: _Text | None


class Merged(_Said):
    """Two accounts are one occurrence."""

    action: Literal["merge"]
    accounts: list[_Text] = Field(min_length=2, max_length=2)


class Split(_Said):
    """Tellings (report/event) of an account are another occurrence."""

    action: Literal["split"]
    account: _Text
    tellings: list[_Text] = Field(min_length=1, max_length=1000)


Said = Judged | ChangedParties | ChangedDay | ChangedFactuality | ChangedType | ChangedWord | Merged | Split


class Done(BaseModel):
    """The correction's number in the log, by which it can be taken back."""

    number: int


class Entry(BaseModel):
    """One entry of the log."""

    model_config = ConfigDict(extra="allow")

    key: int
    at: str
    who: str
    why: str | None
    action: str
    report: str | None
    item: str | None
    field: str | None
    machine: Any
    human: Any
    undoes: int | None
    holds: bool


@router.get("/corrections", response_model=list[Entry])
def list_corrections(
    store: Opened, report: Annotated[str | None, Query(max_length=2000, pattern=r"^[^\x00]+$")] = None
) -> Response:
    """The log, in the order in which it was said."""
    return json_answer(list(correction.log(store, report)))


@router.post("/corrections", response_model=Done, status_code=201)
def correct(request: Request, store: Opened, said: Annotated[Said, Body()]) -> Response:
    """Accept, reject or change an item of a report; merge or split accounts. Editors alone may."""
    who = _who(request, said.who)
    try:
        if isinstance(said, Merged):
            number = merge_accounts(store, *said.accounts, who=who, why=said.why)
        elif isinstance(said, Split):
            number = split_account(store, said.account, said.tellings, who=who, why=said.why)
        else:
            field = getattr(said, "field", None)
            value: Any = getattr(said, "value", None)
            if isinstance(value, date):
                value = value.isoformat()
            number = correction.correct(
                store, said.report, said.item, said.action, who=who, why=said.why, field=field, value=value
            )
    except InputError as error:
        raise HTTPException(
            404 if "there is no" in str(error) or " has no " in str(error) else 422, str(error)
        ) from error
    answer = json_answer({"number": number})
    answer.status_code = 201
    return answer


@router.post("/corrections/{number}/undo", response_model=Done, status_code=201)
def undo(
    request: Request,
    store: Opened,
    number: Annotated[int, Path(ge=1, le=2_000_000_000)],
    said: Annotated[_Said | None, Body()] = None,
) -> Response:
    """Take a correction back; the log keeps both."""
    try:
        mine = correction.undo(
            store, number, who=_who(request, said.who if said else None), why=said.why if said else None
        )
    except InputError as error:
        raise HTTPException(404, str(error)) from error
    if any(e["key"] == number and e["action"] in ("merge", "split") for e in correction.log(store)):
        reconcile(store)  # the accounts are told anew
    answer = json_answer({"number": mine})
    answer.status_code = 201
    return answer


def _who(request: Request, said: str | None) -> str:
    user = request.state.user
    return (user.name if user is not None and user.name else said) or "somebody at this machine"
