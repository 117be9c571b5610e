from __future__ import annotations

from pathlib import Path

import pytest

from dateline.coding.codebook import default_codebook, load_codebook
from dateline.coding.pattern import parse_pattern
from dateline.errors import CodebookError


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_codebook_that_comes_along_has_plovers_types() -> None:
    book = default_codebook()
    assert len(book.types) == 16
    assert book.size >= 1200
    assert all(event_type.definition for event_type in book.types.values())


def test_a_pattern_names_particle_and_recipient() -> None:
    pattern = parse_pattern("lash out at *", {}, "test")
    assert (pattern.trigger, pattern.particles, pattern.recipient) == ("lash", ("out",), "at")


def test_a_preposition_at_the_end_of_a_pattern_must_follow_and_is_no_particle() -> None:
    assert parse_pattern("hold consultation between", {}, "test").prepositions == ("between",)
    assert parse_pattern("give in", {}, "test").particles == ("in",)


def test_a_pattern_names_an_object_set_and_the_recipient_after_a_preposition() -> None:
    pattern = parse_pattern("impose <penalty> on *", {"penalty": frozenset({"sanction", "ban"})}, "test")
    assert pattern.objects == {"sanction", "ban"}
    assert pattern.recipient == "on"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("entries:\n- nuns: attack", "type"),
        ("type: X\nentries:\n- nuns: attack", "did you mean 'nouns'"),
        ("type: X\nentries:\n- verbs: attack <foo>", "not defined"),
        ("type: X\nentries:\n- verbs: '* attack'", "must begin with the trigger"),
        ("type: X\nentries:\n- verbs: attack\n  mode: loud", "no mode 'loud'"),
        ("type: X\nentries: []", "no entries"),
        ("type: X\nentries:\n- {mode: }", "no trigger"),
        ("type: X\n  entries: [", "line 2"),
    ],
)
def test_errors_name_the_file_and_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(CodebookError, match=message) as caught:
        load_codebook([path], extend=False)
    assert "mine.yaml" in str(caught.value) or message == "type"


def test_prepositions_stay_words_in_yaml(tmp_path: Path) -> None:
    book = load_codebook([write(tmp_path, "type: X\nrecipient: [on, off]\nentries:\n- verbs: zap")], extend=False)
    assert book.triggers["zap"].verb[0].recipient == ("on", "off")
    assert list(book.types) == ["X"]


def test_a_pattern_tells_which_words_a_sentence_must_have() -> None:
    pattern = parse_pattern("impose <penalty> on *", {"penalty": frozenset({"ban"})}, "test")
    assert pattern.required == {"on"}
    assert parse_pattern("give <penalty> to *", {"penalty": frozenset({"ban"})}, "test").required == frozenset()
