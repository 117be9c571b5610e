from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate import Syntax, load_model, parse
from dateline.mentions.predicates import Predicates, predicates


def read(text: str) -> Syntax:
    return next(iter(parse([text], load_model())))


def find(syntax: Syntax, word: str) -> int:
    return syntax.lower.index(word.lower())


# sentence, verb, who does it, to whom
ROLES = [
    ("Ghana agreed to receive the envoy.", "receive", ["Ghana"], ["envoy"]),
    ("Lima wants Quito to free the miners.", "free", ["Quito"], ["miners"]),
    ("Peru was forced to release the sailors.", "release", ["Peru"], ["sailors"]),
    ("Kenya and Uganda plan to sign the treaty.", "sign", ["Kenya", "Uganda"], ["treaty"]),
    ("Rebels who seized the port on Monday left.", "seized", ["Rebels"], ["port"]),
    ("The port seized by rebels was burning.", "seized", ["rebels"], ["port"]),
    ("The envoy was expelled by Chile.", "expelled", ["Chile"], ["envoy"]),
    ("Cuba denounced Spain and recalled its envoy.", "recalled", ["Cuba"], ["envoy"]),
    ("The army shelled and captured the town.", "shelled", ["army"], ["town"]),
    ("Niger accused Mali of arming the rebels.", "arming", ["Mali"], ["rebels"]),
    ("After visiting Oslo, the minister flew to Riga.", "visiting", ["minister"], ["Oslo"]),
    ("Turkey struck the camp, killing five fighters.", "killing", ["Turkey"], ["fighters"]),
    ("The president ordered troops to storm the building.", "storm", ["troops"], ["building"]),
    ("Hungary's promise to send doctors pleased Kyiv.", "send", ["Hungary"], ["doctors"]),
    ("The minister is ready to meet the strikers.", "meet", ["minister"], ["strikers"]),
    ("He was the first pope to visit Iraq.", "visit", ["pope"], ["Iraq"]),
    ("Bolivia promised Brazil to cut prices.", "cut", ["Bolivia"], ["prices"]),
    ("Ankara was accused of shelling the villages.", "shelling", ["Ankara"], ["villages"]),
    ("The guards prevented reporters from entering the camp.", "entering", ["reporters"], ["camp"]),
    ("The Saudi-backed rebels left the port.", "backed", ["Saudi"], ["rebels"]),
    ("Police freed the detained activists.", "detained", [], ["activists"]),
    ("The failure of the ministers to sign the pact upset Riga.", "sign", ["ministers"], ["pact"]),
    ("Italy apologised for detaining the captain.", "detaining", ["Italy"], ["captain"]),
]


@pytest.mark.parametrize(("sentence", "verb", "agents", "patients"), ROLES, ids=[f"{r[1]}: {r[0][:40]}" for r in ROLES])
def test_logical_roles(sentence: str, verb: str, agents: list[str], patients: list[str]) -> None:
    syntax = read(sentence)
    predicate = predicates(syntax)[find(syntax, verb)]
    assert [syntax.word[i] for i in predicate.agents] == agents
    assert [syntax.word[i] for i in predicate.patients] == patients


def test_recipients_and_prepositions() -> None:
    syntax = read("Poland gave Ukraine tanks and sold rifles to Moldova, out of stocks in Gdansk.")
    view = predicates(syntax)
    assert [syntax.word[i] for i in view[find(syntax, "gave")].recipients] == ["Ukraine"]
    sold = view[find(syntax, "sold")]
    assert [syntax.word[i] for i in sold.recipients] == ["Moldova"]
    assert [syntax.word[i] for i in view.oblique(sold.token, "to")] == ["Moldova"]


def test_preposition_is_found_on_verb_or_object() -> None:
    syntax = read("Canada imposed sanctions on Belarus.")
    view = predicates(syntax)
    assert [syntax.word[i] for i in view.oblique(find(syntax, "imposed"), "against", "on")] == ["Belarus"]


FORMS = [
    ("They will leave.", "leave", "future", "will", False, False, False, False),
    ("They have been talking.", "talking", "present", None, True, True, False, False),
    ("They had been seized.", "seized", "past", None, True, False, True, False),
    ("The rebels were not beaten.", "beaten", "past", None, False, False, True, True),
    ("No troops crossed the river.", "crossed", "past", None, False, False, False, True),
    ("They could meet soon.", "meet", "past", "could", False, False, False, False),
    ("France did not send or sell tanks.", "sell", "past", None, False, False, False, True),
    ("The envoy will visit Kyiv and meet the mayor.", "meet", "future", "will", False, False, False, False),
    ("The men were seized and beaten.", "beaten", "past", None, False, False, True, False),
    ("Arms bought by Chad arrived.", "bought", "participle", None, False, False, True, False),
    ("The town is being shelled.", "shelled", "present", None, False, True, True, False),
]


@pytest.mark.parametrize(("sentence", "verb", "tense", "modal", "perfect", "progressive", "passive", "negated"), FORMS)
def test_verb_form(
    sentence: str, verb: str, tense: str, modal: str, perfect: bool, progressive: bool, passive: bool, negated: bool
) -> None:
    syntax = read(sentence)
    form = predicates(syntax).form(find(syntax, verb))
    assert (form.tense, form.modal, form.perfect, form.progressive, form.passive, form.negated) == (
        tense,
        modal,
        perfect,
        progressive,
        passive,
        negated,
    )


DEPS = ["nsubj", "nsubjpass", "dobj", "conj", "xcomp", "ccomp", "advcl", "relcl", "acl", "prep", "pobj", "pcomp", "aux"]


def trees(words: list[str], heads: list[int], deps: list[str], tags: list[str]) -> Syntax:
    """Any labels over any tree, as a bad parse might be."""
    n = len(words)
    ends = [total - 1 for total in accumulate(len(w) + 1 for w in words)]
    return Syntax(
        text=" ".join(words),
        word=words,
        lower=[w.lower() for w in words],
        lemma=[w.lower() for w in words],
        pos=["VERB" if t.startswith("V") else "NOUN" for t in tags],
        tag=tags,
        dep=deps,
        head=heads,
        begin=[e - len(w) for e, w in zip(ends, words, strict=True)],
        end=ends,
        sentence=[0] * n,
        sentences=[(0, n)] if n else [],
    )


@st.composite
def odd_parse(draw: st.DrawFn) -> Syntax:
    n = draw(st.integers(1, 25))
    deps = st.sampled_from(DEPS)
    heads = [draw(st.integers(0, i)) for i in range(n)]
    words = draw(st.lists(st.sampled_from(["who", "by", "to", "was", "no", "A", "which"]), min_size=n, max_size=n))
    tags = draw(st.lists(st.sampled_from(["VBD", "VB", "VBG", "NN", "WP", "TO", "IN"]), min_size=n, max_size=n))
    labels = [draw(deps) if heads[i] != i else "ROOT" for i in range(n)]
    return trees(words, heads, labels, tags)


@settings(deadline=None)
@given(odd_parse())
def test_any_tree_gives_tokens_of_that_tree(syntax: Syntax) -> None:
    view = predicates(syntax)
    for i in range(len(syntax)):
        p = view[i]
        held = (*p.subjects, *p.objects, *p.by, *p.datives, *p.attributes, *(t for o in p.obliques.values() for t in o))
        assert all(0 <= t < len(syntax) for t in held)
        assert view[i] is p


def test_unparsed_tokens_have_no_roles() -> None:
    syntax = read("== 1 2 3 ==")
    view = Predicates(syntax)
    assert all(not view[i].agents for i in range(len(syntax)))


def test_long_chains_take_linear_work(steps: Callable[[Callable[[], object]], int]) -> None:
    def see(n: int) -> None:
        syntax = trees(["go"] * n, [max(0, i - 1) for i in range(n)], ["ROOT"] + ["conj"] * (n - 1), ["VB"] * n)
        view = predicates(syntax)
        for i in range(n):
            view[i]

    assert steps(lambda: see(8_000)) < 6 * steps(lambda: see(2_000))


def test_subjects_that_the_parser_hangs_elsewhere_are_found(nlp):
    for text, verb, subject in (
        (
            "The envoy said army troops are “heavily” shelling the northern districts after a raid.",
            "shelling",
            "troops",
        ),
        ("It was the first clash since Ankara began launching strikes on the militants last week.", "began", "Ankara"),
    ):
        syntax = next(parse([text], nlp))
        view = predicates(syntax)
        found = [syntax.word[i] for i in view[syntax.word.index(verb)].subjects]
        assert subject in found, text


def test_who_is_asked_does_it_and_not_the_one_who_asks(nlp):
    for text, verb, subject in (
        ("Lula accepted the king's invitation to visit Madrid.", "visit", "Lula"),
        ("The king sent an invitation to Lula to visit Madrid.", "visit", "Lula"),
        ("Ankara's appeal to Berlin to lift the ban went unheard.", "lift", "Berlin"),
        ("Ankara ignored Berlin's demand to lift the ban.", "lift", "Ankara"),
        ("Berlin's plan to lift the ban was dropped.", "lift", "Berlin"),
    ):
        syntax = next(parse([text], nlp))
        found = [syntax.word[i] for i in predicates(syntax)[syntax.word.index(verb)].subjects]
        assert found == [subject], text
