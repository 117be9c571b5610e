"""Both databases for every test of the archive: SQLite, and a PostgreSQL server started for the run."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.pipeline import records_of
from dateline.samples import sample, sample_names
from dateline.store import Archive


def _server_programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3].split(".")[0]))
    return versions[-1].parent if versions else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a server of this run's own, reached through a socket in a temporary folder."""
    programs = _server_programs()
    if programs is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="the extra dateline[postgres] is not installed")
    user = None
    if os.getuid() == 0:  # the server refuses to run as root
        try:
            user = pwd.getpwnam("postgres").pw_name
        except KeyError:
            user = "nobody"
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), *arguments]
        done = subprocess.run(
            command, user=user, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            pytest.skip(f"PostgreSQL cannot be started here: {done.stdout.strip().splitlines()[-1:]}")

    run("initdb", "-D", str(data), "-U", "dateline", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://dateline@/postgres?host={folder}"
    finally:
        subprocess.run(
            [str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"],
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty archive in either database."""
    if request.param == "sqlite":
        return str(tmp_path / "news.db")
    server = request.getfixturevalue("postgres")
    import psycopg

    name = f"a{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def archive(address: str) -> Iterator[Archive]:
    """An empty archive in either database."""
    with Archive.open(address) as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_records(nlp):
    """The records of the sample reports."""
    return list(records_of([sample(name) for name in sample_names()], nlp))
