"""The API's application: its routes, its problems, its description."""

from __future__ import annotations

import logging
import re
from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from dateline import __version__
from dateline.errors import DatelineError, InputError
from dateline.records import Record
from dateline.serve.web.api import accounts, changes, exports, live, questions, reading
from dateline.serve.web.api.answer import PROBLEM_KIND, PROBLEMS, problem_answer
from dateline.serve.web.guard.limits import TOO_LONG
from dateline.store.patience import TooLate, given_up

_log = logging.getLogger("dateline.serve")
_ABOUT = """What an archive of reports holds, and what people say of it.

Lists come in pages: `next` is the cursor of the next one, null on the last. `counts=true` also tells how many
there are and how many each filter alone leaves out. `format=jsonl` and `format=csv` give all of a list as a
stream. Where the server wants a login, programs send a token (`dateline users token NAME`) as
`Authorization: Bearer dl_…`. What is not done is told as a problem (RFC 9457).
"""


def create_api() -> FastAPI:
    """The API; the archive and so on are put into its state by the application around it."""
    api = FastAPI(title="Dateline", version=__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    for part in (questions, accounts, changes, reading, exports, live):
        api.include_router(part.router, responses=PROBLEMS)

    @api.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(_methods(api.openapi(), request.url.path))
        return problem_answer(error.status_code, str(error.detail), headers)

    @api.exception_handler(RequestValidationError)
    async def misasked(request: Request, error: RequestValidationError) -> Response:
        said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:5])
        return problem_answer(422, said)

    @api.exception_handler(InputError)
    async def wrong(request: Request, error: InputError) -> Response:
        return problem_answer(422, str(error))

    @api.exception_handler(DatelineError)
    async def failed(request: Request, error: DatelineError) -> Response:
        _log.error("%s %s: %s", request.method, request.url.path, error)
        return problem_answer(503, str(error))

    @api.exception_handler(TooLate)
    @api.exception_handler(DBAPIError)
    async def given_up_on(request: Request, error: DBAPIError | TooLate) -> Response:
        if not given_up(error):
            return await broken(request, error)
        return problem_answer(503, TOO_LONG, {"Retry-After": "5"})

    @api.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        _log.error("%s %s", request.method, request.url.path, exc_info=error)
        return problem_answer(500, "something went wrong; the server's log says what")

    def described() -> dict[str, Any]:
        if api.openapi_schema is None:
            api.openapi_schema = _description(api)
        return api.openapi_schema

    api.openapi = described  # type: ignore[method-assign]
    return api


def _methods(described: dict[str, Any], path: str) -> list[str]:
    """The methods of an address: a router knows those of each of its routes alone."""
    found: set[str] = set()
    for template, operations in described["paths"].items():
        pattern = re.sub(r"\\{[^}]*\\}", ".+", re.escape(template))
        if re.search(rf"{pattern}$", path):
            found.update(method.upper() for method in operations)
    return sorted(found)


def _description(api: FastAPI) -> dict[str, Any]:
    found = get_openapi(title=api.title, version=api.version, description=_ABOUT, routes=api.routes)
    found["servers"] = [{"url": "/api/v1"}]
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    _, records = msgspec.json.schema_components([Record], ref_template="#/components/schemas/{name}")
    schemas |= records
    schemas["Problem"] = {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What was wrong, and what to do."},
        },
    }
    found["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "Where the server wants a login."}
    }
    found["security"] = [{}, {"token": []}]
    for path in found["paths"].values():
        for operation in path.values():
            operation["responses"].setdefault("422", {"description": "", "content": {PROBLEM_KIND: {}}})
    return found
