"""The page around the marked text and the cards."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import blake2b, sha256
from importlib.resources import files

from dateline.annotate import title_of
from dateline.records import Record, Report
from dateline.serve.page.cards import Cards
from dateline.serve.page.html import escaped, line, web_address
from dateline.serve.page.marks import Marks
from dateline.serve.page.text import marked_text
from dateline.serve.wording import BASES, Wording, day

_SWITCHES = (
    ("events", "Events", "e"),
    ("statements", "Statements", "s"),
    ("times", "Times", "t"),
    ("quantities", "Quantities", "q"),
    ("entities", "Names", "n"),
)


def page(record: Record) -> str:
    """A record as one self-contained HTML page.

    Nothing in the record can change the page: every string is escaped, and a content security
    policy allows only the page's own style and script.
    """
    style, script = _style() + _rules(record), _file("script.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    title = title_of(record.report) or record.report.id
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><meta name="generator" content="dateline">'
        f"<title>{line(title)}</title><style>{style}</style></head>\n"
        f'<body class="dateline whole"><a class="skip" href="#records">Skip to the records</a>\n'
        f"{_body(record, '')}\n<script>{script}</script></body></html>\n"
    )


def fragment(record: Record) -> str:
    """A record as a piece of HTML for a notebook: the page's content with its own style, no script."""
    prefix = "d" + blake2b(record.to_json(), digest_size=5).hexdigest() + "-"
    style = _style() + _rules(record, f"#{prefix}root ", prefix)
    return f'<div class="dateline piece" id="{prefix}root"><style>{style}</style>\n{_body(record, prefix)}\n</div>'


def _body(record: Record, prefix: str) -> str:
    words, marks = Wording(record), Marks(record)
    sections = list(Cards(words, marks, prefix).sections())
    there = {name for name, _, _ in sections}
    switches = "".join(
        f'<label><input type="checkbox" class="show-{name}" checked> '
        f'<span class="swatch {letter}"></span>{title}</label>'
        for name, title, letter in _SWITCHES
        if name in there
    )
    records = "".join(
        f'<section class="{name}"><h2 id="{prefix}{name}">{title} <small>{_count(record, name)}</small></h2>'
        f"{cards}</section>"
        for name, title, cards in sections
    )
    if not sections:
        records = "<p>Nothing found: no event, no statement, no time, no name.</p>"
    text = marked_text(record, marks, prefix) if record.report.text.strip() else "<p>The text is empty.</p>"
    nav = f'<fieldset class="layers"><legend>Show in the text</legend>{switches}</fieldset>' if switches else ""
    language = f' lang="{escaped(record.report.language)}"' if record.report.language else ""
    return (
        f"<header>{_head(record.report)}{nav}</header>\n"
        f'<main><article class="text" aria-label="Text of the report" tabindex="0"{language}>{text}</article>\n'
        f'<div class="records" id="{prefix}records" role="region" aria-label="Records" tabindex="0">{records}</div>'
        "</main>"
    )


def _head(report: Report) -> str:
    facts = [line(report.publisher) if report.publisher else "publisher unknown"]
    if report.byline:
        facts.append(line(report.byline))
    if report.published:
        basis = BASES.get(report.published_basis, report.published_basis)
        date = f'<time datetime="{escaped(report.published)}">{line(day(report.published))}</time>'
        facts.append(f"{date} <small>({basis})</small>")
    else:
        facts.append("undated" if report.published_window else "date unknown")
    window = report.published_window
    if window:
        extent = [f"not before {line(day(window.not_before))}"] if window.not_before else []
        extent += [f"not after {line(day(window.not_after))}"] if window.not_after else []
        facts += extent
    out = f"<h1>{line(title_of(report) or report.id)}</h1><p>{' · '.join(facts)}</p>"
    if window and window.why:
        out += '<ul class="why">' + "".join(f"<li>{line(why)}</li>" for why in window.why) + "</ul>"
    address = web_address(report.url)
    if address:
        out += f'<p><a href="{escaped(address)}" rel="noreferrer">{line(address)}</a></p>'
    elif report.url:
        out += f"<p>{line(report.url)}</p>"
    return out


def _count(record: Record, name: str) -> int:
    return len(getattr(record, name))


def _rules(record: Record, scope: str = "", prefix: str = "") -> str:
    """One rule a record: when its card or a place of it in the text is the target, all of it lights up."""
    kinds = (
        ("e", record.events),
        ("s", record.statements),
        ("t", record.times),
        ("q", record.quantities),
        ("n", record.entities),
        ("f", record.flags),
        ("w", record.framings),
    )
    keys = [f"{letter}{k}" for letter, items in kinds for k in range(1, len(items) + 1)]
    root = f"#{prefix}root" if prefix else "body"
    lines = [f'{root}:has([data-k="{key}"]:target) .text [data-r~="{key}"]' for key in keys]
    return ",\n".join(lines) + "{background:var(--lit);color:var(--ink)!important}\n" if lines else ""


def _style() -> str:
    return _file("tokens.css") + _file("record.css") + _file("frame.css")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@cache
def _file(name: str) -> str:
    return files("dateline.serve.page").joinpath(name).read_text("utf-8")
