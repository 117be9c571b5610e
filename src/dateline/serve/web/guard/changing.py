"""The token in forms that change something."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from markupsafe import Markup

from dateline.serve.web.guard.visit import same

FIELD = "csrf"


async def check_form(request: Request) -> None:
    """Refuse a form that holds no token of its visit, or another's.

    Raises:
        HTTPException: 403.
    """
    sent = request.headers.get("x-csrf-token") or (await request.form()).get(FIELD) or ""
    if not isinstance(sent, str) or not same(sent, request.state.visit.csrf):
        raise HTTPException(403, "this form is of another visit; open the page anew and try again")


Changing = Annotated[None, Depends(check_form)]


def csrf_input(request: Request) -> Markup:
    """The hidden field for forms."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, request.state.visit.csrf)
