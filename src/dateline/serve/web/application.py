"""The application: routes, headers, errors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from dateline.errors import DatelineError
from dateline.serve.web.pages import ROUTERS
from dateline.serve.web.rendering import STATIC, render, static_version
from dateline.serve.web.settings import Settings
from dateline.store import Archive

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_SAID = {404: "There is no such page", 405: "That cannot be done here"}


def create_app(settings: Settings) -> FastAPI:
    """The server of one archive.

    Raises:
        ArchiveError: the archive cannot be opened.
    """
    archive = Archive.open(settings.archive, create=False)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        archive.close()

    app = FastAPI(title="Dateline", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.archive = archive
    app.state.settings = settings

    @app.middleware("http")
    async def headers(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        said = _SAID.get(error.status_code) or str(error.detail)
        return render(request, "error.html", status=error.status_code, said=said)

    @app.exception_handler(DatelineError)
    async def failed(request: Request, error: DatelineError) -> Response:
        return render(request, "error.html", status=400, said=str(error))

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        # What happened is in the server's log; a reader is told only that something did.
        return render(request, "error.html", status=500, said="Something went wrong; the server's log says what")

    for router in ROUTERS:
        app.include_router(router)
    app.mount(f"/static/{static_version()}", StaticFiles(directory=STATIC), name="static")
    return app
