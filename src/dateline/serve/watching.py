"""Watching feeds: each is asked when its time has come, and what it announces is fetched, coded, stored."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from dateline.errors import FetchError, InputError
from dateline.intake.feed import Entry
from dateline.intake.fetch import Fetcher, checked
from dateline.intake.files import read_bytes
from dateline.intake.sources import BadSource
from dateline.intake.web import entries_of, report_behind
from dateline.records import Report
from dateline.serve.archiving import add_reports
from dateline.serve.setup import Setup
from dateline.store import Archive
from dateline.store.feeds import Outcome, feed_state, keep_feed, keep_feed_failure, keep_pages, waiting_pages

_SLICE = 16  # pages that are fetched before they are coded and stored
# A feed that announces ever more, or whose host is slow, must not keep the others waiting: what is left
# after this many pages or seconds waits for the next round.
_MOST_PAGES = 200
_LONGEST = 300.0

Tell = Callable[[BadSource], None]


@dataclass
class Round:
    """What a round over the feeds did.

    Attributes:
        asked, failed: feeds.
        new, changed: reports by what became of them.
        bad: pages that gave no report.
        waiting: pages left for the next round.
        later: feeds that were not asked, as their time has not come.
    """

    asked: int = 0
    failed: int = 0
    new: int = 0
    changed: int = 0
    bad: int = 0
    waiting: int = 0
    later: int = 0


def feeds_in(path: str | Path) -> list[str]:
    """The feeds that a file lists: one address a line; empty lines and those that begin with # are passed over.

    Raises:
        InputError: a line is no address (the message names it), or there is none.
    """
    found: dict[str, None] = {}
    for number, line in enumerate(read_bytes(str(path)).decode("utf-8-sig", "replace").splitlines(), start=1):
        if (line := line.strip()) and not line.startswith("#"):
            try:
                found[checked(line)] = None
            except FetchError as error:
                raise InputError(f"{path}, line {number}: {error}") from error
    if not found:
        raise InputError(f"{path} lists no feed: write one address a line")
    return list(found)


def watch(
    archive: Archive,
    feeds: Sequence[str],
    fetcher: Fetcher,
    *,
    every: timedelta,
    setup: Setup | None = None,
    tell: Tell = lambda bad: None,
    on_round: Callable[[Round], None] = lambda done: None,
) -> None:
    """Watch feeds until the process is stopped; arguments as for `watch_once`."""
    while True:
        on_round(watch_once(archive, feeds, fetcher, every=every, setup=setup, tell=tell, due_only=True))
        time.sleep(_until_due(archive, feeds, every))


def watch_once(
    archive: Archive,
    feeds: Sequence[str],
    fetcher: Fetcher,
    *,
    every: timedelta,
    setup: Setup | None = None,
    tell: Tell = lambda bad: None,
    due_only: bool = False,
) -> Round:
    """Ask each feed once, and fetch, code and store the pages that are new; nothing bad stops the others.

    Args:
        archive: an open archive.
        feeds: addresses.
        fetcher: fetches.
        every: time between two askings of a feed that answers.
        setup: what to read with; without it, the pipeline and codebook that come along.
        tell: called with each feed or page that cannot be had.
        due_only: leave out feeds that were asked less than `every` ago; those that failed always wait
            for their time.

    Raises:
        ArchiveError: the archive cannot be written.
        ModelError: the pipeline is missing or lacks a component.
    """
    done = Round()
    for feed in feeds:
        _ask(archive, feed, fetcher, every, tell, due_only, done)
        _fetch_pages(archive, feed, fetcher, setup, tell, done)
    return done


def _ask(
    archive: Archive, feed: str, fetcher: Fetcher, every: timedelta, tell: Tell, due_only: bool, done: Round
) -> None:
    state = feed_state(archive, feed) or {"etag": None, "modified": None, "next": "", "failures": 0}
    now = _now()
    if state["next"] > now.strftime("%Y-%m-%dT%H:%M:%SZ") and (due_only or state["failures"]):
        done.later += 1
        return
    done.asked += 1
    try:
        answer = fetcher.get(feed, etag=state["etag"], modified=state["modified"])
        found = [] if answer.unchanged else entries_of(answer)
    except (FetchError, InputError) as error:
        done.failed += 1
        asked_for = error.retry_after if isinstance(error, FetchError) else None
        after = None if asked_for is None else timedelta(seconds=asked_for)
        refused = isinstance(error, FetchError) and not error.again and error.status is None
        again = keep_feed_failure(archive, feed, now, str(error), every=every, after=after, refused=refused)
        tell(BadSource(feed, str(error) if refused else f"{error}; it is asked again at {again:%Y-%m-%d %H:%M} UTC"))
        return
    keep_feed(
        archive,
        feed,
        now,
        # A server that does not repeat them with "not modified" means those that it sent before.
        etag=answer.etag or (state["etag"] if answer.unchanged else None),
        modified=answer.modified or (state["modified"] if answer.unchanged else None),
        every=every,
        entries=[(name, asdict(entry)) for entry in found if (name := entry.url or entry.id)],
    )


def _fetch_pages(archive: Archive, feed: str, fetcher: Fetcher, setup: Setup | None, tell: Tell, done: Round) -> None:
    pages = waiting_pages(archive, feed, _now())
    begun = time.monotonic()
    left = iter(pages[:_MOST_PAGES])
    handled = 0
    while time.monotonic() - begun < _LONGEST and (some := list(islice(left, _SLICE))):
        outcomes: dict[str, Outcome] = {}
        reports: dict[str, Report] = {}
        for name, entry in some:
            if time.monotonic() - begun >= _LONGEST:
                break
            try:
                reports[name] = report_behind(Entry(**entry), fetcher)
            except (FetchError, InputError) as error:
                if isinstance(error, FetchError) and error.postponed:
                    continue  # it was not even asked for; it stays where it is
                outcomes[name] = _outcome(error)
                tell(BadSource(name, str(error)))
        _store(archive, reports, outcomes, setup, tell, done)
        keep_pages(archive, _now(), outcomes)
        handled += len(outcomes)
        done.bad += sum(problem is not None for problem, _, _ in outcomes.values())
    done.waiting += len(pages) - handled


def _store(
    archive: Archive,
    reports: Mapping[str, Report],
    outcomes: dict[str, Outcome],
    setup: Setup | None,
    tell: Tell,
    done: Round,
) -> None:
    if not reports:
        return
    names = {report.url or report.id: name for name, report in reports.items()}
    outcomes.update((name, (None, False, None)) for name in reports)

    def failed(bad: BadSource) -> None:
        outcomes[names.get(bad.where, bad.where)] = (bad.reason, False, None)
        tell(bad)

    tally = add_reports(archive, reports.values(), setup=setup, on_bad=failed)
    done.new += tally.new
    done.changed += tally.changed


def _outcome(error: FetchError | InputError) -> Outcome:
    if isinstance(error, InputError):
        return str(error), False, None
    return str(error), error.again, None if error.retry_after is None else timedelta(seconds=error.retry_after)


def _until_due(archive: Archive, feeds: Sequence[str], every: timedelta) -> float:
    """Seconds until the first feed is due; at least one, at most `every`."""
    states = [feed_state(archive, feed) for feed in feeds]
    due = min((datetime.fromisoformat(state["next"]) for state in states if state), default=_now())
    return min(max((due - _now()).total_seconds(), 1.0), every.total_seconds())


def _now() -> datetime:
    return datetime.now(UTC)
