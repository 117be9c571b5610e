"""The editor's queries."""

from __future__ import annotations

import pytest

from dateline.resolve.spelling import kinship, skeleton, spelt_alike


@pytest.mark.parametrize(
    ("text", "kind", "suggestion"),
    [
        ("Russian Foreign Minister Sergei Labrov flew to Oslo.", "name_mismatch", "sergei_lavrov"),
        ("Germany's chancellor, Angela Merkol, and Chancellor Angela Merkel of Germany.", None, None),
        ("German Chancellor Angela Mercel spoke.", "name_mismatch", "angela_merkel"),
        ("Russian Foreign Minister Sergey Lavrov flew to Oslo.", None, None),
        ("Russian Foreign Minister Sergei Shoigu flew to Oslo.", "role_mismatch", "sergei_shoigu"),
        ("Former Russian Foreign Minister Sergei Shoigu flew to Oslo.", None, None),
        ("Russian Defence Minister Sergei Shoigu flew to Oslo.", None, None),
        ("Foreign Minister Sergei Labradov of the Moon flew to Oslo.", None, None),
    ],
)
def test_flags(read, text: str, kind: str | None, suggestion: str | None) -> None:  # type: ignore[no-untyped-def]
    record = read(text, published="2015-06-01", publisher="Reuters")
    assert [(f.kind, f.suggestion) for f in record.flags] == ([(kind, suggestion)] if kind else [])


def test_a_misspelt_minister_is_still_resolved(read) -> None:  # type: ignore[no-untyped-def]
    record = read("Russian Foreign Minister Sergei Labrov flew to Oslo.", published="2015-06-01")
    entity = next(e for e in record.entities if e.id == "sergei_lavrov")
    assert "Sergei Labrov" in entity.aliases


def test_a_misspelt_newspaper(read) -> None:  # type: ignore[no-untyped-def]
    record = read("The newspaper Rodong Sinmin praised the harvest.", published="2015-06-01")
    assert [(f.kind, f.suggestion) for f in record.flags] == [("name_mismatch", "rodong_sinmun")]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("dmitri medvedev", "dmitry medvedev", "variant"),
        ("volodymyr zelenskiy", "volodymyr zelensky", "variant"),
        ("moammar khadafy", "muammar gaddafi", None),
        ("sergei labrov", "sergei lavrov", "misspelt"),
        ("li keqian", "li keqiang", "misspelt"),
        ("wang yu", "wang yi", None),
        ("anna lindh", "olof palme", None),
        ("merkel", "merkel", None),
    ],
)
def test_kinship(a: str, b: str, expected: str | None) -> None:
    assert kinship(tuple(a.split()), tuple(b.split())) == expected


def test_given_names() -> None:
    assert spelt_alike("dmitri", "dmitry")
    assert spelt_alike("aleksandr", "alexander")
    assert not spelt_alike("ivan", "igor")
    assert skeleton("zelenskyy") == skeleton("zelenskiy")
