"""The evaluation gate: code the gold texts, and hold every figure to a floor that only rises.

``python -m dateline.evaluate.gate GOLD_DIR`` prints figures and floors, and fails where one is
below; ``--raise`` lifts the floors to what was measured (less a margin for other library versions).
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from dateline.annotate import load_model
from dateline.evaluate.annotation import read_annotation
from dateline.evaluate.run import SCORERS
from dateline.pipeline import records_of

FLOORS = "floors.toml"
# A figure may move by this much with another version of the parser before the gate closes.
MARGIN = 0.01


def measure(directory: Path) -> dict[str, dict[str, float]]:
    """Code the gold texts of a folder and score them.

    Args:
        directory: holds ``*.yaml`` files of annotated texts.

    Returns:
        For each "file scorer", such as "samples records", its figures.
    """
    nlp = load_model()
    found = {}
    for path in sorted(directory.glob("*.yaml")):
        gold = read_annotation(path)
        records = list(records_of((d.report for d in gold), nlp))
        for scorer in ("times", "records"):
            found[f"{path.stem} {scorer}"] = SCORERS[scorer](gold, records).figures()
    return found


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """The floors of a TOML file, by "file scorer" and figure."""
    floors: dict[str, dict[str, float]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return floors


def below(figures: Mapping[str, Mapping[str, float]], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """One line a figure that is under its floor or has vanished."""
    out = []
    for name, wanted in floors.items():
        for figure, floor in wanted.items():
            value = figures.get(name, {}).get(figure)
            if value is None:
                out.append(f"{name} {figure}: not measured any more (floor {floor})")
            elif value < floor:
                out.append(f"{name} {figure}: {value:.3f} is below its floor {floor}")
    return out


def raised(
    figures: Mapping[str, Mapping[str, float]], floors: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """The floors lifted to the figures less the margin, none of them lowered."""
    return {
        name: {
            figure: max(floors.get(name, {}).get(figure, 0.0), round(max(0.0, value - MARGIN) - 0.0005, 3))
            for figure, value in measured.items()
        }
        for name, measured in figures.items()
    }


def write_floors(path: Path, floors: Mapping[str, Mapping[str, float]]) -> None:
    """Write floors as TOML."""
    lines = ["# Floors of the evaluation gate. They only rise: python -m dateline.evaluate.gate tests/gold --raise"]
    for name, wanted in floors.items():
        lines += ["", f'["{name}"]', *(f"{figure} = {max(0.0, floor):.3f}" for figure, floor in wanted.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Run the gate; returns 1 where a figure is below its floor."""
    parser = argparse.ArgumentParser(description="Hold Dateline's figures on its own gold to their floors.")
    parser.add_argument("directory", type=Path, help="folder with annotated texts (*.yaml) and floors.toml")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is measured")
    options = parser.parse_args(arguments)
    path = options.directory / FLOORS
    floors = read_floors(path) if path.exists() else {}
    figures = measure(options.directory)
    for name, measured in figures.items():
        print(name)
        for figure, value in measured.items():
            print(f"  {figure:24s} {value:.3f}   floor {floors.get(name, {}).get(figure, 0.0):.3f}")
    if options.lift:
        write_floors(path, raised(figures, floors))
    failures = below(figures, floors)
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
