from __future__ import annotations

import re
from importlib.resources import files

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dateline.serve.views  # noqa: F401  for `Record._repr_html_`
from dateline.records import Entity, Mention, Quantity, Record, Report, Statement, Time
from dateline.serve.page import fragment, page
from dateline.serve.page.marks import Marks

from .record import HARM, TEXT, at, hostile, record


def parsed(html: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(html)


def text_of(tree: lxml.html.HtmlElement) -> str:
    """The report's text as the page shows it: without the small marks."""
    article = tree.xpath("//article")[0]
    for mark in article.xpath(".//a[contains(concat(' ', @class, ' '), ' mk ')]"):
        mark.drop_tree()
    return article.text_content()


def test_the_page_holds_the_text_as_it_is():
    assert text_of(parsed(page(record()))) == TEXT


def test_every_link_leads_somewhere_and_no_anchor_is_there_twice():
    for html in (page(record()), page(hostile()), fragment(record())):
        tree = parsed(html)
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        targets = [href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")]
        assert len(targets) > 30
        assert set(targets) <= set(ids)


def test_every_span_is_marked_and_linked_both_ways():
    made = record()
    tree = parsed(page(made))
    marks = Marks(made).all
    for mark in marks:
        pieces = tree.xpath(f"//article//*[@data-r][contains(concat(' ', @data-r, ' '), ' {mark.key} ')]")
        shown = "".join(piece.text_content() for piece in pieces if "mk" not in piece.get("class").split())
        assert TEXT[mark.begin : mark.end] in shown or mark.layer == "content"
        # from the record to the text, and from the text to the record or to the name that leads on to it
        assert tree.xpath(f"//article//i[@id='{mark.anchor}'][@data-k='{mark.key}']")
        assert tree.xpath(f"//*[@id='{mark.key}']")
    back = set(tree.xpath("//div[@id='records']//a/@href"))
    for layer in ("trigger", "content", "cue", "source", "time", "quantity", "mention", "flag", "framing", "argument"):
        assert {f"#{mark.anchor}" for mark in marks if mark.layer == layer} <= back, layer
    forth = set(tree.xpath("//article//a/@href"))
    assert {f"#{mark.key}" for mark in marks} <= forth


def test_cards_say_what_the_record_says():
    tree = parsed(page(record()))
    card = " ".join(tree.xpath("//*[@id='e1']")[0].text_content().split())
    assert "planned RETREAT withdraw" in card
    assert "Borland ↗ ─ withdraw" in card
    assert "13 to 15 June 2018 (“Friday”)" in card
    assert "3,000 troops" in card
    assert "in PLOVERAGREE" in card
    assert "The Harbour Gazette → envoy of Arland → governor" in card
    assert tree.xpath("//*[@id='e2']//*[@id='e3']")  # told again
    assert tree.xpath("//*[@id='s1']//*[@id='s2']")  # nested
    assert tree.xpath("//header//a/@href") == ["https://gazette.example/port?a=1&b=2"]


def test_a_hostile_report_changes_nothing():
    html = page(hostile())
    tree = parsed(html)
    assert len(tree.xpath("//script")) == 1
    assert len(tree.xpath("//style")) == 1
    assert not tree.xpath("//img|//iframe|//object|//form|//base|//link")
    assert {href[0] for href in tree.xpath("//a/@href")} == {"#"}
    assert not [
        name
        for element in tree.iter()
        if isinstance(element.tag, str)
        for name in element.attrib
        if name.startswith("on")
    ]
    assert "\x1b" not in html
    assert "\x00" not in html
    shape = [element.tag for element in tree.iter()]
    assert shape.count("h1") == 1
    assert tree.xpath("//h1")[0].text_content().startswith("<script>alert('x')</script>")
    kept = text_of(tree)
    assert kept == hostile().report.text.replace("\x1b", "\ufffd").replace("\x00", "\ufffd")


def test_nothing_is_loaded_and_only_the_own_script_may_run():
    html = page(record())
    assert not re.findall(r"""(?:src|href)=["'](?!#|https://gazette)""", html)
    assert "url(" not in html
    assert "@import" not in html
    policy = parsed(html).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_two_pieces_in_one_notebook_do_not_share_anchors():
    other = record()
    other.report.id = "other"
    ids = [set(parsed(fragment(made)).xpath("//@id")) for made in (record(), other)]
    assert not ids[0] & ids[1]
    assert "<script" not in fragment(record())
    assert fragment(record()) == record()._repr_html_()


def test_an_empty_report_says_so():
    empty = Record(report=Report(id="none", text=" \n"))
    assert "The text is empty." in page(empty)
    assert "Nothing found" in page(empty)


@given(st.data())
def test_spans_may_nest_and_cross(data):
    text = data.draw(st.text(alphabet="ab <&\n\r\t\u0301é🕊\u202e", min_size=1, max_size=40))
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda s: s[0] < s[1])
    spans = data.draw(st.lists(span, max_size=12))
    made = Record(report=Report(id="any", text=text))
    for k, where in enumerate(spans):
        if k % 4 == 0:
            made.times.append(Time(id=f"t{k}", span=where, type="DATE", value="2018"))
        elif k % 4 == 1:
            made.entities.append(
                Entity(id=f"n{k}", name="n", kind="person", mentions=[Mention(span=where, how="name")])
            )
        elif k % 4 == 2:
            made.quantities.append(Quantity(id=f"q{k}", span=where, value=1.0))
        else:
            made.statements.append(
                Statement(id=f"s{k}", quote="direct", source=[], cue=[where], content=[where], chain=[])
            )
    pieces = list(Marks(made).pieces(len(text)))
    assert "".join(text[piece.begin : piece.end] for piece in pieces) == text
    for piece in pieces:
        over = [s for s in spans if s[0] < piece.end and piece.begin < s[1]]
        assert all(s[0] <= piece.begin and piece.end <= s[1] for s in over)
        assert {(mark.begin, mark.end) for mark in piece.marks} == set(over)
    if text.strip():
        # HTML makes one line end of CRLF and CR
        shown = text_of(parsed(page(made)))
        assert re.sub("\r\n?", "\n", shown) == re.sub("\r\n?", "\n", text)


def _luminance(colour: str) -> float:
    if len(colour) == 4:
        colour = "#" + "".join(2 * digit for digit in colour[1:])
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1])
def test_contrast_is_enough_to_read(theme):
    """WCAG 2.2 AA: 4.5 to 1 for text, on every ground that it may stand on."""
    style = files("dateline.serve.page").joinpath("tokens.css").read_text("utf-8")
    blocks = re.findall(r"--paper:.*?--general:#\w+", style, re.S)
    assert len(blocks) == 2
    colour = dict(re.findall(r"--([a-z0-9]+):(#\w+)", blocks[theme]))
    facts = ["occurred", "planned", "possible", "requested", "threatened", "denied", "general"]
    grounds = ["paper", "said1", "said2", "said3", "time", "quantity"]
    pairs = [(text, ground) for text in ("ink", "cue", "link", *facts) for ground in grounds]
    pairs += [(text, "panel") for text in ("ink", "soft", "link")]
    pairs += [("soft", "paper"), ("ink", "lit")]
    for text, ground in pairs:
        light, dark = sorted((_luminance(colour[text]), _luminance(colour[ground])), reverse=True)
        ratio = (light + 0.05) / (dark + 0.05)
        assert ratio >= 4.5, f"{text} on {ground}: {ratio:.2f}"


def test_the_harm_is_harmful():
    """The hostile record would change the page if it were not escaped."""
    assert parsed(f"<p>{HARM}</p>").xpath("//script|//img")
    assert at("port")
