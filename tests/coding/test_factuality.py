from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import yaml

from dateline.annotate import Syntax, load_model, parse
from dateline.coding.factuality import Stances, factuality
from dateline.coding.stance_lexicon import parse_stance_lexicon, stance_lexicon
from dateline.errors import DatelineError
from dateline.mentions.predicates import predicates

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
    said = cast(Any, SimpleNamespace(quote="direct"))
    stance, _ = of('"We will bomb the port," the general said.', "bomb", statement=said, violent=True)
    assert stance.value == "threatened"
    stance, _ = of('"They will bomb the port," the general said.', "bomb", statement=said, violent=True)
    assert stance.value == "planned"


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


def test_lexicon_refuses_what_it_does_not_know() -> None:
    with pytest.raises(DatelineError, match="unknown effect 'maybe'"):
        parse_stance_lexicon("classes: {hope: {affirmed: maybe, negated: negated}}")
    words = "affirmed: open, negated: open, verbs: {clause: [say]}"
    twice = f"classes: {{a: {{{words}}}, b: {{{words}}}}}"
    with pytest.raises(DatelineError, match="'say' with 'clause' is in class 'a' already"):
        parse_stance_lexicon(twice)
    with pytest.raises(DatelineError, match="lacks a part"):
        parse_stance_lexicon("classes: {}")


def test_lexicon_keeps_words_that_yaml_takes_for_truth_values() -> None:
    assert stance_lexicon().modifiers["no"] == "negated"
    assert "on" in stance_lexicon().verbs["insist"]
