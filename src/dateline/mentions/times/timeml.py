"""TimeML in and out: TIMEX3 tags in running text with the document's creation time.

Written is TimeML 1.2.1 as TempEval-3 used it; read are that, TimeBank's files with their tags of
events and signals, and any XML with TIMEX3 elements in its text.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from dateline.errors import InputError
from dateline.mentions.times.calendar import day_text, period_from_value
from dateline.records import Report, Time, TimexMod, TimexType

# Characters that XML 1.0 cannot hold; each becomes one U+FFFD, so that offsets stay.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES: tuple[TimexType, ...] = ("DATE", "TIME", "DURATION", "SET")
_MODS: tuple[TimexMod, ...] = ("BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN",
                               "EQUAL_OR_LESS", "EQUAL_OR_MORE", "START", "MID", "END", "APPROX")  # fmt: skip
_CREATED = "t0"


def to_timeml(text: str, times: list[Time], published: str | None = None, doc_id: str | None = None) -> str:
    """Write a text with its time expressions as TimeML.

    Args:
        text: the text that the spans of `times` count in.
        times: in the order of the text, not overlapping.
        published: ISO date or date-time; it becomes the creation time ``t0``.
        doc_id: the document's name.
    """
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>\n']
    if doc_id is not None:
        out.append(f"<DOCID>{_quote(doc_id)}</DOCID>\n")
    if published is not None:
        kind = "TIME" if "T" in published else "DATE"
        out.append(
            f'<DCT><TIMEX3 tid="{_CREATED}" type="{kind}" value={quoteattr(published)} temporalFunction="false" '
            f'functionInDocument="CREATION_TIME">{_quote(published)}</TIMEX3></DCT>\n'
        )
    out.append("<TEXT>")
    at = 0
    for time in times:
        begin, end = time.span
        out.append(_quote(text[at:begin]))
        out.append(f"<TIMEX3{_attributes(time, published)}>{_quote(text[begin:end])}</TIMEX3>")
        at = end
    out.append(_quote(text[at:]))
    out.append("</TEXT>\n</TimeML>\n")
    return "".join(out)


def _attributes(time: Time, published: str | None) -> str:
    pairs = [("tid", time.id), ("type", time.type), ("value", time.value)]
    if time.mod is not None:
        pairs.append(("mod", time.mod))
    relative = time.anchor is not None
    pairs.append(("temporalFunction", "true" if relative else "false"))
    if time.anchor == "published":
        if published is not None:
            pairs.append(("anchorTimeID", _CREATED))
    elif time.anchor is not None:
        pairs.append(("anchorTimeID", time.anchor))
    return "".join(f" {name}={quoteattr(value)}" for name, value in pairs)


def _quote(text: str) -> str:
    return escape(_NO_XML.sub("�", text), {"\r": "&#13;"})


def read_timeml(source: str | bytes) -> tuple[Report, list[Time]]:
    """Read a TimeML document.

    Args:
        source: the XML, as text or as bytes in the encoding that it declares.

    Returns:
        The report (its text is that of the element TEXT, or of the whole document where there is
        none; `published` is the creation time) and its time expressions, `begin` and `end` filled in
        from their values.

    Raises:
        InputError: it is no well-formed XML, declares entities, or has a TIMEX3 without a value.
    """
    start = source if isinstance(source, str) else source.decode("latin-1")
    if "<!ENTITY" in start:
        raise InputError("TimeML: the document declares entities, which are not read; remove its <!ENTITY …> lines")
    try:
        root = ElementTree.fromstring(source)
    except ElementTree.ParseError as error:
        raise InputError(f"TimeML: not well-formed XML: {error}; check the file at that line") from error
    except ValueError as error:
        raise InputError(f"TimeML: {error}; hand the document over as bytes") from error
    body = root.find("TEXT")
    body = root if body is None else body
    published, created = None, set()
    for element in root.iter("TIMEX3"):
        if element.get("functionInDocument") in ("CREATION_TIME", "PUBLICATION_TIME"):
            created.add(element.get("tid"))
            published = published or element.get("value")
    pieces: list[str] = []
    times: list[Time] = []
    _walk(body, pieces, times, created, 0)
    name = (root.findtext("DOCID") or root.findtext("DOCNO") or "timeml").strip()
    title = root.findtext("TITLE")
    report = Report(
        id=name,
        text="".join(pieces),
        title=title.strip() if title else None,
        published=published,
        published_basis="given" if published else "unknown",
    )
    known = {time.id for time in times}
    for time in times:
        if time.anchor not in known and time.anchor != "published":
            time.anchor = None
    return report, times


def _walk(element: ElementTree.Element, pieces: list[str], times: list[Time], created: set[str | None], at: int) -> int:
    """Collect the text under an element and its TIMEX3 tags; answers with the offset after it."""
    begin = at
    if element.text:
        pieces.append(element.text)
        at += len(element.text)
    for child in element:
        at = _walk(child, pieces, times, created, at)
        if child.tail:
            pieces.append(child.tail)
            at += len(child.tail)
    if element.tag == "TIMEX3" and element.get("tid") not in created and at > begin:
        times.append(_time(element, (begin, at), created, len(times) + 1, {time.id for time in times}))
    return at


def _time(
    element: ElementTree.Element, span: tuple[int, int], created: set[str | None], number: int, taken: set[str]
) -> Time:
    value = element.get("value")
    if value is None:
        raise InputError(f"TimeML: the TIMEX3 {element.get('tid') or number} at character {span[0]} has no value")
    period = period_from_value(value)
    begin, end = (period.begin(), period.end()) if period is not None else (None, None)
    anchor = element.get("anchorTimeID")
    name = element.get("tid") or f"t{number}"
    return Time(
        id=f"{name}-{number}" if name in taken else name,
        span=span,
        type=next((kind for kind in _TYPES if kind == element.get("type")), "DATE"),
        value=value,
        begin=day_text(begin) if begin is not None and end is not None else None,
        end=day_text(end) if begin is not None and end is not None else None,
        mod=next((mod for mod in _MODS if mod == element.get("mod")), None),
        anchor="published" if anchor in created else anchor,
    )
