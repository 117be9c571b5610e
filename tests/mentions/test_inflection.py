from __future__ import annotations

import pytest

from dateline.mentions.inflection import forms


@pytest.mark.parametrize(
    ("word", "its"),
    [
        ("attack", ["attack", "attacks", "attacked", "attacking"]),
        ("ban", ["bans", "banned", "banning"]),
        ("flee", ["flees", "fled", "fleeing"]),
        ("accuse", ["accuses", "accused", "accusing"]),
        ("ally", ["allies", "allied", "allying"]),
        ("clash", ["clashes", "clashed"]),
        ("overthrow", ["overthrew", "overthrown", "overthrowing"]),
        ("withdraw", ["withdrew", "withdrawn"]),
        ("meet", ["met", "meets", "meeting"]),
        ("veto", ["vetoes", "vetoed", "vetoing"]),
        ("lie", ["lay", "lying", "lies"]),
        ("picnic", ["picnicked"]),
        ("policeman", ["policemen"]),
        ("crisis", ["crises"]),
        ("thief", ["thieves"]),
        ("knife", ["knives"]),
    ],
)
def test_all_forms_of_a_word_are_made(word, its):
    assert set(its) <= forms(word)


def test_a_short_word_gets_no_forms_of_a_verb_that_it_merely_ends_with():
    assert forms("a") == {"a", "as", "aed", "aing"}
    assert "toid" not in forms("todo")
