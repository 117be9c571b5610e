"""Stories week by week: the reports of each week are grouped together with those of the days before."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import msgspec

from dateline.reconcile.mention import day_of
from dateline.reconcile.story import LONGEST, Document, find_stories
from dateline.serve.blocks.work import Heaps, Plan, heaps, taken
from dateline.serve.shards.place import Place
from dateline.serve.shards.records import records_of_part

WEEK = 7
_BEFORE = -(-LONGEST // WEEK)  # weeks that a story reaches back


class Held(msgspec.Struct, array_like=True, frozen=True):
    """A report as the weeks see it: where its record stands, and what a story is told by."""

    part: int
    row: int
    own: bool
    document: Document


class Link(msgspec.Struct, array_like=True, frozen=True):
    """A report and the earliest report of the group that it is in."""

    part: int
    row: int
    report: str
    day: date | None
    first: str
    first_day: date | None


class StoryOf(msgspec.Struct, array_like=True, frozen=True):
    """The story of the record in a row of a part."""

    row: int
    story: str


def week_of(day: date | None) -> int:
    """The number of a day's week; 0 for an unknown day."""
    return day.toordinal() // WEEK if day else 0


def spread_documents(plan: Plan, task: str) -> None:
    """Lay the reports of a part with their week, and with the weeks after it that can go on with them."""
    part = int(task)
    out = Heaps(plan, "documents", task)
    for row, record in records_of_part(Place.of(plan.parts[part])):
        report = record.report
        day = day_of(report.published)
        document = Document(report.id, day, report.title, report.text)
        week = week_of(day)
        for after in range(_BEFORE + 1 if day else 1):
            out.put(f"{week + after:06}", Held(part, row, after == 0, document))
    out.close()


def tell_week(plan: Plan, task: str) -> None:
    """Group the reports of a week, and those before it that they can go on with."""
    found: dict[str, Held] = {}
    for held in taken(plan, "documents", task, Held):
        found.setdefault(held.document.id, held)  # an id that comes again: the first counts
    out = Heaps(plan, "links", task)
    for group in find_stories([held.document for held in found.values()]):
        first = found[group[0]].document
        for name in group:
            held = found[name]
            if held.own:
                out.put("all", Link(held.part, held.row, name, held.document.day, first.id, first.day))
    out.close()


def name_stories(plan: Plan) -> int:
    """Bring the groups of all weeks together: reports connected by a group are one story, named for the earliest.

    Leaves the story of every record with its part. A record whose report's id came before is left out.

    Returns:
        How many stories there are.
    """
    lead: dict[str, str] = {}
    days: dict[str, str] = {}

    def root(name: str) -> str:
        while (above := lead.get(name, name)) != name:
            lead[name] = lead.get(above, above)
            name = above
        return name

    kept: dict[str, tuple[int, int]] = {}
    for link in taken(plan, "links", "all", Link):
        place = (link.part, link.row)
        kept[link.report] = min(place, kept.get(link.report, place))
        for name, day in ((link.report, link.day), (link.first, link.first_day)):
            days[name] = str(day or "")
        a, b = root(link.report), root(link.first)
        if a != b:
            early, late = sorted((a, b), key=lambda name: (days[name], name))
            lead[late] = early
    by_part: dict[int, list[StoryOf]] = defaultdict(list)
    for name, (part, row) in kept.items():
        by_part[part].append(StoryOf(row, root(name)))
    out = Heaps(plan, "stories", "all")
    for part, rows in by_part.items():
        for story in sorted(rows, key=lambda s: s.row):
            out.put(part, story)
    out.close()
    return len({root(name) for name in kept})


def story_of(plan: Plan, part: int) -> dict[int, str]:
    """The stories of a part's records, by row."""
    return {found.row: found.story for found in taken(plan, "stories", part, StoryOf)}


def weeks(plan: Plan) -> list[str]:
    """The weeks in which there are reports."""
    return heaps(plan, "documents")
