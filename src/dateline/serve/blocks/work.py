"""The folder in which tasks leave what other tasks take up, and the engines that run tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import get_context
from typing import Any, TypeVar
from zlib import crc32

import msgspec

from dateline.errors import DatelineError
from dateline.serve.shards.on_ray import TRIES, start
from dateline.serve.shards.place import Place

T = TypeVar("T")

_encode = msgspec.msgpack.Encoder().encode


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What all tasks of a run know.

    Attributes:
        parts: addresses of the files of records, in their order.
        target: the output folder.
        buckets: into how many heaps a step's results are dealt.
    """

    parts: list[str]
    target: str
    buckets: int

    @property
    def work(self) -> Place:
        """The folder of what is not yet the result."""
        return Place.of(self.target) / "_work"

    def bucket(self, name: str) -> int:
        """The heap of a name: the same in every process."""
        return crc32(name.encode()) % self.buckets


class Heaps:
    """What one task leaves, heap by heap; `close` writes it."""

    def __init__(self, plan: Plan, step: str, task: str) -> None:
        self._folder = plan.work / step
        self._task = task
        self._heaps: dict[str, list[Any]] = defaultdict(list)

    def put(self, heap: str | int, item: Any) -> None:
        """Lay an item on a heap."""
        self._heaps[str(heap)].append(item)

    def close(self) -> None:
        """Write all heaps."""
        for heap, items in sorted(self._heaps.items()):
            (self._folder / heap / f"{self._task}.msgpack").write(_encode(items))


def heaps(plan: Plan, step: str) -> list[str]:
    """The names of a step's heaps, in order."""
    folder = plan.work / step
    if not folder.exists():
        return []
    return sorted(path.rstrip("/").rpartition("/")[2] for path in folder.system.ls(folder.path, detail=False))


def taken(plan: Plan, step: str, heap: str | int, kind: type[T]) -> Iterator[T]:
    """The items of a heap, task by task in the order of the tasks' names."""
    folder = plan.work / step / str(heap)
    if not folder.exists():
        return
    decoder = msgspec.msgpack.Decoder(list[kind])  # type: ignore[valid-type]
    for path in sorted(folder.system.ls(folder.path, detail=False)):
        yield from decoder.decode(Place(folder.system, path).read())


Runner = Callable[[Plan, str, Sequence[str], "int | None"], Iterator[str]]


def run_task(plan: Plan, function: str, task: str) -> str:
    """Do one task: call ``module:function`` with the plan and the task's name, unless it is done already."""
    mark = plan.work / "_done" / function.rpartition(":")[2] / task
    if not mark.exists():
        module, _, name = function.partition(":")
        getattr(import_module(module), name)(plan, task)
        mark.write(b"")
    return task


def run_here(plan: Plan, function: str, tasks: Sequence[str], jobs: int | None) -> Iterator[str]:
    """Run tasks on processes of this machine, one without a number.

    Raises:
        DatelineError: a task failed, or a process died twice.
    """
    if (jobs or 1) <= 1 or len(tasks) <= 1:
        for task in tasks:
            yield run_task(plan, function, task)
        return
    left = set(tasks)
    for attempt in (1, 2):
        try:
            with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
                for future in as_completed([pool.submit(run_task, plan, function, t) for t in tasks if t in left]):
                    left.discard(future.result())
                    yield future.result()
            return
        except BrokenProcessPool as error:
            if attempt == 2:
                raise DatelineError(
                    f"processes died again and again ({error}), perhaps for want of memory; --resume goes on"
                ) from error


def run_on_ray(plan: Plan, function: str, tasks: Sequence[str], jobs: int | None) -> Iterator[str]:
    """Run tasks on Ray; see `dateline.serve.shards.on_ray`.

    Raises:
        DatelineError: a task failed, or its workers died again and again.
        MissingExtraError: Ray is not installed.
    """
    ray = start(jobs)
    remote = ray.remote(max_retries=TRIES - 1, num_cpus=1)(run_task)
    most = jobs or max(1, int(ray.cluster_resources().get("CPU", 1)))
    waiting = list(reversed(tasks))
    running: list[Any] = []
    try:
        while waiting or running:
            while waiting and len(running) < most:
                running.append(remote.remote(plan, function, waiting.pop()))
            finished, running = ray.wait(running)
            yield from ray.get(finished)
    except ray.exceptions.RayError as error:
        cause = getattr(error, "cause", None)
        raise cause if isinstance(cause, DatelineError) else DatelineError(f"Ray gave up: {error}") from error


RUNNERS: dict[str, Runner] = {"local": run_here, "ray": run_on_ray}


def dealt(names: Sequence[str], most: int) -> list[list[str]]:
    """Names dealt to at most so many tasks, neighbours together."""
    size = -(-len(names) // max(1, min(most, len(names)))) if names else 1
    return [list(names[k : k + size]) for k in range(0, len(names), size)]


def numbered(items: Iterable[T]) -> Iterator[tuple[str, T]]:
    """Items with names that sort as they stand."""
    for number, item in enumerate(items):
        yield f"{number:06}", item
