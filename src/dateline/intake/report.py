"""A report from its parts: every field checked, and an id where none is given."""

from __future__ import annotations

from hashlib import blake2b

from dateline.errors import InputError
from dateline.intake.dates import publication_date
from dateline.records import PublishedBasis, Report

# A text longer than this is a dump of many reports, or a broken file: the longest novels hold half as much.
LONGEST_TEXT = 5_000_000


def make_report(
    text: str,
    *,
    id: str | None = None,
    published: str | None = None,
    published_basis: PublishedBasis = "given",
    publisher: str | None = None,
    title: str | None = None,
    byline: str | None = None,
    url: str | None = None,
    language: str = "en",
) -> Report:
    """Make a report and check it.

    Args:
        text: the report's text; kept unchanged, so that spans are offsets into what was given.
        id: any name for it; without one, a hash of the text (16 hexadecimal digits).
        published: ISO date or date-time, see `publication_date`.
        published_basis: how the date is known; `unknown` is set where there is none.
        publisher: who published it.
        title: its headline, where that is known apart from the text.
        byline: who wrote it.
        url: where it was read.
        language: ISO 639-1 code.

    Raises:
        InputError: something is not a string, holds half of a surrogate pair (which no UTF-8
            file can), the text is longer than `LONGEST_TEXT` characters, or `published` is no date.
    """
    fields = {
        "text": text,
        "id": id,
        "published": published,
        "publisher": publisher,
        "title": title,
        "byline": byline,
        "url": url,
        "language": language,
    }
    for name, value in fields.items():
        if value is None and name not in ("text", "language"):
            continue
        if not isinstance(value, str):
            raise InputError(f"{name} is not text but {_kind(value)}")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise InputError(
                f"{name} holds half of a surrogate pair (U+{ord(value[error.start]):04X}) at character {error.start}: "
                "it was decoded wrongly; read it again from its bytes as UTF-8"
            ) from error
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"text has {len(text):,} characters, which is no single report: at most {LONGEST_TEXT:,} are read; "
            "give the reports that it holds one by one, as files or as JSON lines"
        )
    date = publication_date(published) if published and published.strip() else None
    return Report(
        id=id or blake2b(text.encode(), digest_size=8).hexdigest(),
        text=text,
        title=_or_none(title),
        language=language,
        url=_or_none(url),
        publisher=_or_none(publisher),
        byline=_or_none(byline),
        published=date,
        published_basis=published_basis if date else "unknown",
    )


def _or_none(value: str | None) -> str | None:
    return value if value and not value.isspace() else None


def _kind(value: object) -> str:
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    return f"{type(value).__name__}"
