from __future__ import annotations

import sys
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
def steps() -> Callable[[Callable[[], object]], int]:
    """A function that counts the lines of Python a call runs: its cost, whatever else the machine does."""

    def steps(call: Callable[[], object]) -> int:
        count = 0

        def trace(frame: object, event: str, arg: object) -> Any:
            nonlocal count
            count += 1
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            call()
        finally:
            sys.settrace(before)
        return count

    return steps


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
