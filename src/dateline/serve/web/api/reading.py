"""Reading one report that is not in the archive, nor comes into it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, HTTPException, Request, Response
from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field

from dateline.intake import make_report
from dateline.serve.web.reader import ReaderBusy, ReadingTooSlow

router = APIRouter(tags=["reading"])

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
def read(request: Request, given: Annotated[Given, Body()]) -> Response:
    """Read a report: its record, `dateline/1`."""
    report = make_report(
        given.text,
        id=given.id,
        title=given.title,
        publisher=given.publisher,
        byline=given.byline,
        published=given.published,
        url=str(given.url) if given.url else None,
    )
    try:
        found = request.app.state.reader.read(report)
    except (ReaderBusy, ReadingTooSlow) as error:
        raise HTTPException(503, str(error), {"Retry-After": "5"}) from error
    return Response(found.to_json(), media_type="application/json")
