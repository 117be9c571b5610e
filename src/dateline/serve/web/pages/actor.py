"""The pages *Actors*: who is in the reports, and one of them: offices, deeds, words, and what others say."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from dateline.records import Record, Role
from dateline.resolve.roster import roster
from dateline.serve.web.asking import Opened
from dateline.serve.web.charts.lanes import draw_lanes
from dateline.serve.web.filters import read_filters
from dateline.serve.web.quoting import quoted, quoted_of
from dateline.serve.web.remembered import (
    actor_timeline,
    count_events,
    count_reports,
    count_statements,
    counterparts,
    find_actors,
    known_actor,
)
from dateline.serve.web.rendering import stream
from dateline.store import Question
from dateline.store.actors import check_place, said_beside
from dateline.store.find import find_events, find_statements

router = APIRouter()

FILTERS = ("country", "sector", "publisher", "text")
KINDS = ("person", "organization", "outlet", "country", "group", "place")
SECTORS = ("GOV", "MIL", "LEG", "JUD", "OPP", "REB", "COP", "SPY", "MED", "IGO", "NGO", "BUS", "CVL")
_PAGE = 60
_FEW = 6


@dataclass(frozen=True)
class Office:
    """An office with its dates, as the roster or the reports give them."""

    title: str
    begin: str | None
    end: str | None


@router.get("/actors", response_class=HTMLResponse)
def actors(request: Request, store: Opened) -> Response:
    """Actors that the filters leave, the most reported first."""
    asked = request.query_params
    filters = read_filters(asked, FILTERS, beside=("name", "kind"))
    after = asked.get("after") or None
    check_place(after)
    return stream(
        request,
        "actors.html",
        filters=filters,
        reports=count_reports(store, Question()).all,
        # Asked when the page has begun to go out: in a large archive many are counted.
        found=lambda: find_actors(
            store,
            filters.question,
            name=filters.value("name") or None,
            kind=filters.value("kind") or None,
            after=after,
            limit=_PAGE,
        ),
        KINDS=KINDS,
        SECTORS=SECTORS,
    )


@router.get("/actors/{entity:path}", response_class=HTMLResponse)
def actor(request: Request, store: Opened, entity: str) -> Response:
    """One actor: offices over time, what it did, what was done to it, what it said and what was said of it."""
    found = known_actor(store, entity)
    if found is None:
        raise HTTPException(404, "No report in this archive names such an actor")
    acting, acted = Question(actor=entity, distinct=True), Question(recipient=entity, distinct=True)
    saying = Question(source=entity)
    record = store.record(found["report_id"])
    return stream(
        request,
        "actor.html",
        actor=found,
        offices=_offices(entity, record),
        links=_links(entity, record),
        # What takes long of somebody who is everywhere is asked when the page has begun to go out.
        lanes=lambda: draw_lanes((r.begin, r.role, r.type, r.count) for r in actor_timeline(store, entity, by="day")),
        did=lambda: (count_events(store, acting).found, find_events(store, acting, limit=_FEW).rows),
        suffered=lambda: (count_events(store, acted).found, find_events(store, acted, limit=_FEW).rows),
        said=lambda: (
            count_statements(store, saying).found,
            quoted(store, find_statements(store, saying, limit=_FEW).rows),
        ),
        said_of=lambda: quoted_of(store, said_beside(store, entity), entity, _FEW),
        acts_on=lambda: counterparts(store, entity, "actor"),
        acted_on_by=lambda: counterparts(store, entity, "recipient"),
    )


def _offices(entity: str, record: Record | None) -> list[Office]:
    """Offices by their beginning, the latest first: the roster's where it knows the actor, else the report's."""
    known = roster()
    person = known.persons.get(entity)
    found: list[Office] = []
    if person is not None:
        for term in person.terms:
            title = term.title or _title(term.office)
            of = known.countries.get(term.of) or known.organisations.get(term.of)
            found.append(Office(f"{title}, {of.name}" if of else title, term.begin, term.end))
    else:
        found = [Office(r.title, r.begin, r.end) for r in _roles(entity, record)]
    return sorted(dict.fromkeys(found), key=lambda o: (o.end is None, o.begin or ""), reverse=True)


def _roles(entity: str, record: Record | None) -> list[Role]:
    return next((e.roles for e in record.entities if e.id == entity), []) if record else []


def _title(office: str) -> str:
    return office.replace("_", " ")


def _links(entity: str, record: Record | None) -> list[tuple[str, str, str]]:
    """What the actor is called elsewhere: name of the list, id, address (empty where there is none)."""
    ids = next((e.ids for e in record.entities if e.id == entity), {}) if record else {}
    person = roster().persons.get(entity)
    if person is not None and person.wikidata:
        ids = {"wikidata": person.wikidata, **ids}
    return [
        (
            name.capitalize(),
            id,
            f"https://www.wikidata.org/wiki/{id}" if name == "wikidata" and id[1:].isdecimal() else "",
        )
        for name, id in sorted(ids.items())
    ]
