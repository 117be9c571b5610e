"""Counting by columns: values, and the months of days."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.store.columns import Words
from dateline.store.sift import MONTH, tally, tally_months

days = st.one_of(
    st.dates().map(str),
    st.sampled_from(["~", "", "2015", "2015-03", "2015-03-01T10:00:00Z", "unknown", "2015-03\U0010ffff"]),
    st.text(max_size=9),
)


@given(st.lists(st.none() | days))
def test_values_and_months_are_counted_as_one_by_one(values):
    words = sorted({value for value in values if value is not None})
    column = Words(words, np.array([0 if v is None else 1 + words.index(v) for v in values], dtype="u2"))
    told, months = Counter(), Counter()
    tally(told, column, column.codes)
    tally_months(months, column, column.codes)
    assert told == Counter(value for value in values if value is not None)
    assert months == Counter(value[:MONTH] for value in values if value is not None)
