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

import msgspec
import pytest

from dateline.pipeline import records_of
from dateline.records import EventTime
from dateline.samples import sample, sample_names
from dateline.store import Archive
from dateline.store.correction import correct
from dateline.store.reconciled import reconcile


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


def _empty(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    if kind == "sqlite":
        return str(folder / "news.db")
    server = request.getfixturevalue("postgres")
    import psycopg

    name = f"a{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty archive in either database."""
    return _empty(request.param, request, tmp_path)


@pytest.fixture
def archive(address: str) -> Iterator[Archive]:
    """An empty archive in either database."""
    with Archive.open(address) as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_records(nlp):
    """The records of the sample reports."""
    return list(records_of([sample(name) for name in sample_names()], nlp))


@pytest.fixture(scope="session")
def undated_records(sample_records):
    """Two of the sample reports as if nobody knew when they were published, or when anything in them was."""
    return [
        msgspec.structs.replace(
            record,
            report=msgspec.structs.replace(record.report, id=f"undated-{n}", published=None),
            events=[msgspec.structs.replace(e, time=EventTime()) for e in record.events],
        )
        for n, record in enumerate(sample_records[:2])
    ]


@pytest.fixture(params=["sqlite", "postgresql"], scope="session")
def shelf(request, tmp_path_factory, sample_records):
    """An archive to ask only: the samples, one of them in two versions and told again elsewhere.

    In what is told elsewhere a person rejected an event and changed another; all is reconciled.
    """
    first = sample_records[0]
    changed = msgspec.structs.replace(first.report, text=first.report.text + " It ended on Monday.")
    again = msgspec.structs.replace(first.report, id="again", publisher="Elsewhere", published="2018-07-18")
    with Archive.open(_empty(request.param, request, tmp_path_factory.mktemp("shelf"))) as opened:
        opened.add(sample_records, "test")
        opened.add([msgspec.structs.replace(first, report=r) for r in (changed, again)], "test")
        correct(opened, "again", first.events[0].id, "reject", who="ana")
        correct(opened, "again", first.events[1].id, "change", field="actor", value=["RUS", "USA"], who="ana")
        reconcile(opened)
        yield opened
