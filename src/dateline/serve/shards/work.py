"""Coding one shard, wherever that is done."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future

from dateline.intake import BadLine
from dateline.records import Record, Report
from dateline.serve.batch.chunks import Chunk, chunks_of
from dateline.serve.shards.part import Done, Parts
from dateline.serve.shards.plan import Shard
from dateline.serve.shards.reading import Item, items_of

Submit = Callable[[list[Report]], "Future[list[Record | str]]"]

_UNDER_WAY = 2  # chunks of a shard that wait for a worker


def code_shard(shard: Shard, parts: Parts, batch_size: int, submit: Submit) -> Done:
    """Code a shard and write its part.

    Args:
        shard: what to code.
        parts: where its records go.
        batch_size: how many reports are parsed together.
        submit: has a chunk coded, as `Workers.submit` does.

    Raises:
        DatelineError: the part cannot be written, or a worker cannot be had.
    """
    records: list[Record] = []
    bad: list[BadLine] = []
    items = 0
    waiting: deque[tuple[Chunk, Future[list[Record | str]]]] = deque()

    def take() -> None:
        chunk, future = waiting.popleft()
        bad.extend(chunk.bad)
        for number, outcome in zip(chunk.numbers, future.result(), strict=True):
            if isinstance(outcome, Record):
                records.append(outcome)
            else:
                bad.append(BadLine(number, outcome))

    def counted() -> Iterator[Item]:
        nonlocal items
        for item in items_of(shard):
            items = item[0]
            yield item

    for chunk in chunks_of(counted(), batch_size):
        waiting.append((chunk, submit(chunk.reports)))
        while len(waiting) > _UNDER_WAY:
            take()
    while waiting:
        take()
    bad.sort(key=lambda line: line.number)
    done = Done(
        shard=shard.number,
        items=items,
        records=len(records),
        bad=[(line.number, line.reason) for line in bad],
    )
    parts.keep(records, done)
    return done
