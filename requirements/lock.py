"""Pin the dependencies of pyproject.toml with hashes: run.txt to use, build.txt to build, dev.txt to develop.

The files hold no index address: pip takes packages from wherever the machine is set up to.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
COMPILE = (
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"),
    *("--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"),
    *("--no-emit-index-url", "--no-emit-find-links"),
)


def main() -> None:
    """Write the three lock files; dev.txt holds the pins of run.txt and more."""
    for name, sources in (
        ("run.txt", ("pyproject.toml",)),
        ("build.txt", ("--group", "build")),
        ("dev.txt", ("pyproject.toml", "--group", "dev", "--all-extras", "-c", "requirements/run.txt")),
    ):
        subprocess.run([*COMPILE, *sources, "-o", f"requirements/{name}"], cwd=HERE.parent, check=True)


if __name__ == "__main__":
    main()
