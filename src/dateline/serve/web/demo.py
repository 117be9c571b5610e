"""The archive of the demonstration."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from dateline.samples import sample, sample_names
from dateline.samples.demo import demo_reports
from dateline.serve.archiving import add_reports
from dateline.store import Archive
from dateline.store.reconciled import reconcile


def demo_archive() -> str:
    """Fill a temporary archive with the reports that come along; it goes when the process ends.

    Returns:
        Its address.
    """
    folder = tempfile.mkdtemp(prefix="dateline-demo-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    address = str(Path(folder) / "demo.db")
    with Archive.open(address) as archive:
        add_reports(archive, [*(sample(name) for name in sample_names()), *demo_reports()])
        reconcile(archive)
    return address
