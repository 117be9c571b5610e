"""Mentions of the sample reports, and the reports of corpora."""

from collections.abc import Callable
from typing import Any

import pytest

from dateline.pipeline import records_of
from dateline.reconcile.mention import mentions_of
from dateline.records import Report
from dateline.samples import sample, sample_names


@pytest.fixture(scope="session")
def sample_mentions(nlp):
    """All that the samples tell of."""
    return [m for record in records_of([sample(name) for name in sample_names()], nlp) for m in mentions_of(record)]


@pytest.fixture(scope="session")
def reports_of() -> Callable[[dict[str, Any]], list[Report]]:
    """Makes the reports of a corpus from its YAML, dated as given."""

    def made(corpus: dict[str, Any]) -> list[Report]:
        return [
            Report(
                id=r["id"],
                text=r["text"],
                title=r["title"],
                publisher=r["publisher"],
                published=str(r["published"]),
                published_basis="given",
            )
            for r in corpus["reports"]
        ]

    return made
