"""Coding by shards: the same bytes as one process, whatever the engine, the input and what goes wrong."""

from __future__ import annotations

import gzip
import json
import os
import signal
import threading
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.serve.batch import code_file
from dateline.serve.batch.partial import Settings
from dateline.serve.setup import Setup
from dateline.serve.shards import code_shards, local
from dateline.serve.shards.on_ray import Errand, contents_of, with_files
from dateline.serve.shards.part import Parts
from dateline.serve.shards.place import Place
from dateline.serve.shards.plan import Shard, plan
from dateline.serve.shards.reading import items_of
from dateline.serve.shards.records import records_in_part

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("fsspec")

TEXTS = [
    "The foreign minister said on Tuesday that her government would withdraw its troops.",
    "“We never met,” the spokesman told reporters in Geneva last week.\r\nThe envoy denied it. 🕊",
    "Rebels shelled the port, according to the governor, who cited two witnesses.",
    "The two presidents agreed to reopen the border in March.",
    "Protesters blocked the road to the capital for three days.",
]
SETTINGS = Settings(version="0", model="m", batch_size=4)


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch):
    for module in ("dateline.intake.lines", "dateline.serve.shards.plan"):
        monkeypatch.setattr(f"{module}.SHARD_BYTES", 700)
    monkeypatch.setattr("dateline.serve.shards.plan.SHARD_ROWS", 5)


def objects(count: int) -> list[dict[str, str]]:
    return [{"id": f"r{k}", "text": TEXTS[k % 5] * (1 + k % 3), "published": "2018-06-13"} for k in range(count)]


def lines(count: int) -> bytes:
    whole = [json.dumps(item).encode() for item in objects(count)]
    whole[3:3] = [b"{oops"]
    whole[9:9] = [b"", b'{"id": "no text"}']
    return b"\n".join(whole) + b"\n"


@pytest.fixture
def source(tmp_path) -> str:
    (tmp_path / "in.jsonl").write_bytes(lines(23))
    return str(tmp_path / "in.jsonl")


@pytest.fixture
def expected(tmp_path, source) -> bytes:
    """What one process writes."""
    code_file(source, str(tmp_path / "expected.jsonl"), setup=Setup(), batch_size=4)
    return (tmp_path / "expected.jsonl").read_bytes()


def run(source: str, target: object, **options):
    told: list[tuple[str, int]] = []
    tally = code_shards(
        [source],
        str(target),
        **{
            "setup": Setup(),
            "batch_size": 4,
            "on_bad": lambda file, line: told.append((Path(file).name, line.number)),
            **options,
        },
    )
    return tally, told


def joined(folder: Path) -> bytes:
    parts = sorted(folder.glob("part-*.parquet"))
    return b"".join(record.encode() + b"\n" for part in parts for record in records_in_part(Place.of(str(part))))


def read(address: str) -> list[str]:
    job = plan([address], SETTINGS)
    return [
        getattr(item, "id", None) or item.reason.partition(":")[0]
        for shard in job.shards
        for _, item in items_of(shard)
        if hasattr(item, "id") or hasattr(item, "reason")
    ]


@pytest.mark.parametrize("size", [1, 50, 199, 700, 10_000_000])
def test_each_line_is_in_one_shard(tmp_path, monkeypatch, size):
    monkeypatch.setattr("dateline.serve.shards.plan.SHARD_BYTES", size)
    items = objects(8)
    (tmp_path / "in.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\n\n".join(json.dumps(i).encode() for i in items))
    assert read(str(tmp_path / "in.jsonl")) == [item["id"] for item in items]


def test_local_parts_hold_what_one_process_writes(tmp_path, source, expected):
    tally, told = run(source, tmp_path / "out", jobs=2)
    assert joined(tmp_path / "out") == expected
    assert told == [("in.jsonl", 4), ("in.jsonl", 11)]
    assert (tally.records, tally.position) == (23, tally.size)
    assert (tmp_path / "out" / "_SUCCESS").exists()
    assert len(list((tmp_path / "out").glob("part-*.parquet"))) > 3


def test_readers_of_parquet_folders_see_the_parts_alone(tmp_path, source):
    run(source, tmp_path / "out")
    table = pyarrow.parquet.read_table(tmp_path / "out")
    assert table.column("id").to_pylist() == [f"r{k}" for k in range(23)]
    assert table.column_names == ["id", "publisher", "title", "url", "published", "statements", "events", "record"]


def test_a_file_of_json_lines_may_be_asked_for(tmp_path, source, expected):
    run(source, tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == expected
    assert not list(tmp_path.glob("out.jsonl.*"))


def test_folders_patterns_packed_files_and_tables_are_read(tmp_path):
    folder = tmp_path / "news"
    (folder / "more").mkdir(parents=True)
    (folder / "a.jsonl").write_bytes(lines(6))
    (folder / "more" / "b.jsonl.gz").write_bytes(gzip.compress(lines(5)))
    (folder / "c.csv").write_text("id,text\nc1,Troops left.\nc2,\n")
    (folder / "readme.xyz").write_text("not read")
    rows = [*objects(11), {"id": "empty", "text": " "}]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "d.parquet", row_group_size=3)
    found = read(str(folder))
    assert found.count("r5") == 2
    rows = found.index("text is empty")
    assert found[rows - 11 : rows] == [f"r{k}" for k in range(11)]
    assert "c1" in found
    assert [x for x in found if x.startswith("cannot")] == []
    assert read(str(folder / "*.csv")) == ["c1", "line 3"]


def test_what_is_cut_off_costs_only_what_is_lost(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines(200))[:-200])
    (tmp_path / "b.jsonl").write_bytes(lines(2))
    found = read(str(tmp_path))
    assert "cannot be read from here on" in found
    assert found[found.index("cannot be read from here on") + 1 :][:2] == ["r0", "r1"]


def test_addresses_of_other_file_systems_are_read_and_written(expected, source):
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.pipe_file("/in/in.jsonl", Path(source).read_bytes())
    with memory.open("/csv/in.csv.gz", "wb") as stream:
        stream.write(gzip.compress(b"id,text\nc1,Troops left.\n"))
    try:
        run("memory://in", "memory://out")
        parts = sorted(p for p in memory.find("/out") if "part-" in p)
        assert b"".join(r.encode() + b"\n" for p in parts for r in records_in_part(Place(memory, p))) == expected
        run("memory://in", "memory://whole/out.jsonl")
        assert memory.cat_file("/whole/out.jsonl") == expected
        assert read("memory://csv") == ["c1"]
    finally:
        memory.rm("/", recursive=True)


def test_a_run_that_was_stopped_goes_on_with_what_is_left(tmp_path, source, expected, monkeypatch):
    coded: list[int] = []
    code_shard = local.code_shard

    def stopping(shard, *rest):
        if len(coded) == 2:
            raise KeyboardInterrupt
        coded.append(shard.number)
        return code_shard(shard, *rest)

    monkeypatch.setattr(local, "code_shard", stopping)
    with pytest.raises(KeyboardInterrupt):
        run(source, tmp_path / "out")
    assert not (tmp_path / "out" / "_SUCCESS").exists()
    with pytest.raises(InputError, match="--resume"):
        run(source, tmp_path / "out")
    with pytest.raises(InputError, match="other settings"):
        run(source, tmp_path / "out", resume=True, batch_size=5)
    monkeypatch.setattr(
        local, "code_shard", lambda shard, *rest: coded.append(shard.number) or code_shard(shard, *rest)
    )
    tally, told = run(source, tmp_path / "out", resume=True)
    assert joined(tmp_path / "out") == expected
    assert told == [("in.jsonl", 4), ("in.jsonl", 11)]
    assert tally.resumed > 0
    assert sorted(coded) == sorted(set(coded)) == list(range(len(coded)))


def test_what_will_not_do_is_named(tmp_path, source):
    for wrong, message in (
        (str(tmp_path / "none.jsonl"), "no such file"),
        ("nosuch://bucket/in", "cannot open nosuch://bucket/in"),
    ):
        with pytest.raises(InputError, match=message):
            run(wrong, tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="nothing to read"):
        run(str(tmp_path / "empty"), tmp_path / "out")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear reader")
    with pytest.raises(InputError, match="not empty"):
        run(source, tmp_path / "full")
    with pytest.raises(InputError, match="is a file"):
        run(source, source + "/")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(InputError, match="no Parquet file"):
        run(str(tmp_path / "bad.parquet"), tmp_path / "out")


@pytest.fixture(scope="module")
def ray():
    ray = pytest.importorskip("ray")
    yield ray
    ray.shutdown()


def test_codebooks_and_cues_go_along_to_other_machines(tmp_path):
    (tmp_path / "one.yaml").write_text("a: 1\n")
    (tmp_path / "several").mkdir()
    for name in ("b.yaml", "c.yml"):
        (tmp_path / "several" / name).write_text(f"{name}: 2\n")
    (tmp_path / "elsewhere").mkdir()
    setup = Setup.of(None, [tmp_path / "one.yaml", tmp_path / "several"], cues=tmp_path / "several")
    errand = Errand(
        shard=Shard(number=0, file="in.jsonl", kind="lines", begin=0, end=1),
        target="out",
        setup=setup,
        codebooks=contents_of(setup.codebooks),
        cues=contents_of(setup.cues),
        batch_size=16,
    )
    sent = with_files(errand, tmp_path / "elsewhere")
    assert sent.digest() == setup.digest()
    assert (len(sent.codebooks), len(sent.cues)) == (2, 1)
    assert all(path.startswith(str(tmp_path / "elsewhere")) for path in (*sent.codebooks, *sent.cues))


def at_work() -> list[int]:
    """The workers of ray that code reports now: it writes what they do into their names."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            name = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if name.startswith(b"ray::MapWorker") and b"(Coder)).submit" in name:
            found.append(int(entry.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="workers are found through /proc")
def test_ray_gives_the_same_bytes_though_a_worker_is_killed(ray, tmp_path, source, expected):
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        while not killed and not over.wait(0.01):
            for process in at_work()[:1]:
                os.kill(process, signal.SIGKILL)
                killed.append(process)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        tally, told = run(source, tmp_path / "out", engine="ray", jobs=2)
    finally:
        over.set()
        killer.join()
    assert killed
    assert joined(tmp_path / "out") == expected
    assert told == [("in.jsonl", 4), ("in.jsonl", 11)]
    assert tally.records == 23
    assert len(Parts(str(tmp_path / "out")).done()) == len(list((tmp_path / "out").glob("part-*.parquet")))


def test_pages_of_web_archives_are_read(tmp_path):
    pytest.importorskip("fastwarc")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nTroops left the town on Monday."
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/1\r\n"
        b"WARC-Date: 2024-06-19T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        b"Content-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(head)
    )
    (tmp_path / "in.warc.gz").write_bytes(gzip.compress(record + head + b"\r\n\r\n"))
    assert read(str(tmp_path / "in.warc.gz")) == ["http://example.org/1"]
