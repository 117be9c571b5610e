"""An archive of the samples, and a client of its server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the extra dateline[web] is not installed")

from fastapi.testclient import TestClient

from dateline.pipeline import records_of
from dateline.samples import sample, sample_names
from dateline.serve.web import Settings, create_app
from dateline.store import Archive
from dateline.store.reconciled import reconcile


@pytest.fixture(scope="session")
def filled(nlp, tmp_path_factory) -> Path:
    """A SQLite archive with the samples; tests that change it copy it first."""
    path = tmp_path_factory.mktemp("web") / "news.db"
    with Archive.open(path) as archive:
        archive.add(records_of([sample(name) for name in sample_names()], nlp), "test")
        reconcile(archive)
    return path


@pytest.fixture(scope="session")
def client(filled) -> Iterator[TestClient]:
    """A client that only reads."""
    with TestClient(create_app(Settings(str(filled))), base_url="http://127.0.0.1:8080") as client:
        yield client
