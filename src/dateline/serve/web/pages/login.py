"""Logging in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dateline.serve.web.asking import Opened
from dateline.serve.web.guard.changing import Changing
from dateline.serve.web.guard.limits import Bucket
from dateline.serve.web.rendering import render
from dateline.store.users import user_by_password

router = APIRouter()

# Guessing a password must be slow: five tries, then one in twelve seconds, a client and a name.
_tries = Bucket(rate=1 / 12, burst=5)


@router.get("/login", response_class=HTMLResponse)
def login(request: Request, next: str = "/") -> HTMLResponse:
    """Ask for name and password."""
    return render(request, "login.html", next=next, said=None)


@router.post("/login", response_class=HTMLResponse)
async def log_in(
    request: Request,
    store: Opened,
    _: Changing,
    name: Annotated[str, Form(max_length=64)],
    password: Annotated[str, Form(max_length=1024)],
    next: Annotated[str, Form(max_length=4096)] = "/",
) -> Response:
    """Let somebody in."""
    client = request.client.host if request.client else "?"
    wait = max(_tries.take(f"client {client}"), _tries.take(f"name {name}"))
    if wait:
        said = f"too many tries; try again in {int(wait) + 1} seconds"
        answer = render(request, "login.html", status=429, next=next, said=said)
        answer.headers["Retry-After"] = str(int(wait) + 1)
        return answer
    user = await run_in_threadpool(user_by_password, store, name, password)
    if user is None:
        return render(
            request, "login.html", status=403, next=next, said="this name and password do not belong together"
        )
    visits = request.app.state.visits
    visits.end(request.state.visit)
    request.state.visit = visits.begin(user.name)  # another cookie than before, which somebody may know
    return RedirectResponse(_inside(next), 303)


@router.post("/logout")
async def log_out(request: Request, _: Changing) -> Response:
    """Let nobody in with this visit any more."""
    visits = request.app.state.visits
    visits.end(request.state.visit)
    request.state.visit = visits.begin()
    return RedirectResponse("/login", 303)


def _inside(address: str) -> str:
    """Only pages of this server are gone on to."""
    good = address.startswith("/") and not address.startswith(("//", "/\\")) and "\\" not in address
    return address if good and all(32 < ord(char) < 127 for char in address) else "/"
