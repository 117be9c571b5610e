import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.annotate import Syntax, find_zones, parse
from dateline.attribute import find_statements
from dateline.records import Report
from dateline.resolve import Resolution


@pytest.fixture
def statements(nlp):
    def find(text):
        syntax = next(iter(parse([text], nlp)))
        found = find_statements(syntax, find_zones(text), Resolution(), [], Report(id="r", text=text))

        def words(spans):
            return " | ".join(text[b:e] for b, e in spans)

        return [(words(s.source), words(s.cue), words(s.content)) for s in found if s.parent is None]

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said that the talks had failed.", ("The minister", "said", "that the talks had failed")),
        ("The talks had failed, the minister said.", ("the minister", "said", "The talks had failed")),
        ("The talks, the minister said, had failed.", ("the minister", "said", "The talks | had failed")),
        ("The minister asked whether the road was open.", ("The minister", "asked", "whether the road was open")),
        ("Kern vowed to rebuild the bridge.", ("Kern", "vowed", "to rebuild the bridge")),
        ("Kern urged Paris to lift the ban.", ("Kern", "urged", "Paris to lift the ban")),
        ("Kern condemned the attack on the school.", ("Kern", "condemned", "the attack on the school")),
        ("Kern described the raid as a crime.", ("Kern", "described", "the raid as a crime")),
        ("Kern called the raid barbaric.", ("Kern", "called", "the raid barbaric")),
        ("Kern accused the army of shelling the town.", ("Kern", "accused", "the army of shelling the town")),
        ("Kern called for an end to the siege.", ("Kern", "called for", "an end to the siege")),
        ("The raid was condemned by the minister.", ("the minister", "was condemned", "The raid")),
        ("The talks failed, according to the ministry.", ("the ministry", "according to", "The talks failed")),
        ("According to the ministry, the talks failed.", ("the ministry", "According to", "the talks failed")),
        ("Kern is confident that peace will come.", ("Kern", "is confident", "that peace will come")),
        ("Kern did not say that the road was open.", ("Kern", "did not say", "that the road was open")),
        ("“We are ready to talk,” Kern said.", ("Kern", "said", "“We are ready to talk,”")),
        ("“We are ready to talk,” said Anna Kern, a judge.", ("Anna Kern, a judge", "said", "“We are ready to talk,”")),
        ("Kern said: “We are ready to talk.”", ("Kern", "said", "“We are ready to talk.”")),
        ("“We are ready,” Kern said. “We will come.”", ("Kern", "said", "“We are ready,” | “We will come.”")),
        (
            "The bridge was shelled on Monday, Turkey and Norway said.",
            ("Turkey and Norway", "said", "The bridge was shelled on Monday"),
        ),
        (
            "Two trucks were shelled by rebels near Goma, the interior ministry said; six people were hurt.",
            (
                "the interior ministry",
                "said",
                "Two trucks were shelled by rebels near Goma | six people were hurt",
            ),
        ),
        (
            "The king has arrived in Paris and was granted asylum, the French state agency AFP reported.",
            ("the French state agency AFP", "reported", "The king has arrived in Paris and was granted asylum"),
        ),
        (
            "Kern met Defence Secretary Paul Ashe on Friday with his aide Anna Lind, Reuters reported.",
            ("Reuters", "reported", "Kern met Defence Secretary Paul Ashe on Friday with his aide Anna Lind"),
        ),
    ],
)
def test_constructions(statements, text, expected):
    assert statements(text) == [expected]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A bomb hit the station and killed four men, the mayor, Ilse Brandt, said.", "the mayor, Ilse Brandt"),
        ("Oman signed a pact with Qatar on Sunday, Qatar's envoy, Ali Saleh, said.", "Qatar's envoy, Ali Saleh"),
        ("Rebels shelled the town of Homs, its governor, Omar Nasser, wrote online.", "its governor, Omar Nasser"),
        (
            "The army killed 12 fighters in a raid in Idlib on Monday, the governor of Hama, Omar Nasser, said.",
            "the governor of Hama, Omar Nasser",
        ),
    ],
)
def test_who_is_set_off_before_the_verb_says_it(read, text, source):
    record = read(text, publisher="BBC", published="2024-03-05")
    (statement,) = record.statements
    assert [text[slice(*span)] for span in statement.source] == [source]
    assert statement.content[0][0] == 0


def test_who_is_set_off_before_a_shared_verb_is_no_subject(read):
    record = read("They met the mayor, a friend of the family, and said nothing.", publisher="BBC")
    assert all("mayor" not in record.report.text[slice(*s.source[0])] for s in record.statements)


def test_unnamed_source(statements):
    assert statements("The minister is expected to fly to Paris.") == [
        ("", "is expected", "The minister | to fly to Paris")
    ]


def test_a_participle_is_a_statement_of_its_own(statements):
    assert statements("Kern said the road was open, adding that the bridge was safe.") == [
        ("Kern", "said", "the road was open"),
        ("Kern", "adding", "that the bridge was safe"),
    ]


def test_scare_quotes_and_titles_are_no_speech(statements):
    assert statements("The film “Night Train” opened on Monday in the “old town” of Bern.") == []


def test_announced_by_a_colon_in_the_paragraph_before(statements):
    found = statements("Kern was brief when she spoke to the crowd:\n\n“Go home. There is nothing to see here.”")
    assert [content for _, _, content in found] == ["“Go home. There is nothing to see here.”"]


def test_a_speech_over_two_paragraphs_is_one(statements):
    found = statements("“The bridge has fallen,” Kern said. “We saw it.\n\n“Nobody was hurt.”")
    assert found == [("Kern", "said", "“The bridge has fallen,” | “We saw it. | “Nobody was hurt.”")]


def test_signed_quotes(statements):
    assert statements("“The bridge must be rebuilt soon.” — Anna Kern\nMore follows.")[0] == (
        "Anna Kern",
        "—",
        "“The bridge must be rebuilt soon.”",
    )


def chain(record, number):
    statement = record.statements[number]
    names = {e.id: e.name for e in record.entities}
    return [names.get(link.entity, link.entity) for link in statement.chain]


def test_chain_through_an_agency_that_cites_a_ministry(read):
    record = read(
        "Two ships left the port on Monday, Reuters reported, citing the Turkish Defense Ministry.",
        publisher="BBC",
        published="2023-05-04",
    )
    assert len(record.statements) == 1
    assert record.statements[0].chain[0].entity == "bbc"
    assert record.statements[0].chain[1].entity == "reuters"
    assert len(record.statements[0].chain) == 3


def test_chain_of_a_nested_statement(read):
    record = read(
        "Vladimir Putin said on Monday that Donald Trump had promised to visit Moscow.",
        publisher="BBC",
        published="2018-05-07",
    )
    outer, inner = record.statements
    assert inner.parent == outer.id
    assert [link.entity for link in inner.chain] == ["bbc", "vladimir_putin", "donald_trump"]
    assert outer.time == record.times[0].id


def test_who_closes_the_sentence_reports_all_of_it(read):
    record = read(
        "President Emmanuel Macron told Chancellor Olaf Scholz in a phone call that Paris would not take part in a "
        "blockade, a senior German official said.",
        publisher="Reuters",
        published="2023-02-03",
    )
    chains = {record.report.text[slice(*s.cue[0])]: [link.entity for link in s.chain] for s in record.statements}
    assert chains == {"told": ["reuters", "DEU", "emmanuel_macron"], "said": ["reuters", "DEU"]}


def test_quoted_as_saying_is_one_statement(read):
    record = read("Reuters quoted Sergei Lavrov as saying that the talks were over.", publisher="BBC")
    (statement,) = record.statements
    text = record.report.text
    assert [text[b:e] for b, e in statement.cue] == ["quoted", "as saying"]
    assert [text[b:e] for b, e in statement.source] == ["Sergei Lavrov"]
    assert [link.entity for link in statement.chain] == ["bbc", "reuters", "sergei_lavrov"]


def test_told_an_outlet(read):
    record = read("The talks are over, Sergei Lavrov told Reuters in an interview.", publisher="BBC")
    (statement,) = record.statements
    assert statement.addressee == "reuters"
    assert [link.entity for link in statement.chain] == ["bbc", "reuters", "sergei_lavrov"]
    assert statement.chain[-1].medium == "interview"


def test_joint_source_is_one_link_without_an_entity(read):
    record = read("Russia and Turkey said the talks had failed.", publisher="BBC")
    (statement,) = record.statements
    assert [link.entity for link in statement.chain] == ["bbc", None]


def test_the_publisher_itself_has_one_link(read):
    record = read("Last year, the BBC reported that the port had been closed.", publisher="BBC")
    assert [link.entity for link in record.statements[0].chain] == ["bbc"]


def test_datelines_are_nobodys_words(read):
    record = read("OSLO (Reuters) - Ministers met on Monday, officials said.", publisher="Reuters")
    begin, end = record.statements[0].content[0]
    assert record.report.text[begin:end] == "Ministers met on Monday"


def test_ids_follow_the_text(read):
    record = read("“Yes,” Kern said. Lee denied that it was true. The road is open, Moss said.")
    begins = [s.content[0][0] for s in record.statements]
    assert begins == sorted(begins)
    assert [s.id for s in record.statements] == [f"s{k}" for k in range(1, len(begins) + 1)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "said",
                "“",
                "”",
                '"',
                "'",
                "he",
                "according to",
                ",",
                ".",
                ":",
                "that",
                "\n\n",
                "told",
                "citing",
                "(",
                "Kern",
            ]
        )
        | st.text(max_size=8),
        max_size=40,
    )
)
def test_any_text_gives_valid_statements(nlp, parts):
    text = " ".join(parts)
    syntax = next(iter(parse([text], nlp)))
    for statement in find_statements(syntax, find_zones(text), Resolution(), [], Report(id="r", text=text)):
        spans = [*statement.source, *statement.cue, *statement.content]
        assert all(0 <= b < e <= len(text) for b, e in spans)
        assert statement.content
        assert statement.chain


def test_quote_marks_alone_take_linear_work(steps):
    def find(size):
        words = ['"'] * size
        syntax = Syntax(
            text='"' * size,
            word=words,
            lower=words,
            lemma=words,
            pos=["PUNCT"] * size,
            tag=["``"] * size,
            dep=[""] * size,
            head=list(range(size)),
            begin=list(range(size)),
            end=list(range(1, size + 1)),
            sentence=[0] * size,
            sentences=[(0, size)],
        )
        find_statements(syntax, [], Resolution(), [], Report(id="r", text=syntax.text))

    assert steps(lambda: find(40_000)) < 6 * steps(lambda: find(10_000))
