from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate import Syntax


def tree(heads: list[int], words: list[str] | None = None, sentences: list[tuple[int, int]] | None = None) -> Syntax:
    n = len(heads)
    words = words or ["w"] * n
    ends = [total - 1 for total in accumulate(len(w) + 1 for w in words)]
    ranges = sentences or ([(0, n)] if n else [])
    return Syntax(
        text=" ".join(words),
        word=words,
        lower=[w.lower() for w in words],
        lemma=words,
        pos=["NOUN"] * n,
        tag=["NN"] * n,
        dep=["ROOT" if h == i else "dep" for i, h in enumerate(heads)],
        head=heads,
        begin=[e - len(w) for e, w in zip(ends, words, strict=True)],
        end=ends,
        sentence=[k for k, (i, j) in enumerate(ranges) for _ in range(i, j)],
        sentences=ranges,
    )


@st.composite
def heads(draw: st.DrawFn) -> list[int]:
    """Any tree, crossing edges included: each token hangs on one that comes before it in some order."""
    n = draw(st.integers(1, 30))
    order = draw(st.permutations(range(n)))
    head = [0] * n
    head[order[0]] = order[0]
    for k in range(1, n):
        head[order[k]] = order[draw(st.integers(0, k - 1))]
    return head


def under(head: list[int], top: int) -> set[int]:
    found = set()
    for i in range(len(head)):
        at = i
        while at != top and head[at] != at:
            at = head[at]
        if at == top:
            found.add(i)
    return found


@given(heads())
def test_edges_are_those_of_the_subtree(head: list[int]) -> None:
    syntax = tree(head)
    for i in range(len(head)):
        below = under(head, i)
        assert syntax.left(i) == min(below)
        assert syntax.right(i) == max(below) + 1


@given(heads())
def test_children_are_the_inverse_of_heads(head: list[int]) -> None:
    syntax = tree(head)
    pairs = [(child, i) for i, children in enumerate(syntax.children) for child in children]
    assert sorted(pairs) == [(i, h) for i, h in enumerate(head) if h != i]
    assert all(children == sorted(children) for children in syntax.children)


def test_a_deep_chain_stays_fast() -> None:
    n = 20_000
    syntax = tree([max(0, i - 1) for i in range(n)])
    assert (syntax.left(n - 1), syntax.right(0)) == (n - 1, n)


@given(st.lists(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=12), st.data())
def test_characters_to_tokens_is_the_smallest_cover(words: list[str], data: st.DataObject) -> None:
    syntax = tree([0] * len(words), words)
    begin = data.draw(st.integers(0, len(syntax.text) - 1))
    end = data.draw(st.integers(begin + 1, len(syntax.text)))
    i, j = syntax.chars_to_tokens(begin, end)
    touched = [t for t in range(len(words)) if syntax.begin[t] < end and syntax.end[t] > begin]
    assert list(range(i, j)) == touched


def test_first_child_with_one_of_the_labels() -> None:
    syntax = tree([1, 1, 1, 1])
    syntax.dep = ["nsubj", "ROOT", "dobj", "dobj"]
    assert syntax.child(1, "dobj", "attr") == 2
    assert syntax.child(1, "attr") is None


def test_span_covers_its_tokens() -> None:
    syntax = tree([0, 0, 0], ["Oslo", "met", "Riga"])
    begin, end = syntax.span(1, 3)
    assert syntax.text[begin:end] == "met Riga"


@pytest.mark.parametrize("size", [0, 1])
def test_tiny_texts(size: int) -> None:
    syntax = tree([0] * size)
    assert len(syntax) == size
    assert syntax.edges == ([0] * size, [1] * size)
