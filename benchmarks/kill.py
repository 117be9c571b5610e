"""Does `dateline add` survive being killed? Rounds of it, each ended by SIGKILL at a moment that chance picks.

    python benchmarks/kill.py [--rounds 200] [--archive postgresql://…]

After each round the archive must hold all that it held before, no report twice, no report in part, and
`dateline check` must find nothing; when the rounds are over, `dateline add` goes on to the end, and the
archive must hold what one that was never disturbed holds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy import func, select

from dateline.errors import ArchiveError
from dateline.samples import sample, sample_names
from dateline.store import Archive, Question, ask_events
from dateline.store.invariants import problems
from dateline.store.tables import reports

ADD = (sys.executable, "-m", "dateline", "add", "--quiet", "--no-reconcile", "--archive")


def write_input(path: Path, count: int) -> None:
    """Reports made of paragraphs of the samples."""
    draw = random.Random(1)
    paragraphs = [p for name in sample_names() for p in sample(name).text.split("\n") if len(p) > 60]
    with path.open("w", encoding="utf-8") as stream:
        for n in range(count):
            text = "\n\n".join(draw.sample(paragraphs, 4)) + f"\n\n{n}"
            stream.write(json.dumps({"id": f"r{n}", "text": text, "published": "2024-06-19"}) + "\n")


def held(address: str) -> set[str]:
    """The ids of the reports; fails where one is there twice or something is wrong."""
    with Archive.open(address) as archive:
        wrong = list(problems(archive))
        assert not wrong, wrong[:5]
        with archive.read() as connection:
            ids = connection.execute(select(reports.c.id)).scalars().all()
            versions = connection.scalar(select(func.max(reports.c.version))) or 1
    assert len(ids) == len(set(ids)), "a report is there twice"
    assert versions == 1, "a report has another version"
    return set(ids)


def wait_for_more(address: str, known: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the archive holds more reports than were known, or the process has ended."""
    while process.poll() is None:
        time.sleep(0.05)
        try:
            with Archive.open(address, create=False) as archive:
                if archive.counts()["reports"] > known:
                    return
        except ArchiveError:  # it is just being made
            continue


def main() -> None:
    """Run the rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--reports", type=int, default=9000)
    parser.add_argument("--archive", help="an empty archive; a temporary file without it")
    asked = parser.parse_args()
    draw = random.Random(2)
    with tempfile.TemporaryDirectory(prefix="dateline-kill-") as folder:
        source = Path(folder) / "in.jsonl"
        write_input(source, asked.reports)
        address = asked.archive or str(Path(folder) / "news.db")
        before: set[str] = set()
        begun = time.monotonic()
        amid = 0
        for round_ in range(1, asked.rounds + 1):
            process = subprocess.Popen([*ADD, address, str(source)], start_new_session=True)
            if draw.random() < 0.8:  # else it is perhaps still starting
                wait_for_more(address, len(before), process)
            time.sleep(draw.uniform(0.0, 1.0))
            amid += process.poll() is None
            with suppress(ProcessLookupError):  # all was added, and it has ended
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            now = held(address)
            assert before <= now, f"round {round_}: {len(before - now)} reports are lost"
            before = now
            if round_ % 20 == 0 or round_ == asked.rounds:
                print(f"round {round_}: {len(now)} reports, nothing lost, none twice, check clean", flush=True)
        subprocess.run([*ADD, address, str(source)], check=True)
        assert held(address) == {f"r{n}" for n in range(asked.reports)}
        calm = str(Path(folder) / "calm.db")
        subprocess.run([*ADD, calm, str(source)], check=True)
        names = ("report_id", "event", "type", "factuality", "begin", "end")
        found = []
        for place in (address, calm):
            with Archive.open(place) as archive:
                rows = ask_events(archive, Question())
                found.append(sorted(tuple(str(row[name]) for name in names) for row in rows))
        assert found[0] == found[1], "the archive differs from one that was never disturbed"
    print(
        f"{asked.rounds} rounds in {time.monotonic() - begun:.0f} s, {amid} of them ended in the middle of the work; "
        f"{asked.reports} reports, {len(found[0])} events, the same as undisturbed"
    )


if __name__ == "__main__":
    main()
