"""The parts of the output: a Parquet file a shard, and beside it what became of the shard."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dateline.records import Record
from dateline.serve.shards.place import Place
from dateline.serve.shards.records import table


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a shard.

    Attributes:
        shard: its number.
        items: lines, rows or pages read.
        records: records written.
        bad: what gave no record, as (number within the shard, reason).
    """

    shard: int
    items: int
    records: int
    bad: list[tuple[int, str]] = []


_done = msgspec.json.Decoder(Done)
_HEADS = ("id", "publisher", "title", "url", "published")


class Parts:
    """The output folder of a job.

    ``part-00000.parquet`` holds the records of shard 0 and so on; names that begin with ``_`` are the
    job's own, and readers of Parquet folders pass them over: ``_job.json`` the plan, ``_done/`` a file
    for each shard that is finished, ``_SUCCESS`` when all are.
    """

    def __init__(self, address: str) -> None:
        self.folder = Place.of(address)

    def part(self, number: int) -> Place:
        """The file with the records of a shard."""
        return self.folder / f"part-{number:05}.parquet"

    def all(self) -> list[Place]:
        """The parts that are there, in the order of their numbers."""
        return [file for file in self.folder.files() if file.path.endswith(".parquet")]

    def done(self) -> dict[int, Done]:
        """The shards that are finished, by number."""
        folder = self.folder / "_done"
        folder.system.invalidate_cache(folder.path)
        if not folder.exists():
            return {}
        files = [Place(folder.system, path) for path in sorted(folder.system.find(folder.path))]
        found = [_done.decode(file.read()) for file in files if file.path.endswith(".json")]
        return {done.shard: done for done in found}

    def keep(self, records: Sequence[Record], done: Done) -> None:
        """Write the records of a shard, and then that it is finished.

        Raises:
            InputError: the folder cannot be written to.
            MissingExtraError: pyarrow is not installed.
        """
        self.part(done.shard).write(table_of(records))
        (self.folder / "_done" / f"{done.shard:05}.json").write(msgspec.json.encode(done) + b"\n")


def table_of(records: Sequence[Record]) -> bytes:
    """Records as a Parquet file: who, when, how much, and in the column ``record`` the whole as JSON.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    return table(
        [
            {
                **{name: getattr(record.report, name) for name in _HEADS},
                "statements": len(record.statements),
                "events": len(record.events),
                "record": record.to_json().decode(),
            }
            for record in records
        ],
        {**dict.fromkeys(_HEADS, "string"), "statements": "int32", "events": "int32", "record": "large_string"},
    )
