from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import dateline

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))


def test_the_public_names_are_listed_once_and_in_order():
    names = [name for name in dateline.__all__ if name != "__version__"]
    assert names == sorted(set(names))
    assert set(names) == set(dateline._HOME)
    assert dir(dateline) == sorted(dateline.__all__)


@pytest.mark.parametrize("name", dateline.__all__)
def test_each_public_name_is_there_and_documented(name):
    value = getattr(dateline, name)
    assert value is getattr(dateline, name)
    if name != "__version__":
        assert value.__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        dateline.reed  # noqa: B018


@pytest.mark.parametrize("statement", ["import dateline", "from dateline.serve.cli import cli"])
def test_starting_is_cheap(statement):
    heavy = {"spacy", "rich", "numpy", "trafilatura", "pandas", "yaml"}
    program = f"import sys; {statement}; print(*({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_version_is_that_of_the_project():
    assert dateline.__version__ == PROJECT["project"]["version"]


def test_the_entry_points_lead_somewhere():
    import_module("dateline.serve.components")
    groups = {**PROJECT["project"]["entry-points"], "console_scripts": PROJECT["project"]["scripts"]}
    for group, points in groups.items():
        for name, value in points.items():
            assert callable(EntryPoint(name, value, group).load())
