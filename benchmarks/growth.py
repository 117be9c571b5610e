"""How do time and memory of a batch grow with the number of reports, and with the length of one?"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

from processes import Cost, code, cost, write
from stream import dense_reports, short_reports


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The exponent of growth: the slope of log cost over log size, by least squares (1: linear)."""
    xs, ys = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sum((x - mean_x) ** 2 for x in xs)


def by_number(folder: Path, sizes: Sequence[int]) -> list[Cost]:
    """The cost of batches of so many short reports."""
    costs = []
    for size in sizes:
        path = write(folder / "short.jsonl", short_reports(size))
        costs.append(cost(code(path, folder / "out.jsonl")))
        print(f"  {size:6,d} reports {costs[-1].cpu:8.2f} s processor {costs[-1].peak:7.0f} MiB", flush=True)
    return costs


def by_length(folder: Path, sizes: Sequence[int]) -> list[Cost]:
    """The cost of one report of so many paragraphs' text: `sizes` in reports of eight paragraphs."""
    costs = []
    for size in sizes:
        text = "\n\n".join(report["text"] for report in dense_reports(size))
        path = write(folder / "long.jsonl", [{"id": "long", "text": text}])
        costs.append(cost(code(path, folder / "out.jsonl")))
        print(f"  {len(text):9,d} characters {costs[-1].cpu:6.2f} s processor {costs[-1].peak:7.0f} MiB", flush=True)
    return costs


def start_up(folder: Path) -> Cost:
    """What a batch of one short report costs: start and model, to be taken off the others."""
    return min(
        (cost(code(write(folder / "one.jsonl", short_reports(1)), folder / "out.jsonl")) for _ in range(3)),
        key=lambda c: c.cpu,
    )


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, nargs="+", default=[1_000, 3_000, 10_000])
    parser.add_argument("--paragraphs", type=int, nargs="+", default=[10, 40, 160, 640])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = start_up(folder).cpu
        costs = by_number(folder, options.reports)
        print(f"reports: exponent {exponent(options.reports, [c.cpu - start for c in costs]):.2f}")
        print(f"memory: {costs[-1].peak / costs[0].peak:.2f} times")
        costs = by_length(folder, options.paragraphs)
        print(f"length: exponent {exponent(options.paragraphs, [c.cpu - start for c in costs]):.2f}")


if __name__ == "__main__":
    main()
