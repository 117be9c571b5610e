"""The application: what stands before the pages, the pages, the API, and what becomes of errors."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.types import Scope

from dateline.errors import DatelineError
from dateline.serve.web.api import create_api
from dateline.serve.web.guard import Gate, Limits, Visits
from dateline.serve.web.guard.limits import TOO_LONG
from dateline.serve.web.live import Newest
from dateline.serve.web.pages import ROUTERS
from dateline.serve.web.reader import Reader
from dateline.serve.web.rendering import STATIC, render, static_version
from dateline.serve.web.settings import Settings
from dateline.store import Archive
from dateline.store.patience import TooLate, given_up

_SAID = {404: "There is no such page", 405: "That cannot be done here"}
_log = logging.getLogger("dateline.serve")


def create_app(settings: Settings) -> FastAPI:
    """The server of one archive.

    Raises:
        ArchiveError: the archive cannot be opened.
    """
    archive = Archive.open(settings.archive, create=False)
    visits = Visits()
    newest = Newest(archive, settings.live)
    reader = Reader(0.9 * settings.slowest)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        newest.stop()
        reader.stop()
        archive.close()

    app = FastAPI(title="Dateline", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    api = create_api()
    for part in (app, api):
        part.state.archive, part.state.settings = archive, settings
        part.state.visits, part.state.newest, part.state.reader = visits, newest, reader
    app.state.api = api
    app.add_middleware(Limits, settings=settings)
    app.add_middleware(Gate, settings=settings, archive=archive, visits=visits)  # outermost: it is asked first

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        said = _SAID.get(error.status_code) or str(error.detail)
        return render(request, "error.html", status=error.status_code, said=said)

    @app.exception_handler(RequestValidationError)
    async def misasked(request: Request, error: RequestValidationError) -> Response:
        said = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors()[:5])
        return render(request, "error.html", status=422, said=said)

    @app.exception_handler(DatelineError)
    async def failed(request: Request, error: DatelineError) -> Response:
        return render(request, "error.html", status=400, said=str(error))

    @app.exception_handler(TooLate)
    @app.exception_handler(DBAPIError)
    async def given_up_on(request: Request, error: DBAPIError | TooLate) -> Response:
        if not given_up(error):
            return await broken(request, error)
        answer = render(request, "error.html", status=503, said=TOO_LONG)
        answer.headers["Retry-After"] = "5"
        return answer

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        # What happened is in the server's log; a reader is told only that something did.
        _log.error("%s %s", request.method, request.url.path, exc_info=error)
        return render(request, "error.html", status=500, said="Something went wrong; the server's log says what")

    for router in ROUTERS:
        app.include_router(router)
    app.mount("/api/v1", api)
    app.mount(f"/static/{static_version()}", _Kept(directory=STATIC), name="static")
    return app


class _Kept(StaticFiles):
    """Files whose address changes with what they hold: browsers keep them for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
