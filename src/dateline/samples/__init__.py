"""The sample reports that ship with the package."""

from __future__ import annotations

from importlib.resources import files

import yaml

from dateline.errors import InputError
from dateline.records import Report

_DEMO = "demo/"


def sample_names() -> list[str]:
    """Names of the samples, as `sample` takes them."""
    return list(_heads())


def sample(name: str) -> Report:
    """A sample report with its title, publisher and date.

    Args:
        name: one of `sample_names`, or ``demo/`` and the name of a demo report (see `dateline.samples.demo`).

    Raises:
        InputError: there is no sample of this name; the message lists those there are.
    """
    if name.startswith(_DEMO):
        from dateline.samples.demo import demo_report

        return demo_report(name.removeprefix(_DEMO))
    heads = _heads()
    if name not in heads:
        raise InputError(f"there is no sample {name!r}; the samples are {', '.join(heads)}")
    text = (files(__package__) / f"{name}.txt").read_text(encoding="utf-8")
    head = heads[name]
    return Report(
        id=name,
        text=text,
        title=head["title"],
        publisher=head["publisher"],
        published=head["published"],
        published_basis="given",
    )


def _heads() -> dict[str, dict[str, str]]:
    heads: dict[str, dict[str, str]] = yaml.safe_load((files(__package__) / "samples.yaml").read_text(encoding="utf-8"))
    return heads
