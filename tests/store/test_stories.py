"""Stories that grow: copies of one report stay together, and what is held against them does not grow with them."""

import msgspec
import pytest
from sqlalchemy import select

from dateline.pipeline import records_of
from dateline.reconcile.reuse import HOLDERS
from dateline.records import Report
from dateline.store.invariants import problems
from dateline.store.reconciled import reconcile
from dateline.store.tables import reports, stories

WIRE = (
    "Ferries collide off Bergen\n\nTwo ferries collided off Bergen on Sunday and 14 passengers were hurt, the harbour "
    "police said. The captain of the Askeladd had radioed that his rudder was jammed. Norway's transport minister "
    "Jon-Ivar Nygård ordered an inquiry, and the company Fjordlink stopped all sailings until Wednesday."
)
OTHERS = [
    "Peru's President Martin Vizcarra met farmers in Arequipa on Friday and promised them a canal.",
    "Egypt sent 130 ambulances to Gaza on Friday. The road from Rafah was open all day.",
    "Japan recalled its ambassador from Seoul on Tuesday over a statue of a girl in Busan.",
    "Kenya's High Court ordered the police to release two bloggers whom officers had arrested in Kisumu.",
    "Ghana and Togo signed a treaty on their border at sea in Accra, after seven years before a tribunal.",
]
COPIES = 3 * HOLDERS


def as_told(record, name, text, day="2022-05-01"):
    report = msgspec.structs.replace(record.report, id=name, publisher=f"Outlet {name}", published=day, text=text)
    return msgspec.structs.replace(record, report=report)


@pytest.fixture
def crowded(archive, nlp):
    """An archive in which most reports of a day are copies of one."""
    texts = [WIRE, *OTHERS]
    reports = [Report(id=f"t{n}", text=text, published="2022-05-01", title=None) for n, text in enumerate(texts)]
    wire, *others = records_of(reports, nlp)
    told = [as_told(wire, f"wire{n}", WIRE + f"\n\nPage {n}.") for n in range(COPIES)]
    for n in range(20 * len(others)):
        one = others[n % len(others)]
        told.append(as_told(one, f"other{n}", one.report.text, f"20{10 + n // 5}-05-02"))
    archive.add(told, "test")
    reconcile(archive, full=True)
    return archive, wire


def places(archive):
    with archive.read() as connection:
        wanted = select(reports.c.id, stories.c.story, stories.c.source).join(
            stories, stories.c.report == reports.c.key
        )
        return {row.id: (row.story, row.source) for row in connection.execute(wanted)}


def test_copies_that_come_one_by_one_join_their_story_and_move_no_other(crowded):
    archive, wire = crowded
    before = places(archive)
    assert {before[f"wire{n}"] for n in range(1, COPIES)} == {("wire0", "wire0")}
    for n in range(3):
        archive.add([as_told(wire, f"xire{n}", WIRE + f"\n\nSeen on page {n}.")], "test")
        reconcile(archive)
    after = places(archive)
    assert {after.pop(f"xire{n}") for n in range(3)} == {("wire0", "wire0")}
    assert after == before
    assert list(problems(archive)) == []
    reconcile(archive, full=True)
    assert {name: place for name, place in places(archive).items() if name in before} == before


def test_a_version_that_goes_leaves_its_copies_with_another_source(crowded):
    archive, wire = crowded
    archive.add([as_told(wire, "wire0", "Fjordlink has nothing to say.", "2022-05-01")], "test")
    reconcile(archive)
    with archive.read() as connection:
        wanted = select(stories.c.source).join(reports, reports.c.key == stories.c.report)
        sources = set(connection.execute(wanted.where(reports.c.id.like("wire%"), reports.c.current)).scalars())
    assert sources == {None, "wire1"}
