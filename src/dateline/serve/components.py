"""The stages as spaCy components, for those who have a pipeline of their own.

    nlp = spacy.load("en_core_web_sm")
    nlp.add_pipe("dateline_statements", config={"publisher": "The Harbour Gazette"})
    nlp(text)._.dateline_statements

Each component is a thin wrapper over the function of its stage and needs a parser, a tagger, a
lemmatizer and an entity recogniser before it. What is known of a report can be given for all texts
in the component's config, or for one text on its `Doc` (``doc._.dateline_published = "2018-06-13"``
on ``nlp.make_doc(text)``, which then goes through ``nlp``). Results are kept as JSON in
``doc.user_data``, so that a `Doc` can still be written to disk and sent between processes; the
extension attributes decode them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from dateline.annotate import Syntax, find_zones
from dateline.attribute import find_statements
from dateline.errors import ModelError
from dateline.intake import make_report
from dateline.mentions import find_times
from dateline.pipeline import record_of
from dateline.records import Entity, Event, Record, Report, Statement, Time, decode
from dateline.resolve import resolve

Component = Callable[[Doc], Doc]
_Kind = TypeVar("_Kind")

_NEEDS = ["token.dep", "token.head", "token.tag", "token.pos", "token.lemma", "doc.ents"]
_FIELDS = ("published", "publisher", "title")


def _getter(name: str, kind: type[_Kind]) -> Callable[[Doc], _Kind | None]:
    decoder = msgspec.json.Decoder(kind)

    def get(doc: Doc) -> _Kind | None:
        found = doc.user_data.get(name)
        return None if found is None else decoder.decode(found)

    return get


def _extend() -> None:
    for field in _FIELDS:
        if not Doc.has_extension(f"dateline_{field}"):
            Doc.set_extension(f"dateline_{field}", default=None)
    kinds: tuple[tuple[str, type], ...] = (
        ("times", list[Time]),
        ("entities", list[Entity]),
        ("statements", list[Statement]),
        ("events", list[Event]),
    )
    for name, kind in kinds:
        Doc.set_extension(f"dateline_{name}", getter=_getter(f"dateline_{name}", kind), force=True)
    Doc.set_extension("dateline_record", getter=_record, force=True)


def _record(doc: Doc) -> Record | None:
    found = doc.user_data.get("dateline_record")
    return None if found is None else decode(found)


_extend()


def _report(doc: Doc, defaults: dict[str, str | None], parsed: bool = True) -> Report:
    if parsed and not doc.has_annotation("DEP"):
        raise ModelError("dateline's components need a parsed text: add them after the parser, tagger and lemmatizer")
    published, publisher, title = (getattr(doc._, f"dateline_{field}") or defaults[field] for field in _FIELDS)
    return make_report(doc.text, published=published, publisher=publisher, title=title)


def _keep(doc: Doc, name: str, items: Any) -> Doc:
    doc.user_data[f"dateline_{name}"] = msgspec.json.encode(items)
    return doc


def _config(published: str | None, publisher: str | None, title: str | None) -> dict[str, str | None]:
    # Checked when the component is added, not at the first text.
    make_report("", published=published, publisher=publisher, title=title)
    return {"published": published, "publisher": publisher, "title": title}


_DEFAULTS: dict[str, Any] = {"published": None, "publisher": None, "title": None}


@Language.factory("dateline_times", default_config=_DEFAULTS)  # type: ignore[untyped-decorator]
def dateline_times(
    nlp: Language, name: str, published: str | None, publisher: str | None, title: str | None
) -> Component:
    """Make the component that sets ``doc._.dateline_times``; see `dateline.mentions.find_times`.

    It needs no parser, tagger or model: ``spacy.blank("en")`` with it alone does, at full speed.
    """
    defaults = _config(published, publisher, title)

    def component(doc: Doc) -> Doc:
        return _keep(doc, "times", find_times(Syntax.from_doc(doc), _report(doc, defaults, parsed=False).published))

    return component


@Language.factory("dateline_entities", default_config=_DEFAULTS, requires=_NEEDS)  # type: ignore[untyped-decorator]
def dateline_entities(
    nlp: Language, name: str, published: str | None, publisher: str | None, title: str | None
) -> Component:
    """Make the component that sets ``doc._.dateline_entities``; see `dateline.resolve.resolve`."""
    defaults = _config(published, publisher, title)

    def component(doc: Doc) -> Doc:
        report = _report(doc, defaults)
        zones = find_zones(report.text, report.title)
        return _keep(doc, "entities", resolve(Syntax.from_doc(doc), zones, report).entities)

    return component


@Language.factory("dateline_statements", default_config=_DEFAULTS, requires=_NEEDS)  # type: ignore[untyped-decorator]
def dateline_statements(
    nlp: Language, name: str, published: str | None, publisher: str | None, title: str | None
) -> Component:
    """Make the component that sets ``doc._.dateline_statements`` and ``doc._.dateline_entities``."""
    defaults = _config(published, publisher, title)

    def component(doc: Doc) -> Doc:
        report = _report(doc, defaults)
        syntax = Syntax.from_doc(doc)
        zones = find_zones(report.text, report.title)
        times = find_times(syntax, report.published)
        resolution = resolve(syntax, zones, report)
        _keep(doc, "entities", resolution.entities)
        return _keep(doc, "statements", find_statements(syntax, zones, resolution, times, report))

    return component


@Language.factory("dateline_events", default_config=_DEFAULTS, requires=_NEEDS)  # type: ignore[untyped-decorator]
def dateline_events(
    nlp: Language, name: str, published: str | None, publisher: str | None, title: str | None
) -> Component:
    """Make the component that runs all stages: it sets ``doc._.dateline_record`` and the four lists."""
    defaults = _config(published, publisher, title)

    def component(doc: Doc) -> Doc:
        record = record_of(_report(doc, defaults), Syntax.from_doc(doc))
        for kind in ("times", "entities", "statements", "events"):
            _keep(doc, kind, getattr(record, kind))
        return _keep(doc, "record", record)

    return component
