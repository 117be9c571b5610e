"""Reading one report that is not in the archive, nor comes into it."""

from __future__ import annotations

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


# A day of the years 1600 to 2999 that there is, and perhaps a time: what cannot be is refused by its form.
_LEAP = "(?:(?:1[6-9]|2[0-9])(?:0[48]|[2468][048]|[13579][26])|(?:16|20|24|28)00)"
_DAY = (
    "(?:(?:1[6-9]|2[0-9])[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|"
    f"(?:0[13578]|1[02])-31)|{_LEAP}-02-29)"
)
_MOMENT = f"^{_DAY}(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])?)?$"


class Given(BaseModel):
    """A report to be read."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=500_000, pattern=r"[0-9A-Za-z]")
    title: _Text | None = None
    publisher: _Text | None = None
    byline: _Text | None = None
    published: str | None = Field(
        None, pattern=_MOMENT, description="ISO date or date-time; relative times are counted from it."
    )
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
        published=given.published,
        url=str(given.url) if given.url else None,
    )
    if not _reading.acquire(timeout=_WAIT):
        raise HTTPException(503, "too many reports are being read; try again", {"Retry-After": "5"})
    try:
        found = read_report(report)
    finally:
        _reading.release()
    return Response(found.to_json(), media_type="application/json")
