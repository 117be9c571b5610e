"""The command ``dateline``. Command modules import the rest of the package only when they run, so
that ``--help`` is immediate.
"""

from dateline.serve.cli.group import cli, main

__all__ = ["cli", "main"]
