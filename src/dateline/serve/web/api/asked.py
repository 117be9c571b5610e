"""The parameters of questions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import Depends, Path, Query

from dateline.store import Question
from dateline.store.question import DATE

# No text holds NUL: databases end a text there.
_TEXT = r"^[^\x00]+$"
_DAY = f"^({DATE})$"

Name = Annotated[str | None, Query(max_length=300, pattern=_TEXT)]
Day = Annotated[str | None, Query(pattern=_DAY, description="ISO date: 2024, 2024-01 or 2024-01-21")]
Words = Annotated[
    str | None,
    Query(
        max_length=300,
        pattern=r'^"?[0-9A-Za-z\u00c0-\u024f][^\x00]*$',
        description='Words that the report holds; "a phrase" together; -word: without it. A wanted word comes first.',
    ),
]
Limit = Annotated[int, Query(ge=1, le=1000, description="Rows of a page.")]
Cursor = Annotated[
    str | None, Query(max_length=200, pattern=r"^[0-9A-Za-z_-]+$", description="`next` of the page before.")
]
Counted = Annotated[bool, Query(description="Tell also how many there are, and how many each filter leaves out.")]
Format = Annotated[
    Literal["json", "jsonl", "csv"], Query(description="`json`: a page; `jsonl` and `csv`: all, as a stream.")
]


@dataclass(frozen=True, slots=True)
class Listing:
    """How a list is wanted."""

    limit: int
    cursor: str | None
    counts: bool
    format: str


def _listing(limit: Limit = 100, cursor: Cursor = None, counts: Counted = False, format: Format = "json") -> Listing:
    return Listing(limit, cursor, counts, format)


Listed = Annotated[Listing, Depends(_listing)]
Identity = Annotated[str, Path(max_length=2000, pattern=_TEXT)]


def of_reports(
    text: Words = None, publisher: Name = None, published_since: Day = None, published_until: Day = None
) -> Question:
    """Filters on reports."""
    return Question(text=text, publisher=publisher, published_since=published_since, published_until=published_until)


AskedReports = Annotated[Question, Depends(of_reports)]


def of_statements(reports: AskedReports, source: Name = None, country: Name = None, rejected: bool = False) -> Question:
    """Filters on statements."""
    return replace(reports, source=source, country=country, rejected=rejected)


def of_actors(reports: AskedReports, country: Name = None, sector: Name = None) -> Question:
    """Filters on actors."""
    return replace(reports, country=country, sector=sector)


def of_events(
    reports: AskedReports,
    actor: Name = None,
    recipient: Name = None,
    between: Annotated[
        Name, Query(alias="with", description="With `actor`: the other side, whoever of the two acts.")
    ] = None,
    country: Name = None,
    sector: Name = None,
    type: Name = None,
    mode: Name = None,
    context: Name = None,
    plover: Name = None,
    factuality: Name = None,
    standing: Name = None,
    source: Name = None,
    place: Name = None,
    since: Day = None,
    until: Day = None,
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
    distinct: Annotated[bool, Query(description="Leave out repeated mentions of one event in a report.")] = False,
    rejected: Annotated[bool, Query(description="Also what people rejected.")] = False,
) -> Question:
    """Filters on events."""
    return replace(
        reports,
        actor=actor,
        recipient=recipient,
        between=between,
        country=country,
        sector=sector,
        type=type,
        mode=mode,
        context=context,
        plover=plover,
        factuality=factuality,
        standing=standing,
        source=source,
        place=place,
        since=since,
        until=until,
        confidence=min_confidence,
        distinct=distinct,
        rejected=rejected,
    )


AskedStatements = Annotated[Question, Depends(of_statements)]
AskedActors = Annotated[Question, Depends(of_actors)]
AskedEvents = Annotated[Question, Depends(of_events)]
