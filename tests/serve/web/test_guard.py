"""Who may come in, and what may not be done from elsewhere."""

from __future__ import annotations

import re
import shutil

import pytest
from fastapi.testclient import TestClient

from dateline.serve.web import Settings, create_app
from dateline.serve.web.guard.gate import HARMLESS
from dateline.serve.web.pages import login as login_page
from dateline.serve.web.settings import is_loopback
from dateline.store import Archive
from dateline.store.users import add_user, change_user, new_token, remove_user

PASSWORD = "correct horse"


@pytest.fixture
def mine(filled, tmp_path):
    """A copy of the archive, to change."""
    path = tmp_path / "mine.db"
    shutil.copy(filled, path)
    return path


@pytest.fixture
def alone(mine):
    with TestClient(create_app(Settings(str(mine))), base_url="http://localhost:8080") as client:
        yield client


@pytest.fixture
def guarded(mine):
    with Archive.open(mine) as archive:
        add_user(archive, "ana", "editor", PASSWORD)
        add_user(archive, "ben", "reader", PASSWORD)
    login_page._tries._held.clear()
    with TestClient(
        create_app(Settings(str(mine), host="0.0.0.0")), base_url="http://news.example", follow_redirects=False
    ) as client:
        yield client


def csrf(client, path="/login"):
    return re.search(r'name="csrf" value="([0-9a-f]+)"', client.get(path).text)[1]


def log_in(client, name="ana", password=PASSWORD, **more):
    return client.post("/login", data={"name": name, "password": password, "csrf": csrf(client), **more})


def addresses(app):
    """Every method and address of pages and API."""
    for prefix, part in (("", app), ("/api/v1", app.state.api)):
        for path, operations in part.openapi()["paths"].items():
            for method in operations:
                yield method.upper(), prefix + re.sub(r"{[^}]*}", "1", path)


def changing(app):
    """Those that change something."""
    return [(method, path) for method, path in addresses(app) if method != "GET" and path not in HARMLESS]


def test_this_machine_alone_needs_no_login(alone):
    assert alone.get("/").status_code == 200
    assert alone.get("/api/v1/about").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8080", "", "10.0.0.1", "[::2]"])
def test_names_that_lead_here_by_a_trick_are_refused(alone, host):
    for path in ("/", "/api/v1/about", "/static/x/style.css"):
        assert alone.get(path, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:8080"])
def test_names_of_this_machine_are_not(alone, host):
    assert alone.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_sites_change_nothing(alone, headers):
    assert len(changing(alone.app)) >= 2
    for method, path in changing(alone.app):
        answer = alone.request(method, path, headers=headers)
        assert (path, answer.status_code) == (path, 403)


def test_a_browser_needs_the_token_of_its_visit(alone):
    said = {"action": "accept", "report": "arms", "item": "e1"}
    page = {"Origin": "http://localhost:8080", "Sec-Fetch-Site": "same-origin"}
    assert alone.post("/api/v1/corrections", json=said, headers=page).status_code == 403
    token = csrf(alone)
    assert alone.post("/api/v1/corrections", json=said, headers={**page, "X-CSRF-Token": token}).status_code == 201
    alone.cookies.clear()
    assert alone.post("/api/v1/corrections", json=said, headers={**page, "X-CSRF-Token": token}).status_code == 403


def test_a_program_of_this_machine_needs_none(alone):
    said = {"action": "accept", "report": "arms", "item": "e1", "who": "script"}
    assert alone.post("/api/v1/corrections", json=said).status_code == 201
    assert alone.get("/api/v1/corrections").json()[0]["who"] == "script"


def test_elsewhere_everything_but_the_door_is_closed(guarded):
    for method, path in addresses(guarded.app):
        if method == "GET" and path != "/login" and not path.startswith("/api/"):
            answer = guarded.get(path)
            assert (path, answer.status_code, answer.headers["location"][:6]) == (path, 303, "/login")
    for path in ("/api/v1/about", "/api/v1/openapi.json", "/api/v1/events", "/api/v1/live"):
        answer = guarded.get(path)
        assert (answer.status_code, answer.json()["status"]) == (401, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")
    for method, path in changing(guarded.app):
        assert guarded.request(method, path).status_code in (303, 401)


def test_who_logs_in_comes_to_what_he_asked_for(guarded):
    asked = guarded.get("/search?text=tanks&type=AID")
    assert asked.headers["location"] == "/login?next=%2Fsearch%3Ftext%3Dtanks%26type%3DAID"
    before = guarded.cookies.get("dateline")
    answer = log_in(guarded, next="/search?text=tanks&type=AID")
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?text=tanks&type=AID")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert guarded.cookies.get("dateline") not in (before, None)  # a cookie that was set before is worth nothing
    assert guarded.get("/").status_code == 200
    assert guarded.post("/logout", data={"csrf": csrf(guarded, "/")}).headers["location"] == "/login"
    assert guarded.get("/").status_code == 303


@pytest.mark.parametrize(
    "there", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\r\nb"]
)
def test_nobody_is_sent_elsewhere(guarded, there):
    assert log_in(guarded, next=there).headers["location"] == "/"


def test_wrong_passwords_let_nobody_in_and_guessing_is_slow(guarded):
    answers = [log_in(guarded, password=f"wrong {n}").status_code for n in range(7)]
    assert answers == [403] * 5 + [429] * 2
    assert log_in(guarded).status_code == 429
    assert guarded.get("/").status_code == 303


def test_a_form_of_another_visit_lets_nobody_in(guarded):
    data = {"name": "ana", "password": PASSWORD}
    assert guarded.post("/login", data={**data, "csrf": "0" * 64}).status_code == 403
    assert guarded.post("/login", data=data).status_code == 403
    token = csrf(guarded)
    guarded.cookies.clear()
    assert guarded.post("/login", data={**data, "csrf": token}).status_code == 403


def test_readers_read_and_editors_correct(guarded, mine):
    said = {"action": "accept", "report": "arms", "item": "e1"}
    page = {"Origin": "http://news.example", "Sec-Fetch-Site": "same-origin"}
    log_in(guarded, "ben")
    assert guarded.get("/").status_code == 200
    for method, path in changing(guarded.app):
        answer = guarded.request(method, path, headers={**page, "X-CSRF-Token": csrf(guarded, "/")}, json=said)
        assert (path, answer.status_code) == (path, 403)
    guarded.post("/logout", data={"csrf": csrf(guarded, "/")})
    log_in(guarded, "ana")
    headers = {**page, "X-CSRF-Token": csrf(guarded, "/")}
    assert guarded.post("/api/v1/corrections", json={**said, "who": "ben"}, headers=headers).status_code == 201
    assert guarded.get("/api/v1/corrections").json()[0]["who"] == "ana"
    with Archive.open(mine) as archive:
        change_user(archive, "ana", role="reader")
        assert guarded.post("/api/v1/corrections", json=said, headers=headers).status_code == 403
        remove_user(archive, "ana")
    assert guarded.get("/").status_code == 303


def test_programs_come_with_a_token(guarded, mine):
    with Archive.open(mine) as archive:
        editor, reader = new_token(archive, "ana"), new_token(archive, "ben")
    said = {"action": "accept", "report": "arms", "item": "e1"}
    for token, reading, correcting in ((editor, 200, 201), (reader, 200, 403), ("dl_x", 401, 401), ("", 401, 401)):
        headers = {"Authorization": f"Bearer {token}"}
        assert guarded.get("/api/v1/about", headers=headers).status_code == reading
        assert guarded.post("/api/v1/corrections", json=said, headers=headers).status_code == correcting


def test_cookies_are_kept_to_https_where_readers_come_by_it(mine):
    settings = Settings(str(mine), login=True, https=True)
    with TestClient(create_app(settings), base_url="https://news.example") as client:
        assert "; Secure" in client.get("/login").headers["set-cookie"]


def test_requests_have_limits(mine):
    settings = Settings(str(mine), host="0.0.0.0", largest=1000, rate=0.001, burst=3)
    with TestClient(create_app(settings), base_url="http://x.example", client=("192.0.2.7", 1)) as client:
        assert client.post("/login", content=b"x" * 1001).status_code == 413
        form = {"Content-Type": "application/x-www-form-urlencoded"}  # without a length that could be looked at
        assert client.post("/login", content=iter([b"a=" + b"x" * 600] * 2), headers=form).status_code == 413
        assert client.get("/login").status_code == 200
        refused = client.get("/login")
        assert (refused.status_code, "retry-after" in refused.headers) == (429, True)


def test_what_takes_too_long_is_given_up(mine, monkeypatch):
    import time

    settings = Settings(str(mine), slowest=0.2)
    app = create_app(settings)
    app.add_api_route("/slow", lambda: time.sleep(1.0))
    with TestClient(app, base_url="http://localhost") as client:
        answer = client.get("/slow")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_a_fault_is_told_without_its_story(mine, caplog):
    app = create_app(Settings(str(mine)))

    def fault():
        raise RuntimeError("secret path")

    app.add_api_route("/fault", fault)
    app.state.api.add_api_route("/fault", fault)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        for path in ("/fault", "/api/v1/fault"):
            answer = client.get(path)
            assert answer.status_code == 500
            assert "secret" not in answer.text
            assert "Traceback" not in answer.text
    assert "secret path" in caplog.text


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("127.8.0.1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("example.org", False),
    ],
)
def test_which_addresses_are_of_this_machine_alone(host, expected):
    assert is_loopback(host) == expected
