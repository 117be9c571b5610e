"""How long does Dateline take beside the bare spaCy pipeline on the same texts? And which stage takes how much?

Whole processes in turn (A B C A B C …), so that all see the same machine; then the stages inside one
process. Give other texts with ``--texts FILE.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from processes import Cost, bare, code, in_turn, ratio, write
from stream import dense_reports, mixed_stream


def beside_bare(path: Path, folder: Path, rounds: int, *, triage: bool = False) -> dict[str, list[Cost]]:
    """Run the bare pipeline and Dateline over a file of reports, in turn."""
    commands = {"bare spaCy": bare(path), "dateline": code(path, folder / "out.jsonl")}
    if triage:
        commands["dateline --triage"] = code(path, folder / "out.jsonl", "--triage")
    return in_turn(commands, rounds)


def one_and_two_jobs(path: Path, folder: Path, rounds: int) -> dict[str, list[Cost]]:
    """Run Dateline over a file of reports on one process and on two, in turn."""
    return in_turn({f"--jobs {n}": code(path, folder / "out.jsonl", "--jobs", str(n)) for n in (1, 2)}, rounds)


def stages(path: Path) -> dict[str, float]:
    """Microseconds a token that each stage costs, in one process; "bare spaCy" is that of the bare pipeline."""
    import spacy
    from processes import MODEL

    from dateline import pipeline
    from dateline.annotate import load_model, parse
    from dateline.intake import make_report

    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, function: object) -> object:
        def run(*arguments: object, **named: object) -> object:
            start = time.process_time()
            result = function(*arguments, **named)  # type: ignore[operator]
            spent[name] += time.process_time() - start
            return result

        return run

    nlp, plain = load_model(), spacy.load(MODEL)
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    reports = [make_report(i["text"], id=i["id"], published=i.get("published")) for i in items]
    for record in pipeline.records_of(reports[:32], nlp):  # the lexicons are loaded
        record.to_json()
    names = [n for n in vars(pipeline) if n.startswith(("find_", "code_", "resolve")) and callable(vars(pipeline)[n])]
    for name in names:
        setattr(pipeline, name, timed(name, getattr(pipeline, name)))
    tokens = 0
    for k in range(0, len(reports), 64):  # in turn, so that both see the same machine
        texts = [report.text for report in reports[k : k + 64]]
        start = time.process_time()
        for _ in plain.pipe(texts, batch_size=32):
            pass
        spent["bare spaCy"] += time.process_time() - start
        start = time.process_time()
        parsed = list(parse(texts, nlp))
        spent["parse"] += time.process_time() - start
        tokens += sum(map(len, parsed))
        for report, syntax in zip(reports[k : k + 64], parsed, strict=True):
            record = pipeline.record_of(report, syntax)
            start = time.process_time()
            record.to_json()
            spent["JSON"] += time.process_time() - start
    return {name: 1e6 * seconds / tokens for name, seconds in spent.items()}


def main() -> None:
    """Print both measurements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, help="JSON lines with id and text; default: 200 reports of politics")
    parser.add_argument("--mixed", action="store_true", help="a mixed stream instead, with triage as well")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = (report for _, report in mixed_stream(400)) if options.mixed else dense_reports(200)
        path = options.texts or write(folder / "reports.jsonl", reports)
        costs = beside_bare(path, folder, options.rounds, triage=options.mixed)
        for kind, runs in costs.items():
            print(f"{kind:24s} {ratio(runs, costs['bare spaCy']):.3f} of the bare pipeline's time")
        shares = stages(path)
        for stage, share in shares.items():
            print(f"{stage:24s} {share:7.1f} us/token  {share / shares['bare spaCy']:6.1%}")


if __name__ == "__main__":
    main()
