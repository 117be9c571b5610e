"""Filling an archive: read sources, code what is new, store it chunk by chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from dateline.errors import InputError
from dateline.intake import BadLine
from dateline.intake.fetch import Fetcher
from dateline.intake.sources import BadSource, Found, reports_in
from dateline.intake.web import is_address, reports_at
from dateline.records import Record, Report
from dateline.serve.batch import chunks_of, coded
from dateline.serve.setup import Setup
from dateline.store import Archive
from dateline.store.rows import digest

_LOOK_UP = 64  # reports whose digests are looked up together


@dataclass
class AddTally:
    """What an `add_reports` run did so far.

    Attributes:
        new, changed, known: reports by what became of them.
        bad: what could not be read, with place and reason.
    """

    new: int = 0
    changed: int = 0
    known: int = 0
    bad: list[BadSource] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Reports read, whatever became of them."""
        return self.new + self.changed + self.known


def reports_of(places: Sequence[str], fetcher: Fetcher | None = None) -> Iterator[Found]:
    """The reports of files, folders and web addresses, one place after the other.

    Args:
        places: paths, and http or https addresses of pages and feeds.
        fetcher: fetches; without one, a new one that refuses private networks.
    """
    for place in places:
        if is_address(place):
            fetcher = fetcher or Fetcher()
            yield from reports_at(place, fetcher)
        else:
            yield from reports_in(place)


def add_reports(
    archive: Archive,
    found: Iterable[Found],
    *,
    jobs: int = 1,
    setup: Setup | None = None,
    batch_size: int = 16,
    on_bad: Callable[[BadSource], None] = lambda bad: None,
    on_progress: Callable[[AddTally], None] = lambda tally: None,
) -> AddTally:
    """Code reports and store them.

    A report that is stored already is not coded again. Each chunk is one transaction: a run that is
    interrupted at any point, in whatever way, has stored whole chunks, and the next run goes on
    from there.

    Args:
        archive: an open archive.
        found: reports, and what could not be read.
        jobs: processes that code.
        setup: what to read with; without it, the pipeline and codebook that come along.
        batch_size: reports of a chunk.
        on_bad: called with each thing that gives no record.
        on_progress: called after each chunk.

    Raises:
        ArchiveError: the archive cannot be written.
        ModelError: the pipeline is missing or lacks a component.
    """
    setup = setup or Setup()
    tally = AddTally()
    coder = coder_name(setup)

    def tell(bad: BadSource) -> None:
        tally.bad.append(bad)
        on_bad(bad)

    numbered: Iterator[tuple[int, Report | BadLine]] = enumerate(_unknown(archive, found, tally, tell), start=1)
    for chunk, outcomes in coded(chunks_of(numbered, batch_size), jobs=jobs, setup=setup, own_process=True):
        records = []
        for report, outcome in zip(chunk.reports, outcomes, strict=True):
            if isinstance(outcome, Record):
                records.append(outcome)
            else:
                tell(BadSource(report.url or report.id, outcome))
        for stored in archive.add(records, coder):
            setattr(tally, stored.what, getattr(tally, stored.what) + 1)
        on_progress(tally)
    on_progress(tally)
    return tally


def coder_name(setup: Setup | None = None) -> str:
    """Versions of what makes records: Dateline's, and the parser's where it is a package."""
    from dateline import __version__

    model = (setup or Setup()).model
    try:
        return f"dateline {__version__}, {model} {version(model)}"
    except (PackageNotFoundError, ValueError):
        return f"dateline {__version__}, {model}"


def _unknown(
    archive: Archive, found: Iterable[Found], tally: AddTally, tell: Callable[[BadSource], None]
) -> Iterator[Report]:
    waiting: list[Report] = []

    def sift() -> Iterator[Report]:
        keys = [digest(report) for report in waiting]
        known = archive.knows(keys)
        for report, key in zip(waiting, keys, strict=True):
            if key in known:
                tally.known += 1
            else:
                known.add(key)  # the same report twice in one run
                yield report
        waiting.clear()

    for item in found:
        if isinstance(item, BadSource):
            tell(item)
            continue
        if not item.text.strip():
            tell(BadSource(item.url or item.id, "text is empty"))
            continue
        waiting.append(item)
        if len(waiting) >= _LOOK_UP:
            yield from sift()
    yield from sift()


def require(archive: str | None) -> str:
    """The archive's address as given, or from the environment.

    Raises:
        InputError: neither names one.
    """
    import os

    address = archive or os.environ.get("DATELINE_ARCHIVE")
    if not address:
        raise InputError("name the archive: --archive news.db (or set DATELINE_ARCHIVE)")
    return address
