"""What an amount counts, and whether its number counts anything at all."""

from __future__ import annotations

from dateline.annotate.syntax import Syntax
from dateline.mentions.numerals import WORDS
from dateline.mentions.quantities.amount import Amount
from dateline.mentions.quantities.words import AmountWords

_FUNCTION_POS = {"ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX", "VERB", "PUNCT", "PART", "ADV", "INTJ", "SPACE"}


def is_label(syntax: Syntax, amount: Amount, words: AmountWords) -> bool:
    """Whether the number is part of a name (F-16, Flight 17, Article 5), a score or a list."""
    lower, first, last = syntax.lower, amount.first, amount.last
    if amount.vague or amount.fraction or amount.unit is not None:
        return False
    size = len(syntax)
    if first:
        before = lower[first - 1]
        if before == "." and first > 1 and lower[first - 2] == "no":
            return True  # No. 2
        glued = syntax.end[first - 1] == syntax.begin[first]
        if before in words.labels and (syntax.word[first - 1][0].isupper() or before.startswith("no")):
            return True
        if glued and (before in ("-", "–", "/", ":", ".", "#", "'") or before[-1].isalnum()):
            return True
    if last < size and syntax.end[last - 1] == syntax.begin[last]:
        after = lower[last]
        if after in ("/", ":", "°") or (after in ("-", "–") and last + 1 < size and lower[last + 1][0].isdecimal()):
            return True
        if (
            after == "-"
            and last + 2 < size
            and lower[last + 1] in ("year", "month", "week", "day")
            and lower[last + 2] in ("-", "old")
        ):
            return True
    return (
        amount.value is not None
        and last < size
        and lower[last] in ("years", "months")
        and last + 1 < size
        and lower[last + 1] == "old"
    )


def needs_unit(syntax: Syntax, amount: Amount) -> bool:
    """Whether it counts nothing by itself, as "one" and other small numbers without a noun."""
    if amount.vague or amount.value is None:
        return amount.vague
    word = syntax.lower[amount.first]
    return (word in WORDS and WORDS[word] <= 20 and amount.last - amount.first == 1) or amount.value < 1


def is_age(syntax: Syntax, amount: Amount) -> bool:
    """Whether a bare number stands beside a name: the age of "Adams, 59, of Leeds", the title "Round 2"."""
    lower, first, last = syntax.lower, amount.first, amount.last
    if not first or not syntax.pos or syntax.lower[first][0] not in "0123456789":
        return False
    if lower[first - 1] == "," and first > 1 and syntax.pos[first - 2] == "PROPN":
        closed = last >= len(syntax) or lower[last] in (",", ".", "-", "–", "—", "―", ")", "who", "and")
        return closed and amount.value is not None and amount.value <= 120
    return syntax.pos[first - 1] == "PROPN" and syntax.head[first] == first - 1


def counted(syntax: Syntax, amount: Amount, words: AmountWords, taken: set[int]) -> tuple[str | None, int]:
    """What is counted: the words up to the governing noun, with an "of" phrase that says of what."""
    last, size = amount.last, len(syntax)
    lower, pos, head = syntax.lower, syntax.pos, syntax.head
    if last + 1 < size and lower[last] in ("-", "–") and syntax.end[last - 1] == syntax.begin[last]:
        last += 1  # "a ten-point lead"
    if last >= size or last in taken:
        return None, amount.last
    if not pos or not pos[last]:
        return _counted_without_parse(syntax, last, words)
    noun = -1
    at = last
    while at < size and at < last + 7 and at not in taken:
        kind = pos[at]
        if kind in ("NOUN", "PROPN"):
            noun = at
        elif lower[at] in words.states and noun < 0 and kind in ("ADJ", "VERB", "NOUN"):
            noun = at
            at += 1
            break
        elif (kind in _FUNCTION_POS and not (lower[at] in ("-", "–", "&") and noun < at)) or lower[at] == "and":
            break
        at += 1
    if noun < 0 or lower[noun] == "more":  # "killing four soldiers and wounding a dozen more"
        return None, amount.last
    if last > amount.last:  # the unit of a compound is the word behind its hyphen
        return (lower[last], last + 1) if lower[last].isalpha() and lower[last] != "plus" else (None, amount.last)
    # Words after the governor belong to something else ("12 people Sunday").
    number_head = head[amount.last - 1]
    if last <= number_head < noun and pos[number_head] in ("NOUN", "PROPN"):
        noun = number_head
    end = noun + 1
    if end + 1 < size and lower[end] == "of" and end + 1 not in taken:
        inner = end + 1
        while inner < size and inner < end + 4 and pos[inner] in ("NOUN", "ADJ") and inner not in taken:
            inner += 1
        if inner > end + 1 and pos[inner - 1] == "NOUN":
            end = inner
    while last < noun and lower[last] in ("other", "more", "additional", "further", "extra", "new", "previous"):
        last += 1
    return syntax.text[syntax.begin[last] : syntax.end[end - 1]].strip(), end


def _counted_without_parse(syntax: Syntax, last: int, words: AmountWords) -> tuple[str | None, int]:
    at, size = last, len(syntax)
    while at < size and at < last + 3 and syntax.word[at].isalpha():
        at += 1
        if syntax.lower[at - 1].endswith("s") or syntax.lower[at - 1] in ("people", "men", "women", "children"):
            return syntax.text[syntax.begin[last] : syntax.end[at - 1]], at
    if last < size and syntax.lower[last] in words.states:
        return syntax.lower[last], last + 1
    return None, last


def is_money(word: str, amount: Amount, words: AmountWords) -> bool:
    """Whether a word after a number is a currency; pounds are a weight, unless there are millions."""
    return word in words.money_names and (word != "pounds" or (amount.low or 0) >= 1_000_000)
