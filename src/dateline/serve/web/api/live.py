"""What is new, as it comes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Query, Request, Response
from fastapi.responses import StreamingResponse

router = APIRouter(tags=["live"])


@router.get(
    "/live",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": {"schema": {}}}, "description": "Events."}},
)
async def live(
    request: Request,
    last_event_id: Annotated[int, Header(ge=0, le=2_000_000_000)] = 0,
    after: Annotated[int, Query(ge=0, le=2_000_000_000)] = 0,
) -> Response:
    """Server-sent events: `report` for each report that comes, with its id, title, publisher and times.

    `Last-Event-ID`, which browsers send when they connect again, gives also what came in between;
    so does `after`, for those that cannot send it. Clients that
    do not ask for `text/event-stream` get what came since then, and the answer ends.
    """
    newest = request.app.state.newest
    last = last_event_id or after or None
    if "text/event-stream" not in request.headers.get("accept", ""):
        return Response(await newest.since(last), media_type="text/event-stream")
    if newest.full:
        raise HTTPException(503, "there are too many listeners", {"Retry-After": "60"})
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(newest.listen(last), media_type="text/event-stream", headers=headers)
