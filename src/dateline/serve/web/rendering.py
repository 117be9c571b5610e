"""From templates to pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse, StreamingResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dateline.serve.web.addresses import account_address, actor_address, report_address, with_query
from dateline.serve.web.guard.changing import csrf_input
from dateline.serve.web.wording import FILTERS, GLOBALS, changed, written

STATIC = Path(__file__).parent / "static"


@cache
def static_version() -> str:
    """A name for what the static files hold, so that browsers may keep them for ever."""
    whole = blake2b(digest_size=6)
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            whole.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dateline.serve.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=written,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= FILTERS
    environment.globals |= GLOBALS
    environment.globals |= {
        "report_address": report_address,
        "account_address": account_address,
        "actor_address": actor_address,
        "with_query": with_query,
    }
    environment.globals["static"] = lambda name: f"/static/{static_version()}/{name}"
    return environment


def editor_of(request: Request) -> bool:
    """May the reader change anything?"""
    user = request.state.user
    return user is not None and user.role == "editor"


def render(request: Request, name: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page from a template.

    Args:
        request: what is answered.
        name: the template's file.
        status: of the answer.
        context: what the template names.
    """
    return HTMLResponse(_environment().get_template(name).render(_context(request, context)), status_code=status)


FLUSH = "\x00flush"  # written by a template (`flush`) where what was written so far may go out


def stream(request: Request, name: str, **context: Any) -> StreamingResponse:
    """A page from a template that goes out piece by piece: what takes long stands behind ``{{ flush }}``.

    Args:
        request: what is answered.
        name: the template's file.
        context: what the template names; functions are called when the template comes to them.
    """
    whole = {**_context(request, context), "flush": Markup(FLUSH)}
    template = _environment().get_template(name)

    def pieces() -> Iterator[str]:
        held: list[str] = []
        for piece in template.generate(whole):
            before, flush, after = piece.partition(FLUSH)
            held.append(before)
            if flush:
                yield "".join(held)
                held = [after]
        yield "".join(held)

    written = pieces()
    first = next(written)  # an error before anything went out is answered as one
    return StreamingResponse(chain([first], written), media_type="text/html; charset=utf-8")


def _context(request: Request, context: dict[str, Any]) -> dict[str, Any]:
    def url_for(handler: str, /, **parameters: Any) -> str:
        if handler == "report":
            return report_address(**parameters)
        # Ids may hold any character; what the route puts into its path must hold none that means something there.
        quoted = {n: quote(v, safe="") if isinstance(v, str) else v for n, v in parameters.items()}
        return str(request.app.url_path_for(handler, **quoted))

    common = {
        "request": request,
        "url_for": url_for,
        "address": partial(changed, request),
        "live": "/api/v1/live",
        "csrf_input": csrf_input(request),
        "csrf": request.state.visit.csrf,
        "user": request.state.user,
        "editor": editor_of(request),
    }
    return {**common, **context}
