import pytest

from dateline.annotate import find_zones, parse
from dateline.attribute import find_statements, load_lexicon
from dateline.attribute.lexicon import TAKES, inflect_noun, inflect_verb, lexicon
from dateline.errors import CodebookError
from dateline.records import Report
from dateline.resolve import Resolution


def test_forms_of_regular_verbs():
    assert inflect_verb("claim") == ["claim", "claims", "claimed", "claiming"]
    assert inflect_verb("deny") == ["deny", "denies", "denied", "denying"]
    assert inflect_verb("urge") == ["urge", "urges", "urged", "urging"]
    assert inflect_verb("agree") == ["agree", "agrees", "agreed", "agreeing"]
    assert inflect_verb("stress") == ["stress", "stresses", "stressed", "stressing"]
    assert inflect_noun("story") == ["story", "stories"]
    assert inflect_noun("speech") == ["speech", "speeches"]


def test_irregular_and_doubled_forms_are_found():
    verbs = lexicon().verbs
    assert {"said", "saying", "told", "written", "admitted", "hoping", "hoped"} <= set(verbs)
    assert "sayed" not in verbs


def test_every_entry_takes_something_known():
    for senses in lexicon().verbs.values():
        assert all(sense.takes <= TAKES for sense in senses)


def test_a_users_verb_reports(nlp, tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text('verbs:\n  - {class: say, takes: [clause], words: "thunder"}\n', "utf-8")
    text = "The admiral thundered that the fleet would sail."
    syntax = next(iter(parse([text], nlp)))

    def found(cues):
        return find_statements(syntax, find_zones(text), Resolution(), [], Report(id="r", text=text), cues)

    assert found(None) == []
    for named in (file, str(file), tmp_path):
        assert len(found(load_lexicon([named]))) == 1
    (statement,) = found(load_lexicon([file]))
    assert text[slice(*statement.content[0])] == "that the fleet would sail"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("verbs: [", "not YAML"),
        ("verbs: {say: 1}", "not a list"),
        ("- say", "not of the form"),
        ("documents: [readout]", "not of the form"),
        ("verbs:\n  - {class: say, words: say}", "lacks takes"),
        ("verbs:\n  - {class: say, takes: [clauses], words: say}", "takes clauses; known are"),
    ],
)
def test_errors_say_what_is_wrong_and_where(tmp_path, text, message):
    file = tmp_path / "mine.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(CodebookError, match=message) as caught:
        load_lexicon([file])
    assert "mine.yaml" in str(caught.value)


def test_a_file_in_another_encoding_is_told(tmp_path):
    (tmp_path / "mine.yaml").write_bytes("verbs: # grümeln\n".encode("latin-1"))
    with pytest.raises(CodebookError, match=r"mine\.yaml: not UTF-8 at byte 11"):
        load_lexicon([tmp_path / "mine.yaml"])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CodebookError, match=r"none\.yaml"):
        load_lexicon([tmp_path / "none.yaml"])
