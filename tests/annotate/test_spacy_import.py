from __future__ import annotations

import subprocess
import sys


def run(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


def test_the_command_line_of_spacy_is_left_out_and_can_be_had_later():
    program = """
import sys
from dateline.annotate import load_model
nlp = load_model()
print(sorted(name for name in ("typer", "weasel", "spacy.cli") if name in sys.modules))
import spacy
print(spacy.info(silent=True)["spacy_version"] == spacy.__version__)
import spacy.cli
print(spacy.cli.download.__name__, len(nlp("Oslo fell.")))
"""
    assert run(program).split("\n")[:3] == ["[]", "True", "download 3"]


def test_where_spacy_is_imported_already_nothing_is_changed():
    program = """
import spacy, spacy.cli
from dateline.annotate.spacy_import import import_spacy
print(import_spacy() is spacy, spacy.cli.info.__name__)
"""
    assert run(program).split() == ["True", "info"]
