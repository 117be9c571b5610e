"""All measurements in one run, written to docs/performance.md as a table and to docs/performance.svg as a plot.

Only ratios of one run mean anything: what is compared runs in turn, on the same texts. ``--quick`` takes
smaller batches and writes nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from growth import by_length, by_number, exponent, start_up
from processes import DATELINE, Cost, in_turn, ratio, write
from ratio import beside_bare, one_and_two_jobs, stages
from stream import dense_reports, mixed_stream

ROOT = Path(__file__).parents[1]
PAGE, PLOT = ROOT / "docs" / "performance.md", ROOT / "docs" / "performance.svg"
BEGIN, END = "<!-- begin: make bench -->\n", "<!-- end: make bench -->\n"
NAMES = {
    "find_zones": "zones",
    "find_times": "times",
    "find_quantities": "quantities",
    "find_statements": "statements",
    "code_events": "events",
    "find_framings": "framings",
}

Row = tuple[str, str, str]  # what, measured, wanted


def of_ratio(some: list[Cost], others: list[Cost]) -> str:
    """How many times as fast, by the clock and by processor time."""
    return f"{ratio(others, some):.2f} × ({ratio(others, some, 'cpu'):.2f} × by processor time)"


def beside_the_parser(folder: Path, rounds: int, count: int) -> Iterator[Row]:
    """Dateline and the bare pipeline, on politics alone and on a mixed stream."""
    print("politics alone")
    path = write(folder / "dense.jsonl", dense_reports(count))
    dense = beside_bare(path, folder, rounds)
    yield (
        "records a second beside the bare pipeline, politics alone",
        of_ratio(dense["dateline"], dense["bare spaCy"]),
        "0.87",
    )
    print("mixed stream")
    reports = list(mixed_stream(2 * count))
    path = write(folder / "mixed.jsonl", (report for _, report in reports))
    mixed = beside_bare(path, folder, rounds, triage=True)
    yield "the same, mixed stream, a third of it politics", of_ratio(mixed["dateline"], mixed["bare spaCy"]), ""
    yield "the same with `--triage`", of_ratio(mixed["dateline --triage"], mixed["bare spaCy"]), "1.5"
    unparsed = (folder / "out.jsonl").read_bytes().count(b'"kind":"not_parsed"')
    yield "reports left unparsed by `--triage`", f"{unparsed / len(reports):.0%}", ""
    print("one process and two")
    jobs = one_and_two_jobs(write(folder / "dense.jsonl", dense_reports(4 * count)), folder, rounds)
    one, two = jobs["--jobs 1"], jobs["--jobs 2"]
    gain = f"{ratio(one, two):.2f} × (for {ratio(two, one, 'cpu'):.2f} × the processor time)"
    yield f"`--jobs 2` beside `--jobs 1`, {4 * count:,} reports", gain, "1.7"


def with_size(folder: Path, sizes: list[int], lengths: list[int]) -> Iterator[Row]:
    """Time and memory by the number of reports and by the length of one."""
    print("number of reports")
    start = start_up(folder).cpu
    costs = by_number(folder, sizes)
    yield (
        f"peak memory at {sizes[-1]:,} reports beside {sizes[0]:,}",
        f"{costs[-1].peak / costs[0].peak:.2f} × ({costs[0].peak:.0f} and {costs[-1].peak:.0f} MiB)",
        "at most 1.1",
    )
    slope = exponent(sizes, [cost.cpu - start for cost in costs])
    yield f"growth of time with the number of reports, {sizes[0]:,} to {sizes[-1]:,}", f"exponent {slope:.2f}", "1"
    print("length of one report")
    costs = by_length(folder, lengths)
    slope = exponent(lengths, [max(cost.cpu - start, 0.01) for cost in costs])
    yield "growth of time with the length of one report, 17,000 to 1.1 million characters", f"exponent {slope:.2f}", "1"


def start(rounds: int) -> Iterator[Row]:
    """How long it takes until something is on the screen."""
    print("start")
    commands = {"dateline --help": [*DATELINE, "--help"], "dateline read": [*DATELINE, "read", "--sample", "summit"]}
    for (name, costs), most in zip(in_turn(commands, max(3, rounds)).items(), ("0.25 s", "2.5 s"), strict=True):
        wall, cpu = (statistics.median(getattr(c, what) for c in costs) for what in ("wall", "cpu"))
        yield f"`{name}`, until it is done", f"{wall:.2f} s ({cpu:.2f} s of processor time)", f"under {most}"


def table(rows: list[Row]) -> str:
    """Rows as a Markdown table."""
    lines = [f"| {what} | {measured} | {wanted} |" for what, measured, wanted in rows]
    return "\n".join(["| | measured | wanted |", "|---|---|---|", *lines]) + "\n"


def shares(costs: dict[str, float]) -> str:
    """What the stages cost, as a Markdown table."""
    bare = costs["bare spaCy"]
    lines = [f"| {NAMES.get(name, name)} | {cost:.1f} | {cost / bare:.1%} |" for name, cost in costs.items()]
    total = sum(cost for name, cost in costs.items() if name != "bare spaCy")
    lines.append(f"| all of Dateline | {total:.1f} | {total / bare:.1%} |")
    return "\n".join(["| stage | µs a token | of the bare pipeline |", "|---|---|---|", *lines]) + "\n"


def plot(costs: dict[str, float]) -> str:
    """The cost of a token as two bars, the bare pipeline's and Dateline's with its stages (SVG)."""
    colours = ["#4269d0", "#9498a0", "#efb118", "#97bbf5", "#ff725c", "#6cc5b0", "#a463f2", "#9c6b4e", "#3ca951"]
    ours = {name: cost for name, cost in costs.items() if name != "bare spaCy"}
    scale = 620 / max(costs["bare spaCy"], sum(ours.values()))
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 190" font-family="sans-serif" font-size="13">',
        "<title>Cost of a token: the bare spaCy pipeline, and Dateline with its stages</title>",
        '<rect width="760" height="190" fill="#fff"/>',
        '<text x="10" y="36">bare spaCy</text><text x="10" y="84">Dateline</text>',
        f'<rect x="100" y="16" width="{costs["bare spaCy"] * scale:.1f}" height="30" fill="#bbb"/>',
        f'<text x="108" y="36">{costs["bare spaCy"]:.0f} µs</text>',
    ]
    x = 100.0
    for k, (name, cost) in enumerate(ours.items()):
        colour = colours[k % len(colours)]
        parts.append(f'<rect x="{x:.1f}" y="64" width="{cost * scale:.1f}" height="30" fill="{colour}"/>')
        column, row = k % 5, k // 5
        parts.append(f'<rect x="{100 + 128 * column}" y="{120 + 28 * row}" width="12" height="12" fill="{colour}"/>')
        label = f"{NAMES.get(name, name)} {cost:.1f}"
        parts.append(f'<text x="{118 + 128 * column}" y="{131 + 28 * row}">{label}</text>')
        x += cost * scale
    parts.append(f'<text x="{x + 8:.1f}" y="84">{sum(ours.values()):.0f} µs</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def archive(sizes: list[int], large: str | None) -> str:
    """What the benchmark of the archive prints."""
    print("archive", flush=True)
    said = []
    if sizes:
        said.append(_archive("--reconcile", "--sizes", *map(str, sizes)))
    if large:
        said.append(_archive("--archive", large))
    return "".join(said)


def _archive(*options: str) -> str:
    command = [sys.executable, str(Path(__file__).with_name("archive.py")), *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    print(done.stdout)
    return done.stdout


def main() -> None:
    """Measure everything and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="smaller batches; nothing is written")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--archive", type=int, nargs="*", default=[1_000, 10_000], help="sizes of archives; none: skip")
    parser.add_argument("--large", help="also ask this archive, which stays as it is")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    busy = "little else running" if load < 1 else f"much else running (load average {load:.0f}): trust processor time"
    count, sizes, lengths = (200, [1_000, 3_000, 10_000], [10, 40, 160, 640])
    if options.quick:
        count, sizes, lengths = 50, [100, 300, 1_000], [10, 40]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [
            *beside_the_parser(folder, options.rounds, count),
            *with_size(folder, sizes, lengths),
            *start(options.rounds),
        ]
        print("stages", flush=True)
        costs = stages(write(folder / "dense.jsonl", dense_reports(count)))
    text = f"{table(rows)}\n{shares(costs)}"
    print(f"\n{text}")
    if options.archive or options.large:
        said = archive(options.archive, options.large)
        text += f"\nQuestions to archives, as `benchmarks/archive.py` prints them:\n\n```\n{said}```\n"
    if not options.quick:
        machine = f"{os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}"
        text = f"Measured on {datetime.now(UTC):%Y-%m-%d} on {machine}, with {busy}.\n\n{text}"
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}{text}{END}{rest.partition(END)[2]}", encoding="utf-8")
        PLOT.write_text(plot(costs), encoding="utf-8")
        print(f"written to {PAGE.relative_to(ROOT)} and {PLOT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
