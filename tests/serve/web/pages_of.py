"""What tests of pages share."""

from __future__ import annotations

import lxml.html
import msgspec

from dateline.records import EventTime, Record

from ..record import hostile


def parsed(response) -> lxml.html.HtmlElement:
    """The page of an answer."""
    assert response.headers["content-type"].startswith("text/html")
    return lxml.html.document_fromstring(response.text)


def hostile_but_dated() -> Record:
    """The hostile record with days that are days: reports come into an archive only with such."""
    record = hostile()
    return msgspec.structs.replace(
        record,
        report=msgspec.structs.replace(record.report, published="2024-03-05", published_window=None),
        events=[msgspec.structs.replace(event, time=EventTime()) for event in record.events],
    )
