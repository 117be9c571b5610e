from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from dateline.annotate import load_model
from dateline.intake import make_report
from dateline.pipeline import records_of
from dateline.records import Record

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default spaCy pipeline, loaded once."""
    return load_model()


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[..., Record]:
    """A function that reads a text: ``read(text, published=…, publisher=…, title=…)``."""

    def read(text: str, **fields: Any) -> Record:
        return next(records_of([make_report(text, **fields)], nlp))

    return read
