"""Quotation: which quote mark opens, which closes, and what stands between them.

Marks of every style are paired in one pass over the text, a paragraph at a time, so that a mark
that is never closed cannot reach beyond its paragraph. The habit of printers that each paragraph
of a long speech opens with a mark of its own while only the last one closes is understood.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

# Doubled typewriter marks ('' and ``) stand for double quotation marks in wire copy.
_MARK = re.compile(r"''|``|[\"“”„‟«»〝〞＂『』「」‘’‚‛'`\n\r\u2028\u2029]")
_OPENING = frozenset("“„«〝『「")
_CLOSING = frozenset("”»〞』」")
_BREAK = frozenset("\n\r\u2028\u2029")
_BEFORE_OPENING = frozenset("([{—–-―/:…;,.>*_|")
_FAMILY = {
    '"': "straight",
    "＂": "straight",
    "''": "doubled",
    "``": "doubled",
    **dict.fromkeys("“”„‟〝〞", "curly"),
    **dict.fromkeys("«»", "angle"),
    **dict.fromkeys("『』「」", "corner"),
    **dict.fromkeys("‘’‚‛'`", "single"),
}


@dataclass(slots=True)
class Quote:
    """Text in quote marks: half-open code point offsets, marks included.

    Attributes:
        begin, end: from the opening mark to behind the closing one.
        depth: 0 for a quote outside all others, 1 for one inside another, …
        single: whether the marks are single ones.
        closed: False where the closing mark is missing and the quote ends with its paragraph.
        reopened: the next paragraph goes on with it, opening with a mark of its own.
    """

    begin: int
    end: int
    depth: int
    single: bool
    closed: bool = True
    reopened: bool = False


def _opens(text: str, at: int, stop: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[stop] if stop < len(text) else " "
    return (before.isspace() or before in _BEFORE_OPENING or before in _OPENING or before in "'\"‘") and not (
        after.isspace() or after in ",;)]}"
    )


def _closes(text: str, at: int, stop: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[stop] if stop < len(text) else " "
    return not before.isspace() and not after.isalnum()


def _single(text: str, at: int, stop: int, mark: str) -> int:
    """1 where a single mark opens, -1 where it closes, 0 for an apostrophe or foot mark."""
    before = text[at - 1] if at else " "
    after = text[stop] if stop < len(text) else " "
    if before.isalnum() and after.isalnum():
        return 0
    if after.isdigit() and mark != "‘":  # the '90s
        return 0
    if mark in "‘‚‛" or (mark in "'`" and not before.isalnum() and not after.isspace() and after.isalnum()):
        return 1 if not before.isalnum() and not after.isspace() else 0
    if not before.isspace() and not after.isalnum():
        return -1
    return 0


def find_quotes(text: str) -> list[Quote]:
    """Pair the quote marks of a text.

    Args:
        text: any text.

    Returns:
        The quotes sorted by `begin`, outer before inner. Marks without a partner are left out,
        unless their paragraph opens with them, they follow a comma or colon, or the next
        paragraph opens with a mark again: such a quote ends with its paragraph, not `closed`.
    """
    quotes: list[Quote] = []
    stack: list[tuple[int, str]] = []  # (begin, family), at most one a family
    pending: list[Quote] = []  # unclosed at the end of the last paragraph
    at_start = 0  # where the paragraph's first word stands
    for match in _MARK.finditer(text):
        at, stop = match.span()
        mark = match.group()
        if mark in _BREAK:
            if stack:
                _give_up(text, stack, at, at_start, quotes, pending)
            at_start = stop
            continue
        family = _FAMILY[mark]
        depth = next((k for k, (_, f) in enumerate(stack) if f == family), -1)
        if family == "single":
            turn = _single(text, at, stop, mark)
            if turn == 1 and depth < 0:
                stack.append((at, family))
            elif turn == -1 and depth >= 0:
                if depth == len(stack) - 1:
                    _close(stack, depth, stop, quotes)
            continue
        opens, closes = _opens(text, at, stop), _closes(text, at, stop)
        if mark in _OPENING or mark == "``":
            opens, closes = opens or not closes or depth < 0, False
        elif mark in _CLOSING:
            opens, closes = opens and not closes, closes or not opens
        if depth < 0 and closes and not opens:
            # "…," closed with a mark of another style than it was opened with
            depth = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][1] not in ("single",)), -1)
            if depth < 0:
                continue
        if depth >= 0 and (closes or not opens or (family == "straight" and not _fresh(text, at))):
            _close(stack, depth, stop, quotes)
        elif opens or depth < 0:
            if family == "straight" and at and text[at - 1].isdigit():
                continue  # inches, or a closing mark whose partner is missing
            if depth >= 0:
                del stack[depth:]
            if pending and not text[at_start:at].strip():
                for quote in pending:
                    if not quotes or quotes[-1] is not quote:
                        quotes.append(quote)
                    quote.reopened = True
            pending = []
            stack.append((at, family))
    if stack:
        _give_up(text, stack, len(text), at_start, quotes, pending)
    quotes.sort(key=lambda q: (q.begin, -q.end))
    return quotes


def _fresh(text: str, at: int) -> bool:
    # A straight mark between a space and a letter opens, whatever stands open.
    return at > 0 and text[at - 1].isspace()


def _close(stack: list[tuple[int, str]], depth: int, stop: int, quotes: list[Quote]) -> None:
    begin, family = stack[depth]
    outer = sum(1 for _, f in stack[:depth] if f != "single" or family == "single")
    del stack[depth:]
    quotes.append(Quote(begin, stop, outer, family == "single"))


def _give_up(
    text: str, stack: list[tuple[int, str]], stop: int, at_start: int, quotes: list[Quote], pending: list[Quote]
) -> None:
    # The paragraph ends: an open quote counts only where a speech plausibly began.
    pending.clear()
    for depth, (begin, family) in enumerate(stack[:1]):
        before = text[max(at_start, begin - 4) : begin].rstrip()
        if family == "single":
            continue
        end = begin + len(text[begin:stop].rstrip())
        if end > begin + 1:
            quote = Quote(begin, end, depth, False, closed=False)
            if not text[begin + 1].isspace():
                pending.append(quote)
            if not text[at_start:begin].strip() or before[-1:] in (",", ":"):
                quotes.append(quote)
    stack.clear()


class Quotation:
    """The quotes of a parsed text as token ranges, and a quick answer to "is this quoted?".

    Attributes:
        ranges: half-open token ranges of the outermost double (or single, where no double mark
            encloses them) quotes, marks included, sorted and disjoint.
        quotes: the `Quote` behind each of them.
    """

    def __init__(self, text: str, begin: list[int], end: list[int]) -> None:
        """Find the quotes of `text`, whose tokens have these half-open offsets."""
        self.ranges: list[tuple[int, int]] = []
        self.quotes: list[Quote] = []
        reach = 0
        for quote in find_quotes(text):
            if quote.begin < reach:
                continue
            first = bisect_right(end, quote.begin)
            last = bisect_right(begin, quote.end - 1)
            if first < last and (not self.ranges or first >= self.ranges[-1][1]):
                self.ranges.append((first, last))
                self.quotes.append(quote)
                reach = quote.end
        self._starts = [first for first, _ in self.ranges]

    def index(self, token: int) -> int:
        """Which of `ranges` holds the token, or -1."""
        k = bisect_right(self._starts, token) - 1
        return k if k >= 0 and token < self.ranges[k][1] else -1

    def before(self, token: int) -> int:
        """The last of `ranges` that begins at or before the token, or -1."""
        return bisect_right(self._starts, token) - 1

    def after(self, token: int) -> int:
        """The first of `ranges` that begins at or after the token (may be `len(ranges)`)."""
        k = bisect_right(self._starts, token)
        return k - 1 if k and self._starts[k - 1] == token else k
