"""How fast does an archive answer, and how does that grow? Reports are made by varying the samples.

Prints, for each size, the median time of questions of each kind, of opening, and of adding one more
report, and the exponent of growth between the sizes (0: as fast at any size, 1: linear). With
--reconcile also what one more report costs, read, stored and reconciled, beside an empty archive.
With --archive an archive that is there is asked, and not changed.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from one_more import empty_beside, one_more
from varied import models, varied

from dateline.annotate import load_model
from dateline.store import Archive, Question, ask_events, ask_reports, ask_statements, count_events, count_statements
from dateline.store.actors import find_actors
from dateline.store.facets import account_facets, event_facets, statement_facets
from dateline.store.find import find_accounts_of, find_statements
from dateline.store.overview import actor_timeline, country_matrix, events_by_place, events_over_time
from dateline.store.reconciled import reconcile

QUESTIONS: dict[str, Callable[[Archive], object]] = {
    "events of one type, first 50": lambda a: list(ask_events(a, Question(type="ASSAULT"), limit=50)),
    "events between two countries, first 50": lambda a: list(
        ask_events(a, Question(actor="PRK", between="RUS"), limit=50)
    ),
    "events by actor, year and factuality": lambda a: list(
        ask_events(a, Question(actor="KOR", since="2015", until="2015-03", factuality="occurred"), limit=50)
    ),
    "events by context and publisher": lambda a: list(
        ask_events(a, Question(context="military", publisher="Outlet 7"), limit=50)
    ),
    "statements of one speaker, first 50": lambda a: list(
        ask_statements(a, Question(source="vladimir_putin"), limit=50)
    ),
    "reports of a month": lambda a: list(
        ask_reports(a, Question(published_since="2015-03", published_until="2015-04"), limit=50)
    ),
    "full text, a rare word": lambda a: list(ask_reports(a, Question(text="word77 president"), limit=50)),
    "full text, a phrase": lambda a: list(ask_reports(a, Question(text='"prime minister" word77'), limit=50)),
    "events with a standing": lambda a: list(ask_events(a, Question(standing="repeated"), limit=50)),
    "statements that hold a word, first 25": lambda a: find_statements(a, Question(text="minister")),
    "statements that hold a phrase, first 25": lambda a: find_statements(a, Question(text='"prime minister"')),
    "statements of a country and a publisher": lambda a: find_statements(
        a, Question(country="KAZ", publisher="Outlet 7")
    ),
    "accounts with somebody, first 25": lambda a: find_accounts_of(a, Question(actor="RUS")),
    "accounts of a type and a standing": lambda a: find_accounts_of(a, Question(type="ASSAULT", standing="disputed")),
    "actors of a country": lambda a: find_actors(a, Question(country="RUS")),
    "counts of a filter": lambda a: count_events(a, Question(type="AID", country="UKR")),
    "counts of four filters": lambda a: count_events(
        a, Question(actor="vladimir_putin", factuality="occurred", since="2015", text="president")
    ),
    "facets of all events": lambda a: event_facets(a, Question()),
    "facets of a search": lambda a: event_facets(a, Question(text="president", type="CONSULT")),
    "counts of statements by words": lambda a: count_statements(a, Question(text="president", quote="direct")),
    "facets of statements": lambda a: statement_facets(a, Question()),
    "facets of statements that hold a word": lambda a: statement_facets(a, Question(text="minister")),
    "facets of accounts": lambda a: account_facets(a, Question()),
    "facets of accounts with somebody": lambda a: account_facets(a, Question(actor="RUS", type="CONSULT")),
    "events by day and type": events_over_time,
    "events between countries": country_matrix,
    "events by place": events_by_place,
    "an actor's roles by month": lambda a: actor_timeline(a, "RUS"),
}


def median(action: Callable[[], object], rounds: int = 7) -> float:
    """Median seconds of several runs after one that is not counted."""
    return both_medians(action, rounds)[0]


def both_medians(action: Callable[[], object], rounds: int = 7) -> tuple[float, float]:
    """Median seconds of several runs after one that is not counted, and those of processor time."""
    action()
    times, busy = [], []
    for _ in range(rounds):
        start, begun = time.perf_counter(), time.process_time()
        action()
        times.append(time.perf_counter() - start)
        busy.append(time.process_time() - begun)
    return statistics.median(times), statistics.median(busy)


def ask_alone(address: str) -> None:
    """Print what questions to an archive cost that is there."""
    with Archive.open(address, create=False) as archive:
        head = f"{archive.counts()['reports']:,} reports, milliseconds at the median"
        print(f"\n{head:50s}  elapsed  processor")
        questions = {"opening": lambda _: Archive.open(address).close(), **QUESTIONS}
        for name, question in questions.items():
            elapsed, busy = both_medians(partial(question, archive))
            print(f"{name:50s}{1000 * elapsed:9.0f}{1000 * busy:11.0f}", flush=True)


def show(sizes: Sequence[int], found: Mapping[str, Sequence[float]]) -> None:
    """Print the median times, a line a question and a column a size."""
    # The exponent of growth: 0 for what costs as much at any size, 1 for what grows with the reports.
    print(f"\n{'milliseconds at the median':42s}" + "".join(f"{size:>12,}" for size in sizes) + "  exponent")
    for name, values in found.items():
        growth = ""
        if len(sizes) > 1:
            growth = f"{math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0]):10.2f}"
        print(f"{name:42s}" + "".join(f"{1000 * value:12.1f}" for value in values) + growth)


def main() -> None:
    """Fill archives of growing size and print what questions cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 3_000])
    parser.add_argument("--address", help="postgresql:// address of an empty database; default: a SQLite file")
    parser.add_argument("--reconcile", action="store_true", help="also reconcile at each size, and after one more")
    parser.add_argument("--archive", help="ask this archive, which may be large, and change nothing")
    options = parser.parse_args()
    if options.archive:
        ask_alone(options.archive)
        return
    sizes = sorted(options.sizes)
    nlp = load_model()
    coded = models()
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        address = options.address or str(Path(folder) / "news.db")
        stored = 0
        with Archive.open(address) as archive:
            extra = varied(10_000, seed=2, of=coded)
            empty = median(lambda: archive.add([next(extra)], "bench"))
            print(f"adding one report to an empty archive: {1000 * empty:.1f} ms")
            source = varied(sizes[-1], of=coded)
            for size in sizes:
                start = time.perf_counter()
                while stored < size:
                    batch = [next(source) for _ in range(min(250, size - stored))]
                    archive.add(batch, "bench")
                    stored += len(batch)
                print(f"{size:,} reports: {time.perf_counter() - start:.0f} s to fill", flush=True)
                archive.optimize()
                found.setdefault("opening", []).append(median(lambda: Archive.open(address).close()))
                found.setdefault("adding one report", []).append(median(lambda: archive.add([next(extra)], "bench")))
                if options.reconcile:
                    start = time.perf_counter()
                    reconcile(archive, full=True)
                    found.setdefault("reconciling all", []).append(time.perf_counter() - start)
                    with empty_beside(folder, size) as beside:
                        print(one_more(archive, beside, extra, nlp), flush=True)
                for name, question in QUESTIONS.items():
                    found.setdefault(name, []).append(median(partial(question, archive)))
    show(sizes, found)


if __name__ == "__main__":
    main()
