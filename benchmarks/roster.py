"""How long do the roster and the gazetteer take to load, in seconds of the processor, each in a fresh Python?"""

from __future__ import annotations

import subprocess
import sys

LOADERS = {
    "roster": "from dateline.resolve.roster import roster as load",
    "gazetteer": "from dateline.resolve.gazetteer import gazetteer as load",
}


def seconds(loader: str, tries: int = 5) -> float:
    """The least time of some tries to load one of `LOADERS`, its imports not counted."""
    code = f"import time; {LOADERS[loader]}; t = time.process_time(); load(); print(time.process_time() - t)"
    runs = (subprocess.run([sys.executable, "-c", code], capture_output=True, check=True) for _ in range(tries))
    return min(float(run.stdout) for run in runs)


if __name__ == "__main__":
    for name in LOADERS:
        print(f"{name}: {seconds(name):.3f} s")
