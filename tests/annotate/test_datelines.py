import pytest

from dateline.annotate import parse, parse_docs
from dateline.annotate.datelines import dateline_end
from dateline.annotate.syntax import Syntax

REPORTS = {
    "LIMA - ": "President Dina Boluarte met Prime Minister Alberto Otárola in Cusco on Monday.",
    "DHAKA, Bangladesh - ": "Indian police arrested two smugglers near the border on Friday.",
    "VIENNA — ": "Austria expelled two diplomats on Monday.",
    "ATHENS, May 11 (Nordwire) - ": "Greek troops shelled the village of Sova on Thursday.",
    "(Nordwire) -- ": "Ministers met in Oslo.",
}


def sentences(syntax):
    return [syntax.text[syntax.begin[b] : syntax.end[e - 1]].strip() for b, e in syntax.sentences]


@pytest.mark.parametrize("dateline", REPORTS)
def test_what_follows_a_dateline_is_a_sentence_of_its_own(nlp, dateline):
    told = REPORTS[dateline]
    text = f"A headline\n\n{dateline}{told} They left."
    for parsed in (next(parse([text], nlp)), Syntax.from_doc(next(iter(parse_docs([text], nlp))))):
        assert sentences(parsed)[-2:] == [told, "They left."]
        assert not any(parsed.sentence[begin] != parsed.sentence[end - 1] for begin, end, _ in parsed.names)


def test_a_dash_that_goes_on_in_lower_case_parts_no_sentence(nlp):
    text = "UNICEF - the fund for children - sent food on Monday."
    assert sentences(next(parse([text], nlp))) == [text]


def test_each_item_of_a_digest_has_its_dateline(nlp):
    text = "LIMA - Peru held a vote.\nLA PAZ - Bolivia sent troops to the border.\n"
    assert sentences(next(parse([text], nlp)))[1::2] == ["Peru held a vote.", "Bolivia sent troops to the border."]


def test_the_end_of_a_dateline_is_behind_its_dash():
    text = "VIENNA — Talks ended."
    assert text[dateline_end(text, 0, len(text)) :] == "Talks ended."
    assert dateline_end("Talks — long ones — ended.", 0, 26) is None
