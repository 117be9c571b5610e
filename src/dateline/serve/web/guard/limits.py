"""Limits: how large a request may be, how long its answer may take to begin, how often one may ask."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.serve.web.guard.refusal import refuse
from dateline.serve.web.settings import Settings, is_loopback
from dateline.store.patience import waiting

_CLIENTS = 20_000
# A file of the whole archive takes its time; corrections are not given up half-way.
_PATIENT = ("/api/v1/export/",)


class Bucket:
    """Token buckets, one a client: `rate` a second in the long run, `burst` at once."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> float:
        """Take a token.

        Returns:
            0.0, or the seconds after which there is one again.
        """
        now = time.monotonic()
        left, before = self._held.pop(client, (self._burst, now))
        left = min(self._burst, left + (now - before) * self._rate)
        wait = 0.0 if left >= 1.0 else (1.0 - left) / self._rate
        self._held[client] = (left if wait else left - 1.0, now)
        while len(self._held) > _CLIENTS:
            self._held.popitem(last=False)
        return wait


class Limits:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._bucket = Bucket(settings.rate, settings.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = scope["client"][0] if scope.get("client") else "?"
        if self._settings.protected and not is_loopback(client):
            wait = self._bucket.take(client)
            if wait:
                await refuse(
                    scope, send, 429, "too many requests; ask more slowly", {"Retry-After": str(int(wait) + 1)}
                )
                return
        length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if length.isdigit() and int(length) > self._settings.largest:
            await refuse(scope, send, 413, self._too_large())
            return
        await self._timed(scope, self._counted(receive), send)

    def _too_large(self) -> str:
        return f"a request may have at most {self._settings.largest >> 10:,} KiB"

    def _counted(self, receive: Receive) -> Receive:
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._settings.largest:
                raise HTTPException(413, self._too_large())
            return message

        return counted

    async def _timed(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False
        slowest = None if scope["path"].startswith(_PATIENT) else self._settings.slowest
        asks = scope["method"] in ("GET", "HEAD")
        try:
            with waiting(slowest if asks else None) as patience:
                async with asyncio.timeout(slowest) as clock:

                    async def starting(message: Message) -> None:
                        nonlocal begun
                        if not begun:
                            begun = True
                            clock.reschedule(None)  # a stream, or what is live, may go on
                            if not _is_page(message):
                                patience.until = None
                        await send(message)

                    await self._app(scope, receive, starting)
        except TimeoutError:
            if begun:
                raise
            await refuse(scope, send, 503, TOO_LONG, {"Retry-After": "5"})


TOO_LONG = "this took too long; ask for less"


def _is_page(message: Message) -> bool:
    kinds = (value for name, value in message.get("headers", ()) if name.lower() == b"content-type")
    return next(kinds, b"").startswith(b"text/html")
