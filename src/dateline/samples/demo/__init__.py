"""Reports for trying Dateline: real events of 2023 and 2024, in words written for it (see README.md there).

Several reports tell of most of the events: wire copies, rewrites, independent accounts, denials, figures
that differ, plans and what became of them. `dateline serve --demo` fills an archive with them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dateline.errors import InputError
from dateline.records import Report

_SUFFIX = ".txt"
_HEAD = ("publisher", "published", "byline")


def demo_names() -> list[str]:
    """The ids of the demo reports, in alphabetical order."""
    return sorted(
        file.name.removesuffix(_SUFFIX) for file in files(__package__).iterdir() if file.name.endswith(_SUFFIX)
    )


def demo_report(name: str) -> Report:
    """One demo report with its title, publisher and time of publication.

    Raises:
        InputError: there is no demo report of this name; the message lists those there are.
    """
    names = demo_names()
    if name not in names:
        raise InputError(f"there is no demo report {name!r}; there are {', '.join(names)}")
    return _read(name)


def demo_reports() -> list[Report]:
    """All demo reports, the earliest first."""
    return sorted(map(_read, demo_names()), key=lambda r: (r.published or "", r.id))


@cache
def _read(name: str) -> Report:
    whole = (files(__package__) / f"{name}{_SUFFIX}").read_text(encoding="utf-8")
    _, head, text = whole.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    unknown = [key for key in fields if key not in _HEAD]
    if unknown:
        raise InputError(f"demo report {name!r}: its head has {unknown[0]!r}; it may have {', '.join(_HEAD)}")
    text = text.strip()
    return Report(
        id=name,
        text=text,
        title=text.split("\n", 1)[0],
        publisher=fields["publisher"],
        published=fields["published"],
        byline=fields.get("byline"),
        published_basis="given",
    )
