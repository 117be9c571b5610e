"""A record written by hand, with everything that a record can hold and texts that mean harm."""

from __future__ import annotations

from dateline.records import (
    Argument,
    Entity,
    Event,
    EventTime,
    Flag,
    Framing,
    Link,
    Mention,
    Plover,
    Quantity,
    Record,
    Report,
    Role,
    Span,
    Statement,
    Term,
    Time,
    check,
)

TEXT = (
    "The envoy of Arland said that the governor had told her that Borland would withdraw 3,000 troops by Friday.\n"
    "Borland’s army shelled the port last week, the envoy added. “It was no shelling,” the governor said."
)


def at(words: str, nth: int = 0, text: str = TEXT) -> Span:
    """Where these words stand in the text."""
    begin = -1
    for _ in range(nth + 1):
        begin = text.index(words, begin + 1)
    return begin, begin + len(words)


def event(id: str, trigger: Span, **fields: object) -> Event:
    whole: dict[str, object] = {
        "id": id,
        "type": "ASSAULT",
        "mode": None,
        "contexts": [],
        "plover": Plover(type="ASSAULT"),
        "trigger": trigger,
        "actor": [],
        "recipient": [],
        "place": None,
        "time": EventTime(),
        "factuality": "occurred",
        "statement": None,
        "quantities": [],
        "same_as": None,
        "rule": "shell.v",
        "confidence": 0.5,
    }
    return Event(**{**whole, **fields})


def record() -> Record:
    """A valid record of `TEXT`."""
    gazette, envoy, governor = Link(entity="gazette"), Link(entity="envoy", span=at("The envoy of Arland")), "governor"
    made = Record(
        report=Report(
            id="port",
            text=TEXT,
            title="Troops to leave the port",
            publisher="The Harbour Gazette",
            byline="Harbour Newsroom",
            published="2018-06-13",
            published_basis="metadata",
            url="https://gazette.example/port?a=1&b=2",
        ),
        entities=[
            Entity(id="gazette", name="The Harbour Gazette", kind="outlet"),
            Entity(
                id="envoy",
                name="envoy of Arland",
                kind="person",
                code="ARLGOV",
                roles=[Role(title="envoy")],
                mentions=[Mention(span=at("The envoy of Arland"), how="description")],
            ),
            Entity(
                id=governor,
                name="governor",
                kind="person",
                mentions=[Mention(span=at("the governor"), how="description")],
            ),
            Entity(
                id="BOR",
                name="Borland",
                kind="country",
                country="BOR",
                mentions=[Mention(span=at("Borland"), how="name"), Mention(span=at("Borland", 1), how="name")],
            ),
            Entity(id="port", name="the port", kind="place", mentions=[Mention(span=at("the port"), how="name")]),
        ],
        times=[
            Time(id="t1", span=at("Friday"), type="DATE", value="2018-06-15", begin="2018-06-15", end="2018-06-16"),
            Time(id="t2", span=at("last week"), type="DATE", value="2018-W23", begin="2018-06-04", end="2018-06-11"),
        ],
        quantities=[Quantity(id="q1", span=at("3,000 troops"), value=3000, unit="troops")],
        statements=[
            Statement(
                id="s1",
                quote="indirect",
                source=[at("The envoy of Arland")],
                cue=[at("said")],
                content=[(at("that the governor")[0], at("Friday")[1])],
                chain=[gazette, envoy],
            ),
            Statement(
                id="s2",
                quote="indirect",
                source=[at("the governor")],
                cue=[at("had told")],
                content=[(at("that Borland")[0], at("Friday")[1])],
                chain=[gazette, envoy, Link(entity=governor, span=at("the governor"))],
                parent="s1",
                addressee="envoy",
            ),
            Statement(
                id="s3",
                quote="direct",
                source=[at("the governor", 1)],
                cue=[at("said", 1)],
                content=[at("“It was no shelling,”")],
                chain=[gazette, Link(entity=governor, span=at("the governor", 1), medium="interview")],
            ),
        ],
        events=[
            event(
                "e1",
                at("withdraw"),
                type="RETREAT",
                mode="withdraw",
                contexts=["military"],
                plover=Plover(type="AGREE"),
                actor=[Argument(entity="BOR", span=at("Borland"))],
                time=EventTime(begin="2018-06-13", end="2018-06-16", granularity="day", basis="expression", time="t1"),
                factuality="planned",
                statement="s2",
                quantities=["q1"],
            ),
            event(
                "e2",
                at("shelled"),
                actor=[Argument(entity="BOR", span=at("Borland’s army"))],
                recipient=[Argument(span=at("the port"))],
                place="port",
                time=EventTime(begin="2018-06-04", end="2018-06-11", granularity="week", basis="expression", time="t2"),
            ),
            event("e3", at("shelling"), factuality="denied", statement="s3", same_as="e2"),
        ],
        framings=[
            Framing(
                of="event", referent="e2", terms=[Term(span=at("shelled")), Term(span=at("shelling"), used_by=governor)]
            )
        ],
        flags=[Flag(kind="role_mismatch", span=at("governor"), suggestion="envoy", why="nobody governs the port")],
    )
    assert list(check(made)) == []
    return made


HARM = "<script>alert('x')</script>\"'&amp;\x1b[31m\x00\u202e--></style><img src=x onerror=alert(1)>"


def hostile() -> Record:
    """The record again, with harm in every string that the record may hold."""
    made = record()
    made.report.text = text = made.report.text.replace("port", HARM)
    moved = Record(report=made.report)
    moved.report.title = moved.report.publisher = moved.report.byline = HARM
    moved.report.id = HARM
    moved.report.url = f"javascript:alert(1)//{HARM}"
    moved.report.language = HARM
    moved.entities = [
        Entity(id=HARM, name=HARM, kind="person", code=HARM, roles=[Role(title=HARM)], mentions=[
            Mention(span=at(HARM, 0, text), how="name")
        ])
    ]  # fmt: skip
    moved.times = [Time(id=HARM, span=at("last week", 0, text), type="DATE", value=HARM, begin=HARM, end=HARM)]
    moved.quantities = [Quantity(id=HARM, span=at("3,000", 0, text), value=1.5, unit=HARM)]
    moved.statements = [
        Statement(
            id=HARM,
            quote="mixed",
            source=[at("The envoy", 0, text)],
            cue=[at("said", 0, text)],
            content=[at(HARM, 0, text), (0, len(text))],
            chain=[Link(entity=HARM), Link(span=at(HARM, 0, text))],
            addressee=HARM,
            time=HARM,
            place=HARM,
        )
    ]
    moved.events = [
        event(
            HARM,
            at("shelled", 0, text),
            type=HARM,
            mode=HARM,
            contexts=[HARM],
            plover=Plover(type=HARM, mode=HARM + HARM),
            actor=[Argument(entity=HARM, span=at(HARM, 0, text))],
            recipient=[Argument(span=at(HARM, 0, text))],
            place=HARM,
            time=EventTime(begin=HARM, end=HARM, basis="expression", time=HARM),
            statement=HARM,
            quantities=[HARM],
            rule=HARM,
        )
    ]
    moved.framings = [Framing(of="event", referent=HARM, terms=[Term(span=at(HARM, 0, text), used_by=HARM)])]
    moved.flags = [Flag(kind=HARM, span=at(HARM, 0, text), suggestion=HARM, why=HARM)]
    assert list(check(moved)) == []
    return moved
