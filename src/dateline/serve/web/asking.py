"""The archive that a request asks."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from dateline.store import Archive


def opened(request: Request) -> Archive:
    """The server's archive; its engine hands every thread a connection of its own."""
    return cast(Archive, request.app.state.archive)


Opened = Annotated[Archive, Depends(opened)]
