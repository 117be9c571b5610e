from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dateline.errors import DatelineError, InputError, ModelError
from dateline.records import decode
from dateline.serve.batch import Tally, chunks, code_file, nursery, partial
from dateline.serve.setup import Loaded, Setup

TEXTS = [
    "The foreign minister said on Tuesday that her government would withdraw its troops.",
    "“We never met,” the spokesman told reporters in Geneva last week.\r\nThe envoy denied it. 🕊",
    "Rebels shelled the port, according to the governor, who cited two witnesses.",
    "The two presidents agreed to reopen the border in March.",
    "Protesters blocked the road to the capital for three days.",
]


def write(path: Path, lines: list[object]) -> str:
    whole = b""
    for line in lines:
        whole += (line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n"
    path.write_bytes(whole)
    return str(path)


@pytest.fixture(autouse=True)
def _loaded(nlp):
    """The pipeline is loaded once for all."""


def objects(count: int) -> list[object]:
    return [{"id": f"r{k}", "text": TEXTS[k % 5] * (1 + k % 3), "published": "2018-06-13"} for k in range(count)]


def run(source: str, target: str | Path, **options) -> Tally:
    return code_file(source, str(target), **{"setup": Setup(), "batch_size": 2, **options})


def test_each_line_gives_its_record_in_order(tmp_path):
    source = write(tmp_path / "in.jsonl", objects(7))
    tally = run(source, tmp_path / "out.jsonl")
    records = [decode(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert [record.report.id for record in records] == [f"r{k}" for k in range(7)]
    assert [record.report.text for record in records] == [item["text"] for item in objects(7)]
    assert (tally.records, tally.bad) == (7, [])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_device_or_pipe_is_written_to_and_a_link_stays_a_link(tmp_path):
    source = write(tmp_path / "in.jsonl", objects(3))
    run(source, tmp_path / "out.jsonl")
    whole = (tmp_path / "out.jsonl").read_bytes()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    run(source, pipe)
    reader.join()
    assert got == [whole]
    assert pipe.is_fifo()
    writer = threading.Thread(target=lambda: pipe.write_bytes(Path(source).read_bytes()))
    writer.start()
    run(str(pipe), tmp_path / "again.jsonl")
    writer.join()
    assert (tmp_path / "again.jsonl").read_bytes() == whole
    (tmp_path / "link.jsonl").symlink_to("there.jsonl")
    run(source, tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "there.jsonl").read_bytes() == whole


def test_bad_lines_are_told_and_the_rest_is_written(tmp_path):
    lines = objects(4)
    lines[1:1] = [b"{oops", b'{"text": 5}', b"", b'{"text": "a", "published": "someday"}', b"\xff\xfe"]
    source = write(tmp_path / "in.jsonl", lines)
    told = []
    tally = run(source, tmp_path / "out.jsonl", on_bad=told.append)
    assert [line.number for line in told] == [2, 3, 5, 6]
    assert told == tally.bad
    assert [decode(line).report.id for line in (tmp_path / "out.jsonl").read_bytes().splitlines()] == [
        "r0",
        "r1",
        "r2",
        "r3",
    ]


def test_a_line_longer_than_the_limit_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr("dateline.intake.lines.LONGEST_LINE", 400)
    lines = objects(3)
    lines.insert(1, {"text": "word " * 200})
    source = write(tmp_path / "in.jsonl", lines)
    tally = run(source, tmp_path / "out.jsonl")
    assert [(line.number, line.reason.startswith("longer than")) for line in tally.bad] == [(2, True)]
    assert tally.records == 3


def test_processes_do_not_change_a_byte(tmp_path):
    lines = objects(9)
    lines[3:3] = [b"{oops"]
    source = write(tmp_path / "in.jsonl", lines)
    alone = run(source, tmp_path / "one.jsonl")
    together = run(source, tmp_path / "two.jsonl", jobs=2)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    assert alone.bad == together.bad


def test_gzip_and_a_byte_order_mark_are_read(tmp_path):
    source = write(tmp_path / "in.jsonl", objects(3))
    run(source, tmp_path / "plain.jsonl")
    packed = tmp_path / "in.jsonl.gz"
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbf" + Path(source).read_bytes()))
    run(str(packed), tmp_path / "unpacked.jsonl")
    assert (tmp_path / "plain.jsonl").read_bytes() == (tmp_path / "unpacked.jsonl").read_bytes()
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(InputError, match=r"in\.jsonl\.gz cannot be read after line"):
        run(str(packed), tmp_path / "cut.jsonl")


class Interrupted(Exception):
    pass


def interrupt_after(chunk_count: int):
    def on_progress(tally: Tally) -> None:
        nonlocal chunk_count
        chunk_count -= 1
        if chunk_count == 0:
            raise Interrupted

    return on_progress


@pytest.mark.parametrize("chunk_count", [1, 3, 5])
@pytest.mark.parametrize("damage", ["none", "half a record", "half a mark", "lost data"])
def test_a_resumed_run_gives_the_same_bytes_and_codes_nothing_twice(tmp_path, monkeypatch, chunk_count, damage):
    lines = objects(11)
    lines[3:3] = [b"{oops"]
    source = write(tmp_path / "in.jsonl", lines)
    whole = run(source, tmp_path / "whole.jsonl")
    target = tmp_path / "out.jsonl"
    with pytest.raises(Interrupted):
        run(source, target, on_progress=interrupt_after(chunk_count))
    assert not target.exists()
    data, log = tmp_path / "out.jsonl.partial", tmp_path / "out.jsonl.partial.log"
    done = data.read_bytes().count(b"\n")
    if damage == "half a record":
        data.write_bytes(data.read_bytes() + b'{"schema":"dateli')
    elif damage == "half a mark":
        log.write_bytes(log.read_bytes()[:-7])
        done -= 2
    elif damage == "lost data":
        data.write_bytes(data.read_bytes()[:-3])
        done -= 2
    coded = []
    before = chunks.record_of
    monkeypatch.setattr(chunks, "record_of", lambda report, *rest: coded.append(report.id) or before(report, *rest))
    tally = run(source, target, resume=True)
    assert coded == [f"r{k}" for k in range(done, 11)]
    assert target.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert (tally.records, tally.resumed) == (11, done)
    assert tally.bad == whole.bad
    assert not data.exists()
    assert not log.exists()


def test_resume_with_nothing_to_go_on_from_starts_anew(tmp_path):
    source = write(tmp_path / "in.jsonl", objects(3))
    assert run(source, tmp_path / "out.jsonl", resume=True).records == 3


def test_without_resume_the_work_begins_anew(tmp_path):
    source = write(tmp_path / "in.jsonl", objects(5))
    with pytest.raises(Interrupted):
        run(source, tmp_path / "out.jsonl", on_progress=interrupt_after(2))
    tally = run(source, tmp_path / "out.jsonl")
    assert (tally.records, tally.resumed) == (5, 0)
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 5


def test_another_input_or_other_settings_cannot_be_resumed(tmp_path):
    source = write(tmp_path / "in.jsonl", objects(5))
    with pytest.raises(Interrupted):
        run(source, tmp_path / "out.jsonl", on_progress=interrupt_after(2))
    with pytest.raises(InputError, match=r"another batch size \(2\)"):
        run(source, tmp_path / "out.jsonl", resume=True, batch_size=3)
    write(tmp_path / "in.jsonl", list(reversed(objects(5))))
    with pytest.raises(InputError, match="not what it was"):
        run(source, tmp_path / "out.jsonl", resume=True)


def test_triage_gives_the_same_bytes_on_any_number_of_processes_and_belongs_to_a_job(tmp_path):
    recipe = {"id": "bread", "text": "Bake the bread for an hour.", "published": "2018-06-13"}
    source = write(tmp_path / "in.jsonl", [recipe, *objects(5), recipe])
    run(source, tmp_path / "all.jsonl")
    for jobs in (1, 2):
        run(source, tmp_path / f"{jobs}.jsonl", setup=Setup(triage=True), jobs=jobs)
    lines = (tmp_path / "1.jsonl").read_bytes().splitlines()
    assert (tmp_path / "2.jsonl").read_bytes().splitlines() == lines
    assert lines[1:-1] == (tmp_path / "all.jsonl").read_bytes().splitlines()[1:-1]
    assert [flag.kind for flag in decode(lines[0]).flags] == ["not_parsed"]
    with pytest.raises(Interrupted):
        run(source, tmp_path / "out.jsonl", setup=Setup(triage=True), on_progress=interrupt_after(2))
    with pytest.raises(InputError, match="another triage"):
        run(source, tmp_path / "out.jsonl", resume=True)


def test_a_cache_changes_no_byte_and_spares_the_parse(tmp_path, monkeypatch):
    source = write(tmp_path / "in.jsonl", objects(7))
    run(source, tmp_path / "plain.jsonl")
    cached = Setup(cache=str(tmp_path / "cache"))
    for n, jobs in enumerate((1, 2, 1)):
        if n == 2:
            monkeypatch.setattr(chunks, "parse", lambda texts, nlp: iter([nothing for nothing in texts if 1 / 0]))
        run(source, tmp_path / f"{n}.jsonl", setup=cached, jobs=jobs)
        assert (tmp_path / f"{n}.jsonl").read_bytes() == (tmp_path / "plain.jsonl").read_bytes()
    (tmp_path / "file").write_text("")
    for jobs in (1, 2):
        with pytest.raises(DatelineError, match=r"cache .*file cannot be used"):
            run(source, tmp_path / "out.jsonl", setup=Setup(cache=str(tmp_path / "file")), jobs=jobs)


def test_two_runs_cannot_write_one_output(tmp_path):
    source = write(tmp_path / "in.jsonl", objects(2))
    settings = partial.Settings(version="0", model="m", batch_size=2)
    writing = partial.Partial(tmp_path / "out.jsonl", settings, resume=False)
    with writing, pytest.raises(InputError, match="being written by another"):
        run(source, tmp_path / "out.jsonl")


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("absent.jsonl", "out.jsonl", r"cannot read .*absent\.jsonl: No such file"),
        (".", "out.jsonl", "cannot read .*: Is a directory"),
        ("in.jsonl", "in.jsonl", "both the input and the output"),
        ("in.jsonl", "link.jsonl", "both the input and the output"),
        ("in.jsonl", ".", "is a directory"),
        ("in.jsonl", "nowhere/out.jsonl", "there is no directory"),
        ("in.jsonl", "out.jsonl.gz", "pipe it into gzip"),
    ],
)
def test_files_that_will_not_do_are_named_before_any_work(tmp_path, source, target, message):
    write(tmp_path / "in.jsonl", objects(1))
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "in.jsonl")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(InputError, match=message):
        run(str(tmp_path / source), tmp_path / target)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.usefixtures("_workers")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_missing_pipeline_is_named_and_nothing_is_left(tmp_path, jobs):
    source = write(tmp_path / "in.jsonl", objects(3))
    with pytest.raises(ModelError, match="en_core_web_absent"):
        run(source, tmp_path / "out.jsonl", setup=Setup(model="en_core_web_absent"), jobs=jobs)
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_fault_in_a_stage_costs_one_record(tmp_path, monkeypatch):
    before = chunks.record_of

    def fragile(report, *rest):
        if report.id == "r2":
            raise ZeroDivisionError("of nothing")
        return before(report, *rest)

    monkeypatch.setattr(chunks, "record_of", fragile)
    source = write(tmp_path / "in.jsonl", objects(5))
    tally = run(source, tmp_path / "out.jsonl")
    assert tally.records == 4
    assert [line.number for line in tally.bad] == [3]
    assert "ZeroDivisionError: of nothing" in tally.bad[0].reason


@pytest.fixture(params=["forked", "started afresh"])
def _workers(request, monkeypatch):
    """Both ways in which workers come to be."""
    if request.param == "forked" and not nursery.FORKS:
        pytest.skip("no processes can be forked here")
    monkeypatch.setattr(nursery, "FORKS", request.param == "forked")


@pytest.mark.usefixtures("_workers")
def test_a_worker_that_dies_is_replaced(nlp):
    from dateline.intake import make_report
    from dateline.serve.batch.chunks import code_chunk
    from dateline.serve.batch.workers import Workers

    reports = [make_report(text) for text in TEXTS]
    with Workers(1, Setup()) as workers:
        workers.submit(reports[:1]).result()
        for worker in workers._all:
            os.kill(worker.process.pid, signal.SIGKILL)
            worker.process.wait()
        outcomes = workers.submit(reports).result()
    assert outcomes == code_chunk(reports, Loaded(nlp))


@pytest.mark.skipif(not nursery.FORKS, reason="no processes can be forked here")
def test_a_nursery_that_dies_is_replaced(nlp):
    from dateline.intake import make_report
    from dateline.serve.batch.chunks import code_chunk
    from dateline.serve.batch.workers import Workers

    reports = [make_report(text) for text in TEXTS]
    with Workers(2, Setup()) as workers:
        workers.submit(reports[:1]).result()
        workers._source._process.kill()
        workers._source._process.wait()
        for worker in workers._all:
            worker.end()
        outcomes = workers.submit(reports).result()
    assert outcomes == code_chunk(reports, Loaded(nlp))


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is looked up in /proc")
def test_forked_workers_share_most_of_their_memory():
    from dateline.intake import make_report
    from dateline.serve.batch.workers import Workers

    reports = [make_report(text) for text in TEXTS]
    with Workers(2, Setup()) as workers:
        for _ in range(4):
            workers.submit(reports).result()
        rollups = [Path(f"/proc/{w.process.pid}/smaps_rollup").read_text() for w in workers._all if w.process]
    for rollup in rollups:
        size = {line.split(":")[0]: int(line.split()[1]) for line in rollup.splitlines()[1:]}
        assert size["Pss"] < 0.6 * size["Rss"]


@pytest.mark.usefixtures("_workers")
def test_a_report_that_kills_every_worker_is_told(monkeypatch):
    from dateline.intake import make_report
    from dateline.serve.batch import workers as module

    ask = module._Worker.ask

    def fragile(self, message):
        if b"poison" in message:
            self.meet()
            self.process.kill()
        return ask(self, message)

    monkeypatch.setattr(module._Worker, "ask", fragile)
    reports = [make_report(text) for text in (TEXTS[0], "poison", TEXTS[1])]
    with module.Workers(1, Setup()) as workers:
        first, second, third = workers.submit(reports).result()
    assert "SIGKILL" in second
    assert (first.report.text, third.report.text) == (TEXTS[0], TEXTS[1])


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_command_can_be_resumed(tmp_path, how):
    source = write(tmp_path / "in.jsonl", objects(200))
    target = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "dateline", "code", source, "-o", str(target), "--batch-size", "8"]
    process = subprocess.Popen([*command, "--jobs", "2"], stderr=subprocess.PIPE, text=True)
    data = tmp_path / "out.jsonl.partial"
    limit = time.monotonic() + 120
    while not (data.exists() and data.stat().st_size) and time.monotonic() < limit:
        time.sleep(0.02)
    process.send_signal(how)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == (-signal.SIGKILL if how == signal.SIGKILL else 130)
    assert "Traceback" not in errors
    assert not target.exists()
    done = subprocess.run([*command, "--resume"], capture_output=True, text=True, timeout=240, check=True)
    assert "earlier" in done.stderr
    run(source, tmp_path / "whole.jsonl", batch_size=8)
    assert target.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
