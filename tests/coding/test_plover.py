from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate import load_model, parse
from dateline.coding.factuality import Stances
from dateline.coding.plover import parse_plover_rules, plover
from dateline.coding.stance_marks import Stance
from dateline.errors import DatelineError
from dateline.mentions.predicates import predicates

# sentence with its act marked, the act's type and mode, what PLOVER codes
ROWS = [
    ("Chile will *visit* Peru.", "CONSULT", "visit", ("AGREE", None)),
    ("The rebels said they would *release* the pilots.", "RETREAT", "release", ("AGREE", None)),
    ("Oman plans to *send* tents to the camps.", "AID", None, ("AGREE", None)),
    ("The premier is willing to *meet* the strikers.", "CONSULT", None, ("AGREE", None)),
    ("The envoy would *meet* the rebels if they laid down arms.", "CONSULT", None, ("AGREE", None)),
    ("The general refused to *release* the pilots.", "RETREAT", "release", ("REJECT", "yield")),
    ("Malta will not *accept* the refugees.", "AID", None, ("REJECT", "assist")),
    ("The king cancelled the *visit*.", "CONSULT", "visit", ("REJECT", "meet")),
    ("The sides failed to *sign* the treaty.", "SUPPORT", None, ("REJECT", "assist")),
    ("The minister did not *visit* the camp.", "CONSULT", "visit", None),
    ("Iran denied *sending* arms.", "AID", None, None),
    ("The army will *bomb* the port.", "ASSAULT", "aerial", ("THREATEN", "violence")),
    ("The judge threatened to *arrest* the editor.", "COERCE", "arrest", ("THREATEN", "arrest")),
    ("The bloc may *impose* sanctions.", "SANCTION", "discontinue", ("THREATEN", "relations")),
    ("The bloc did not *impose* sanctions.", "SANCTION", "discontinue", None),
    ("The army was sent to *fight* the rebels.", "ASSAULT", None, None),
    ("The union will *boycott* the vote.", "PROTEST", "boycott", ("THREATEN", "restrict")),
    ("France urged Syria to *withdraw* its troops.", "RETREAT", "withdraw", ("REQUEST", "yield")),
    ("The court will *investigate* the mayor.", "ACCUSE", "investigate", ("ACCUSE", "investigate")),
    ("The army *shelled* the port.", "ASSAULT", "heavy-weapons", ("ASSAULT", "heavy-weapons")),
    ("The gang allegedly *robbed* the bank.", "COERCE", "seize", ("COERCE", "seize")),
    ("If they *attack*, we go home.", "ASSAULT", None, None),
    ("The army would have *attacked*.", "ASSAULT", None, None),
    ("The court ordered the *arrest* of the banker.", "COERCE", "arrest", ("COERCE", "arrest")),
    ("The cabinet decided to *lift* the curfew.", "RETREAT", None, ("RETREAT", None)),
    ("The cabinet voted to *visit* the camps.", "CONSULT", "visit", ("AGREE", None)),
    ("Spain offered to *send* troops to the mission.", "MOBILIZE", "troops", ("AGREE", None)),
    ("Police launched an operation to *detain* the smugglers.", "COERCE", "arrest", ("COERCE", "arrest")),
    ("The junta did not *allow* the inspectors in.", "CONCEDE", None, ("REJECT", "yield")),
    ("An attempt to *kill* the judge was foiled.", "ASSAULT", "targeted", ("ASSAULT", "targeted")),
    ("The king founded a board to *support* the islanders.", "SUPPORT", None, ("SUPPORT", None)),
    ("The premier will not go to Riga to *meet* the rebels.", "CONSULT", None, ("REJECT", "meet")),
    ("The two *met* in Oslo.", "CONSULT", None, ("CONSULT", None)),
]


@pytest.mark.parametrize(("marked", "act", "mode", "expected"), ROWS, ids=[r[0] for r in ROWS])
def test_sentences(marked: str, act: str, mode: str | None, expected: tuple[str, str | None] | None) -> None:
    before, word, after = marked.split("*")
    syntax = next(iter(parse([before + word + after], load_model())))
    stance = Stances(syntax, predicates(syntax)).at(syntax.begin.index(len(before)))
    coded = plover(act, mode, stance)
    assert (coded and (coded.type, coded.mode)) == expected


def test_demands_are_coded_once() -> None:
    stance = Stance("requested", "request", 3)
    assert plover("RETREAT", None, stance, governor_coded=True) is None
    assert plover("RETREAT", None, stance) is not None


def test_types_of_another_codebook_keep_their_name() -> None:
    coded = plover("FLOOD", None, Stance("planned", "will"))
    assert coded is not None
    assert coded.type == "FLOOD"
    assert plover("FLOOD", None, Stance("negated", "not")) is None


@given(
    st.sampled_from(["AID", "ASSAULT", "ACCUSE", "AGREE", "MINE"]),
    st.sampled_from(["occurred", "ongoing", "general"]),
    st.sampled_from([None, "cause", "begin", "tense"]),
)
def test_what_happened_is_coded_as_itself(act: str, value: str, kind: str | None) -> None:
    coded = plover(act, "demo", Stance(value, kind))  # type: ignore[arg-type]
    assert coded is not None
    assert (coded.type, coded.mode) == (act, "demo")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{acts: friendly, code: same}", "rule 1: unknown group 'friendly'"),
        ("{acts: all, factuality: [maybe], code: same}", "rule 1: unknown factuality 'maybe'"),
        ("{acts: all, code: HUG}", "rule 1: unknown code 'HUG'"),
        ("{acts: all}", "lacks a part"),
    ],
)
def test_bad_rules_say_what_is_wrong(line: str, message: str) -> None:
    with pytest.raises(DatelineError, match=message):
        parse_plover_rules(f"groups: {{a: [AID]}}\nrules:\n  - {line}\nmodes: {{}}\n")
