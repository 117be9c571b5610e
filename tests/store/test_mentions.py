"""Mentions that can be of one occurrence are found among those of two groups of reports."""

from pathlib import Path

import pytest
import yaml

from dateline.pipeline import records_of
from dateline.reconcile.account import candidates
from dateline.reconcile.match import compare, enough
from dateline.reconcile.mention import mentions_of
from dateline.records import Report
from dateline.store.mentions import told_by

CORPUS = Path(__file__).parent.parent / "reconcile" / "corpus.yaml"


@pytest.fixture(scope="module")
def told(nlp):
    reports = yaml.safe_load(CORPUS.read_text(encoding="utf-8"))["reports"]
    read = [Report(**{**r, "published": str(r["published"])}, published_basis="given") for r in reports]
    return [mentions_of(record) for record in records_of(read, nlp)]


@pytest.mark.parametrize("third", range(3))
def test_what_can_be_of_one_occurrence_with_some_that_came(told, third):
    came = [m for n, some in enumerate(told) if n % 3 == third for m in some]
    others = [m for n, some in enumerate(told) if n % 3 != third for m in some]
    both = [*came, *others]
    expected = set()
    for x, y in candidates(both):
        if x < len(came) <= y and enough(compare(both[x], both[y], one_story=True), both[x], both[y]):
            expected.add(both[y].key)
    found = told_by(came, others)
    assert expected
    # Of the nearest on either side no fewer are looked at than candidates are.
    assert found >= expected
    assert told_by([], others) == told_by(came, []) == set()
