"""Reading one report that is not in the archive, nor comes into it."""

from __future__ import annotations

from datetime import date, datetime
from threading import BoundedSemaphore
from typing import Annotated

from fastapi import APIRouter, Body, HTTPException, Response
from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field

from dateline.intake import make_report

router = APIRouter(tags=["reading"])

# The parser takes a core: more at a time would only be slower, each of them.
_reading = BoundedSemaphore(2)
_WAIT = 20.0

_Text = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]+$")]


class Given(BaseModel):
    """A report to be read."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=500_000, pattern=r"[0-9A-Za-z]")
    title: _Text | None = None
    publisher: _Text | None = None
    byline: _Text | None = None
    published: date | datetime | None = Field(None, description="Relative times are counted from it.")
    url: AnyHttpUrl | None = None
    id: _Text | None = None


@router.post(
    "/read",
    responses={200: {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Record"}}}}},
)
def read(given: Annotated[Given, Body()]) -> Response:
    """Read a report: its record, `dateline/1`."""
    from dateline.serve.reading import read_report

    report = make_report(
        given.text,
        id=given.id,
        title=given.title,
        publisher=given.publisher,
        byline=given.byline,
        published=given.published.isoformat() if given.published else None,
        url=str(given.url) if given.url else None,
    )
    if not _reading.acquire(timeout=_WAIT):
        raise HTTPException(503, "too many reports are being read; try again", {"Retry-After": "5"})
    try:
        found = read_report(report)
    finally:
        _reading.release()
    return Response(found.to_json(), media_type="application/json")
