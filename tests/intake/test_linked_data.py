import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake.files import report_from_file
from dateline.intake.linked_data import LinkedData, linked_data

ARTICLE = {
    "@type": ["NewsArticle"],
    "headline": "Envoys agree on grain",
    "datePublished": "2018-06-13T08:30:00+02:00",
    "publisher": {"@id": "#paper"},
    "author": [{"name": "Harbour Newsroom"}, "Evening Desk"],
}
PAPER = {"@id": "#paper", "@type": "Organization", "name": "the harbour gazette"}
WHOLE = LinkedData(
    "Envoys agree on grain", "the harbour gazette", "2018-06-13T08:30:00+02:00", "Harbour Newsroom; Evening Desk"
)


def page(*blocks):
    scripts = "".join(f'<script class="x" type="application/ld+json">{block}</script>' for block in blocks)
    return f"<html><head>{scripts}</head><body></body></html>"


@pytest.mark.parametrize(
    "blocks",
    [
        [{"@graph": [{"@type": "WebSite", "name": "Site"}, ARTICLE, PAPER]}],
        [[PAPER, ARTICLE]],
        [PAPER, ARTICLE],
        [ARTICLE | {"publisher": [PAPER]}],
        [ARTICLE | {"publisher": "the harbour gazette"}],
    ],
)
def test_an_article_is_found_in_every_arrangement(blocks):
    assert linked_data(page("{oops", *map(json.dumps, blocks))) == WHOLE


def test_what_is_no_article_or_of_another_type_is_passed_over():
    assert linked_data(page(json.dumps(PAPER))) == LinkedData()
    odd = {
        "@type": "NewsArticle",
        "headline": ["a"],
        "publisher": [1, {"name": None}],
        "datePublished": 5,
        "author": {},
    }
    assert linked_data(page(json.dumps(odd))) == LinkedData()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["NewsArticle", "#a"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "@graph", "name", "author", "publisher", "headline", "datePublished"]),
            inner,
        )
    ),
)


@given(anything)
def test_any_json_gives_text_or_nothing(data):
    found = linked_data(page(json.dumps(data)))
    assert all(value is None or isinstance(value, str) for value in (found.title, found.publisher, found.byline))


def test_a_page_is_read_with_them(tmp_path):
    path = tmp_path / "page.html"
    text = "<p>The envoys of the two countries met in the port on Monday and agreed to let grain pass.</p>" * 4
    head = page(json.dumps({"@graph": [ARTICLE, PAPER]})).removesuffix("<body></body></html>")
    path.write_text(f"{head}<body><article>{text}</article></body></html>", "utf-8")
    report = report_from_file(str(path))
    assert (report.title, report.publisher) == ("Envoys agree on grain", "the harbour gazette")
    assert (report.published or "")[:10] == "2018-06-13"
    assert report.published_basis == "metadata"
