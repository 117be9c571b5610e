"""Coding the reports of an archive again; what people said of the machine's records holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec

from dateline.intake import BadLine
from dateline.records import Record, Report
from dateline.serve.archiving import coder_name
from dateline.serve.batch import chunks_of, coded
from dateline.serve.setup import Setup
from dateline.store import Archive
from dateline.store.correction import store_anew


@dataclass
class RecodeTally:
    """What a `recode` run did so far.

    Attributes:
        total: reports of the archive, newest versions.
        done: coded again by this run.
        left: coded by this version already.
        bad: report and reason, where coding failed; the old record stays.
    """

    total: int = 0
    done: int = 0
    left: int = 0
    bad: list[tuple[str, str]] = field(default_factory=list)


def recode(
    archive: Archive,
    *,
    everything: bool = False,
    jobs: int = 1,
    setup: Setup | None = None,
    batch_size: int = 16,
    on_progress: Callable[[RecodeTally], None] = lambda tally: None,
) -> RecodeTally:
    """Code the newest version of every stored report again.

    Each chunk is one transaction; a run that is interrupted goes on where it stopped, because reports
    that this version coded are left alone.

    Args:
        archive: an open archive.
        everything: code also those that this version of Dateline and the parser coded.
        jobs: processes that code.
        setup: what to read with; without it, the pipeline and codebook that come along.
        batch_size: reports of a chunk.
        on_progress: called after each chunk.

    Raises:
        ArchiveError: the archive cannot be written.
        ModelError: the pipeline is missing or lacks a component.
    """
    setup = setup or Setup()
    coder = coder_name(setup)
    tally = RecodeTally(total=archive.counts()["reports"])

    def waiting() -> Iterator[tuple[int, Report | BadLine]]:
        for number, report in enumerate(archive.current_reports(but_of=None if everything else coder), start=1):
            yield number, _as_given(report)

    for chunk, outcomes in coded(chunks_of(waiting(), batch_size), jobs=jobs, setup=setup, own_process=True):
        records = []
        for report, outcome in zip(chunk.reports, outcomes, strict=True):
            if isinstance(outcome, Record):
                records.append(outcome)
            else:
                tally.bad.append((report.id, outcome))
        tally.done += store_anew(archive, records, coder)
        on_progress(tally)
    tally.left = tally.total - tally.done - len(tally.bad)
    on_progress(tally)
    return tally


def _as_given(report: Report) -> Report:
    """The report as it came, without what an earlier coding inferred of its date."""
    if report.published is not None:
        return report
    return msgspec.structs.replace(report, published_basis="unknown", published_window=None)
