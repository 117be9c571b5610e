"""The description of the record names every field and every fixed value that the types have."""

import re
import typing
from pathlib import Path

import msgspec
import pytest

from dateline import records

DOCS = Path(__file__).parents[2] / "docs"
STRUCTS = [s for s in vars(records).values() if isinstance(s, type) and issubclass(s, msgspec.Struct)]


def test_every_field_is_described():
    described = set(re.findall(r"`([a-z_]+)`", (DOCS / "record.md").read_text(encoding="utf-8")))
    described |= {
        w for list_ in re.findall(r"`([a-z_, ]+)`", (DOCS / "record.md").read_text()) for w in list_.split(", ")
    }
    fields = {field.name for s in STRUCTS for field in msgspec.structs.fields(s)} - {"schema"}
    assert fields - described == set()


@pytest.mark.parametrize("name", ["PublishedBasis", "EntityKind", "MentionHow", "QuoteKind", "Medium", "Factuality"])
def test_every_value_is_described(name):
    text = (DOCS / "record.md").read_text(encoding="utf-8")
    for value in typing.get_args(getattr(records, name)):
        assert re.search(rf"\b{value}\b", text), value


def test_links_between_documents_lead_somewhere():
    for path in [*DOCS.glob("*.md"), DOCS.parent / "README.md"]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_the_readme_shows_what_the_command_prints():
    from click.testing import CliRunner

    from dateline.serve.cli.group import cli

    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    block = readme.split("$ dateline read --sample summit\n")[1].split("```")[0]
    printed = CliRunner().invoke(cli, ["read", "--sample", "summit"]).stdout.splitlines()
    at = 0
    for line in (line.rstrip() for line in block.splitlines()):
        if line and line != "…":
            assert line in printed[at:], f"README.md shows {line!r}"
            at = printed.index(line, at) + 1
