from __future__ import annotations

import pytest

from dateline.coding.phrases import compile_phrases, phrases_at
from dateline.errors import CodebookError

LIST = compile_phrases("in the @ half, by # runs|wickets, left-back, heavy rain, heavy snow on hills")


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("in the second half", [4]),
        ("in the other half", []),
        ("by 7 wickets", [3]),
        ("by seven wickets", [3]),
        ("by several wickets", []),
        ("left - back", [3]),
        ("left back", []),
        ("heavy rain", [2]),
        ("heavy", []),
        ("heavy snow on", []),
    ],
)
def test_phrases_are_found_where_they_begin(words: str, ends: list[int]) -> None:
    assert list(phrases_at(LIST, words.split(), 0)) == ends


def test_a_phrase_cannot_begin_with_any_number() -> None:
    with pytest.raises(CodebookError, match="begin it with a word"):
        compile_phrases("home win, # goals")
