from __future__ import annotations

import pytest


@pytest.mark.parametrize("path", ["/", "/reports", "/accounts", "/actors", "/statements", "/search", "/review", "/api"])
def test_every_page_is_there_with_its_headers(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "<h1>" in answer.text


def test_what_is_not_there_is_said_in_a_page(client):
    answer = client.get("/nowhere")
    assert (answer.status_code, "There is no such page" in answer.text) == (404, True)


def test_the_page_of_the_api_tells_all_that_can_be_asked(client):
    page = client.get("/api").text
    for path, operations in client.app.state.api.openapi()["paths"].items():
        assert f"/api/v1{path}" in page
        for operation in operations.values():
            assert operation["description"].split("`")[0][:30] in page
    assert 'href="/api"' in client.get("/").text
