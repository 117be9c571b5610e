"""Mentions of the sample reports."""

import pytest

from dateline.pipeline import records_of
from dateline.reconcile.mention import mentions_of
from dateline.samples import sample, sample_names


@pytest.fixture(scope="session")
def sample_mentions(nlp):
    """All that the samples tell of."""
    return [m for record in records_of([sample(name) for name in sample_names()], nlp) for m in mentions_of(record)]
