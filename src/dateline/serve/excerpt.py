"""The sentence around a span, for quoting: found in the text itself, since a record holds no parse."""

from __future__ import annotations

import re

from dateline.records import Span

# The end of a sentence: a full stop and closing quotes, then space and something that can begin one.
_TITLES = "Mr Mrs Ms Dr St Gen Gov Col Lt Sgt Sen Rep Rev Maj Capt Prof No Jan Feb Aug Sept Oct Nov Dec vs".split()  # noqa: SIM905
_END = re.compile(
    r"(?<![A-Z])"  # "U.S. President"
    + "".join(rf"(?<!\b{title})" for title in _TITLES)
    + r"[.!?…][”’\"')\]]*(?=\s+[“‘\"'(\[]*[A-Z0-9])|[\r\n]"
)
_REACH = 600


def sentence_around(text: str, span: Span, longest: int = 280) -> tuple[int, int]:
    """The offsets of the sentence that holds a span, white space trimmed.

    Args:
        text: the report's text.
        span: half-open code point offsets.
        longest: a longer sentence is cut to about so many characters around the span, at spaces.
    """
    begin, end = span
    start = max(0, begin - _REACH)
    first = start
    for before in _END.finditer(text, start, begin):
        first = before.end()
    if first == start and start:
        first = max(text.find(" ", start, begin), start)
    found = _END.search(text, max(begin, end - 1), min(len(text), end + _REACH))
    last = min(len(text), end + _REACH) if found is None else found.end()
    if last - first > longest:
        room = max(0, longest - (end - begin)) // 2
        if begin - first > room:
            near = max(first, begin - room - max(0, room - (last - end)))
            cut = text.find(" ", near, begin)
            first = cut if cut >= 0 else near
        if last - first > longest:
            near = max(end, first + longest)
            cut = text.rfind(" ", end, near)
            last = cut if cut >= 0 else near
    while first < begin and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last
