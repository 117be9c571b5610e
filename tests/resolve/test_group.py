"""Who several are, and whose people are nobody's in particular."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dateline.annotate import find_zones, parse
from dateline.records import Report
from dateline.resolve import Resolution, resolve


@pytest.fixture(scope="module")
def means(nlp) -> Callable[..., Any]:  # type: ignore[no-untyped-def]
    """``means(text, word)``: what the last reference headed by a word means."""

    def run(text: str, word: str, published: str = "2018-07-20") -> Any:
        syntax = next(parse([text], nlp))
        report = Report(id="r", text=text, published=published, publisher="The Nowhere Courier")
        resolution: Resolution = resolve(syntax, find_zones(text), report)
        found = [r for r in resolution.references if syntax.word[r.head] == word]
        return (found[-1].entity or found[-1].members or None) if found else "no reference"

    return run


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        (
            "Donald Trump and Vladimir Putin met. The leaders talked for an hour.",
            "leaders",
            ("donald_trump", "vladimir_putin"),
        ),
        ("Norway asked Sweden for help. The Danish king thanked both countries.", "countries", ("NOR", "SWE")),
        ("Norway and Sweden signed the pact. Their ministers smiled.", "Their", ("NOR", "SWE")),
        ("The Norway-Sweden pact was signed.", "Sweden", ("NOR", "SWE")),
        ("Diplomats said that it was late.", "Diplomats", "official"),
        ("The resolution calls on governments to help.", "governments", None),
        ("Two officials said that Norway was late.", "officials", "official"),
        ("Demonstrators marched through the Finnish capital.", "Demonstrators", "fin_demonstrator"),
        ("Russia\u2019s ambassador to Norway, Igor Testov, said his embassy was open.", "embassy", "rus_embassy"),
        ("Norway accused Denmark of breaking its promise.", "its", "DNK"),
        ("The council imposed sanctions on Norway over its missile test.", "its", "NOR"),
        ("A spokesman for the Kenyan army spoke. The spokesman smiled.", "spokesman", "ken_military"),
        ("Kenyan soldiers left. Foreign troops stayed.", "troops", "foreign_troop"),
        ("The minister of Kenya who resigned spoke.", "who", "KEN"),
        ("Analysts fear a long war.", "Analysts", "analyst"),
        ("Two Norwegian frigates sailed north.", "frigates", "nor_navy"),
        ("The USS Testvessel left port. The destroyer turned south.", "destroyer", "uss_testvessel"),
        ("Hackers tried to influence the Kenyan election. They failed in the election.", "election", "KEN"),
        ("Pro-government militias fought rebels in Yemen.", "militias", "pro_yemeni_government_forces"),
        ("Kenya and Uganda are sending soldiers of their own.", "their", ("KEN", "UGA")),
    ],
)
def test_references(means, text: str, word: str, expected: Any) -> None:  # type: ignore[no-untyped-def]
    assert means(text, word) == expected


def test_statement_and_report_point_back(means) -> None:  # type: ignore[no-untyped-def]
    text = "The Kenyan foreign ministry said in a statement that talks had failed. The statement gave no reason."
    assert means(text, "statement") == "ken_foreign_ministry"
    text = "The news agency Xinhua reported heavy rain. According to the report, roads were closed."
    assert means(text, "report") == "xinhua"


def test_both_sides_of_a_civil_war_are_its_armies(read) -> None:  # type: ignore[no-untyped-def]
    text = (
        "The Sudanese army accused the Rapid Support Forces of looting. The Rapid Support Forces said the army had "
        "bombed them. Egypt urged both sides to talk."
    )
    record = read(text, published="2023-04-18")
    (event,) = [e for e in record.events if text[slice(*e.trigger)] == "urged"]
    assert {a.entity for a in event.recipient} == {"sdn_military", "rsf_sudan"}


def test_two_of_a_kind_are_no_pair_spoken_of_before(read) -> None:  # type: ignore[no-untyped-def]
    text = "Vladimir Putin met Emmanuel Macron in Paris. Two French lawmakers asked questions."
    record = read(text, published="2018-06-20")
    at = text.index("Two French lawmakers")
    found = [e.id for e in record.entities for m in e.mentions if m.span == (at, at + len("Two French lawmakers"))]
    assert "vladimir_putin" not in found


def test_the_rebels_are_those_named_before(read) -> None:  # type: ignore[no-untyped-def]
    record = read("Yemeni troops attacked the Houthi rebels. The rebels fired a missile at Saudi Arabia.")
    event = record.events[-1]
    assert [a.entity for a in event.actor] == ["houthis"]
