"""Names: the ones that an index knows, the ones that the parser's model marks, and runs of
proper nouns that neither knows.

An index maps a name's words to whatever its owner keeps there; a text is matched with one
dictionary access a token, and a second one only where a name can begin. Words are compared
without case, accents, full stops and hyphens, so that one entry meets "Kim Jong Un" and
"Kim Jong-un", "U.S." and "US", "Erdoğan" and "Erdogan".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from dateline.annotate.syntax import Syntax

T = TypeVar("T")


def word_set(words: str) -> frozenset[str]:
    """A set of the words in a text, for lists that are easier to read without quotes."""
    return frozenset(words.split())


_SPLIT = re.compile(r"[\s\-‐‑–/]+")
_SKIPPED = word_set("- ‐ ‑ – / ' ’")
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
# Labels of what is no name of somebody or some place: their words start no unknown name.
_OTHER = frozenset({"EVENT", "DATE", "TIME", "LAW", "LANGUAGE", "MONEY", "PERCENT", "ORDINAL", "CARDINAL", "QUANTITY"})
_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT"})
_SIZES = tuple((n,) for n in range(12))
_DROPPED = "-"
_PROPER = frozenset({"NNP", "NNPS"})
# Words with a capital letter that begin no name.
_CALENDAR = word_set(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "january february march april may june july august september october november december jan feb mar apr "
    "jun jul aug sept sep oct nov dec gmt et est edt pm am i"
)
_PARTICLES = word_set(
    "al el bin ibn bint abu de da do dos das del della di du la le van von der den ter ten y ben ul ur"
)
# How people are addressed; British papers write it without a full stop.
_ADDRESSES = frozenset({"mr", "mrs", "ms", "dr", "mr.", "mrs.", "ms.", "dr.", "messrs"})
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A lower-cased word without accents, full stops and typographic apostrophes."""
    if word.isascii():
        return word.replace(".", "") if len(word) > 1 else word
    word = word.replace("’", "'").translate(_UNDECOMPOSED)
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return plain.replace(".", "") if len(plain) > 1 else plain


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name as the index compares them: ``("workers", "party", "of", "korea")``."""
    if name.isascii() and name.replace(" ", "").isalnum():
        return tuple(name.lower().split())
    words: list[str] = []
    for piece in _SPLIT.split(name.lower()):
        word = fold(piece.strip('"“”()[],'))
        if word.endswith("'s"):
            words += [word[:-2], "'s"]
        elif word.strip("'"):
            words.append(word.rstrip("'"))
    return tuple(w for w in words if w)


class NameIndex(Generic[T]):
    """Names by their words.

    `entries` maps the words joined by blanks to (values, names as written or "" where case does
    not matter, whether only the exact case counts); `lengths` maps a first word to the numbers of
    words of the names that begin with it, the longest first.
    """

    def __init__(self) -> None:
        self.entries: dict[str, tuple[list[T], str, bool]] = {}
        self.lengths: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self.entries)

    def add(self, name: str, value: T, *, exact: bool = False, plain: bool = False) -> None:
        """Add a value under a name.

        Args:
            name: as it is written.
            value: what to find under it; several values of one name keep the order they came in.
            exact: only this very spelling counts (acronyms that are also words: "US", "WHO").
            plain: an ordinary word, found in any case ("foreign minister").
        """
        words = name_words(name)
        if not words:
            return
        key = " ".join(words)
        known = self.entries.get(key)
        if known is None:
            self.entries[key] = ([value], "" if plain else name, exact)
            lengths = self.lengths.get(words[0], ())
            if len(words) not in lengths:
                self.lengths[words[0]] = tuple(sorted({*lengths, len(words)}, reverse=True))
            return
        if value not in known[0]:
            known[0].append(value)
        if known[2] and not exact:
            self.entries[key] = (known[0], "" if plain else name, False)

    def add_tokens(self, tokens: str, name: str, values: list[T], exact: bool) -> None:
        """Add a name whose lower-cased tokens, joined by blanks, are known: much faster for plain words.

        Args:
            tokens: lower-cased tokens joined by blanks.
            name: as it is written.
            values: what to find under it.
            exact: only this very spelling counts.
        """
        if not tokens.replace(" ", "").isalnum() or not tokens.isascii() or tokens in self.entries:
            for value in values:
                self.add(name, value, exact=exact)
            return
        self.entries[tokens] = (values, name, exact)
        first, _, rest = tokens.partition(" ")
        size = rest.count(" ") + 2 if rest else 1
        lengths = self.lengths.get(first)
        if lengths is None:
            self.lengths[first] = _SIZES[size] if size < len(_SIZES) else (size,)
        elif size not in lengths:
            self.lengths[first] = tuple(sorted({*lengths, size}, reverse=True))

    def get(self, name: str) -> list[T]:
        """The values under a name, in any case."""
        entry = self.entries.get(" ".join(name_words(name)))
        return list(entry[0]) if entry else []

    def matches(self, words: Words) -> Iterator[tuple[int, int, list[T]]]:
        """The names in a text: (first token, token after the last, values), longest first at each place.

        Names do not overlap: after one, the search goes on behind it.
        """
        entries, lengths = self.entries, self.lengths
        folded, at, written = words.folded, words.at, words.written
        k, n = 0, len(folded)
        while k < n:
            known = lengths.get(folded[k])
            if known is None:
                k += 1
                continue
            step = 1
            for size in known:
                if k + size > n:
                    continue
                entry = entries.get(folded[k] if size == 1 else " ".join(folded[k : k + size]))
                if entry is None:
                    continue
                if entry[1] and not _fits(written, k, k + size, entry[1], entry[2]):
                    continue
                if size > 1 and folded[k] == "the" and self._longer(words, k + 1, size):
                    break  # "the World Food Programme" is not of "the World"
                yield at[k], at[k + size - 1] + 1, entry[0]
                step = size
                break
            k += step

    def _longer(self, words: Words, k: int, size: int) -> bool:
        """Whether a name of at least so many words begins at a word."""
        for longer in self.lengths.get(words.folded[k], ()):
            if longer < size or k + longer > len(words.folded):
                continue
            entry = self.entries.get(" ".join(words.folded[k : k + longer]))
            if entry is not None and (not entry[1] or _fits(words.written, k, k + longer, entry[1], entry[2])):
                return True
        return False


def _fits(written: list[str], begin: int, end: int, name: str, exact: bool) -> bool:
    """Whether the text writes a name with capital letters where the name has them."""
    first = written[begin]
    if exact:
        if end - begin == 1:
            return first == name or first.replace(".", "") == name.replace(".", "")
        return "".join(written[begin:end]) == name.replace(" ", "").replace("-", "")
    if name[0].isupper() and not first[0].isupper():
        return False
    if end - begin > 2:
        return True  # "Kim Jong-un"
    last = name.rsplit(" ", 1)[-1]
    return not last[0].isupper() or written[end - 1][0].isupper() or written[end - 1].startswith(("'", "’"))


class Words:
    """A text's tokens as an index compares them.

    Attributes:
        folded: the words; hyphens and apostrophes alone are left out.
        at: the token of each.
        written: each as the text has it.
    """

    def __init__(self, syntax: Syntax) -> None:
        self._fold(syntax.word, syntax.lower)

    @classmethod
    def of_text(cls, text: str) -> Words:
        """The words of a text that is not parsed, such as a title that a report has beside its text."""
        words = cls.__new__(cls)
        tokens = re.findall(r"[\w.]+|[^\w\s]", text)
        words._fold(tokens, [token.lower() for token in tokens])
        return words

    def _fold(self, tokens: list[str], lower: list[str]) -> None:
        folded, at, written = [], [], []
        for i, word in enumerate(lower):
            if word in _SKIPPED:
                continue
            if not word.isascii() or not word.isalnum():
                if "-" in word:
                    # Tokens that the parser left whole: "U.S.-South", "pro-Russia".
                    for part in tokens[i].split("-"):
                        plain = fold(part.lower())
                        if plain:
                            folded.append(plain)
                            at.append(i)
                            written.append(part)
                    continue
                word = fold(word[:-2] if word.endswith(("´s", "`s")) else word)
            folded.append(word)
            at.append(i)
            written.append(tokens[i])
        self.folded = folded
        self.at = at
        self.written = written


@dataclass(slots=True)
class NameMention(Generic[T]):
    """A name in the text.

    Attributes:
        begin, end: half-open token range, without article and possessive ending.
        values: what the index holds under it; empty for a name that it does not know.
        label: what the model calls it (OntoNotes label), or "".
        nested: whether it lies inside a longer name.
    """

    begin: int
    end: int
    values: list[T]
    label: str = ""
    nested: bool = False


def find_names(
    syntax: Syntax, index: NameIndex[T], words: Words | None = None, common: bytearray | None = None
) -> list[NameMention[T]]:
    """Find the names of a text.

    Args:
        syntax: the parsed text.
        index: the known names; they overrule the model.
        words: the text as `index` compares it, where the caller has it already.
        common: for each token, 1 where it belongs to a title or another noun that is no part of a
            name even in capitals ("Foreign Minister"), 2 for nouns that may be ("Union").

    Returns:
        Mentions in the order of the text; where one lies inside another, the outer comes first.
    """
    n = len(syntax)
    owner: list[NameMention[T] | None] = [None] * n
    found: list[NameMention[T]] = []
    common = common or bytearray(n)
    for begin, end, values in index.matches(words or Words(syntax)):
        if common[begin] == 1 and all(common[i] == 1 for i in range(begin, end)):
            continue  # "Labour" in "Labour Minister"
        if _cut_off(syntax, begin, end):
            continue  # "The National" in "The National Assembly"
        mention = NameMention(begin, end, values)
        found.append(mention)
        for i in range(begin, end):
            owner[i] = mention
    for begin, end, label in syntax.names:
        if label in _LABELS:
            _add_model_name(syntax, owner, found, common, (begin, end, label))
        elif label in _OTHER:
            for i in range(begin, end):
                if label == "EVENT" or syntax.tag[i] not in _PROPER or fold(syntax.lower[i]) in _CALENDAR:
                    common[i] = 1
    _add_unknown_runs(syntax, owner, found, common)
    kept = [m for m in found if m.label != _DROPPED]
    kept.sort(key=lambda m: (m.begin, -m.end))
    return kept


def _cut_off(syntax: Syntax, begin: int, end: int) -> bool:
    """Whether a known name of an article and a word is only the beginning of a longer one."""
    return (
        end - begin == 2
        and syntax.lower[begin] == "the"
        and syntax.dep[end - 1] in ("compound", "amod", "nmod")
        and syntax.head[end - 1] >= end
        and syntax.tag[end] in _PROPER
        and syntax.word[end][0].isupper()
    )


def _trim(syntax: Syntax, begin: int, end: int) -> tuple[int, int]:
    lower, tag = syntax.lower, syntax.tag
    while begin < end and (tag[begin] in ("DT", "PRP$", "CD", "_SP", "IN", "POS") or not lower[begin][0].isalnum()):
        begin += 1
    while begin < end and (
        tag[end - 1] in ("POS", "_SP") or (not lower[end - 1][-1].isalnum() and lower[end - 1][-1] != ".")
    ):
        end -= 1
    for i in range(begin, end):
        if tag[i] == "_SP":
            return begin, i
    return begin, end


def _add_model_name(
    syntax: Syntax,
    owner: list[NameMention[T] | None],
    found: list[NameMention[T]],
    common: bytearray,
    name: tuple[int, int, str],
) -> None:
    begin, end, label = name
    begin, end = _trim(syntax, begin, end)
    while begin < end - 1 and syntax.lower[begin] in _ADDRESSES:
        begin += 1
    if label == "PERSON":
        while begin < end and common[begin]:
            begin += 1
    elif all(common[i] == 1 or owner[i] is not None or not syntax.word[i][0].isupper() for i in range(begin, end)):
        # "the Russian Ministry of Defense": a country and a common noun, no name of its own.
        for i in range(begin, end):
            mention = owner[i]
            if mention is not None and mention.begin <= begin and mention.end >= end:
                mention.label = label
        return
    if begin >= end or not any(c[0].isupper() for c in syntax.word[begin:end]):
        return
    inner: list[NameMention[T]] = []
    for i in range(begin, end):
        mention = owner[i]
        if mention is not None and (not inner or inner[-1] is not mention):
            inner.append(mention)
    if len(inner) == 1 and inner[0].begin <= begin and inner[0].end >= end:
        inner[0].label = label
        return
    if label == "PERSON":
        begin = _split_before(syntax, owner, begin, end)
    if label in ("PERSON", "GPE", "ORG"):
        begin, end = _widen(syntax, owner, common, begin, end)
    if inner:
        # A name that the index knows, inside a longer one that it does not: "Bank of China".
        if any(m.begin < begin or m.end > end for m in inner):
            return
        if label == "PERSON" and not _is_person(syntax, inner, begin, end):
            for m in inner:
                m.label = m.label or ("PERSON" if len(inner) == 1 else "")
            return
        if label in ("GPE", "NORP") or (label == "LOC" and inner[-1].end == end):
            return
        for m in inner:
            m.nested = True
        if label == "PERSON":
            for m in inner:
                m.label = _DROPPED
    mention = NameMention(begin, end, [], label)
    found.append(mention)
    for i in range(begin, end):
        owner[i] = owner[i] or mention


def _split_before(syntax: Syntax, owner: list[NameMention[T] | None], begin: int, end: int) -> int:
    """Take in a first word that the model took for a name of its own ("Han" Tae Song)."""
    before = owner[begin - 1] if begin else None
    if before is None or before.values or before.end != begin or before.end - before.begin != 1:
        return begin
    i = before.begin
    if syntax.tag[i] in _PROPER and syntax.dep[i] == "compound" and begin <= syntax.head[i] < end:
        before.label = _DROPPED
        owner[i] = None
        return i
    return begin


def _is_person(syntax: Syntax, inner: list[NameMention[T]], begin: int, end: int) -> bool:
    """Whether a person's name has a known name as its first word ("Paris Hilton"), not as a modifier."""
    if syntax.lower[end - 1] in _SUFFIXES:
        return True
    return (
        len(inner) == 1
        and inner[0].end - inner[0].begin == 1
        and end - begin == 2
        and syntax.tag[inner[0].begin] in _PROPER
        and syntax.dep[inner[0].begin] == "compound"
        and not inner[0].label
    )


def _widen(
    syntax: Syntax, owner: list[NameMention[T] | None], common: bytearray, begin: int, end: int
) -> tuple[int, int]:
    """Take in proper nouns beside a name that the parse holds to be parts of it ("Choe Son" Hui)."""
    tag, head, n = syntax.tag, syntax.head, len(syntax)
    while end < n and owner[end] is None and tag[end] in _PROPER and syntax.word[end][0].isupper():
        linked = (head[end - 1] == end and syntax.dep[end - 1] == "compound") or begin <= head[end] < end
        if not linked or syntax.lower[end] in _CALENDAR:
            break
        end += 1
    while begin > 0 and owner[begin - 1] is None and tag[begin - 1] in _PROPER and begin <= head[begin - 1] < end:
        word = syntax.word[begin - 1]
        if syntax.dep[begin - 1] != "compound" or not word[0].isupper() or common[begin - 1] or word.isupper():
            break
        if word[-1] == "." or syntax.lower[begin - 1] in _CALENDAR or syntax.lower[begin - 1] in _ADDRESSES:
            break
        begin -= 1
    if end + 1 < n and syntax.lower[end] == "," and syntax.lower[end + 1] in _SUFFIXES:
        end += 2
    elif end < n and syntax.lower[end] in _SUFFIXES:
        end += 1
    return begin, end


def _add_unknown_runs(
    syntax: Syntax, owner: list[NameMention[T] | None], found: list[NameMention[T]], common: bytearray
) -> None:
    """Add runs of proper nouns that neither the index nor the model knows."""
    tag, word, lower, n = syntax.tag, syntax.word, syntax.lower, len(syntax)
    i = 0
    while i < n:
        if (
            tag[i] not in _PROPER
            or owner[i] is not None
            or common[i]
            or not word[i][0].isupper()
            or fold(lower[i]) in _CALENDAR
            or lower[i] in _ADDRESSES
        ):
            i += 1
            continue
        j = i + 1
        while j < n and owner[j] is None:
            if tag[j] in _PROPER and word[j][0].isalnum() and common[j] != 1 and lower[j] not in _CALENDAR:
                j += 1
            elif (
                lower[j] in _SKIPPED
                and lower[j] in "-‐‑"
                and j + 1 < n
                and tag[j + 1] in _PROPER
                and owner[j + 1] is None
            ):
                j += 2
            else:
                break
        mention: NameMention[T] = NameMention(i, j, [])
        found.append(mention)
        for k in range(i, j):
            owner[k] = mention
        i = j


def surface(syntax: Syntax, begin: int, end: int) -> str:
    """The text of a token range, line breaks and runs of blanks made one blank."""
    return " ".join(syntax.text[syntax.begin[begin] : syntax.end[end - 1]].split())


def initials(words: Iterable[str]) -> str:
    """The acronym that a name's words make: first letters of its capitalised words."""
    return "".join(w[0] for w in words if w and w[0].isupper())
