"""Copies of an archive for tests that change it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi.testclient import TestClient

from dateline.serve.web import Settings, create_app
from dateline.store import Archive


@contextmanager
def copy_to_change(original: Path, folder: Path) -> Iterator[tuple[Archive, TestClient]]:
    """A copy of an archive in a folder, and a client of its server."""
    path = folder / "news.db"
    shutil.copy(original, path)
    with (
        Archive.open(path) as archive,
        TestClient(create_app(Settings(str(path))), base_url="http://127.0.0.1:8080") as client,
    ):
        yield archive, client
