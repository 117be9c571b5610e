from hypothesis import given
from hypothesis import strategies as st

from dateline.attribute.quotation import Quotation, find_quotes


def outer(text):
    return [text[q.begin : q.end] for q in find_quotes(text) if q.depth == 0 and not q.single]


def test_pairs_marks_of_every_style():
    assert outer("“One,” he said. \"Two,\" she said. «Three», ''Four'' and „Five“.") == [
        "“One,”",
        '"Two,"',
        "«Three»",
        "''Four''",
        "„Five“",
    ]


def test_closes_with_another_style():
    assert outer('“We are ready," he said. "We are not,” she said.') == ['“We are ready,"', '"We are not,”']


def test_nested_quotes_have_depth():
    text = 'He said: "They told me “never again” twice." Nobody laughed.'
    assert [(text[q.begin : q.end], q.depth) for q in find_quotes(text)] == [
        ('"They told me “never again” twice."', 0),
        ("“never again”", 1),
    ]


def test_single_marks_and_apostrophes():
    text = "The minister’s ‘red line’ isn’t the farmers’ line, nor the '90s one; it's 'gone'."
    assert [text[q.begin : q.end] for q in find_quotes(text)] == ["‘red line’", "'gone'"]


def test_unbalanced_mark_stays_in_its_paragraph():
    text = 'The 6" pipe and a stray “ mark broke.\n\n“Fine,” he said.'
    assert outer(text) == ["“Fine,”"]


def test_reopened_paragraphs():
    text = "“First the bridge fell.\n\n“Then the road went,” she said."
    first, second = find_quotes(text)
    assert (first.closed, first.reopened) == (False, True)
    assert text[first.begin : first.end] == "“First the bridge fell."
    assert second.closed


@given(st.text(alphabet="\"“”‘’'«»„ab .,\n", max_size=200))
def test_quotes_lie_in_the_text_and_do_not_cross(text):
    reach = 0
    for quote in find_quotes(text):
        assert 0 <= quote.begin < quote.end <= len(text)
        if quote.depth == 0 and not quote.single:
            assert quote.begin >= reach
            reach = quote.end
    quotation = Quotation(text, list(range(len(text))), list(range(1, len(text) + 1)))
    assert all(a[1] <= b[0] for a, b in zip(quotation.ranges, quotation.ranges[1:]))


def test_many_marks_take_linear_work(steps):
    def find(size):
        text = '"“' * (size // 2)
        begin, end = list(range(size)), list(range(1, size + 1))
        Quotation(text, begin, end)

    assert steps(lambda: find(40_000)) < 6 * steps(lambda: find(10_000))
    find(1_000_000)  # work inside the library calls would show here
