"""Cues that are no verbs: "according to", "in the words of", and names before a colon."""

from __future__ import annotations

from bisect import bisect_left

from dateline.annotate import Syntax, Zone
from dateline.attribute.clause import OPENING_MARKS, trim
from dateline.attribute.draft import Draft, Range, join
from dateline.attribute.lexicon import Lexicon, Sense
from dateline.attribute.quotation import Quotation
from dateline.attribute.source import source_of

ACCORDING = Sense("according", ("to",), "say", frozenset({"quote", "before"}))
COLON = Sense(":", (), "say", frozenset({"quote", "before"}))
_LABEL_TOKENS = 9  # the longest name before a colon
_SET_OFF = frozenset({",", "—", "–", "-", "--", "”", '"', "''", "(", ")", ";", "’"})


def find_phrases(syntax: Syntax, lexicon: Lexicon, quotation: Quotation) -> list[Draft]:
    """Find "according to X", "in the words of X" and their contents: the clause they stand with."""
    drafts = []
    for i, word in enumerate(syntax.lower):
        phrases = lexicon.phrases.get(word)
        if phrases is None:
            continue
        for phrase in phrases:
            if tuple(syntax.lower[i : i + len(phrase)]) == phrase:
                draft = _phrase(syntax, quotation, i, len(phrase))
                if draft is not None:
                    drafts.append(draft)
                break
    return drafts


def _phrase(syntax: Syntax, quotation: Quotation, at: int, size: int) -> Draft | None:
    low, high = syntax.sentences[syntax.sentence[at]]
    last = at + size - 1
    speaker = syntax.child(last, "pobj")
    if speaker is None:
        speaker = next((c for c in syntax.children[at] if c > last and syntax.dep[c] == "pobj"), None)
    if speaker is None and last + 1 < high and syntax.pos[last + 1] in ("NOUN", "PROPN", "DET", "PRON", "ADJ"):
        speaker = last + 1
        while speaker + 1 < high and syntax.dep[speaker] in ("det", "compound", "amod", "poss", "nmod"):
            speaker += 1
    if speaker is None or (size == 1 and syntax.pos[speaker] not in ("PROPN",)):
        return None
    cue = (at, last + 1)
    source = source_of(syntax, speaker, [cue], [])
    if at <= low + 1 and source[1] + 2 >= high:
        # the parse took the whole sentence for a name: the source ends at the comma
        comma = next((i for i in range(speaker, source[1]) if syntax.word[i] == ","), None)
        if comma is not None:
            source = (source[0], comma)
    quote = quotation.index(at)
    if quote < 0:
        # a quote of several sentences before it belongs to it from its start
        before = quotation.index(low)
        if before >= 0 and quotation.ranges[before][1] <= at:
            low = quotation.ranges[before][0]
    if quote >= 0:
        low, high = max(low, quotation.ranges[quote][0]), min(high, quotation.ranges[quote][1])
    content = _around(syntax, low, high, at, source)
    return Draft(at, ACCORDING, "before" if content else "", [cue], [source], content, speaker)


def _around(syntax: Syntax, low: int, high: int, at: int, source: Range) -> list[Range]:
    """The clause that the phrase from `at` to the end of its source stands in, without the phrase."""
    first, last = at, source[1]
    # It belongs to the relative or adverbial clause that holds it, else to the whole sentence.
    node = syntax.head[at]
    begin, end = low, high
    for _ in range(12):
        if not low <= node < high:
            break
        label = syntax.dep[node]
        if label in ("relcl", "acl") and node < at and syntax.left(node) > low:
            begin, end = max(low, syntax.left(node)), min(high, syntax.right(node))
            break
        if syntax.head[node] == node:
            break
        node = syntax.head[node]
    while begin < first and syntax.dep[begin] in ("cc", "punct"):
        if syntax.word[begin] in ("“", '"', "‘", "''", "("):
            break
        begin += 1
    before = trim(syntax, begin, min(first, end))
    after = trim(syntax, max(last, begin), end)
    if before[0] < before[1] and last < len(syntax) and syntax.word[last] not in _SET_OFF:
        # nothing divides the phrase from what follows: the words before are the content
        after = (after[0], after[0])
    return join([before, after])


def find_labels(syntax: Syntax, zones: list[Zone], quotation: Quotation) -> list[Draft]:
    """Find names before a colon at the head of a line: "Kremlin: …", "Q: …" in an interview."""
    drafts = []
    for zone in zones:
        if zone.kind not in ("headline", "body"):
            continue
        first, stop = syntax.chars_to_tokens(zone.begin, zone.end)
        if first >= stop:
            continue
        quoted = syntax.word[first] in ("“", '"', "''", "``", "«")
        if quoted:
            first += 1
        colon = next(
            (i for i in range(first + 1, min(first + _LABEL_TOKENS, stop - 1)) if syntax.word[i] == ":"),
            None,
        )
        if colon is None:
            continue
        begin, end = trim(syntax, first, colon)
        if begin >= end or (quotation.index(begin) >= 0 and not quoted) or not _is_name(syntax, begin, end):
            continue
        rest = trim(syntax, colon + 1, stop)
        spoken = quoted or syntax.word[rest[0]] in OPENING_MARKS if rest[0] < rest[1] else False
        if zone.kind == "body" and not spoken and not _is_person(syntax, begin, end):
            continue
        if rest[1] - rest[0] < 2:
            continue
        head = next((i for i in range(begin, end) if not begin <= syntax.head[i] < end), end - 1)
        drafts.append(Draft(colon, COLON, "before", [(colon, colon + 1)], [(begin, end)], [rest], head))
    return drafts


def _is_name(syntax: Syntax, begin: int, end: int) -> bool:
    named = any(b < end and e > begin and label in _NAMES for b, e, label in _names(syntax, begin))
    spoken = syntax.lower[end - 1] in _HEADLINE_SOURCES or all(syntax.word[i].isupper() for i in range(begin, end))
    return (named or spoken) and all(syntax.tag[i][:1] not in ("V", "M", "I") for i in range(begin, end))


def _is_person(syntax: Syntax, begin: int, end: int) -> bool:
    if any(b < end and e > begin and label == "PERSON" for b, e, label in _names(syntax, begin)):
        return True
    return syntax.word[begin].isupper() and len(syntax.word[begin]) > 1


def _names(syntax: Syntax, token: int) -> list[tuple[int, int, str]]:
    k = bisect_left(syntax.names, (token, 0, ""))
    return syntax.names[max(0, k - 1) : k + 4]


_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_HEADLINE_SOURCES = frozenset(
    {"poll", "polls", "report", "reports", "study", "survey", "source", "sources", "official", "officials", "police"}
    | {"analyst", "analysts", "expert", "experts", "aide", "aides", "ministry", "minister", "spokesman", "president"}
    | {"spokeswoman", "critics", "court", "judge", "army", "military", "lawyer", "lawyers"}
)
