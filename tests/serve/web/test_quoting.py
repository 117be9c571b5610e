from __future__ import annotations

from dateline.serve.web.quoting import quoted, quoted_of
from dateline.store import Archive, Question
from dateline.store.actors import said_beside
from dateline.store.find import find_statements


def test_a_statement_stands_in_its_sentence_with_its_parts_told_apart(filled):
    with Archive.open(filled) as archive:
        rows = find_statements(archive, Question(source="vladimir_putin"), limit=50).rows
        for q, row in zip(quoted(archive, rows), rows, strict=True):
            record = archive.record(row["report_id"])
            assert "".join(p.text for p in q.pieces) in record.report.text
            said = [p.text for p in q.pieces if p.css == "words"]
            assert said
            assert row["content"].startswith(said[0]) or said[0] in row["content"]
            assert q.chain[0].name == "Dateline Samples"
            assert q.chain[-1].entity == "vladimir_putin"


def test_what_others_say_of_somebody_names_them_within_what_is_said(filled):
    with Archive.open(filled) as archive:
        found = quoted_of(archive, said_beside(archive, "vladimir_putin"), "vladimir_putin", 5)
        assert found
        assert all(q.row["speaker"] != "vladimir_putin" for q in found)


def test_a_statement_that_the_record_has_no_more_is_still_shown(filled):
    with Archive.open(filled) as archive:
        row = find_statements(archive, Question(), limit=1).rows[0] | {"statement": "s999"}
        (q,) = quoted(archive, [row])
        assert [p.text for p in q.pieces] == [row["content"]]
        assert [m.name for m in q.chain] == row["chain"].split(" > ")
