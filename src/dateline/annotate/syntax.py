"""The parse as columns: one list a property, indexed by token, so that the stages never touch
spaCy's objects one by one (which costs more than their own work).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STRINGS = ("word", "lower", "lemma", "pos", "tag", "dep")
_COLUMNS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START")


@dataclass(kw_only=True)
class Syntax:
    """A parsed text. Every list but `sentences` and `names` has one item a token.

    Attributes:
        text: the report's text, unchanged.
        word, lower, lemma: strings.
        pos, tag, dep: universal part of speech, Penn tag, ClearNLP dependency label ("" unparsed).
        head: index of the governor; a root is its own head.
        begin, end: half-open code point offsets in `text`.
        sentence: index of the sentence that holds the token.
        sentences: half-open token ranges, in order, covering all tokens.
        names: named entities of the model: (begin token, end token, label).
    """

    text: str
    word: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    begin: list[int]
    end: list[int]
    sentence: list[int]
    sentences: list[tuple[int, int]]
    names: list[tuple[int, int, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.word)

    @cached_property
    def children(self) -> list[list[int]]:
        """Dependents of each token, in the order of the text."""
        children: list[list[int]] = [[] for _ in self.word]
        for i, head in enumerate(self.head):
            if head != i:
                children[head].append(i)
        return children

    @cached_property
    def edges(self) -> tuple[list[int], list[int]]:
        """First token, and the token after the last, of the subtree under each token."""
        head = self.head
        left = list(range(len(head)))
        right = [i + 1 for i in left]
        waiting = [0] * len(head)  # children not yet counted
        for i, h in enumerate(head):
            if h != i:
                waiting[h] += 1
        # Leaves first, each governor once all its children are known: linear for any shape of tree.
        ready = [i for i in left if not waiting[i]]
        for i in ready:
            h = head[i]
            if h == i:
                continue
            if left[i] < left[h]:
                left[h] = left[i]
            if right[i] > right[h]:
                right[h] = right[i]
            waiting[h] -= 1
            if not waiting[h]:
                ready.append(h)
        return left, right

    def left(self, i: int) -> int:
        """First token of the subtree under token `i`."""
        return self.edges[0][i]

    def right(self, i: int) -> int:
        """The token after the last of the subtree under token `i`."""
        return self.edges[1][i]

    def child(self, i: int, *deps: str) -> int | None:
        """The first dependent of `i` with one of these labels, or None."""
        dep = self.dep
        for c in self.children[i]:
            if dep[c] in deps:
                return c
        return None

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Character span of the tokens from `begin` to `end` (exclusive, not empty)."""
        return self.begin[begin], self.end[end - 1]

    def chars_to_tokens(self, begin: int, end: int) -> tuple[int, int]:
        """The smallest token range that covers the characters from `begin` to `end`."""
        return bisect_right(self.end, begin), bisect_left(self.begin, end)

    @classmethod
    def joined(cls, parts: Sequence[Syntax]) -> Syntax:
        """The syntax of a text from those of its parts, which follow one another without a gap.

        A part that was not parsed goes on with the sentence before it.
        """
        whole = cls(
            text="".join(part.text for part in parts),
            **{name: [x for part in parts for x in getattr(part, name)] for name in _STRINGS},
            **{name: [] for name in ("head", "begin", "end", "sentence", "sentences")},
        )
        at = characters = 0
        for part in parts:
            if at and part.dep and not any(part.dep):
                whole.sentence += [len(whole.sentences) - 1] * len(part)
                whole.sentences[-1] = (whole.sentences[-1][0], at + len(part))
            else:
                whole.sentence += [len(whole.sentences) + k for k in part.sentence]
                whole.sentences += [(at + b, at + e) for b, e in part.sentences]
            whole.head += [at + i for i in part.head]
            whole.begin += [characters + i for i in part.begin]
            whole.end += [characters + i for i in part.end]
            whole.names += [(at + b, at + e, label) for b, e, label in part.names]
            at += len(part)
            characters += len(part.text)
        return whole

    @classmethod
    def from_doc(cls, doc: Doc) -> Syntax:
        """Take the columns out of a spaCy `Doc` (parsed, or only tokenised)."""
        strings = doc.vocab.strings
        rows = doc.to_array(list(_COLUMNS)).astype("uint64")
        columns = {name: rows[:, k].tolist() for k, name in enumerate(_COLUMNS)} if len(doc) else {}
        known: dict[int, str] = {0: ""}

        def named(column: str) -> list[str]:
            out = []
            for key in columns.get(column, ()):
                value = known.get(key)
                if value is None:
                    value = known[key] = strings[key]
                out.append(value)
            return out

        word = named("ORTH")
        n = len(word)
        head = [i + _signed(offset) for i, offset in enumerate(columns.get("HEAD", ()))]
        begin, at = [], 0
        spaces = [bool(t.whitespace_) for t in doc]
        for i in range(n):
            begin.append(at)
            at += len(word[i]) + spaces[i]
        end = [b + len(w) for b, w in zip(begin, word, strict=True)]
        starts = [i for i in range(n) if i == 0 or columns["SENT_START"][i] == 1]
        sentences = list(zip(starts, [*starts[1:], n], strict=True)) if n else []
        sentence = [k for k, (i, j) in enumerate(sentences) for _ in range(i, j)]
        return cls(
            text=doc.text,
            word=word,
            lower=named("LOWER"),
            lemma=named("LEMMA"),
            pos=named("POS"),
            tag=named("TAG"),
            dep=named("DEP"),
            head=head,
            begin=begin,
            end=end,
            sentence=sentence,
            sentences=sentences,
            names=[(e.start, e.end, e.label_) for e in doc.ents],
        )


def _signed(value: int) -> int:
    return int(value - (1 << 64)) if value >> 63 else int(value)
