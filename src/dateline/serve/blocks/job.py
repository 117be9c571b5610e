"""The order of the steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from dateline.errors import InputError
from dateline.serve.blocks.met import meetings
from dateline.serve.blocks.told import name_stories, weeks
from dateline.serve.blocks.weighed import connect
from dateline.serve.blocks.work import RUNNERS, Plan
from dateline.serve.shards.part import Parts
from dateline.serve.shards.place import Place
from dateline.serve.shards.records import count_accounts, count_records
from dateline.store.reconciled import Reconciled

_HERE = "dateline.serve.blocks"
_MOST = 256  # heaps


def reconcile_records(
    source: str,
    target: str,
    *,
    engine: str = "local",
    jobs: int | None = None,
    resume: bool = False,
    on_progress: Callable[[str], None] = lambda step: None,
) -> Reconciled:
    """Tell the stories and accounts of records in files.

    Args:
        source: a folder of parts as `code_shards` writes them.
        target: the output folder: ``accounts/`` and ``stories/``, each in parts of Parquet. They are the same
            whatever the engine and the number of processes.
        engine: one of `RUNNERS`.
        jobs: how many processes; without a number, one (local) or one a processor of the cluster (Ray).
        resume: go on where an interrupted run for the same target stopped.
        on_progress: called with the name of each step.

    Raises:
        InputError: there are no records, or the target holds something else.
        MissingExtraError: a package is missing: pyarrow, fsspec, Ray.
    """
    parts = [place.address for place in Parts(source).all()]
    if not parts:
        raise InputError(f"{source} holds no records; name the folder that `dateline code … -o FOLDER/` wrote")
    plan = Plan(parts=parts, target=Place.of(target).address, buckets=min(_MOST, len(parts)))
    _begin(plan, target, resume)
    everyone = [f"{n:06}" for n in range(len(parts))]
    heaps = [str(n) for n in range(plan.buckets)]

    def step(name: str, function: str, tasks: Sequence[str]) -> None:
        on_progress(name)
        for _ in RUNNERS[engine](plan, f"{_HERE}.{function}", tasks, jobs):
            pass

    step("reports", "told:spread_documents", everyone)
    step("stories", "told:tell_week", weeks(plan))
    stories = name_stories(plan)
    step("tellings", "met:spread_mentions", everyone)
    step("pairs", "met:meet", meetings(plan))
    connect(plan)
    step("records", "weighed:spread_records", everyone)
    step("origins", "weighed:trace", heaps)
    step("accounts", "weighed:weigh_accounts", heaps)
    step("keeping", "weighed:write_stories", everyone)
    output = Place.of(target)
    number, several = count_accounts(output / "accounts")
    found = Reconciled(count_records(output / "stories"), stories, number, several)
    plan.work.remove()
    (output / "_SUCCESS").write(b"")
    return found


def _begin(plan: Plan, target: str, resume: bool) -> None:
    folder = Place.of(target)
    note = folder / "_plan.json"
    packed = msgspec.json.encode(plan)
    if note.exists():
        if not resume:
            raise InputError(f"{target} holds another run; --resume goes on with it, or name another folder")
        if note.read() != packed:
            raise InputError(f"{target} was begun with other records; use the same, or name another folder")
        return
    if folder.exists() and (not folder.is_folder() or folder.files()):
        raise InputError(f"{target} is not an empty folder; name a new one")
    note.write(packed)
