"""The plan past one machine: measure what a report costs, then simulate a month and ten years of world news.

    python benchmarks/scale.py [--reports 600] [--write docs/scale.md]

Prints the tables of docs/scale.md; with --write puts them into it, between its marks.
"""

from __future__ import annotations

import argparse
import heapq
import json
import math
import random
import statistics
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from processes import code, cost, write
from stream import mixed_stream
from varied import models, varied

from dateline.intake.lines import SHARD_BYTES
from dateline.serve.shards.part import Done, Parts, table_of
from dateline.store import Archive

MONTH = 5_000_000  # reports
LENGTH = 3_000  # bytes of a usual one; the cost of coding grows with the length (benchmarks/growth.py)
YEARS = 10
HOURS = 30 * 24
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


@dataclass
class Measured:
    """What a report costs here."""

    code: float  # seconds of one core
    triaged: float
    start: float
    memory: float  # MiB of a worker
    part: float  # bytes of a record in Parquet
    kept: float  # bytes of a report in an archive
    reconcile: float  # seconds of one core
    reconcile_memory: float  # MiB of the largest process
    line: float  # bytes of an input line


def measure(folder: Path, count: int) -> Measured:
    """Measure on a mixed stream, and on varied records for what follows."""
    stream = [report for _, report in mixed_stream(count)]
    path = write(folder / "in.jsonl", stream)
    start = min(
        (cost(code(write(folder / "one.jsonl", stream[:1]), folder / "out.jsonl")) for _ in range(3)),
        key=lambda c: c.cpu,
    )
    all_ = [cost(code(path, folder / "out.jsonl", "--no-triage")) for _ in range(3)]
    some = [cost(code(path, folder / "out.jsonl", "--triage")) for _ in range(3)]
    line = path.stat().st_size / count
    sizes = [10, count, 2 * count, 4 * count]  # the first tells what starting costs
    spent, peak = [], 0.0
    of = models()
    for size in sizes:
        parts = Parts(str(folder / f"coded-{size}"))
        records = list(varied(size, of=of))
        for number, k in enumerate(range(0, size, 250)):
            parts.keep(records[k : k + 250], Done(shard=number, items=250, records=len(records[k : k + 250])))
        command = [sys.executable, "-m", "dateline", "reconcile", "--records", str(folder / f"coded-{size}")]
        used = cost([*command, "-o", str(folder / f"accounts-{size}"), "-q"])
        spent.append(used.cpu)
        peak = max(peak, used.peak)
    part = len(table_of(of)) / len(of)  # of reports that differ: those that are varied pack too well
    with Archive.open(folder / "kept.db") as archive:
        records = list(varied(count, of=of))
        for k in range(0, count, 100):
            archive.add(records[k : k + 100], "bench")
    kept = (folder / "kept.db").stat().st_size / count
    return Measured(
        code=(statistics.median(c.cpu for c in all_) - start.cpu) / count,
        triaged=(statistics.median(c.cpu for c in some) - start.cpu) / count,
        start=start.cpu,
        memory=max(c.peak for c in all_),
        part=part,
        kept=kept,
        reconcile=(spent[-1] - spent[0]) / sizes[-1],
        reconcile_memory=peak,
        line=line,
    )


@dataclass
class Stream:
    """How a month went: the share of time that workers worked, and the hours from a report's coming to its record."""

    workers: int
    busy: float
    median: float
    late: float
    worst: float
    again: int


def arrivals(draw: random.Random) -> list[float]:
    """Reports that come in each hour of a month: three times as many by day as by night, and three days of crisis."""
    shape = [1.0 + 0.5 * math.sin((hour % 24 - 9) / 24 * 2 * math.pi) for hour in range(HOURS)]
    for hour in range(12 * 24, 15 * 24):
        shape[hour] *= 2.5
    shape = [s * draw.lognormvariate(0.0, 0.1) for s in shape]
    return [MONTH * s / sum(shape) for s in shape]


def simulate(per_report: float, shard: int, workers: int, seed: int = 1) -> Stream:
    """Shards queue for workers; one in a thousand workers' shards is lost and begun again."""
    draw = random.Random(seed)
    free = [0.0] * workers
    heapq.heapify(free)
    waits: list[float] = []
    worked = 0.0
    again = 0
    held = 0.0
    for hour, coming in enumerate(arrivals(draw)):
        held += coming
        # A shard is sent off when it is full, or when the hour is over.
        sizes = [shard] * int(held // shard)
        if held % shard:
            sizes.append(int(held % shard))
        held = 0.0
        for n, size in enumerate(sizes):
            came = hour + (n + 1) / len(sizes)
            takes = size * per_report * draw.lognormvariate(0.0, 0.15) / 3600
            if draw.random() < 0.001:
                takes += draw.random() * takes
                again += 1
            begun = max(came, heapq.heappop(free))
            heapq.heappush(free, begun + takes)
            worked += takes
            waits.append(begun + takes - came)
    waits.sort()
    at = [waits[int(len(waits) * share)] for share in (0.5, 0.95)]
    return Stream(workers, worked / (workers * HOURS), at[0], at[1], waits[-1], again)


def tables(m: Measured, core_hour: float, gigabyte_month: float) -> str:
    """The figures as Markdown."""
    million = 1_000_000
    m = replace(m, **{name: getattr(m, name) * LENGTH / m.line for name in ("code", "triaged", "line")})
    hours = {
        "coding, every report parsed": m.code * million / 3600,
        "coding with `--triage`": m.triaged * million / 3600,
        "reconciling in blocks": m.reconcile * million / 3600,
    }
    out = [
        "### What a million reports cost",
        "",
        f"| | core-hours | at ${core_hour:.3f} a core-hour |",
        "|---|---|---|",
    ]
    out += [f"| {name} | {value:,.1f} | ${value * core_hour:,.2f} |" for name, value in hours.items()]
    sizes = {
        "input, JSON lines": m.line,
        "records, Parquet": m.part,
        "an archive in SQLite, with its indexes": m.kept,
    }
    out += [
        "",
        f"| | bytes a report | GB a million | a month's storage at ${gigabyte_month:.3f} a GB |",
        "|---|---|---|---|",
    ]
    out += [
        f"| {name} | {size:,.0f} | {size * million / 1e9:,.1f} | ${size * million / 1e9 * gigabyte_month:,.2f} |"
        for name, size in sizes.items()
    ]
    out += [
        "",
        f"A worker holds {m.memory:,.0f} MiB and starts in {m.start:.1f} s. The largest process of a reconciliation of "
        f"some thousand reports, spread over years, held {m.reconcile_memory:,.0f} MiB.",
        "",
        "### A month of world news: five million reports",
        "",
        "Simulated hour by hour: three times as many reports by day as by night, three days of crisis with two and a "
        "half times as many, reports of 3,000 bytes, shards of 4 MiB or of what came in an hour, one worker in a "
        "thousand lost in the middle of its shard.",
        "",
        "| workers | triage | busy | minutes to the record: median | 95 % | worst | shards begun again |",
        "|---|---|---|---|---|---|---|",
    ]
    shard = max(1, int(SHARD_BYTES / m.line))
    for name, per in (("no", m.code), ("yes", m.triaged)):
        least = max(1, math.ceil(MONTH * per / 3600 / HOURS))
        for workers in (least, 2 * least, 4 * least):
            s = simulate(per, shard, workers)
            minutes = f"{s.median * 60:.1f} | {s.late * 60:.1f} | {s.worst * 60:.0f}"
            out.append(f"| {s.workers} | {name} | {s.busy:.0%} | {minutes} | {s.again} |")
    total = MONTH * 12 * YEARS
    code_hours = total * m.triaged / 3600
    out += [
        "",
        f"### Ten years: {total / 1e6:,.0f} million reports",
        "",
        "| | |",
        "|---|---|",
        f"| coding once, with triage | {code_hours:,.0f} core-hours, ${code_hours * core_hour:,.0f}; "
        f"on 200 cores {code_hours / 200 / 24:,.1f} days |",
        f"| records in Parquet | {total * m.part / 1e12:,.1f} TB, "
        f"${total * m.part / 1e9 * gigabyte_month:,.0f} a month |",
        f"| all of it in one archive | {total * m.kept / 1e12:,.1f} TB: not in SQLite |",
        f"| reconciling, month by month | {total * m.reconcile / 3600:,.0f} core-hours, "
        f"${total * m.reconcile / 3600 * core_hour:,.0f} |",
    ]
    return "\n".join(out)


def main() -> None:
    """Measure, simulate, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=600)
    parser.add_argument("--core-hour", type=float, default=0.04, help="dollars")
    parser.add_argument("--gigabyte-month", type=float, default=0.023, help="dollars")
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-scale-") as name:
        found = measure(Path(name), asked.reports)
    print(json.dumps(vars(found), indent=1), file=sys.stderr)
    shown = tables(found, asked.core_hour, asked.gigabyte_month)
    print(shown)
    if asked.write:
        page = asked.write.read_text("utf-8")
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        asked.write.write_text(f"{before}{BEGIN}\n{shown}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
