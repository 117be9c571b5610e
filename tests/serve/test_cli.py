from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

import dateline
from dateline.annotate import parse
from dateline.records import check, decode, json_schema
from dateline.serve.cli import cli

NOTE = (
    "The envoy said on Tuesday that the troops would leave the port. “We never asked for it,” the mayor told reporters."
)


@pytest.fixture(autouse=True)
def _loaded(nlp):
    """The pipeline is loaded once for all."""


@pytest.fixture
def note(tmp_path) -> str:
    path = tmp_path / "note.txt"
    path.write_text(NOTE, "utf-8")
    return str(path)


def run(*args: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, args, input=stdin)


def test_read_shows_a_report_within_eighty_columns(note):
    result = run("read", note, "--published", "2018-06-13", "--publisher", "The Harbour Gazette", "--title", "Port")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[:2] == ["Port", "The Harbour Gazette · 13 June 2018 (as given)"]
    assert max(len(line) for line in lines) <= 80
    assert "\x1b" not in result.stdout
    assert not [line for line in lines if line != line.rstrip()]
    assert "The Harbour Gazette → " in result.stdout


def test_read_from_standard_input_gives_the_same_record_as_the_api():
    result = run("read", "-", "--published", "2018-06-13", "--json", stdin=NOTE.encode())
    assert result.exit_code == 0, result.stderr
    record = decode(result.stdout)
    assert record == dateline.read(NOTE, published="2018-06-13")
    assert record.report.text == NOTE


def test_a_sample_is_read_by_name_and_an_unknown_one_lists_them():
    result = run("read", "--sample", "summit", "--json")
    assert decode(result.stdout) == dateline.sample("summit")
    result = run("read", "--sample", "summit", "--published", "2019-02-03", "--json")
    assert decode(result.stdout).report.published == "2019-02-03"
    assert run("read", "--sample", "summit", "--published", "tomorrow").exit_code == 2
    result = run("read", "--sample", "coup")
    assert result.exit_code == 2
    assert "summit" in result.stderr


def test_read_writes_one_page(note, tmp_path):
    target = tmp_path / "note.html"
    result = run("read", note, "--html", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_text("utf-8") == dateline.page(dateline.read_file(note))
    assert run("read", note, "--html", "-").stdout == target.read_text("utf-8")
    result = run("read", note, "--html", str(tmp_path / "nowhere" / "note.html"))
    assert result.exit_code == 2
    assert "cannot write" in result.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("read",), "name a file, or - for standard input"),
        (("read", "absent.txt"), "cannot read absent.txt: No such file"),
        (("read", "a", "--sample", "summit"), "not both"),
        (("read", "-", "--published", "soon"), "published 'soon' is no ISO 8601 date"),
        (("read", "-", "--model", "en_core_web_absent"), "'en_core_web_absent' is not installed"),
        (("read", "-", "--json", "--html", "-"), "both write to standard output"),
        (("times", "absent.txt"), "cannot read absent.txt"),
        (("code", "absent.jsonl", "-o", "out.jsonl"), "cannot read absent.jsonl"),
        (("code", "-", "-o", "-", "--resume"), "--resume needs an output file"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(args, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*args, stdin=b"Troops left.")
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_an_unexpected_fault_is_no_traceback(monkeypatch, note):
    def broken(*args: object, **fields: object) -> None:
        raise ZeroDivisionError("of nothing")

    monkeypatch.setattr("dateline.pipeline.record_of", broken)
    monkeypatch.delenv("DATELINE_DEBUG", raising=False)
    result = run("read", note)
    assert result.exit_code == 70
    assert "ZeroDivisionError: of nothing" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("kind", ["times", "statements", "events"])
def test_one_kind_of_records_as_table_json_and_lines(note, kind):
    items = getattr(dateline.read_file(note, published="2018-06-13"), kind)
    whole = run(kind, note, "--published", "2018-06-13", "--format", "json")
    assert json.loads(whole.stdout) == json.loads(msgspec.json.encode(items))
    lines = run(kind, note, "--published", "2018-06-13", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(msgspec.json.encode(items))
    table = run(kind, note, "--published", "2018-06-13")
    assert table.exit_code == 0, table.stderr
    assert len(table.stdout.splitlines()) >= (len(items) + 1 if items else 1)


def test_times_in_and_out_as_timeml(note, tmp_path):
    written = run("times", note, "--published", "2018-06-13", "--timeml")
    assert written.exit_code == 0, written.stderr
    target = tmp_path / "note.tml"
    target.write_text(written.stdout, "utf-8")
    assert run("times", str(target), "--timeml").stdout == written.stdout
    assert 'value="2018-06-12"' in written.stdout


def test_code_writes_records_tells_bad_lines_and_ends_with_one(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": "a", "text": NOTE}) + "\n{oops\n" + json.dumps({"text": 7}) + "\n", "utf-8")
    target = tmp_path / "out.jsonl"
    result = run("code", str(source), "-o", str(target))
    assert result.exit_code == 1
    assert [decode(line).report.id for line in target.read_bytes().splitlines()] == ["a"]
    told = result.stderr.splitlines()
    assert told[0].startswith("dateline: line 2: not JSON")
    assert told[1] == "dateline: line 3: text is not text but the number 7"
    assert told[2] == "1 record; 2 lines skipped"


def test_code_between_pipes(tmp_path):
    line = json.dumps({"id": "a", "text": NOTE}).encode() + b"\n"
    result = run("code", "-", "-o", "-", "--quiet", stdin=line * 3)
    assert (result.exit_code, result.stderr) == (0, "")
    assert [decode(line).report.id for line in result.stdout.splitlines()] == ["a", "a", "a"]


def test_an_empty_input_gives_an_empty_output(tmp_path):
    result = run("code", "-", "-o", str(tmp_path / "out.jsonl"), stdin=b"\n\n")
    assert (result.exit_code, result.stderr) == (0, "0 records\n")
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_schema_and_version():
    assert json.loads(run("schema").stdout) == json_schema()
    assert run("--version").stdout == f"dateline {dateline.__version__}\n"


def test_python_dash_m_and_quick_help():
    command = [sys.executable, "-X", "importtime", "-m", "dateline", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    # Nothing that is slow to import.
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "click" in imported
    assert not imported & {"spacy", "numpy", "rich", "sqlalchemy", "alembic", "trafilatura", "yaml", "msgspec"}
    for name in cli.commands:
        assert re.search(rf"^  {name}\b", done.stdout, re.M)


@pytest.mark.parametrize("colour", [True, False])
def test_on_a_terminal_there_is_colour_unless_it_is_not_wanted(tmp_path, colour):
    """A real terminal (pty): the progress bar of `code` and the colours of `read`."""
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    environment.pop("NO_COLOR", None)
    if not colour:
        environment["NO_COLOR"] = "1"
    mine, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "dateline", "read", "--sample", "arms"], stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(mine, 65536)
            except OSError:  # the other side is closed
                break
            if not piece:
                break
            shown += piece
    os.close(mine)
    assert process.returncode == 0
    assert (re.search(rb"\x1b\[[0-9;]*3[0-7]m", shown) is not None) == colour
    assert b"Ukraine" in shown


def test_progress_on_a_terminal(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text((json.dumps({"text": NOTE}) + "\n") * 40 + "{oops\n", "utf-8")
    mine, theirs = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "dateline",
        "code",
        str(source),
        "-o",
        str(tmp_path / "out.jsonl"),
        "--batch-size",
        "4",
    ]
    with subprocess.Popen(command, stderr=theirs, env={**os.environ, "TERM": "xterm", "COLUMNS": "90"}) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(mine, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
    os.close(mine)
    assert process.returncode == 1
    assert b"line 41: not JSON" in shown
    assert b"40 records; 1 line skipped" in shown
    assert re.search(rb"\d/s", shown)


TEXTS = [
    "",
    " \r\n\t",
    "\x00",
    "Envoys met.\x00\x1b[2J“They left”, he said.",
    "“" * 300,
    "' \" ‘ ’ ” “ « »",
    "🕊" * 50 + " said 👩🏽‍🚒 on Tuesday",
    "e\u0301 \u202eمرحبا قال الوزير\u202c said.",
    "שר החוץ אמר ביום שלישי",
    "\ufeff\u2028\u2029\x85\x0b\x0c",
    "a\r\rb\n\r\nc said “d\r\n” last week\r",
    "𝕿𝖍𝖊 𝖊𝖓𝖛𝖔𝖞 𝖘𝖆𝖎𝖉",
]


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_is_read_and_shown(text, tmp_path):
    path = tmp_path / "any.txt"
    path.write_bytes(text.encode())
    shown = run("read", str(path))
    assert shown.exit_code == 0, shown.stderr
    assert "\x1b" not in shown.stdout
    assert "\x00" not in shown.stdout
    coded = run("read", str(path), "--json")
    record = decode(coded.stdout)
    assert record.report.text == text.removeprefix("\ufeff")
    assert list(check(record)) == []
    assert run("read", str(path), "--html", "-").exit_code == 0


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = Path(tmp_path / "any.txt")
    for data in (b"\xff\xfe\x00", b"\xed\xa0\x80", b"caf\xe9"):
        path.write_bytes(data)
        result = run("read", str(path))
        assert result.exit_code == 2
        assert "is not UTF-" in result.stderr


def test_the_empty_report_says_so():
    assert "The text is empty." in run("read", "-", stdin=b"").stdout
    assert "Nothing found" in run("read", "-", stdin=b"Hm.").stdout


def test_the_model_is_not_needed_for_help(nlp):
    assert next(parse(["Troops left."], nlp)).word
    assert "Usage: dateline code" in run("code", "--help").stdout


def test_a_codebook_of_ones_own(tmp_path):
    book = tmp_path / "paint.yaml"
    book.write_text("type: PAINT\ndefinition: somebody paints something\nentries:\n- verbs: paint, paint *\n", "utf-8")
    text = b"The French army painted the embassy of Spain."
    result = run("events", "-", "--codebook", str(book), "--format", "jsonl", stdin=text)
    assert [json.loads(line)["type"] for line in result.stdout.splitlines()] == ["PAINT"]
    source = json.dumps({"text": text.decode()}).encode()
    coded = [run("code", "-", "-o", "-", "-j", jobs, "--codebook", str(book), stdin=source).stdout for jobs in "12"]
    assert coded[0] == coded[1]
    assert decode(coded[0]).events[0].type == "PAINT"
    for command in (("read", "-"), ("code", "-", "-o", "-"), ("code", "-", "-o", "-", "-j", "2")):
        result = run(*command, "--codebook", str(tmp_path / "absent.yaml"), stdin=source)
        assert result.exit_code == 2
        assert "absent.yaml: cannot be read" in result.stderr


def test_cues_of_ones_own(tmp_path):
    guide = (Path(__file__).parents[2] / "docs" / "cues.md").read_text("utf-8")
    cues = tmp_path / "mine.yaml"
    cues.write_text(guide.split("```yaml\n")[1].split("```")[0], "utf-8")
    text = "The admiral thundered that the fleet would sail."
    assert text in guide
    assert run("statements", "-", stdin=text.encode()).stdout == "no statements found\n"
    (found,) = map(
        json.loads,
        run("statements", "-", "--cues", str(cues), "--format", "jsonl", stdin=text.encode()).stdout.splitlines(),
    )
    assert text[slice(*found["content"][0])] == "that the fleet would sail"
    source = json.dumps({"text": text}).encode()
    coded = [run("code", "-", "-o", "-", "-j", jobs, "--cues", str(tmp_path), stdin=source).stdout for jobs in "12"]
    assert coded[0] == coded[1]
    assert len(decode(coded[0]).statements) == 1
    assert dateline.read(text, cues=cues).statements == decode(coded[0]).statements
    for command in (("read", "-"), ("code", "-", "-o", "-"), ("code", "-", "-o", "-", "-j", "2")):
        result = run(*command, "--cues", str(tmp_path / "absent.yaml"), stdin=source)
        assert result.exit_code == 2
        assert "absent.yaml: No such file" in result.stderr


def test_codebook_check_tells_examples_that_fail(tmp_path):
    book = tmp_path / "paint.yaml"
    entry = "type: PAINT\ndefinition: somebody paints something\nentries:\n- verbs: paint *\n  examples:\n"
    example = "  - {text: The French army painted the embassy of Spain., type: PAINT, trigger: painted}\n"
    book.write_text(entry + example, "utf-8")
    result = run("codebook", "check", str(book), "--no-default-codebook")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 examples, 0 failed" in result.stderr
    book.write_text(entry + example.replace("trigger: painted", "trigger: army"), "utf-8")
    result = run("codebook", "check", str(book), "--no-default-codebook")
    assert result.exit_code == 1
    assert "The French army painted" in result.stdout


def test_codebook_test_explains_a_sentence():
    result = run("codebook", "test", "French troops attacked the port of Odesa.")
    assert result.exit_code == 0, result.stderr
    assert "ASSAULT/attack" in result.stdout
    assert "codes e1" in result.stdout
    assert "no entry" in run("codebook", "test", "Hm.").stdout


def test_actors_are_added_searched_and_asked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_ACTORS", str(tmp_path / "actors.sqlite"))
    result = run("actors", "add", "Harbour Newsroom", "--country", "FRA", "--sector", "MED", "--begin", "2010")
    assert result.stdout.startswith("1 added")
    assert "Harbour Newsroom" in run("actors", "search", "newsroom").stdout
    assert run("actors", "add", "Harbour Newsroom", "--country", "XXX").exit_code == 2
    assert "Sergei Lavrov" in run("actors", "who", "foreign minister of Russia", "--on", "2018").stdout
    dictionary = tmp_path / "actors.txt"
    dictionary.write_text("PORT_GUARD_ [FRACOP]\n;;; no actor [\n", "utf-8")
    assert "added" in run("actors", "import", str(dictionary), "--format", "phoenix").stdout
    assert run("actors", "import", str(tmp_path / "absent"), "--format", "ftm").exit_code == 2


def test_date_tells_the_day_or_the_window(note):
    assert run("date", note, "--published", "2018-06-13").stdout == "13 June 2018 (as given)\n"
    assert run("date", "-", stdin=b"Troops left.").stdout == "date unknown\n"
    whole = json.loads(run("date", note, "--json").stdout)
    assert set(whole) == {"id", "published", "published_basis", "published_window"}


def test_actors_show_tells_terms_and_asks_back_where_a_name_is_of_several():
    shown = run("actors", "show", "Sergei Lavrov")
    assert shown.exit_code == 0
    assert "foreign minister of Russia" in shown.output
    unclear = run("actors", "show", "Kim")
    assert unclear.exit_code == 2
    assert "name its id" in unclear.stderr
