"""How fast does an archive answer, and how does that grow? Reports are made by varying the samples.

Prints, for each size, the median time of questions of each kind, of opening, and of adding one more
report, and the exponent of growth between the sizes (0: as fast at any size, 1: linear).
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec

from dateline.annotate import load_model
from dateline.pipeline import records_of
from dateline.records import Record
from dateline.samples import sample, sample_names
from dateline.store import Archive, Question, ask_events, ask_reports, ask_statements, count_events

FIRST = date(2010, 1, 1)
PUBLISHERS = [f"Outlet {n}" for n in range(200)]
COUNTRIES = [
    "USA",
    "RUS",
    "CHN",
    "DEU",
    "FRA",
    "GBR",
    "UKR",
    "POL",
    "IRN",
    "IRQ",
    "ISR",
    "PSE",
    "SYR",
    "TUR",
    "SAU",
    "YEM",
    "IND",
    "PAK",
    "AFG",
    "JPN",
    "KOR",
    "PRK",
    "EGY",
    "LBY",
]


def varied(count: int, seed: int = 1) -> Iterator[Record]:
    """Records of samples with other dates, publishers, countries and words; the same every time."""
    draw = random.Random(seed)
    models = list(records_of([sample(name) for name in sample_names()], load_model()))
    for n in range(count):
        model = draw.choice(models)
        day = FIRST + timedelta(draw.randrange(5000))
        text = model.report.text + f" Word{draw.randrange(20_000)} word{draw.randrange(200)}."
        report = msgspec.structs.replace(
            model.report,
            id=f"{seed}-{n}",
            text=text,
            published=day.isoformat(),
            publisher=draw.choice(PUBLISHERS),
            title=f"{model.report.title} {draw.randrange(20_000)}",
        )
        swapped = {c: draw.choice(COUNTRIES) for c in COUNTRIES}
        entities = [msgspec.structs.replace(e, country=swapped.get(e.country or "", e.country)) for e in model.entities]
        shift = (day - date.fromisoformat(model.report.published or "2020-01-01")).days
        events = [
            msgspec.structs.replace(
                e,
                time=msgspec.structs.replace(e.time, begin=_later(e.time.begin, shift), end=_later(e.time.end, shift)),
            )
            for e in model.events
        ]
        yield msgspec.structs.replace(model, report=report, entities=entities, events=events)


def _later(day: str | None, shift: int) -> str | None:
    return (date.fromisoformat(day[:10]) + timedelta(shift)).isoformat() if day else None


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
    "full text, a rare word": lambda a: list(ask_reports(a, Question(text="word77 sanctions"), limit=50)),
    "full text, a phrase": lambda a: list(ask_reports(a, Question(text='"point of no return" word77'), limit=50)),
    "counts of a filter": lambda a: count_events(a, Question(type="AID", country="UKR")),
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
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--address", help="postgresql:// address of an empty database; default: a SQLite file")
    options = parser.parse_args()
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        address = options.address or str(Path(folder) / "news.db")
        stored = 0
        with Archive.open(address) as archive:
            extra = iter(varied(10_000, seed=2))
            found["adding one report"] = []
            empty = median(lambda: archive.add([next(extra)], "bench"))
            print(f"adding one report to an empty archive: {1000 * empty:.1f} ms")
            source = varied(max(options.sizes))
            for size in sorted(options.sizes):
                start = time.perf_counter()
                while stored < size:
                    batch = [next(source) for _ in range(min(250, size - stored))]
                    archive.add(batch, "bench")
                    stored += len(batch)
                print(f"\n{size:,} reports ({time.perf_counter() - start:.0f} s to fill)")
                archive.optimize()
                found.setdefault("opening", []).append(median(lambda: Archive.open(address).close()))
                found["adding one report"].append(median(lambda: archive.add([next(extra)], "bench")))
                for name, question in QUESTIONS.items():
                    found.setdefault(name, []).append(median(lambda q=question: q(archive)))
                for name, values in found.items():
                    print(f"  {name:44s} {1000 * values[-1]:8.1f} ms")
    if len(options.sizes) > 1:
        sizes = sorted(options.sizes)
        print("\nexponent of growth")
        for name, values in found.items():
            growth = math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0])
            print(f"  {name:44s} {growth:8.2f}")


if __name__ == "__main__":
    main()
