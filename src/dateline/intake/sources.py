"""Many reports from one place: a file of any kind, or a folder of them.

Each source gives reports one by one; what cannot be read is given as a `BadSource` with its place
and the reason, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DatelineError
from dateline.intake.encoding import GZIP
from dateline.records import Report

_TEXT = {".txt", ".text", ".md", ".markdown"}
_PAGE = {".html", ".htm", ".xhtml", ".shtml"}
_LINES = {".jsonl", ".ndjson"}
_FEED = {".rss", ".atom", ".xml"}


@dataclass(frozen=True, slots=True)
class BadSource:
    """What gives no report: its place (file, line or record) and the reason."""

    where: str
    reason: str


Found = Report | BadSource


def reports_in(path: str | Path) -> Iterator[Found]:
    """Read the reports of a file or folder.

    Text, Markdown and saved pages hold one report; JSON lines, CSV, Parquet, WARC, RSS and Atom hold
    many; each may be gzip-packed. A folder is read file by file in the order of the names, below it
    too; files of other kinds in it are passed over.

    Args:
        path: the file or folder.

    Yields:
        A report, or a `BadSource` for what could not be read.
    """
    path = Path(path)
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and not any(part.startswith(".") for part in inner.relative_to(path).parts):
                if reader_of(inner) is not None:
                    yield from reports_in(inner)
        return
    reader = reader_of(path)
    if reader is None:
        known = ", ".join(sorted({*_TEXT, *_PAGE, *_LINES, *_FEED, ".csv", ".parquet", ".warc"}))
        yield BadSource(str(path), f"files of this kind are not read; known: {known} (also .gz)")
        return
    try:
        yield from reader(path)
    except DatelineError as error:
        yield BadSource(str(path), str(error))
    except OSError as error:
        yield BadSource(str(path), f"cannot be read: {error.strerror or error}")


def reader_of(path: Path) -> Callable[[Path], Iterator[Found]] | None:
    """The function that reads files of this name, or None."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    kind = suffixes[-1] if suffixes else ""
    if kind in _TEXT or kind in _PAGE:
        return _one
    if kind in _LINES:
        return _lines
    if kind in {".csv", ".tsv"}:
        from dateline.intake.table import reports_in_csv

        return reports_in_csv
    if kind == ".parquet":
        from dateline.intake.table import reports_in_parquet

        return reports_in_parquet
    if kind == ".warc":
        from dateline.intake.warc import reports_in_warc

        return reports_in_warc
    if kind in _FEED:
        from dateline.intake.feed import reports_in_feed_file

        return reports_in_feed_file
    return None


def _one(path: Path) -> Iterator[Found]:
    from dateline.intake.files import report_from_file

    # The path, not only the file's name, tells reports apart: many sites save pages as index.html.
    yield report_from_file(str(path), id=path.as_posix())


def _lines(path: Path) -> Iterator[Found]:
    import gzip
    import zlib

    from dateline.intake.lines import each_line, read_line

    with path.open("rb") as raw:
        packed = raw.read(2) == GZIP
        raw.seek(0)
        stream = gzip.GzipFile(fileobj=raw) if packed else raw
        number = 0
        try:
            for number, (_, line) in enumerate(each_line(stream.readline), 1):
                found = read_line(line)
                if found is not None:
                    yield BadSource(f"{path}, line {number}", found) if isinstance(found, str) else found
        except (OSError, EOFError, zlib.error) as error:
            yield BadSource(f"{path}, after line {number}", f"damaged or cut off: {error}")
