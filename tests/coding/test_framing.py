def terms(record):
    text = record.report.text
    return [[(text[t.span[0] : t.span[1]], t.used_by) for t in framing.terms] for framing in record.framings]


def test_an_editors_gloss_ties_two_wordings(read):
    record = read(
        "The Russian foreign ministry thanked Belarus for its help with “the special operation in Ukraine,” "
        "using the term Moscow uses for Russia’s invasion of Ukraine.",
        publisher="Reuters",
        published="2022-05-04",
    )
    assert len(record.framings) == 1
    (quoted, speaker), (own, publisher) = terms(record)[0]
    assert (quoted, own) == ("special operation", "Russia’s invasion of Ukraine")
    assert speaker != publisher == "reuters"


def test_speakers_who_choose_different_words_for_one_war(read):
    record = read(
        "President Vladimir Putin said Russia’s military operation would go on.\n\n"
        "President Volodymyr Zelensky said Russia’s aggression would fail.",
        publisher="Reuters",
        published="2022-05-04",
    )
    assert [[word for word, _ in framing] for framing in terms(record)] == [
        ["Russia’s military operation", "Russia’s aggression"]
    ]
    assert record.framings[0].of == "event"


def test_plain_words_alone_are_no_framing(read):
    record = read("Ukraine said the war in Ukraine would last. Russia said the conflict in Ukraine would end soon.")
    assert record.framings == []
