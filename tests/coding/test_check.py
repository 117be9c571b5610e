from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.annotate import parse
from dateline.coding import code_events, load_codebook
from dateline.coding.check import check_codebook, explain
from dateline.records import Record, Report
from dateline.resolve import resolve

if TYPE_CHECKING:
    from spacy.language import Language

DOCS = Path(__file__).parents[2] / "docs" / "codebook.md"


def test_every_example_of_the_codebook_comes_out(nlp: Language) -> None:
    assert check_codebook(load_codebook(), nlp) == []


def test_every_type_has_examples() -> None:
    book = load_codebook()
    assert {example.type for _, _, example in book.examples} == set(book.types)


@pytest.fixture
def tutorial(tmp_path: Path) -> Path:
    if not DOCS.exists():
        pytest.skip("the documentation is not beside the tests")
    block = re.search(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    path = tmp_path / "recognition.yaml"
    path.write_text(block[1], encoding="utf-8")
    return path


def test_the_tutorials_event_type_works_beside_the_codebook(nlp: Language, tutorial: Path) -> None:
    book = load_codebook([tutorial])
    assert len(book.types) == 17
    assert [failure for failure in check_codebook(book, nlp) if "recognition.yaml" in failure.source] == []


def test_the_tutorials_event_type_works_alone(nlp: Language, tutorial: Path) -> None:
    book = load_codebook([tutorial], extend=False)
    assert check_codebook(book, nlp) == []
    text = "Kenya recognised Somaliland and attacked Eritrea."
    (syntax,) = parse([text], nlp)
    report = Report(id="x", text=text)
    events = code_events(syntax, [], resolve(syntax, [], report), [], [], [], report, book)
    assert [(event.type, event.mode) for event in events] == [("RECOGNIZE", "grant")]


def test_a_wrong_example_says_what_came_out(nlp: Language, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "type: SNUB\nentries:\n- verbs: ignore\n  examples:\n"
        '  - {text: "Chad ignored Mali.", actor: Mali}\n'
        '  - {text: "Chad praised Mali."}\n'
        '  - {text: "Chad ignored Niger.", none: true}\n',
        encoding="utf-8",
    )
    wrong = check_codebook(load_codebook([path], extend=False), nlp)
    assert [failure.text for failure in wrong] == ["Chad ignored Mali.", "Chad praised Mali.", "Chad ignored Niger."]
    assert "actor is 'Chad', expected 'Mali'" in wrong[0].problem
    assert "nothing is coded" in wrong[1].problem
    assert "must stay without" in wrong[2].problem
    assert all("mine.yaml, entry 1" in failure.source for failure in wrong)


def test_explain_names_the_entry_that_fired_and_why_others_did_not(nlp: Language) -> None:
    told = explain("Bolivia paid a visit to Lima.", nlp)
    fired = [firing for firing in told.firings if firing.fired]
    assert [firing.rule for firing in fired] == ["CONSULT/pay visit to *"]
    assert fired[0].event == told.events[0].id
    assert all(firing.why for firing in told.firings if not firing.fired)


def test_records_keep_the_rule(read: Callable[..., Record]) -> None:
    rules = {event.rule for event in read("Nepal condemned the attack on Laos.").events}
    assert "ACCUSE/condemn" in rules
