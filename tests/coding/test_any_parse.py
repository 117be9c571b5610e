"""No parse may break the coder: parsers err, and trees may have any shape."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate import Syntax
from dateline.coding import code_events
from dateline.records import Record, Report, check
from dateline.resolve import Resolution

WORDS = [
    ("attacked", "attack", "VERB", "VBD"),
    ("launch", "launch", "VERB", "VB"),
    ("urged", "urge", "VERB", "VBD"),
    ("must", "must", "AUX", "MD"),
    ("sanctions", "sanction", "NOUN", "NNS"),
    ("talks", "talk", "NOUN", "NNS"),
    ("army", "army", "NOUN", "NN"),
    ("leaders", "leader", "NOUN", "NNS"),
    ("Chad", "Chad", "PROPN", "NNP"),
    ("it", "it", "PRON", "PRP"),
    ("their", "their", "PRON", "PRP$"),
    ("critical", "critical", "ADJ", "JJ"),
    ("on", "on", "ADP", "IN"),
    ("by", "by", "ADP", "IN"),
    ("of", "of", "ADP", "IN"),
    ("to", "to", "PART", "TO"),
    ("and", "and", "CCONJ", "CC"),
    ("-", "-", "PUNCT", "HYPH"),
    ("said", "say", "VERB", "VBD"),
    ("2-1", "2-1", "NUM", "CD"),
]
DEPS = ["ROOT", "nsubj", "nsubjpass", "dobj", "dative", "prep", "pobj", "pcomp", "poss", "compound", "amod", "acl"]
DEPS += ["relcl", "ccomp", "xcomp", "advcl", "conj", "cc", "agent", "mark"]


@st.composite
def parses(draw: st.DrawFn) -> Syntax:
    rows = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
    n = len(rows)
    heads = draw(st.lists(st.integers(0, n - 1), min_size=n, max_size=n))
    deps = draw(st.lists(st.sampled_from([*DEPS, ""]), min_size=n, max_size=n))
    word = [row[0] for row in rows]
    begin, at = [], 0
    for w in word:
        begin.append(at)
        at += len(w) + 1
    return Syntax(
        text=" ".join(word),
        word=word,
        lower=[w.lower() for w in word],
        lemma=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        tag=[row[3] for row in rows],
        dep=deps,
        head=heads,
        begin=begin,
        end=[b + len(w) for b, w in zip(begin, word, strict=True)],
        sentence=[0] * n,
        sentences=[(0, n)],
    )


@settings(max_examples=300, deadline=None)
@given(parses())
def test_no_tree_breaks_the_coder(syntax: Syntax) -> None:
    report = Report(id="x", text=syntax.text)
    events = code_events(syntax, [], Resolution(), [], [], [], report)
    assert list(check(Record(report=report, events=events))) == []
    assert [event.id for event in events] == [f"e{k}" for k in range(1, len(events) + 1)]
