"""One report from one file: plain text or a web page, told apart by name and content."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from pathlib import Path

from dateline.errors import InputError
from dateline.intake.encoding import LARGEST, decode_text, unpack
from dateline.intake.report import make_report
from dateline.records import Report

_PAGE_SUFFIXES = {".html", ".htm", ".xhtml", ".shtml"}
_MANY = {".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".warc"}
_PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)


def read_bytes(path: str) -> bytes:
    """Read a file, or standard input for ``-``; gzip is unpacked.

    Raises:
        InputError: it is not there, not readable, damaged, or larger than `LARGEST` bytes.
    """
    where = "standard input" if path == "-" else path
    try:
        with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: NUL in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot read {where}: {reason}") from error
    if len(data) > LARGEST:
        raise InputError(f"{where} is larger than {LARGEST >> 20} MiB, which is no single report or feed")
    return unpack(data, where)


def report_from_file(
    path: str,
    *,
    id: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Report:
    """Read a report from a text file or a saved web page; what is given overrules the page.

    Args:
        path: the file, or ``-`` for standard input.
        id: without one, the file's name without its endings, or a hash of the text.
        published: see `make_report`.
        publisher: see `make_report`.
        title: see `make_report`.
        url: see `make_report`.

    Raises:
        InputError: the file cannot be read or decoded, holds no report, or a field is wrong.
    """
    where = "standard input" if path == "-" else path
    many = next((suffix for suffix in Path(path).suffixes if suffix.lower() in _MANY), None)
    if many is not None:
        raise InputError(
            f"{path} holds many reports ({many}): `dateline code {path} -o OUT.jsonl` codes JSON lines, "
            "`dateline add` takes any of them into an archive"
        )
    data = read_bytes(path)
    if id is None and path != "-":
        id = _stem(path)
    if _is_page(path, data):
        from dateline.intake.page import report_from_page

        return report_from_page(data, where, id=id, published=published, publisher=publisher, title=title, url=url)
    text = decode_text(data, where)
    return make_report(text, id=id, published=published, publisher=publisher, title=title, url=url)


def _is_page(path: str, data: bytes) -> bool:
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return (bool(suffixes) and suffixes[-1] in _PAGE_SUFFIXES) or _PAGE_START.match(data[:4096]) is not None


def _stem(path: str) -> str | None:
    name = Path(path).name
    if name.lower().endswith(".gz"):
        name = name[:-3]
    # A name that is not UTF-8 comes with surrogates; an id must be text.
    return Path(name).stem.encode("utf-8", "replace").decode() or None
