"""Accounts, stories and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Response
from pydantic import BaseModel, ConfigDict

from dateline.errors import InputError
from dateline.serve.web import remembered
from dateline.serve.web.api.answer import (
    STREAMS,
    found_page,
    json_answer,
    page_answer,
    page_model,
    row_model,
    streamed,
    without,
)
from dateline.serve.web.api.asked import Cursor, Day, Format, Identity, Limit, Name
from dateline.serve.web.asking import Opened
from dateline.store import Archive, Question
from dateline.store.accounts import account_tree, ask_accounts
from dateline.store.find import find_accounts_of, find_stories
from dateline.store.tables import accounts as table

router = APIRouter(tags=["accounts"])


class Telling(BaseModel):
    """One report's event in an account, with the way to its origin."""

    model_config = ConfigDict(extra="allow")

    report: str
    publisher: str | None
    published: str | None
    title: str | None
    event: str
    type: str
    trigger: str
    factuality: str
    begin: str | None
    end: str | None
    why: str
    origin: str | None
    path: list[str | None]
    how: str


AccountRow = row_model("AccountRow", table, {"evidence"}, evidence=dict[str, Any])
Tree = row_model("AccountTree", table, {"evidence"}, evidence=dict[str, Any], tellings=list[Telling])


class Relied(BaseModel):
    """A publisher, and for how many accounts it relies on a source."""

    publisher: str
    accounts: int


class Source(BaseModel):
    """A root source."""

    source: str
    name: str
    kind: str
    country: str | None
    state: bool
    accounts: int
    alone: int
    reports: int
    relied_on_by: list[Relied]


class StoryRow(BaseModel):
    """A report and its story, named for the story's earliest report; null where stories were not told since it came."""

    report: str
    story: str | None
    published: str | None
    publisher: str | None
    title: str | None


@router.get("/accounts", response_model=page_model(AccountRow), responses={200: {"content": STREAMS}})
def list_accounts(
    store: Opened,
    standing: Name = None,
    type: Name = None,
    who: Annotated[Name, Query(description="Somebody in it: RUS, an entity's id, or a name.")] = None,
    since: Day = None,
    until: Day = None,
    least_reports: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    limit: Limit = 100,
    cursor: Cursor = None,
    format: Format = "json",
) -> Response:
    """Accounts, the latest day first (streams: the earliest first): one occurrence each, and how it stands."""
    if format != "json":
        found = ask_accounts(
            store, standing=standing, type=type, who=who, since=since, until=until, least_reports=least_reports
        )
        return streamed(found, format, "accounts")
    question = Question(standing=standing, type=type, actor=who, since=since, until=until)
    page = found_page(
        lambda after: find_accounts_of(store, question, least_reports=least_reports, after=after, limit=limit), cursor
    )
    return page_answer(page.rows, page.after, None)


@router.get("/accounts/{account:path}", response_model=Tree)
def one_account(store: Opened, account: Identity) -> Response:
    """An account with its evidence and all its tellings; named by its id, its number, or a telling (report/event)."""
    return json_answer(tree_of(store, account))


def tree_of(store: Opened, account: str) -> Mapping[str, Any]:
    """The account of this name.

    Raises:
        HTTPException: 404.
    """
    try:
        return account_tree(store, account)
    except InputError as error:
        raise HTTPException(404, str(error)) from error


@router.get("/sources", response_model=list[Source])
def list_sources(store: Opened) -> Response:
    """Root sources, those that most accounts rest on first."""
    return json_answer(remembered.list_sources(store))


@router.get("/stories", response_model=page_model(StoryRow), responses={200: {"content": STREAMS}})
def list_stories(
    store: Opened,
    story: Annotated[Name, Query(description="Of this story alone.")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
    format: Format = "json",
) -> Response:
    """Which reports are about the same main event, the last published first."""
    if format != "json":
        return streamed(_stories(store, story), format, "stories")
    page = found_page(lambda after: find_stories(store, story=story, after=after, limit=limit), cursor)
    return page_answer((without(row, ("key",)) for row in page.rows), page.after, None)


def _stories(store: Archive, story: str | None) -> Iterator[dict[str, Any]]:
    after = None
    while True:
        page = find_stories(store, story=story, after=after, limit=1000)
        yield from (without(row, ("key",)) for row in page.rows)
        if page.after is None:
            return
        after = page.after
