"""The page *Overview*: what is new, events over time, on the map, and between countries."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from dateline.serve.web.asking import Opened
from dateline.serve.web.charts.matrix import draw_matrix
from dateline.serve.web.charts.timeline import draw_timeline
from dateline.serve.web.charts.world import draw_world
from dateline.serve.web.filters import read_filters
from dateline.serve.web.remembered import (
    count_accounts,
    count_events,
    count_reports,
    count_statements,
    country_matrix,
    events_by_country,
    events_by_place,
    events_over_time,
)
from dateline.serve.web.rendering import stream
from dateline.store import Question
from dateline.store.find import find_accounts_of, find_events, find_reports

router = APIRouter()

FILTERS = (
    "text",
    "actor",
    "recipient",
    "country",
    "type",
    "factuality",
    "standing",
    "source",
    "since",
    "until",
    "place",
    "publisher",
    "published_since",
    "published_until",
)
_OF_REPORTS = {"text", "publisher", "published_since", "published_until"}
_NEWEST = 8


@router.get("/", response_class=HTMLResponse)
def overview(request: Request, store: Opened) -> Response:
    """What the archive holds, all of it or what the filters leave, at a glance."""
    filters = read_filters(request.query_params, FILTERS)
    asked = filters.question
    # Filters of events say nothing of reports: then the newest events are shown in their place.
    of_events = bool(set(asked.given()) - _OF_REPORTS)
    return stream(
        request,
        "overview.html",
        filters=filters,
        # The number of reports tells an empty archive from filters that find nothing.
        reports=count_reports(store, Question()).all,
        # What takes long in a large archive is asked when the page has begun to go out.
        events=cache(lambda: count_events(store, asked).found),
        statements=lambda: count_statements(store, Question()).all,
        accounts=lambda: count_accounts(store),
        timeline=lambda: draw_timeline(
            ((t.begin, t.type, t.events) for t in events_over_time(store, asked)), since=asked.since, until=asked.until
        ),
        world=lambda: draw_world(
            ((c.country, c.events) for c in events_by_country(store, asked)),
            ((p.place, p.name, p.latitude, p.longitude, p.events) for p in events_by_place(store, asked)),
        ),
        matrix=lambda: draw_matrix((p.actor, p.recipient, p.events) for p in country_matrix(store, asked)),
        of_events=of_events,
        newest_events=lambda: find_events(store, replace(asked, distinct=True), limit=_NEWEST).rows,
        newest_reports=lambda: find_reports(store, asked, limit=_NEWEST).rows,
        newest_accounts=lambda: find_accounts_of(store, asked, least_reports=2, limit=_NEWEST).rows,
        searched={"kind": "events", **filters.given},
    )
