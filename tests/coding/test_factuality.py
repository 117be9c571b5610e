from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate import Syntax, load_model, parse
from dateline.coding.factuality import Stances, factuality
from dateline.coding.stance_lexicon import parse_stance_lexicon, stance_lexicon
from dateline.errors import DatelineError
from dateline.mentions.predicates import predicates
from dateline.records import Factuality

TABLE = yaml.safe_load((Path(__file__).parent / "factuality_table.yaml").read_text(encoding="utf-8"))


def unmark(marked: str) -> tuple[str, list[int]]:
    """The sentence without asterisks, and where the marked words begin."""
    pieces = marked.split("*")
    starts, at = [], 0
    for k, piece in enumerate(pieces):
        if k % 2:
            starts.append(at)
        at += len(piece)
    return "".join(pieces), starts


ROWS = [(value, sentence) for value, sentences in TABLE.items() for sentence in sentences]


@pytest.fixture(scope="module")
def read() -> dict[str, Syntax]:
    texts = [unmark(sentence)[0] for _, sentence in ROWS]
    return dict(zip(texts, parse(texts, load_model()), strict=True))


@pytest.mark.parametrize(("value", "sentence"), ROWS, ids=[f"{v}: {s[:60]}" for v, s in ROWS])
def test_table(value: str, sentence: str, read: dict[str, Syntax]) -> None:
    text, starts = unmark(sentence)
    syntax = read[text]
    stances = Stances(syntax, predicates(syntax))
    assert [stances.at(syntax.begin.index(start)).value for start in starts] == [value] * len(starts)


def of(text: str, word: str, **options: Any) -> Any:
    syntax = next(iter(parse([text], load_model())))
    return factuality(syntax, predicates(syntax), syntax.lower.index(word), **options), syntax


def test_names_who_denies() -> None:
    stance, syntax = of("The general denied shelling the town.", "shelling")
    assert [syntax.word[i] for i in stance.denier] == ["general"]


def test_names_the_governing_word() -> None:
    stance, syntax = of("Gabon refused to meet the envoy.", "meet")
    assert (stance.value, stance.kind, syntax.word[stance.governor]) == ("negated", "refuse", "refused")


def test_a_demand_in_the_speakers_words_took_place() -> None:
    stance, _ = of("This must stop now, the minister said.", "stop", performative=True)
    assert stance.value == "occurred"


def test_own_violence_announced_is_a_threat() -> None:
    said = cast(Any, SimpleNamespace(quote="direct", chain=["paper", "general"]))
    stance, _ = of('"We will bomb the port," the general said.', "bomb", statement=said, violent=True)
    assert stance.value == "threatened"
    stance, _ = of('"They will bomb the port," the general said.', "bomb", statement=said, violent=True)
    assert stance.value == "planned"


def test_what_the_accused_says_it_did_not_do_is_denied() -> None:
    said = cast(Any, SimpleNamespace(quote="direct", chain=["paper", "general"]))
    stance, _ = of('"We did not bomb the port," the general said.', "bomb", statement=said)
    assert stance.value == "denied"
    stance, _ = of('"They did not bomb the port," the general said.', "bomb", statement=said)
    assert stance.value == "negated"
    stance, _ = of('"We will not bomb the port," the general said.', "bomb", statement=said)
    assert stance.value == "negated"


def test_unmarked_mention_says_so() -> None:
    stance, _ = of("The talks in Lima drew a crowd.", "talks")
    assert (stance.value, stance.marked) == ("occurred", False)


def test_repeated_mention_has_the_factuality_of_the_first() -> None:
    text = "The two sides agreed to hold talks in May. Analysts say the talks are a good sign. The talks drew a crowd."
    syntax = next(iter(parse([text], load_model())))
    stances = Stances(syntax, predicates(syntax))
    first, second, third = (i for i, word in enumerate(syntax.lower) if word == "talks")
    assert stances.at(first).value == "planned"
    assert stances.repeated(second, stances.at(first)).value == "planned"
    assert stances.repeated(third, stances.at(first)).value == "occurred"


WORDS = ["denied", "plan", "to", "no", "if", "would", "refuse", "threat", "of", "talks", "attack", "called", "for"]
TAGS = {"to": "TO", "no": "DT", "if": "IN", "would": "MD", "of": "IN", "for": "IN", "not": "RB"}
DEPS = ["nsubj", "dobj", "conj", "xcomp", "ccomp", "advcl", "relcl", "acl", "prep", "pobj", "pcomp", "aux", "neg"]
DEPS += ["amod", "compound", "acomp", "mark", "det"]


def tree(words: list[str], heads: list[int], deps: list[str], nominal: list[bool]) -> Syntax:
    """Any labels over any tree, as a bad parse might be."""
    tags = [TAGS.get(w, "NN" if noun else "VB") for w, noun in zip(words, nominal, strict=True)]
    ends = [total - 1 for total in accumulate(len(w) + 1 for w in words)]
    return Syntax(
        text=" ".join(words),
        word=words,
        lower=words,
        lemma=[{"denied": "deny", "called": "call"}.get(w, w) for w in words],
        pos=[{"NN": "NOUN", "VB": "VERB", "TO": "PART", "DT": "DET"}.get(t, "ADP") for t in tags],
        tag=tags,
        dep=deps,
        head=heads,
        begin=[e - len(w) for e, w in zip(ends, words, strict=True)],
        end=ends,
        sentence=[0] * len(words),
        sentences=[(0, len(words))],
    )


@st.composite
def odd_parse(draw: st.DrawFn) -> Syntax:
    n = draw(st.integers(1, 18))
    order = draw(st.permutations(range(n)))
    heads = [0] * n
    heads[order[0]] = order[0]
    for k in range(1, n):
        heads[order[k]] = order[draw(st.integers(0, k - 1))]
    words = [draw(st.sampled_from(WORDS)) for _ in range(n)]
    deps = ["ROOT" if heads[i] == i else draw(st.sampled_from(DEPS)) for i in range(n)]
    return tree(words, heads, deps, [draw(st.booleans()) for _ in range(n)])


@settings(deadline=None)
@given(odd_parse())
def test_any_tree_gives_a_stance(syntax: Syntax) -> None:
    stances = Stances(syntax, predicates(syntax))
    for i in range(len(syntax)):
        stance = stances.at(i)
        assert stance.value in get_args(Factuality)
        assert stance.governor is None or 0 <= stance.governor < len(syntax)


@pytest.mark.parametrize("dep", ["xcomp", "conj", "advcl", "ccomp", "acl", "dobj"])
def test_deep_trees_take_linear_work(dep: str, steps: Callable[[Callable[[], object]], int]) -> None:
    def judge(n: int) -> None:
        syntax = tree(
            ["attack"] * n, [max(0, i - 1) for i in range(n)], ["ROOT"] + [dep] * (n - 1), [dep == "dobj"] * n
        )
        stances = Stances(syntax, predicates(syntax))
        for i in reversed(range(n)):
            stances.at(i)

    assert steps(lambda: judge(4_000)) < 6 * steps(lambda: judge(1_000))


def test_lexicon_refuses_what_it_does_not_know() -> None:
    words = "affirmed: open, negated: open, verbs: {clause: [say]}"
    for source, message in [
        (
            "classes: {hope: {affirmed: maybe, negated: negated}}",
            "my.yaml: class 'hope' has the unknown effect 'maybe'",
        ),
        (f"classes: {{a: {{{words}}}, b: {{{words}}}}}", "'say' with 'clause' is in class 'a' already"),
        ("classes: {a: {affirmed: open}}", "my.yaml lacks a part"),
        ("modifiers: {planned: [next], possible: [next]}", "'next' is both 'planned' and 'possible'"),
        ("colours: [red]", "my.yaml: unknown part 'colours'"),
        ("nouns: {colours: [red]}", "unknown group of nouns 'colours'"),
        ("classes: [", "my.yaml is not YAML"),
    ]:
        with pytest.raises(DatelineError, match=message):
            parse_stance_lexicon(("my.yaml", source))


def test_lexicon_may_come_in_several_files() -> None:
    lexicon = parse_stance_lexicon(
        ("a.yaml", "classes: {hope: {affirmed: possible, negated: negated, verbs: {infinitive: [hope]}}}"),
        ("b.yaml", "modifiers: {planned: [next]}"),
    )
    assert lexicon.verbs["hope"]["infinitive"].affirmed == "possible"
    assert lexicon.modifiers == {"next": "planned"}


def test_lexicon_keeps_words_that_yaml_takes_for_truth_values() -> None:
    assert stance_lexicon().modifiers["no"] == "negated"
    assert "on" in stance_lexicon().verbs["insist"]
