"""Attribute: who says what, through whom."""

from __future__ import annotations

from itertools import accumulate

from dateline.annotate import Syntax, Zone
from dateline.attribute.according import find_labels, find_phrases
from dateline.attribute.boundaries import (
    drop_asides,
    keep_inside_quotes,
    merge_seeming,
    reach_quotes,
    separate,
    settle_objects,
    yield_to_according,
    yield_to_comments,
)
from dateline.attribute.chain import build_chains as chains
from dateline.attribute.circumstance import TimesAtVerbs, addressee_of, place_of
from dateline.attribute.cue import find_verb_cues
from dateline.attribute.draft import Draft, Range
from dateline.attribute.enclosing import follow
from dateline.attribute.lexicon import Lexicon, lexicon, load_lexicon
from dateline.attribute.nesting import find_parents, grow_parents
from dateline.attribute.nominal import absorb_holders, find_nominal_cues
from dateline.attribute.quotation import Quotation
from dateline.attribute.relay import clip_datelines, link_relays
from dateline.attribute.speech import attach_quotes
from dateline.attribute.wording import find_wordings
from dateline.records import QuoteKind, Report, Span, Statement, Time
from dateline.resolve import Resolution

__all__ = ["Lexicon", "find_statements", "load_lexicon"]


def find_statements(
    syntax: Syntax,
    zones: list[Zone],
    resolution: Resolution,
    times: list[Time],
    report: Report,
    cues: Lexicon | None = None,
) -> list[Statement]:
    """Find the statements of a report, nested ones with their parents.

    Args:
        syntax: the parse.
        zones: headline, byline, … of the text.
        resolution: who each phrase means.
        times: the time expressions.
        report: what is read.
        cues: a lexicon from `load_lexicon` with a user's own cues; None for the one that comes along.

    Returns:
        Statements s1, s2, … in the order of their contents, outer ones first where two begin
        together. Spans are half-open code point offsets in the text.
    """
    words = cues if cues is not None else lexicon()
    quotation = Quotation(syntax.text, syntax.begin, syntax.end)
    drafts = find_verb_cues(syntax, words)
    drafts += find_phrases(syntax, words, quotation)
    drafts += find_labels(syntax, zones, quotation)
    nominal = find_nominal_cues(syntax, words)
    drafts = absorb_holders(drafts, nominal) + nominal
    drafts = [d for d in drafts if _in_prose(syntax, d)]
    drafts.sort(key=lambda d: d.head)
    drafts = merge_seeming(syntax, drafts)
    keep_inside_quotes(syntax, quotation, drafts)
    separate(syntax, quotation, drafts)
    settle_objects(syntax, quotation, drafts)
    drop_asides(syntax, quotation, drafts)
    drafts += attach_quotes(syntax, quotation, drafts)
    drafts += find_wordings(syntax, words, quotation, drafts)
    drafts.sort(key=lambda d: d.head)
    reach_quotes(syntax, quotation, drafts)
    for draft in drafts:
        if not draft.content:
            follow(syntax, draft)
    yield_to_comments(syntax, drafts)
    keep_inside_quotes(syntax, quotation, drafts)
    drafts = [d for d in drafts if d.content and _somebody(d)]
    yield_to_according(syntax, drafts)
    datelines = [syntax.chars_to_tokens(z.begin, z.end)[1] for z in zones if z.kind == "dateline"]
    clip_datelines(syntax, drafts, datelines)
    when = TimesAtVerbs(syntax, times)
    for draft in drafts:
        when.strip(syntax, draft)
    drafts.sort(key=lambda d: d.head)
    drafts = link_relays(syntax, resolution, words, drafts)
    drafts.sort(key=lambda d: (d.content[0][0], -d.content[-1][1], d.head))
    parents = find_parents(drafts)
    grow_parents(drafts, parents)
    links = chains(syntax, resolution, words, drafts, parents)
    quoted = _Quoted(syntax, quotation)
    ids = [f"s{k + 1}" for k in range(len(drafts))]
    statements = []
    for k, draft in enumerate(drafts):
        parent = parents[k]
        statements.append(
            Statement(
                id=ids[k],
                quote=quoted.kind(draft.content),
                source=_spans(syntax, draft.source),
                cue=_spans(syntax, draft.cue),
                content=_spans(syntax, draft.content),
                chain=links[k],
                parent=None if parent is None else ids[parent],
                addressee=addressee_of(resolution, draft),
                time=when.of(draft),
                place=place_of(syntax, resolution, draft),
                inherited=draft.inherited,
            )
        )
    return statements


MOST_TOKENS = 500
"""Sentences longer than this are lists, code or broken text; who says what is not read in them."""


def _in_prose(syntax: Syntax, draft: Draft) -> bool:
    begin, end = syntax.sentences[syntax.sentence[draft.head]]
    return end - begin <= MOST_TOKENS


def _somebody(draft: Draft) -> bool:
    """Whether a source is named, or may go unnamed: in passives, with "seems", in quotes."""
    return bool(draft.source) or draft.takes in _UNNAMED or draft.takes[:7] == "passive" or draft.sense.kind == "seem"


_UNNAMED = frozenset({"quote", "before"})


def _spans(syntax: Syntax, ranges: list[Range]) -> list[Span]:
    return [
        syntax.span(begin, end) for begin, end in ranges if begin < end and syntax.begin[begin] < syntax.end[end - 1]
    ]


class _Quoted:
    """How many words, and how many quoted ones, stand before each token."""

    def __init__(self, syntax: Syntax, quotation: Quotation) -> None:
        self._any = bool(quotation.ranges)
        if not self._any:
            return
        inside = bytearray(len(syntax))
        for first, last in quotation.ranges:
            inside[first:last] = b"\1" * (last - first)
        word = [pos not in ("PUNCT", "SPACE") for pos in syntax.pos]
        self._words = [0, *accumulate(word)]
        self._quoted = [0, *accumulate(w and q for w, q in zip(word, inside, strict=True))]

    def kind(self, content: list[Range]) -> QuoteKind:
        """Direct where all words are quoted, mixed where some are, else indirect."""
        if not self._any:
            return "indirect"
        words = sum(self._words[end] - self._words[begin] for begin, end in content)
        quoted = sum(self._quoted[end] - self._quoted[begin] for begin, end in content)
        if not quoted:
            return "indirect"
        return "direct" if quoted == words else "mixed"
