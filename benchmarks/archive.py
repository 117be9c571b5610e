"""How fast does an archive answer, and how does that grow? Reports are made by varying the samples.

Prints, for each size, the median time of questions of each kind, of opening, and of adding one more
report, and the exponent of growth between the sizes (0: as fast at any size, 1: linear). With
--reconcile also what one more report costs, read, stored and reconciled, beside an empty archive.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from one_more import empty_beside, one_more
from varied import models, varied

from dateline.annotate import load_model
from dateline.store import Archive, Question, ask_events, ask_reports, ask_statements, count_events
from dateline.store.facets import event_facets
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
    "counts of a filter": lambda a: count_events(a, Question(type="AID", country="UKR")),
    "counts of four filters": lambda a: count_events(
        a, Question(actor="vladimir_putin", factuality="occurred", since="2015", text="president")
    ),
    "facets of all events": lambda a: event_facets(a, Question()),
    "facets of a search": lambda a: event_facets(a, Question(text="president", type="CONSULT")),
    "events by day and type": events_over_time,
    "events between countries": country_matrix,
    "events by place": events_by_place,
    "an actor's roles by month": lambda a: actor_timeline(a, "RUS"),
}


def median(action: Callable[[], object], rounds: int = 7) -> float:
    """Median seconds of several runs after one that is not counted."""
    action()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Fill archives of growing size and print what questions cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 3_000])
    parser.add_argument("--address", help="postgresql:// address of an empty database; default: a SQLite file")
    parser.add_argument("--reconcile", action="store_true", help="also reconcile at each size, and after one more")
    options = parser.parse_args()
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
                    found.setdefault(name, []).append(median(lambda q=question: q(archive)))
    # The exponent of growth: 0 for what costs as much at any size, 1 for what grows with the reports.
    print(f"\n{'milliseconds at the median':42s}" + "".join(f"{size:>12,}" for size in sizes) + "  exponent")
    for name, values in found.items():
        growth = ""
        if len(sizes) > 1:
            growth = f"{math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0]):10.2f}"
        print(f"{name:42s}" + "".join(f"{1000 * value:12.1f}" for value in values) + growth)


if __name__ == "__main__":
    main()
