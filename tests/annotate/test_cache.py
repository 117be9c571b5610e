from __future__ import annotations

import multiprocessing
import sqlite3
from importlib import import_module

import pytest
import spacy

from dateline.annotate import ParseCache, load_model, parse
from dateline.annotate.cache import pipeline_digest
from dateline.errors import InputError

TEXTS = ["The envoy met rebels in Geneva.\n\nThey left.", "", "👩‍👩‍👧 met 🇳🇴.", "Oslo fell."]


def test_what_was_put_is_found_again(nlp, tmp_path):
    parses = list(parse(TEXTS, nlp))
    cache = ParseCache(tmp_path / "deep" / "cache", nlp)
    assert cache.get(TEXTS) == [None] * 4
    cache.put(parses)
    assert [syntax.text for syntax in parses] == TEXTS
    assert cache.get([*TEXTS, "Riga fell."]) == [*parses, None]
    cache.close()
    assert ParseCache(tmp_path / "deep" / "cache", nlp).get(TEXTS) == parses


def test_parses_of_another_pipeline_or_form_are_not_found(nlp, tmp_path, monkeypatch):
    ParseCache(tmp_path, nlp).put(list(parse(TEXTS, nlp)))
    other = load_model.__wrapped__()
    assert ParseCache(tmp_path, other).get(TEXTS[:1]) != [None]
    other.remove_pipe("attribute_ruler")
    assert ParseCache(tmp_path, other).get(TEXTS[:1]) == [None]
    monkeypatch.setattr(import_module("dateline.annotate.cache"), "FORMAT", -1)
    assert ParseCache(tmp_path, nlp).get(TEXTS[:1]) == [None]


def test_a_pipeline_from_nowhere_and_a_folder_that_will_not_do_are_refused(nlp, tmp_path):
    with pytest.raises(InputError, match="not loaded from disk"):
        pipeline_digest(spacy.blank("en"))
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be used"):
        ParseCache(tmp_path / "file", nlp)
    (tmp_path / "parses.sqlite").write_bytes(b"no database, surely" * 100)
    with pytest.raises(InputError, match="cannot be used"):
        ParseCache(tmp_path, nlp)


def test_a_damaged_entry_or_file_costs_a_parse_only(nlp, tmp_path):
    cache = ParseCache(tmp_path, nlp)
    cache.put(list(parse(TEXTS, nlp)))
    with sqlite3.connect(tmp_path / "parses.sqlite") as file:
        file.execute("UPDATE parse SET columns = X'00'")
    assert cache.get(TEXTS) == [None] * 4
    cache.close()
    (tmp_path / "parses.sqlite").write_bytes(b"x" * 4096)
    assert cache.get(TEXTS) == [None] * 4
    cache.put(list(parse(TEXTS, nlp)))


def _put(folder: str, number: int) -> None:
    nlp = load_model()
    cache = ParseCache(folder, nlp)
    for k in range(5):
        cache.put(list(parse([f"Report {number} of {k} said so."], nlp)))


def test_processes_share_a_cache(nlp, tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_put, args=(str(tmp_path), n)) for n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
        assert worker.exitcode == 0
    texts = [f"Report {n} of {k} said so." for n in range(2) for k in range(5)]
    assert None not in ParseCache(tmp_path, nlp).get(texts)
