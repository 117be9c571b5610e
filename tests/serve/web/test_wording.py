from __future__ import annotations

from starlette.requests import Request

from dateline.serve.web.wording import KINDS, by_kind, changed, country_name, kind_of, plural


def _asked(query: str) -> Request:
    return Request(
        {"type": "http", "method": "GET", "path": "/statements", "query_string": query.encode(), "headers": []}
    )


def test_each_type_is_of_one_kind_and_others_are_other():
    types = [t for kind in KINDS.values() for t in kind]
    assert len(types) == len(set(types)) == 16
    assert kind_of("AID") == "material-for"
    assert kind_of("SOMETHING_ELSE") == "other"
    assert sorted(["ZEBRA", "ASSAULT", "AGREE"], key=by_kind) == ["AGREE", "ASSAULT", "ZEBRA"]


def test_an_address_changes_one_parameter_and_keeps_the_others():
    request = _asked("source=RUS&quote=direct&after=2024%3A5")
    assert changed(request, quote=None) == "/statements?source=RUS"
    assert changed(request, quote="mixed") == "/statements?source=RUS&quote=mixed"
    assert changed(request, after="x:1") == "/statements?source=RUS&quote=direct&after=x%3A1"
    assert changed(_asked("source=RUS"), source=None) == "/statements"


def test_words():
    assert plural(1, "report") == "1 report"
    assert plural(2000, "reply", "replies") == "2,000 replies"
    assert country_name("RUS") == "Russia"
    assert country_name("ZZZ") == "ZZZ"
