"""The local engine: shards coded by worker processes of this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from dateline.serve.batch.workers import Workers
from dateline.serve.setup import Setup
from dateline.serve.shards.part import Done, Parts
from dateline.serve.shards.plan import Shard
from dateline.serve.shards.work import code_shard


def run_local(shards: Sequence[Shard], target: str, setup: Setup, batch_size: int, jobs: int | None) -> Iterator[Done]:
    """Code shards on `jobs` processes (one without a number), as many shards at a time.

    Args:
        shards: what to code.
        target: the output folder.
        setup: what to read with.
        batch_size: how many reports are parsed together.
        jobs: how many processes.

    Yields:
        What became of each shard, as they are finished.

    Raises:
        DatelineError: see `code_shard`.
    """
    parts = Parts(target)
    with Workers(jobs or 1, setup) as workers, ThreadPoolExecutor(jobs or 1) as threads:
        left = iter(shards)
        running: set[Future[Done]] = set()
        try:
            while True:
                # One more than there are workers, so that none waits while a part is written.
                while len(running) <= (jobs or 1) and (shard := next(left, None)) is not None:
                    running.add(threads.submit(code_shard, shard, parts, batch_size, workers.submit))
                if not running:
                    return
                finished, running = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield future.result()
        finally:
            for future in running:
                future.cancel()
