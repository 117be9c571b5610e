"""How fast is the server? The first byte of each page, and many clients at once.

    python benchmarks/serve.py ARCHIVE [--clients 50] [--rounds 7]

Prints for each page the median and the worst time to its first byte, then how fifty clients fare who read
all pages at the same time: answers a second, the median and the worst first byte, and what failed.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

import httpx2 as httpx

from dateline.store import Archive, Question
from dateline.store.find import find_accounts_of, find_events, find_reports

PORT = 8187


def pages(archive: str) -> list[str]:
    """The addresses of all pages, with things that are in the archive."""
    with Archive.open(archive, create=False) as store:
        report = find_reports(store, Question(), limit=1).rows[0]["id"]
        event = find_events(store, Question(), limit=1).rows[0]
        accounts = find_accounts_of(store, Question(), limit=1).rows
    actor = event["actor"][0]["entity"] if event["actor"] else "USA"
    found = [
        "/",
        "/?actor=RUS&type=ASSAULT",
        "/reports",
        f"/reports/{report}",
        "/accounts",
        "/actors",
        f"/actors/{actor}",
    ]
    found += ["/statements", "/statements?source=RUS", "/search", "/search?text=minister&kind=events", "/review"]
    found += [f"/accounts/{accounts[0]['id']}"] if accounts else []
    return [*found, "/api/v1/events?limit=50", "/api/v1/events?actor=RUS&counts=true", "/api/v1/reports?text=minister"]


async def first_byte(client: httpx.AsyncClient, path: str) -> tuple[float, int]:
    """Seconds to the first byte of an answer, and its status."""
    begun = time.perf_counter()
    async with client.stream("GET", path) as answer:
        async for _ in answer.aiter_raw():
            break
        return time.perf_counter() - begun, answer.status_code


async def measure(paths: list[str], clients: int, rounds: int) -> bool:
    """Print the figures; gives whether nothing failed."""
    failed = 0
    base = f"http://127.0.0.1:{PORT}"
    async with httpx.AsyncClient(base_url=base, timeout=60.0) as client:
        print(f"{'page':44} {'median':>9} {'worst':>9}   (milliseconds to the first byte, one client)")
        for path in paths:
            found = [await first_byte(client, path) for _ in range(rounds)]
            failed += sum(status != 200 for _, status in found)
            times = [seconds * 1000 for seconds, _ in found]
            print(
                f"{path:44} {statistics.median(times):9.0f} {max(times):9.0f}{'  FAILED' if found[0][1] != 200 else ''}"
            )
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=base, timeout=120.0, limits=limits) as client:
        begun = time.perf_counter()

        async def visit(n: int) -> list[tuple[float, int]]:
            turned = paths[n % len(paths) :] + paths[: n % len(paths)]
            return [await first_byte(client, path) for path in turned]

        results = [r for some in await asyncio.gather(*(visit(n) for n in range(clients))) for r in some]
        spent = time.perf_counter() - begun
    wrong = sum(status != 200 for _, status in results)
    times = [seconds * 1000 for seconds, _ in results]
    print(
        f"{clients} clients at once: {len(results) / spent:.0f} answers a second, first byte after "
        f"{statistics.median(times):.0f} ms at the median and {max(times):.0f} at worst; {wrong} failed"
    )
    return not (failed or wrong)


def main() -> None:
    """Start a server, measure, stop it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    server = subprocess.Popen([sys.executable, "-m", "dateline", "serve", asked.archive, "--port", str(PORT)])
    try:
        for _ in range(100):
            time.sleep(0.2)
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/login", timeout=5)
                break
            except (urllib.error.URLError, OSError):
                continue
        good = asyncio.run(measure(pages(asked.archive), asked.clients, asked.rounds))
    finally:
        server.terminate()
        server.wait()
    sys.exit(not good)


if __name__ == "__main__":
    main()
