"""JSON lines: one input object a line, or the reason why it is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from dateline.errors import InputError
from dateline.intake.report import make_report
from dateline.records import Report

# A line longer than this is not read into memory: it is a broken file, not a report.
LONGEST_LINE = 64 * 1024 * 1024

# A shard of a file holds the lines that begin within so many bytes of it; no batch of the parser goes
# over the border of a shard, so the records are the same whether shards are coded together or apart.
SHARD_BYTES = 4 * 1024 * 1024

_BLOCK = 1 << 20
_BOM = b"\xef\xbb\xbf"
_decode = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class BadLine:
    """An input line that gives no record: its number, counted from 1, and why."""

    number: int
    reason: str


def each_line(readline: Callable[[int], bytes], *, at_start: bool = True) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream, none of them longer than `LONGEST_LINE` bytes.

    Args:
        readline: the stream's method: at most so many bytes of the next line.
        at_start: whether the stream stands at its beginning, where a byte order mark may be.

    Yields:
        How many bytes the line took, and the line with its end, or None for one that is too long.
    """
    while line := readline(LONGEST_LINE + 1):
        size = len(line)
        if size > LONGEST_LINE and not line.endswith(b"\n"):
            while rest := readline(_BLOCK):
                size += len(rest)
                if rest.endswith(b"\n"):
                    break
            yield size, None
        else:
            yield size, line.removeprefix(_BOM) if at_start else line
        at_start = False


def read_line(line: bytes | None) -> Report | str | None:
    """The report of a line from `each_line`, the reason why it gives none, or None for a blank line."""
    if line is None:
        return f"longer than {LONGEST_LINE >> 20} MiB"
    if not line.strip():
        return None
    try:
        return report_from_line(line)
    except InputError as error:
        return str(error)


class Cut:
    """Where a shard of the input ends."""


def items_of_lines(
    lines: Iterable[tuple[int, bytes | None]], number: int = 0, offset: int = 0
) -> Iterator[tuple[int, Report | BadLine | Cut]]:
    """The reports of lines from `each_line`, with a `Cut` behind the last line of each shard.

    Args:
        lines: the lines.
        number: lines that lie before them.
        offset: bytes that lie before them.

    Yields:
        The number of a line, counted from 1, and its report or the reason why it gives none.
    """
    for size, line in lines:
        number += 1
        found = read_line(line)
        if found is not None:
            yield number, BadLine(number, found) if isinstance(found, str) else found
        before, offset = offset, offset + size
        if before // SHARD_BYTES != offset // SHARD_BYTES:
            yield number, Cut()


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
