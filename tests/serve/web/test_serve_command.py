"""``dateline serve`` and ``dateline users`` as they are run."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner

from dateline.serve.cli import cli
from dateline.store import Archive
from dateline.store.users import list_users, user_by_password, user_by_token


def run(*arguments, given=""):
    return CliRunner().invoke(cli, [str(a) for a in arguments], input=given)


@pytest.fixture
def mine(filled, tmp_path):
    path = tmp_path / "mine.db"
    shutil.copy(filled, path)
    return path


def test_it_serves_until_it_is_interrupted(mine):
    server = subprocess.Popen(
        [sys.executable, "-m", "dateline", "serve", str(mine), "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )
    try:
        address = server.stderr.readline().split()[0]
        with urllib.request.urlopen(address, timeout=60) as answer:
            assert b"<h1>" in answer.read()
        with urllib.request.urlopen(f"{address}api/v1/about", timeout=60) as answer:
            assert b'"reports":3' in answer.read()
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=60)
    finally:
        server.kill()
    assert server.returncode == 0
    assert "Traceback" not in said


def test_a_port_that_is_taken_is_told(mine):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run("serve", mine, "--port", port)
    assert done.exit_code == 2
    assert f"cannot listen on 127.0.0.1 port {port}: another program listens there" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "0.0.0.0"], "there are no users in this archive: dateline users add NAME --role editor"),
        (["--host", "0.0.0.0", "--no-login"], "without a login anybody could read and change the archive"),
        (["--login"], "there are no users in this archive"),
        (["--demo"], "name none"),
        (["--archive", "other.db"], "name the archive once"),
        (["--host", "192.0.2.1", "--port", "1"], "no users"),
    ],
)
def test_what_is_refused_before_anything_is_served(mine, arguments, said):
    done = run("serve", mine, *arguments)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_what_else_cannot_be_served(tmp_path, monkeypatch):
    assert "there is no such file" in run("serve", tmp_path / "none.db", "--port", "0").stderr
    assert "for this machine alone" in run("serve", "--demo", "--host", "0.0.0.0").stderr
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = run("serve", tmp_path / "none.db")
    assert (done.exit_code, "dateline[web]" in done.stderr) == (2, True)


def test_users_are_let_in_changed_and_removed(mine):
    def users(*arguments, given=""):
        done = run("users", *arguments, "--archive", mine, given=given)
        return done.exit_code, done.stdout, done.stderr

    assert users("add", "ana", "--role", "editor", given="a long password\na long password\n")[0] == 0
    assert users("add", "ben", "--password-stdin", given="another password\n")[0] == 0
    assert "at least 10 characters" in users("add", "eve", "--password-stdin", given="short\n")[2]
    assert "already" in users("add", "ana", "--password-stdin", given="another password\n")[2]
    _, token, _ = users("token", "ben")
    assert users("change", "ben", "--role", "editor")[0] == 0
    assert "name what changes" in users("change", "ben")[2]
    assert users("change", "ana", "--password-stdin", given="a password anew\n")[0] == 0
    assert [line.split("\t")[:3] for line in users("list")[1].splitlines()] == [
        ["ana", "editor", ""],
        ["ben", "editor", "token"],
    ]
    with Archive.open(mine) as archive:
        assert user_by_password(archive, "ana", "a password anew").role == "editor"
        assert user_by_password(archive, "ana", "a long password") is None
        assert user_by_token(archive, token.strip()).name == "ben"
        assert users("remove", "ben")[0] == 0
        assert [user["name"] for user in list_users(archive)] == ["ana"]
    assert "there is no user 'ben'" in users("remove", "ben")[2]
