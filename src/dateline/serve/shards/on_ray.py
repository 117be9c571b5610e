"""The Ray engine: shards coded by the actors of a Ray Data pipeline, on one machine or a cluster.

Each actor keeps one worker process with one model. A shard whose actor dies is coded again by another;
parts are written whole and in the same bytes by whoever writes them, so nothing is lost or doubled.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dateline.errors import DatelineError, MissingExtraError
from dateline.serve.batch.workers import Workers
from dateline.serve.setup import Setup
from dateline.serve.shards.part import Done, Parts
from dateline.serve.shards.plan import Shard
from dateline.serve.shards.work import code_shard

# After so many workers died of one shard, the job ends and says so.
TRIES = 4


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """What an actor is sent: a shard, and all that it takes to code it."""

    shard: Shard
    target: str
    setup: Setup
    codebooks: list[dict[str, bytes]]
    cues: list[dict[str, bytes]]
    batch_size: int


_errand = msgspec.msgpack.Decoder(Errand)
_done = msgspec.msgpack.Decoder(Done)
_encode = msgspec.msgpack.Encoder().encode


class Coder:
    """What an actor does: code shards, one after the other, with a model of its own."""

    def __init__(self) -> None:
        self._workers: Workers | None = None

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[bytes]]:
        """Code the shards of a batch of Ray Data; gives what became of each."""
        return {"done": [_encode(self._code(_errand.decode(bytes(packed)))) for packed in batch["errand"]]}

    def _code(self, errand: Errand) -> Done:
        if self._workers is None:
            self._folder = tempfile.TemporaryDirectory(prefix="dateline-codebooks-")
            self._workers = Workers(1, with_files(errand, Path(self._folder.name)))
        return code_shard(errand.shard, Parts(errand.target), errand.batch_size, self._workers.submit)


def run_on_ray(shards: Sequence[Shard], target: str, setup: Setup, batch_size: int, jobs: int | None) -> Iterator[Done]:
    """Code shards on Ray: the cluster that ``RAY_ADDRESS`` names, or one started on this machine.

    Args:
        shards: what to code.
        target: the output folder; every node must be able to write to it.
        setup: what to read with. Codebooks and cues are sent along; a model must be installed on every node.
        batch_size: how many reports are parsed together.
        jobs: how many actors; without a number, one for each processor of the cluster.

    Yields:
        What became of each shard, as they are finished.

    Raises:
        DatelineError: see `code_shard`; or a shard's workers died again and again.
        MissingExtraError: Ray is not installed.
    """
    ray = start(jobs)
    actors = min(jobs or int(ray.cluster_resources().get("CPU", 1)), len(shards))
    try:
        codebooks, cues = contents_of(setup.codebooks), contents_of(setup.cues)
        errands = [
            Errand(shard=shard, target=target, setup=setup, codebooks=codebooks, cues=cues, batch_size=batch_size)
            for shard in shards
        ]
        yield from _coded(ray, errands, actors)
    except ray.exceptions.RayError as error:
        cause = getattr(error, "cause", None)
        if isinstance(cause, DatelineError):
            raise cause from error
        raise DatelineError(
            f"Ray gave up: {_last_line(error)}; what is finished is kept, and --resume goes on from there"
        ) from error


def start(jobs: int | None) -> Any:
    """The module `ray`, connected to a cluster.

    Raises:
        MissingExtraError: Ray is not installed.
    """
    # Both say things on standard error that no user of ours can act on.
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import ray
            import ray.data
        except ImportError as error:
            raise MissingExtraError("ray", "ray", "--engine ray") from error
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        if not ray.is_initialized():
            quiet: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
            if "RAY_ADDRESS" in os.environ:
                ray.init(**quiet)
            else:
                # Actors on this machine find the package where this process found it.
                paths = os.pathsep.join(os.path.abspath(path) for path in sys.path if path)
                environment = {"env_vars": {"PYTHONPATH": paths}}
                ray.init(num_cpus=jobs, include_dashboard=False, runtime_env=environment, **quiet)
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.print_on_execution_start = False
    return ray


def _coded(ray: Any, errands: Sequence[Errand], actors: int) -> Iterator[Done]:
    items = [{"errand": _encode(errand)} for errand in errands]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = (
            ray.data.from_items(items, override_num_blocks=len(items))
            .map_batches(
                Coder,
                batch_size=1,
                batch_format="numpy",
                compute=ray.data.ActorPoolStrategy(size=actors, max_tasks_in_flight_per_actor=2),
                num_cpus=1,
                max_task_retries=TRIES - 1,
            )
            .iter_rows()
        )
        for row in results:
            yield _done.decode(bytes(row["done"]))


def contents_of(names: Sequence[str]) -> list[dict[str, bytes]]:
    """The files that each of some paths names, a file or a folder of YAML, by name."""
    found = []
    for path in map(Path, names):
        files = sorted(path.glob("*.y*ml")) if path.is_dir() else [path]
        found.append({file.name: file.read_bytes() for file in files})
    return found


def with_files(errand: Errand, folder: Path) -> Setup:
    """An errand's setup with its codebooks and cues, which are written into a folder of this machine."""

    def placed(kind: str, contents: Sequence[dict[str, bytes]]) -> tuple[str, ...]:
        places = []
        for number, files in enumerate(contents):
            place = folder / f"{kind}{number}"
            place.mkdir()
            for name, data in files.items():
                (place / name).write_bytes(data)
            places.append(str(place))
        return tuple(places)

    codebooks, cues = placed("codebook", errand.codebooks), placed("cues", errand.cues)
    return msgspec.structs.replace(errand.setup, codebooks=codebooks, cues=cues)


def _last_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
