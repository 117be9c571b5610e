"""Parts of speech and lemmas as spaCy's attribute ruler and lemmatizer give them, each asked once
about a word with its tag and its dependency label: what they say depends on nothing else, but for
the few rules about two words in a row, which are asked where they may apply.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_KEPT = 30_000  # then all are forgotten
_LOOKED_AT = frozenset({"LOWER", "ORTH", "TEXT", "TAG", "DEP", "IS_SPACE"})
_FILLER = "\u00b6"  # stands between words that are asked about; must match no rule about two words
_PRIMES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)


class WordClass(NamedTuple):
    """What is known of a word with its tag and label; strings as in `Syntax`."""

    word: str
    lower: str
    pos: str
    lemma: str
    tag: str
    dep: str
    first: int  # bit set: the rules about two words whose first it may be
    second: int  # and whose second


class WordClasses:
    """The ruler and the lemmatizer of a pipeline. Raises `ValueError` for rules of another kind."""

    def __init__(self, nlp: Language, tags: Sequence[str]) -> None:
        from spacy.matcher import Matcher

        self._vocab = nlp.vocab
        self._ruler, self._lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
        self._tags = tags
        self._known: dict[int, WordClass] = {}
        if self._lemmatizer.mode != "rule" or self._lemmatizer.overwrite:
            raise ValueError(f"a lemmatizer of another mode: {self._lemmatizer.mode}")
        pairs = []
        for rule in self._ruler.patterns:
            for pattern in rule["patterns"]:
                if any(not isinstance(token, dict) or token.keys() - _LOOKED_AT for token in pattern):
                    raise ValueError(f"a rule about something else: {pattern}")
                if len(pattern) > 2:
                    raise ValueError(f"a rule about more than two words: {pattern}")
                if len(pattern) == 2:
                    pairs.append(pattern)
        self._sides = Matcher(nlp.vocab)
        self._side: dict[int, tuple[int, int]] = {}
        for k, pattern in enumerate(pairs):
            for side, token in enumerate(pattern):
                name = f"{k} {side}"
                self._sides.add(name, [[token]])
                self._side[nlp.vocab.strings[name]] = (side, 1 << k)
        filler = self._ask([(_FILLER, "NFP", "punct")])[0]
        if filler.first or filler.second:
            raise ValueError(f"rules about {_FILLER!r}")

    def of(
        self, orths: npt.NDArray[np.uint64], tags: npt.NDArray[np.int64], deps: npt.NDArray[np.uint64]
    ) -> list[WordClass]:
        """The classes of a text's words.

        Args:
            orths: the words, as spaCy numbers strings.
            tags: their tags, as positions in the tagger's labels.
            deps: their dependency labels, as spaCy numbers strings.
        """
        keys = (orths * _PRIMES[0] + deps * _PRIMES[1] + tags.astype(np.uint64) * _PRIMES[2]).tolist()
        known = self._known
        found = [known.get(key) for key in keys]
        if None in found:
            if len(known) > _KEPT:
                known.clear()
                self._lemmatizer.cache.clear()
            new: dict[int, int] = {}
            for k, item in enumerate(found):
                if item is None:
                    new.setdefault(keys[k], k)
            strings = self._vocab.strings
            words = [(strings[int(orths[k])], self._tags[tags[k]], strings[int(deps[k])]) for k in new.values()]
            known.update(zip(new, self._ask(words), strict=True))
            found = [item or known[key] for item, key in zip(found, keys, strict=True)]
        out: list[WordClass] = found  # type: ignore[assignment]  # no None is left
        at = [k for k, (one, other) in enumerate(pairwise(out)) if one.first & other.second]
        return self._paired(out, at, tags) if at else out

    def _paired(self, found: list[WordClass], at: list[int], tags: npt.NDArray[np.int64]) -> list[WordClass]:
        # A rule about two words applies: ask about the words in a row.
        out = list(found)
        k = 0
        while k < len(at):
            begin = at[k]
            while k + 1 < len(at) and at[k + 1] == at[k] + 1:
                k += 1
            end = at[k] + 2
            words = [(found[i].word, self._tags[tags[i]], found[i].dep) for i in range(begin, end)]
            for i, token in zip(range(begin, end), self._doc(words), strict=True):
                out[i] = _class(token, found[i].first, found[i].second)
            k += 1
        return out

    def _ask(self, words: list[tuple[str, str, str]]) -> list[WordClass]:
        row = [part for word in words for part in (word, (_FILLER, "NFP", "punct"))]
        plain = self._plain(row)
        sides = [[0, 0] for _ in row]
        for rule, begin, _ in self._sides(plain):
            side, bit = self._side[rule]
            sides[begin][side] |= bit
        doc = self._classed(plain)
        return [_class(doc[i], *sides[i]) for i in range(0, len(row), 2)]

    def _plain(self, words: list[tuple[str, str, str]]) -> Doc:
        from spacy.tokens import Doc

        return Doc(
            self._vocab,
            words=[word for word, _, _ in words],
            tags=[tag for _, tag, _ in words],
            deps=[dep for _, _, dep in words],
            heads=list(range(len(words))),
        )

    def _classed(self, doc: Doc) -> Doc:
        classed: Doc = self._lemmatizer(self._ruler(doc))
        return classed

    def _doc(self, words: list[tuple[str, str, str]]) -> Doc:
        return self._classed(self._plain(words))


def _class(token: Token, first: int, second: int) -> WordClass:
    return WordClass(token.text, token.lower_, token.pos_, token.lemma_, token.tag_, token.dep_, first, second)
