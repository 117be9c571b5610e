"""Answers of those who stand before the pages: short, and in the form that is expected."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from http import HTTPStatus

from starlette.types import Scope, Send

API = "/api/"


def problem(status: int, detail: str) -> dict[str, object]:
    """A problem as RFC 9457 writes it."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}


async def refuse(scope: Scope, send: Send, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
    """Answer that something is not done: a problem for programs, a bare page for people."""
    if scope["path"].startswith(API):
        kind, body = "application/problem+json", json.dumps(problem(status, detail)).encode()
    else:
        kind = "text/html; charset=utf-8"
        title = escape(HTTPStatus(status).phrase)
        body = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
            f"<body><h1>{title}</h1><p>{escape(detail)}</p></body></html>\n"
        ).encode()
    found = {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": "no-store", **(headers or {})}
    raw = [(name.lower().encode(), value.encode()) for name, value in found.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
