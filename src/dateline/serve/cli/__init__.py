"""The command ``dateline``. Command modules import the rest of the package only when they run, so
that ``--help`` is immediate.
"""

import gc

from dateline.serve.cli.group import cli
from dateline.serve.cli.group import main as run

__all__ = ["cli", "main"]


def main() -> None:
    """Run the command line."""
    # What is loaded at the start stays; looking through it for garbage would take a tenth of the time.
    gc.set_threshold(50_000, 20, 50)
    run()
