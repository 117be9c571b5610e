"""The field's own data sets, where they lie beside the repository: floors, and agreement with their scorers."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.evaluate.gate import below, read_floors
from dateline.evaluate.gold import read_expected, read_jsonl
from dateline.evaluate.run import SCORERS
from dateline.pipeline import records_of
from dateline.records import encode

SHARED = Path(os.environ.get("DATELINE_SHARED") or Path(__file__).parents[2].parent / "shared")
GOLD, BENCH = SHARED / "gold", SHARED / "bench"
FLOORS = Path(__file__).parent.parent / "gold" / "field.toml"

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="the field's data sets are not beside the repository")

SETS = {
    "times_tbaq": "times",
    "statements_polnear_dev": "statements",
    "events_gsr": "events",
    "events_plv_dev": "events",
    "reports": "records",
    "reference": "records",
}


def gold_of(name):
    if name == "reports":
        return [read_expected(path) for path in sorted((GOLD / "reports").glob("*.expected.json"))]
    if name == "reference":
        return [read_expected(SHARED / "seed" / "expected.json")]
    return read_jsonl(GOLD / f"{name}.jsonl")


@pytest.mark.parametrize("name", SETS)
def test_figures_hold_their_floors(nlp, name, tmp_path):
    gold = gold_of(name)
    records = list(records_of((d.report for d in gold), nlp))
    outcome = SCORERS[SETS[name]](gold, records)
    print("\n", name, outcome.lines()[-1], sep="")
    floors = read_floors(FLOORS)
    assert below({name: outcome.figures()}, {name: floors[name]}) == []
    if SETS[name] != "records" and BENCH.exists():
        out = tmp_path / "out.jsonl"
        out.write_bytes(b"".join(encode(r) + b"\n" for r in records))
        script = BENCH / f"score_{SETS[name]}.py"
        command = [sys.executable, str(script), str(GOLD / f"{name}.jsonl"), str(out)]
        theirs = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
        figures = re.findall(r"(?:F1|accuracy) (\d\.\d+)", theirs)
        assert figures
        # They look records up by id, and one id of the gold stands at two texts.
        by_id = {r.report.id: r for r in records}
        ours = SCORERS[SETS[name]](gold, [by_id[d.report.id] for d in gold]).lines()[-1]
        assert figures == re.findall(r"(?:F1|accuracy) (\d\.\d+)", ours)
