"""JSON lines: one input object a line, or the reason why it is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from dateline.errors import InputError
from dateline.intake.report import make_report
from dateline.records import Report

# A line longer than this is not read into memory: it is a broken file, not a report.
LONGEST_LINE = 64 * 1024 * 1024

_decode = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class BadLine:
    """An input line that gives no record: its number, counted from 1, and why."""

    number: int
    reason: str


def report_from_line(line: bytes) -> Report:
    """Read one input object from a line of JSON.

    Args:
        line: UTF-8 JSON: ``{"id", "text", "published"?, "publisher"?, "title"?, "url"?}``.

    Raises:
        InputError: not JSON, not an object, no text, or a field that is wrong.
    """
    try:
        found = _decode(line)
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8: {error.reason} at byte {error.start}") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from error
    if not isinstance(found, dict):
        raise InputError(f"not a JSON object but {_json_kind(found)}")
    return report_from_object(found)


def report_from_object(found: Mapping[str, Any]) -> Report:
    """Make a report from an input object; keys that it does not know are left aside.

    Raises:
        InputError: no text, text or another field is not a string, published is no date.
    """
    if found.get("text") is None:
        raise InputError('no text: the object needs the key "text"')
    text = found["text"]
    if isinstance(text, str) and not text.strip():
        raise InputError("text is empty")
    name: Any = found.get("id")
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    return make_report(
        text,
        id=name,
        published=found.get("published"),
        publisher=found.get("publisher"),
        title=found.get("title"),
        byline=found.get("byline"),
        url=found.get("url"),
        language=found.get("language") or "en",
    )


def _json_kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a string" if isinstance(value, str) else "a list"
