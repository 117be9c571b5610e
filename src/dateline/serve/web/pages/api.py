"""The page *API*: for people who write programs that ask this archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.serve.web.rendering import render

router = APIRouter()


@dataclass(frozen=True)
class Operation:
    """Something that can be asked or said.

    Attributes:
        method: GET or POST.
        path: with its parameters in braces, from the server's root.
        about: what it does.
        parameters: names of what may be asked with it.
        plain: whether it can be opened as it stands.
    """

    method: str
    path: str
    about: str
    parameters: tuple[str, ...]
    plain: bool


@router.get("/api", response_class=HTMLResponse)
def api(request: Request) -> HTMLResponse:
    """What programs can ask, and how."""
    described = request.app.state.api.openapi()
    base = described["servers"][0]["url"]
    return render(
        request,
        "api.html",
        base=base,
        origin=str(request.base_url).rstrip("/"),
        groups=_grouped(described, base),
        protected=request.app.state.settings.protected,
    )


def _grouped(described: dict[str, Any], base: str) -> dict[str, list[Operation]]:
    groups: dict[str, list[Operation]] = {}
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            parameters = operation.get("parameters", ())
            names = tuple(p["name"] for p in parameters if p["in"] == "query")
            required = "{" in path or any(p.get("required") for p in parameters)
            group = groups.setdefault(operation["tags"][0], [])
            plain = method == "get" and not required
            group.append(Operation(method.upper(), base + path, operation.get("description") or "", names, plain))
    return groups
