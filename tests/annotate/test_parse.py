from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.annotate import Syntax, load_model, parse
from dateline.annotate.parse import BLOCK, RUN, blocks
from dateline.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

ODD = [
    "",
    " ",
    "\n\n",
    "\r\nSofia fell.\r\n",
    "\x00",
    "a\x00b said.",
    "“",
    '"""',
    "👩‍👩‍👧 met 🇳🇴.",
    "e\u0301 la\u0308",
    "قال الوزير إنه سافر.",
    "\u202eOslo\u202c",
    "\u2028Riga\u2029Oslo\x85Rome",
    "\ufeffKyiv said.",
    "1 2 3",
    "...",
    "\t\tTab",
    "ﬁnal ﷺ",
]

any_text = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from([*ODD, "The army", " attacked", " the town", ".", " he said", "\n", " "]), max_size=8).map(
        "".join
    ),
)


def sound(syntax: Syntax, text: str) -> None:
    """What every stage relies on."""
    n = len(syntax)
    assert syntax.text == text
    for column in (syntax.lower, syntax.lemma, syntax.pos, syntax.tag, syntax.dep, syntax.head, syntax.sentence):
        assert len(column) == n
    assert all(text[b:e] == w for b, e, w in zip(syntax.begin, syntax.end, syntax.word, strict=True))
    assert all(e <= b for e, b in zip(syntax.end, syntax.begin[1:], strict=False))
    assert [i for b, e in syntax.sentences for i in range(b, e)] == list(range(n))
    for k, (begin, end) in enumerate(syntax.sentences):
        assert begin < end
        assert set(syntax.sentence[begin:end]) == {k}
        assert all(begin <= syntax.head[i] < end for i in range(begin, end))
    for i in range(n):
        at, steps = i, 0
        while syntax.head[at] != at:
            at, steps = syntax.head[at], steps + 1
            assert steps <= n, "heads run in a circle"
        assert syntax.left(i) <= i < syntax.right(i)
    assert all(0 <= begin < end <= n for begin, end, _ in syntax.names)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(any_text, max_size=5))
def test_any_texts_come_back_in_order_and_sound(nlp: Language, texts: list[str]) -> None:
    parsed = list(parse(texts, nlp, batch_size=2))
    assert [s.text for s in parsed] == texts
    for syntax, text in zip(parsed, texts, strict=True):
        sound(syntax, text)


@pytest.mark.parametrize("text", ODD, ids=[ascii(t) for t in ODD])
def test_odd_texts(nlp: Language, text: str) -> None:
    sound(next(iter(parse([text], nlp))), text)


def test_texts_without_letters_do_not_hold_up_the_others(nlp: Language) -> None:
    texts = ["...", "Oslo met Riga.", "", "12", "They left.", "!"]
    assert [s.text for s in parse(texts, nlp)] == texts


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n", " \n "])
def test_a_line_break_ends_a_sentence(nlp: Language, newline: str) -> None:
    syntax = next(iter(parse([f"Minister visits Oslo{newline}The minister of Peru left on Monday"], nlp)))
    start = syntax.word.index("The")
    assert any(begin <= start == begin for begin, _ in syntax.sentences)


@given(
    st.lists(st.sampled_from(["Oslo ", "x" * 350, "said. ", "\n", '"' * 700, "word " * 900]), max_size=40).map("".join)
)
def test_blocks_are_the_text_again(text: str) -> None:
    parts = blocks(text)
    assert "".join(parts) == text
    for part in parts:
        assert len(part) <= BLOCK or not any(c.isspace() for c in part)


def test_long_texts_are_cut_between_words(nlp: Language) -> None:
    text = "The minister met the envoy in Oslo. " * 1200
    parts = blocks(text)
    assert len(parts) > 1
    assert all(part.endswith(" ") for part in parts)
    sound(next(iter(parse([text], nlp))), text)


@pytest.mark.parametrize(
    "text",
    ['"' * 200_000, "a" * 200_000, "“‘" * 100_000, "— " * 10_000],
    ids=["quotes", "letters", "curls", "dashes"],
)
def test_a_long_line_of_nothing_is_read(nlp: Language, text: str) -> None:
    # Quadratic work on a line so long would not end within the hour.
    syntax = next(iter(parse([text], nlp)))
    assert syntax.text == text
    assert len(text) > RUN


@pytest.mark.parametrize(("name", "why"), [("json", "json"), ("numpy", "cannot be loaded")])
def test_a_package_that_is_no_pipeline_is_refused(name: str, why: str) -> None:
    with pytest.raises(ModelError, match=why):
        load_model(name)


def test_a_missing_pipeline_is_named_with_the_remedy() -> None:
    with pytest.raises(ModelError, match=r"'xx_no_such_model' is not installed.*pip install"):
        load_model("xx_no_such_model")


def test_the_network_x_ends_a_sentence(nlp):
    syntax = next(
        parse(["The talks are over, Kern wrote on X. Sweden stands ready. Mayor Francis X. Suarez left."], nlp)
    )
    first = [syntax.word[begin] for begin, _ in syntax.sentences]
    assert "Sweden" in first
    assert "Suarez" not in first


def test_new_words_are_forgotten_once_there_are_many_and_texts_are_read_the_same(monkeypatch):
    module = import_module("dateline.annotate.parse")  # its function hides it in the package
    nlp = load_model.__wrapped__()
    texts = [f"Mr. Onobrakpeyo{n} said the Zuvenians{n} hadn’t left Kzylorda{n}." for n in range(20)]
    before = list(parse(texts, nlp, batch_size=4))
    monkeypatch.setattr(module, "_WORDS_KEPT", 0)
    size = len(nlp.vocab.strings)
    assert list(parse(texts, nlp, batch_size=4)) == before
    more = [f"Mr. Adebayor{n} told the Quorlings{n} to feed {n} whippersnappers." for n in range(20)]
    first, second = (list(parse(more, nlp, batch_size=4)) for _ in range(2))
    assert first == second
    assert len(nlp.vocab.strings) == size
    assert first[3].word[1] == "Adebayor3"
    with nlp.memory_zone():
        assert list(parse(more, nlp)) == first
