from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.serve.cli import cli
from dateline.serve.docs import check_cli_page, cli_page

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_page_is_what_the_commands_say():
    check_cli_page(PAGE)


def test_every_command_and_option_is_on_it():
    page = cli_page()
    for name, command in cli.commands.items():
        assert f"## `dateline {name}`" in page
        for option in command.params:
            assert all(name in page for name in option.opts if name.startswith("-"))


def test_a_page_that_differs_or_is_missing_is_told(tmp_path):
    with pytest.raises(InputError, match="make docs"):
        check_cli_page(tmp_path / "cli.md")
    (tmp_path / "cli.md").write_text(cli_page().replace("--jobs", "--cores"), "utf-8")
    with pytest.raises(InputError, match="not what the commands say"):
        check_cli_page(tmp_path / "cli.md")
