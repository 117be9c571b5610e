"""One job by shards: plan, code what is not done, tell what gave no record."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from dateline.errors import InputError
from dateline.intake import BadLine
from dateline.serve.batch.job import Tally
from dateline.serve.batch.partial import Settings
from dateline.serve.setup import Setup
from dateline.serve.shards.local import run_local
from dateline.serve.shards.on_ray import run_on_ray
from dateline.serve.shards.part import Done, Parts
from dateline.serve.shards.place import Place
from dateline.serve.shards.plan import Job, Shard, plan
from dateline.serve.shards.records import records_in_part

Engine = Callable[[Sequence[Shard], str, Setup, int, "int | None"], Iterator[Done]]

ENGINES: Mapping[str, Engine] = {"local": run_local, "ray": run_on_ray}

_job = msgspec.json.Decoder(Job)


def code_shards(
    sources: Sequence[str],
    target: str,
    *,
    setup: Setup,
    engine: str = "local",
    jobs: int | None = None,
    batch_size: int = 16,
    resume: bool = False,
    on_bad: Callable[[str, BadLine], None] = lambda file, line: None,
    on_progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Code files of reports by shards.

    The records are the same, byte for byte, whatever the engine and the number of processes, and the
    same as `code_file` writes.

    Args:
        sources: files, folders or patterns of JSON lines, Parquet, WARC or CSV, gzip-packed or not;
            local, or addresses that fsspec opens.
        target: a folder for the parts (Parquet, see `Parts`), or a file that ends with ``.jsonl``, which
            appears when all is done.
        setup: what to read with.
        engine: one of `ENGINES`.
        jobs: how many workers; without a number, one (local) or one a processor of the cluster (Ray).
        batch_size: how many reports are parsed together.
        resume: go on with the shards that an interrupted job for the same target left.
        on_bad: called with the file and the line (or row, or page) that gave no record, in their order.
        on_progress: called after each shard; positions are counted in bytes of the inputs or rows.

    Raises:
        InputError: a source cannot be read, the target cannot be written or holds another job.
        ModelError: the pipeline is missing or lacks a component.
        MissingExtraError: a package is missing: pyarrow, fsspec, Ray.
    """
    settings = Settings.of(setup, batch_size)
    to_lines = target.endswith(".jsonl")
    folder = Place.of(f"{target}.parts" if to_lines else target).address
    parts = Parts(folder)
    job = plan(sources, settings)
    done = _begun(parts, job, target, resume)
    weights = {shard.number: max(1, shard.end - shard.begin) for shard in job.shards}
    tally = Tally(size=sum(weights.values()))
    tally.records = tally.resumed = sum(d.records for d in done.values())
    tally.position = sum(weights[number] for number in done)
    teller = _Teller(job, tally, on_bad)
    for number in sorted(done):
        teller.take(done[number])
    on_progress(tally)
    left = [shard for shard in job.shards if shard.number not in done]
    if left:
        for finished in ENGINES[engine](left, folder, setup, batch_size, jobs):
            tally.records += finished.records
            tally.position += weights[finished.shard]
            teller.take(finished)
            on_progress(tally)
    if to_lines:
        _join(parts, job, Place.of(target))
        parts.folder.remove()
    else:
        (parts.folder / "_SUCCESS").write(b"")
    return tally


class _Teller:
    """Tells bad lines in the order of the input, though shards are finished in any order."""

    def __init__(self, job: Job, tally: Tally, on_bad: Callable[[str, BadLine], None]) -> None:
        self._shards = job.shards
        self._tally = tally
        self._on_bad = on_bad
        self._waiting: dict[int, Done] = {}
        self._next = 0
        self._before = 0  # lines of this file in the shards that were told

    def take(self, done: Done) -> None:
        self._waiting[done.shard] = done
        while (told := self._waiting.pop(self._next, None)) is not None:
            shard = self._shards[self._next]
            if self._next == 0 or self._shards[self._next - 1].file != shard.file:
                self._before = 0
            for number, reason in told.bad:
                line = BadLine(self._before + number, reason)
                self._tally.bad.append(line)
                self._on_bad(shard.file.removeprefix("file://"), line)
            self._before += told.items
            self._next += 1


def _begun(parts: Parts, job: Job, target: str, resume: bool) -> dict[int, Done]:
    """What an earlier run has done; begins the job where there was none."""
    note = parts.folder / "_job.json"
    try:
        there = parts.folder.exists()
        if there and not parts.folder.is_folder():
            raise InputError(f"{target} is a file; name a folder for the parts, or a file that ends with .jsonl")
        if there and note.exists():
            if not resume:
                raise InputError(
                    f"{parts.folder.address.removeprefix('file://')} holds the parts of another run; "
                    "--resume goes on with it, or remove it, or name another output"
                )
            before = _job.decode(note.read())
            changed = [name for name in Job.__struct_fields__ if getattr(before, name) != getattr(job, name)]
            if changed:
                raise InputError(
                    f"{target} was begun with other {' and '.join(changed)}; "
                    "use the same, or start anew in another place"
                )
            return parts.done()
        if there and parts.folder.files():
            raise InputError(f"{target} is not empty; name a new or an empty folder for the parts")
    except msgspec.DecodeError as error:
        raise InputError(f"{note.address} is damaged ({error}); start anew in another place") from error
    note.write(msgspec.json.format(msgspec.json.encode(job), indent=1) + b"\n")
    return {}


def _join(parts: Parts, job: Job, target: Place) -> None:
    """Write the records of all parts, in their order, into one file of JSON lines."""
    aside = Place(target.system, f"{target.path}.partial") if target.local else target
    try:
        with aside.system.open(aside.path, "wb") as stream:
            for shard in job.shards:
                for record in records_in_part(parts.part(shard.number)):
                    stream.write(record.encode() + b"\n")
    except OSError as error:
        raise InputError(f"cannot write {target.address}: {error.strerror or error}") from error
    if target.local:
        os.replace(aside.path, target.path)
