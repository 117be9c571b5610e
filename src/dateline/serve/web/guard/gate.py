"""The gate: who asks, and whether he may ask this.

On this machine alone nobody needs to log in: whoever can open the page can open the archive too. But
other sites, opened in the same browser, must not use that: names that lead here by a trick (DNS
rebinding) are refused, and what changes something must come from a page of this server and hold what
only its pages know (OWASP, Cross-Site Request Forgery Prevention).
"""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.serve.web.guard.refusal import API, refuse
from dateline.serve.web.guard.visit import COOKIE, Visit, Visits, same
from dateline.serve.web.settings import Settings, is_loopback
from dateline.store import Archive
from dateline.store.users import User, find_user, user_by_token

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# What changes nothing of the archive, though it is asked for by POST.
HARMLESS = frozenset({"/login", "/logout", "/api/v1/read"})
_OPEN = ("/static/", "/login")
_HERE = User("", "editor")
HEADERS = {
    "content-security-policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Gate:
    """ASGI middleware; leaves in ``scope["state"]`` the ``user`` (or None) and the ``visit``."""

    def __init__(self, app: ASGIApp, settings: Settings, archive: Archive, visits: Visits) -> None:
        self._app = app
        self._settings = settings
        self._archive = archive
        self._visits = visits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookie = _cookie(headers)
        visit = self._visits.go_on(cookie) if cookie else self._visits.begin()

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    found.setdefault(name, value)
                # Addresses of static files change with what they hold; all else may change at any time.
                found.setdefault("cache-control", "private, no-cache")
                now: Visit = scope["state"]["visit"]
                page = found.get("content-type", "").startswith("text/html")
                if now.id != cookie and (page or now.user is not None):
                    found.append("set-cookie", self._set_cookie(now))
            await send(message)

        state = scope.setdefault("state", {})
        state["visit"], state["user"] = visit, None
        refusal = self._misled(headers) if not self._settings.protected else None
        if refusal:
            await refuse(scope, dressed, 421, refusal)
            return
        user, by_token = await self._who(headers, visit)
        state["user"] = user
        path = scope["path"]
        if user is None and not path.startswith(_OPEN):
            await self._ask_in(scope, dressed)
            return
        if scope["method"] not in SAFE and not by_token:
            refusal = self._forged(scope, headers, visit)
            if refusal:
                await refuse(scope, dressed, 403, refusal)
                return
        if scope["method"] not in SAFE and path not in HARMLESS and (user is None or user.role != "editor"):
            await refuse(scope, dressed, 403, "you may read this archive, but not correct it")
            return
        await self._app(scope, receive, dressed)

    async def _who(self, headers: Headers, visit: Visit) -> tuple[User | None, bool]:
        if not self._settings.protected:
            return _HERE, False
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return await run_in_threadpool(user_by_token, self._archive, token.strip()), True
        if visit.user is None:
            return None, False
        # Asked anew each time: who was removed, or may only read now, is so at once.
        return await run_in_threadpool(find_user, self._archive, visit.user), False

    def _misled(self, headers: Headers) -> str | None:
        """A name that is not this machine's, on a server that is for this machine alone."""
        name = _host(headers.get("host", ""))
        if name is None or not is_loopback(name):
            return f"this server is for {self._settings.host} alone; to reach it by another name, start it with --login"
        return None

    def _forged(self, scope: Scope, headers: Headers, visit: Visit) -> str | None:
        """What only a page of another site would send."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
            return "this came from a page of another site"
        if site is not None and site not in ("same-origin", "none"):
            return "this came from a page of another site"
        if not scope["path"].startswith(API):
            return None  # the form holds the token: see `changing`
        if origin is None and site is None and not self._settings.protected:
            return None  # a program of this machine; browsers always say where they come from
        if not same(headers.get("x-csrf-token", ""), visit.csrf):
            return "the header X-CSRF-Token is missing or of another visit; programs send a bearer token instead"
        return None

    async def _ask_in(self, scope: Scope, send: Send) -> None:
        if scope["path"].startswith(API):
            said = {"WWW-Authenticate": 'Bearer realm="dateline"'}
            await refuse(scope, send, 401, "who asks? send a token: Authorization: Bearer dl_…", said)
            return
        asked = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        back = f"?next={quote(asked, safe='')}" if scope["method"] in SAFE and asked != "/" else ""
        await refuse(scope, send, 303, "log in first", {"Location": f"/login{back}"})

    def _set_cookie(self, visit: Visit) -> str:
        secure = "; Secure" if self._settings.https else ""
        return f"{COOKIE}={visit.id}; Path=/; HttpOnly; SameSite=Lax{secure}"


def _cookie(headers: Mapping[str, str]) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return found.value if found is not None and 20 <= len(found.value) <= 100 and found.value.isascii() else None


def _host(value: str) -> str | None:
    try:
        return urlsplit(f"//{value}").hostname
    except ValueError:
        return None
