"""The overview accounts for every event: those of a day, those outside, and those of no known day."""

import re

import msgspec
from fastapi.testclient import TestClient

from dateline.records import EventTime
from dateline.serve.web import Settings, create_app
from dateline.store import Archive

from .pages_of import parsed


def test_events_without_a_day_are_counted_too(filled, tmp_path):
    path = tmp_path / "news.db"
    with Archive.open(filled) as samples, Archive.open(path) as archive:
        records = list(samples.records())
        report = msgspec.structs.replace(records[0].report, id="undated", published=None)
        events = [msgspec.structs.replace(e, time=EventTime()) for e in records[0].events]
        archive.add([*records, msgspec.structs.replace(records[0], report=report, events=events)], "test")
    with TestClient(create_app(Settings(str(path))), base_url="http://127.0.0.1:8080") as client:
        page = parsed(client.get("/"))
    (told,) = [c.text_content() for c in page.iter("figcaption") if "A column is" in c.text_content()]
    assert int(re.search(r"(\d+) events? ha(?:ve|s) no known day", told)[1]) == len(events)
