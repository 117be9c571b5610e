"""Reports in web archives (WARC, ISO 28500): each page that was answered with a text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.errors import InputError, MissingExtraError
from dateline.intake.encoding import decode_text
from dateline.intake.page import report_from_page
from dateline.intake.report import make_report
from dateline.intake.sources import BadSource, Found

# A page larger than this once unpacked is no report but a bomb or a dump.
LARGEST_PAGE = 16 * 1024 * 1024


def reports_in_warc(path: Path) -> Iterator[Found]:
    """Read the pages of a WARC file (plain or gzip): HTML and plain text answered with status 200.

    Raises:
        InputError: it is no WARC file, or damaged at its beginning.
        MissingExtraError: fastwarc is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingExtraError("fastwarc", "warc", "Reading WARC") from error
    number = 0
    with path.open("rb") as stream:
        try:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
                number += 1
                found = _page(record, f"{path}, record {number}")
                if found is not None:
                    yield found
        except (OSError, ValueError, EOFError, RuntimeError) as error:
            if not number:
                raise InputError(f"no WARC file, or damaged: {error}") from error
            yield BadSource(f"{path}, after record {number}", f"damaged or cut off: {error}")
            return
    if not number:
        raise InputError("no WARC file, or one without an answered page")


def _page(record: Any, where: str) -> Found | None:
    head = record.http_headers
    if head is None or head.status_code != 200:
        return None
    kind = (record.http_content_type or "").lower()
    if kind not in ("text/html", "application/xhtml+xml", "text/plain"):
        return None
    url = record.headers.get("WARC-Target-URI")
    data = record.reader.read(LARGEST_PAGE + 1)
    if len(data) > LARGEST_PAGE:
        return BadSource(where, f"{url}: larger than {LARGEST_PAGE >> 20} MiB")
    try:
        if kind == "text/plain":
            return make_report(decode_text(data, where), id=url, url=url)
        return report_from_page(data, where, id=url, url=url)
    except InputError as error:
        return BadSource(where, f"{url}: {error}")
