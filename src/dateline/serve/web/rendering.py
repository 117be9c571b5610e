"""From templates to pages."""

from __future__ import annotations

from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from dateline.serve.web.addresses import account_address, actor_address, report_address, with_query
from dateline.serve.web.guard.changing import csrf_input
from dateline.serve.web.wording import FILTERS, GLOBALS, changed

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
    return HTMLResponse(_environment().get_template(name).render({**common, **context}), status_code=status)
