"""What of a report's words can tell an occurrence from others: stems, names, and what was hit, signed or left."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from functools import cache, lru_cache
from importlib.resources import files
from zlib import crc32

import yaml

from dateline.records import Record, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITAL = re.compile(r"[A-Z][\w’'-]{2,}")
_FIRST = re.compile(r"\W*\w*")
# Not after "U.S." or an initial: what is split there only parts names from the act.
_STOP = re.compile(r"(?<![A-Z])[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|\n+")

_LONGEST = 120  # characters of an argument that say what it is
_TELLING = 8  # words: two do not write so long a sentence alike by chance
_VOWELS = "aeious"  # and "pass"


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of ``data/occurrences.yaml``."""
    text = (files("dateline.data") / "occurrences.yaml").read_text(encoding="utf-8")
    lists: dict[str, str] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return frozenset(lists[name].split())


@cache
def stems_of(name: str) -> frozenset[str]:
    """The stems of a list of ``data/occurrences.yaml``."""
    return frozenset(stem(word) for word in words_of(name))


@cache
def stand_ins() -> dict[str, str]:
    """Entities that are told for others, with those."""
    return dict(pair.split("=") for pair in sorted(words_of("stand_for")))


@lru_cache(maxsize=50_000)
def _telling(word: str) -> tuple[str, str]:
    """A word without its possessive ending, in lower case, and its stem; that is empty for a word that says nothing."""
    bare = word.lower().removesuffix("'s").removesuffix("’s")
    return bare, stem(bare) if len(bare) > 2 and bare not in words_of("common") else ""


@lru_cache(maxsize=20_000)
def own_words(text: str) -> frozenset[str]:
    """Words in lower case, possessives cut, as they are to be left out elsewhere.

    >>> sorted(own_words("Russia's Navy"))
    ['navy', 'russia']
    """
    return frozenset(_telling(w)[0] for w in _WORD.findall(text))


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(told for w in _WORD.findall(text) if (told := _telling(w))[1])


def telling_words(text: str, without: Collection[str]) -> frozenset[str]:
    """The stems of a phrase's words that say which one it is: "the hospital in Gaza City" gives "hospital", "gaza".

    Args:
        text: a phrase.
        without: words in lower case that are left out.
    """
    return frozenset([stemmed for bare, stemmed in _words(text) if bare not in without])


class Sentences:
    """Where the sentences of a text begin, and the names in each."""

    def __init__(self, text: str, without: Collection[str]) -> None:
        self.text = text
        self.without = without
        self.begins = [0, *(m.end() for m in _STOP.finditer(text))]
        self._names: dict[int, frozenset[str]] = {}
        self._marks: dict[int, int] = {}

    def at(self, offset: int) -> int:
        """The number of the sentence in which an offset stands."""
        return bisect_right(self.begins, offset) - 1

    def names(self, number: int) -> frozenset[str]:
        """The stems of the capitalised words of a sentence after its first."""
        found = self._names.get(number)
        if found is None:
            begin = self.begins[number]
            end = self.begins[number + 1] if number + 1 < len(self.begins) else len(self.text)
            first = _FIRST.match(self.text, begin, end)
            words = [_telling(word) for word in _CAPITAL.findall(self.text, first.end() if first else begin, end)]
            found = frozenset([stemmed for bare, stemmed in words if stemmed and bare not in self.without])
            self._names[number] = found
        return found

    def mark(self, number: int) -> int:
        """A number that sentences of the same words share; 0 for one so short that two may write it by chance."""
        found = self._marks.get(number)
        if found is None:
            end = self.begins[number + 1] if number + 1 < len(self.begins) else len(self.text)
            words = self.text[self.begins[number] : end].casefold().split()
            told = " ".join(words).encode("utf-8", "surrogatepass")
            found = self._marks[number] = crc32(told) if len(words) >= _TELLING else 0
        return found


def country_words(record: Record) -> frozenset[str]:
    """The words by which a record names countries ("Russia", "Russian", "Kremlin"), and its publisher's."""
    found = set(own_words(record.report.publisher or ""))
    for entity in record.entities:
        if entity.kind == "country":
            for mention in entity.mentions:
                if mention.how in ("name", "alias", "demonym", "metonym"):
                    found |= own_words(record.report.text[slice(*mention.span)])
    return frozenset(found)


_NEXT = re.compile(r"[ -]([a-z]+)(?: ([a-z]+))?")


def phrase(record: Record, span: Span) -> str:
    """The words of an argument, with what stands in the place that it names: "Kakhovka", and "dam" behind it."""
    text = record.report.text
    begin, end = span
    words = text[begin : min(end, begin + _LONGEST)]
    if words[:1].isupper() and (behind := _NEXT.match(text, end)) is not None:
        structures = words_of("structures")
        words = " ".join((words, *(word for word in behind.groups() if word in structures)))
    return words


@lru_cache(maxsize=20_000)
def stem(trigger: str) -> str:
    """The first word of a trigger, in lower case, without its ending; of an irregular verb its first form's.

    >>> stem("struck"), stem("strikes"), stem("striking")
    ('strik', 'strik', 'strik')
    """
    word = next(iter(trigger.split()), "")
    word = _first_forms().get(word, word)
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        word = word[:-1]
    if word.endswith("eed"):
        word = word[:-1]  # "agreed", "freed"
    else:
        for ending in ("ing", "ed"):
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word[: -len(ending)]
                break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if word[-1:] == word[-2:-1] and word[-1:] not in _VOWELS and len(word) > 3:
        word = word[:-1]  # "expelled", and "shell" as well: it is a key, not a word
    return word


@cache
def _first_forms() -> dict[str, str]:
    """Each irregular form with its verb, and with the prefixes that such verbs take."""
    text = (files("dateline.data") / "irregular_verbs.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    found: dict[str, str] = {}
    for verb, forms in loaded.items():
        for prefix in ("", "over", "re", "with", "under", "up"):
            for form in forms.split():
                found.setdefault(prefix + form, prefix + verb)
    # "Left" and "found" are their own verbs' first forms too seldom to matter; "ground" and "wound" are nouns here.
    for noun in ("ground", "wound", "saw", "born"):
        found.pop(noun, None)
    return found
