"""What all answers have in common: JSON, pages of lists, streams, problems."""

from __future__ import annotations

import base64
import binascii
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from fastapi import HTTPException, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, create_model
from sqlalchemy import Boolean, Float, Integer, Table

from dateline.errors import InputError
from dateline.serve.web.guard.refusal import problem
from dateline.store import Counts
from dateline.store.find import Page

PROBLEM_KIND = "application/problem+json"
_SAID = {
    400: "The request is none that can be understood.",
    401: "The server wants a login.",
    403: "The reader may not do this.",
    404: "There is no such thing; for a list: the cursor is none of it.",
    413: "The request is too large.",
    422: "A parameter or the body is not as described.",
    429: "Too many requests; Retry-After says when to try again.",
    503: "It took too long, or the archive cannot be read now.",
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": said,
        "content": {PROBLEM_KIND: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, said in _SAID.items()
}


def problem_answer(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A problem (RFC 9457)."""
    body = msgspec.json.encode(problem(status, detail))
    return Response(body, status, media_type=PROBLEM_KIND, headers=dict(headers or {}))


def json_answer(value: Any) -> Response:
    """A value as JSON."""
    return Response(msgspec.json.encode(value), media_type="application/json")


class CountsModel(BaseModel):
    """How many there are, how many were asked for, and how many each filter alone leaves out."""

    all: int
    found: int
    left_out: dict[str, int]


def page_answer(rows: Iterable[Mapping[str, Any]], after: str | None, counts: Counts | None) -> Response:
    """One page of a list."""
    return json_answer({"items": list(rows), "next": None if after is None else cursor_of(after), "counts": counts})


def cursor_of(after: str) -> str:
    """A place in a list as a cursor, which says nothing to anybody else."""
    return base64.urlsafe_b64encode(after.encode()).decode().rstrip("=")


NO_CURSOR = HTTPException(404, "this is no cursor of this list")


def place_of(cursor: str | None) -> str | None:
    """The place of a cursor.

    Raises:
        HTTPException: 404 where it is none.
    """
    if cursor is None:
        return None
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise NO_CURSOR from error


def found_page(find: Callable[[str | None], Page], cursor: str | None) -> Page:
    """The page of a list that a cursor names, or its first.

    Raises:
        HTTPException: 404 where the cursor is none of this list.
        InputError: something else that was asked for is wrong.
    """
    after = place_of(cursor)
    try:
        return find(after)
    except InputError as error:
        if after is None:
            raise
        find(None)  # if this can be asked at all, it was the cursor
        raise NO_CURSOR from error


def streamed(rows: Iterable[Mapping[str, Any]], form: str, name: str) -> StreamingResponse:
    """All rows as they are read: JSON lines or CSV."""
    lines: Iterator[bytes]
    if form == "jsonl":
        lines, kind = (msgspec.json.encode(row) + b"\n" for row in rows), "application/x-ndjson"
    else:
        lines, kind = _csv(rows), "text/csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return StreamingResponse(lines, media_type=kind, headers=headers)


def _csv(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(buffer, list(row), lineterminator="\n", extrasaction="ignore")
            writer.writeheader()
        writer.writerow({name: _flat(value) for name, value in row.items()})
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _flat(value: Any) -> Any:
    if isinstance(value, str):
        # Spreadsheets take such cells for formulas.
        return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
    return msgspec.json.encode(value).decode() if isinstance(value, list | dict) else value


STREAMS = {
    "application/x-ndjson": {"schema": {"type": "string"}},
    "text/csv": {"schema": {"type": "string"}},
}


def row_model(name: str, table: Table, hidden: set[str], **more: Any) -> type[BaseModel]:
    """A model of a table's rows as the API gives them.

    Args:
        name: of the model.
        table: its columns are the fields.
        hidden: columns that are not given.
        more: further fields and their types.
    """
    kinds = {Integer: int, Float: float, Boolean: bool}
    fields: dict[str, Any] = {}
    for column in table.columns:
        if column.name not in hidden:
            kind = next((k for t, k in kinds.items() if isinstance(column.type, t)), str)
            fields[column.name] = (kind | None if column.nullable else kind, ...)
    fields |= {field: (kind, ...) for field, kind in more.items()}
    model: type[BaseModel] = create_model(name, **fields)
    return model


def page_model(row: type[BaseModel]) -> type[BaseModel]:
    """A model of a page of such rows."""
    return create_model(
        f"{row.__name__}Page",
        items=(list[row], ...),  # type: ignore[valid-type]
        next=(str | None, ...),
        counts=(CountsModel | None, ...),
    )


def without(row: Mapping[str, Any], hidden: Iterable[str]) -> dict[str, Any]:
    """A row without what is not given."""
    return {name: value for name, value in row.items() if name not in hidden}
