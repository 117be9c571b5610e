"""Corrections that people made in Label Studio, brought back into the archive.

A task's annotation is held against what the machine's record would have given: a trigger that was
taken away rejects its event, another label changes its type, another choice its factuality, arguments
that were taken away or drawn change its actors and recipients. What the archive cannot take (new
events, other times or names) is told, not lost silently.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.errors import InputError
from dateline.records import Event, Record, Span
from dateline.store.archive import Archive
from dateline.store.correction import Action, correct, log
from dateline.store.export.annotation import labelstudio_task

_ROLES = ("actor", "recipient")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One correction: as `correct` takes it."""

    item: str
    action: Action
    field: str | None = None
    value: Any = None


@dataclass
class Taken:
    """What became of a file.

    Attributes:
        tasks: annotated tasks.
        corrections: numbers of the corrections that were made.
        known: corrections that held already.
        left: what could not be taken, with the report's id and why.
    """

    tasks: int = 0
    corrections: list[int] = field(default_factory=list)
    known: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)


def take_labelstudio(archive: Archive, path: Path, *, who: str | None = None, accept: bool = False) -> Taken:
    """Make the corrections of a Label Studio export (JSON) of tasks that `export` wrote.

    Taking the same file twice changes nothing more.

    Args:
        archive: an open archive.
        path: the export.
        who: who says so; without it, whoever completed each annotation, as Label Studio names them.
        accept: accept the events that an annotator left as they were.

    Raises:
        InputError: the file is no such export.
    """
    taken = Taken()
    for task in _tasks(path):
        name = str(task["data"].get("report") or "")
        annotation = _annotation(task)
        if annotation is None:
            continue
        taken.tasks += 1
        record = archive.record(name)
        if record is None:
            taken.left.append((name, "there is no such report in the archive"))
            continue
        if record.report.text != task["data"].get("text"):
            taken.left.append((name, "its text in the archive is another now"))
            continue
        said = who or _completed_by(annotation)
        if not said:
            raise InputError(f"{path}: the annotation of {name!r} does not say who made it; name somebody (--who)")
        held = {(e["item"], e["action"], e["field"], json.dumps(e["human"])) for e in log(archive, name) if e["holds"]}
        notes: list[str] = []
        for wanted in corrections_in(record, annotation["result"], accept=accept, notes=notes):
            if (wanted.item, wanted.action, wanted.field, json.dumps(wanted.value)) in held:
                taken.known += 1
                continue
            try:
                number = correct(
                    archive,
                    name,
                    wanted.item,
                    wanted.action,
                    who=said,
                    why="annotated in Label Studio",
                    field=wanted.field,
                    value=wanted.value,
                )
            except InputError as error:
                notes.append(f"{wanted.item}: {error}")
            else:
                taken.corrections.append(number)
        taken.left += [(name, note) for note in notes]
    return taken


def _tasks(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        tasks = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is no JSON: {error}") from error
    if not isinstance(tasks, list):
        raise InputError(f"{path} is no export of Label Studio: it must be a list of tasks (export as JSON)")
    for number, task in enumerate(tasks, 1):
        if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
            raise InputError(f"{path}, task {number}: no task of Label Studio (there is no object `data`)")
        yield task


def _annotation(task: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The annotation that counts: the ground truth, or else the one made last."""
    made = [
        a
        for a in task.get("annotations") or task.get("completions") or ()
        if isinstance(a, dict) and not a.get("was_cancelled") and isinstance(a.get("result"), list)
    ]
    return max(
        made,
        key=lambda a: (bool(a.get("ground_truth")), str(a.get("updated_at") or a.get("created_at") or "")),
        default=None,
    )


def _completed_by(annotation: Mapping[str, Any]) -> str | None:
    by = annotation.get("completed_by")
    if isinstance(by, dict):
        by = by.get("email") or by.get("username") or by.get("id")
    return f"Label Studio user {by}" if isinstance(by, int) else (str(by) if by else None)


def corrections_in(
    record: Record, result: Sequence[Mapping[str, Any]], *, accept: bool, notes: list[str]
) -> Iterator[Wanted]:
    """What an annotation says against a record.

    Args:
        record: the machine's record.
        result: the regions, choices and relations of the annotation.
        accept: accept the events that were left as they were.
        notes: gets a sentence for each thing that cannot be taken.
    """
    regions = _Regions(record, result)
    for event in record.events:
        trigger = regions.kept("events", event.id, event.type, event.trigger)
        if trigger is None:
            yield Wanted(event.id, "reject")
            continue
        changes = list(_changes(record, event, trigger, regions))
        yield from changes
        if not changes and accept:
            yield Wanted(event.id, "accept")
    for statement in record.statements:
        content = statement.content
        if content and not any(regions.kept("statements", statement.id, "content", span) for span in content):
            yield Wanted(statement.id, "reject")
    for region in regions.new():
        notes.append(f"{region.layer} “{region.words}” ({region.label}): new here, and cannot be taken")


def _changes(record: Record, event: Event, trigger: _Region, regions: _Regions) -> Iterator[Wanted]:
    if trigger.label != event.type:
        yield Wanted(event.id, "change", "type", trigger.label)
    choice = regions.choice(trigger)
    if choice is not None and choice != event.factuality:
        yield Wanted(event.id, "change", "factuality", choice)
    for role in _ROLES:
        before = [a for a in getattr(event, role) if a.span]
        kept = [a for a in before if (r := regions.kept("arguments", event.id, role, a.span)) and r.label == role]
        drawn = [r for r in regions.drawn(trigger) if r.label == role]
        if len(kept) < len(before) or drawn:
            people = [a.entity or record.report.text[slice(*a.span)] for a in kept if a.span]
            people += [_entity(record, region) or region.words for region in drawn]
            yield Wanted(event.id, "change", role, list(dict.fromkeys(people)))


def _entity(record: Record, region: _Region) -> str | None:
    return next((e.id for e in record.entities for m in e.mentions if tuple(m.span) == region.span), None)


@dataclass(frozen=True, slots=True)
class _Region:
    id: str
    layer: str
    label: str
    span: Span
    words: str


class _Regions:
    """An annotation's regions, beside those that the record gave."""

    def __init__(self, record: Record, result: Sequence[Mapping[str, Any]]) -> None:
        text = record.report.text
        self._found = [r for item in result if (r := _region(text, item)) is not None]
        given = [r for item in labelstudio_task(record)["predictions"][0]["result"] if (r := _region(text, item))]
        self._by_id = {r.id: r for r in self._found}
        # Label Studio keeps the ids of regions that come from a prediction; other tools may not.
        self._ids_kept = any(r.id in self._by_id for r in given)
        self._given = {(r.layer, r.id.partition(":")[0], r.label, r.span): r.id for r in given}
        self._places = {(r.layer, r.label, r.span): r for r in self._found}
        self._spans = {(r.layer, r.span): r for r in self._found}
        given_places = {(r.layer, r.span) for r in given}
        given_ids = {r.id for r in given}
        self._new = [
            r
            for r in self._found
            if (r.id not in given_ids if self._ids_kept else (r.layer, r.span) not in given_places)
        ]
        self._choices = {
            str(item.get("id", "")): item["value"]["choices"][0]
            for item in result
            if item.get("type") == "choices" and (item.get("value") or {}).get("choices")
        }
        self._relations = [
            (str(item.get("from_id")), str(item.get("to_id"))) for item in result if item.get("type") == "relation"
        ]

    def kept(self, layer: str, item: str, label: str, span: Span | None) -> _Region | None:
        """The region of the annotation that was given for this place of an item, whatever its label is now."""
        if span is None:
            return None
        begin, end = span
        if self._ids_kept:
            return self._by_id.get(self._given.get((layer, item, label, (begin, end)), ""))
        same = self._places.get((layer, label, (begin, end)))
        return same or self._spans.get((layer, (begin, end)))

    def choice(self, trigger: _Region) -> str | None:
        """The factuality that was chosen for a trigger."""
        return self._choices.get(trigger.id)

    def drawn(self, trigger: _Region) -> list[_Region]:
        """New arguments that a relation ties to a trigger."""
        tied = {b if a == trigger.id else a for a, b in self._relations if trigger.id in (a, b)}
        return [r for r in self._new if r.layer == "arguments" and r.id in tied]

    def new(self) -> list[_Region]:
        """What was drawn and belongs to no event of the record."""
        triggers = {name for (layer, _, _, _), name in self._given.items() if layer == "events"}
        tied = {end for a, b in self._relations if a in triggers or b in triggers for end in (a, b)}
        return [r for r in self._new if not (r.layer == "arguments" and r.id in tied)]


def _region(text: str, item: Mapping[str, Any]) -> _Region | None:
    value = item.get("value") or {}
    labels = value.get("labels")
    if item.get("type") != "labels" or not labels:
        return None
    try:
        begin, end = int(value["start"]), int(value["end"])
    except (KeyError, TypeError, ValueError):
        return None
    words = value.get("text")
    if isinstance(words, str) and text[begin:end] != words:
        begin, end = _from_utf16(text, begin), _from_utf16(text, end)
        if text[begin:end] != words:
            return None
    return _Region(
        str(item.get("id", "")), str(item.get("from_name", "")), str(labels[0]), (begin, end), text[begin:end]
    )


def _from_utf16(text: str, offset: int) -> int:
    """A browser counts a character beyond the Basic Multilingual Plane twice."""
    units = 0
    for place, char in enumerate(text):
        if units >= offset:
            return place
        units += 2 if ord(char) > 0xFFFF else 1
    return len(text)
