"""Text reuse: copies have their source, however many there are; what is known need not be looked for again."""

from dateline.reconcile.reuse import HOLDERS, find_reuse, when_told

WIRE = (
    "The harbour of Varna was closed to ships on Monday after two mines were seen adrift near its mouth, the coast "
    "guard said. Divers of the navy will look at them when the sea is calmer, and until then the grain that waits "
    "on the quays must wait longer. Nobody was hurt, and traders in the town hope for Thursday."
)
OTHER = (
    "Farmers drove their tractors into Lyon on Tuesday and poured milk before the prefecture. They ask for a price "
    "that pays for feed and fuel, and say that they will stay the night. The minister has invited them for talks."
)


def copies(number):
    texts = {f"{n:03}": f"{WIRE} Page {n} of the evening edition." for n in range(number)}
    return texts, {name: f"2021-03-{1 + n // 28:02}" for n, name in enumerate(texts)}


def test_each_of_hundreds_of_copies_has_the_first_as_its_source():
    texts, days = copies(4 * HOLDERS)
    found = find_reuse(texts, days)
    assert {reuse.source for reuse in found.values()} == {"000"}
    assert set(found) == set(texts) - {"000"}
    assert all(reuse.kind == "copy" for reuse in found.values())


def test_what_is_known_is_not_looked_for_again_and_the_rest_is_as_without():
    texts, days = copies(2 * HOLDERS)
    texts["lyon"], days["lyon"] = OTHER, "2021-03-30"
    texts["echo"], days["echo"] = OTHER.replace("the night", "till Friday"), "2021-03-31"
    whole = find_reuse(texts, days)
    first = sorted(texts, key=lambda name: days[name])[:HOLDERS]
    known = {name: whole.get(name) for name in first}
    assert find_reuse(texts, days, known) == whole
    assert whole["echo"].source == "lyon"
    assert "lyon" not in whole


def test_the_earlier_is_told_by_the_clock_of_one_place():
    days = ["2021-03-01T23:30:00+01:00", "2021-03-02T01:00:00+03:00", "2021-03-01T22:45:00Z", "2021-03-01", None]
    assert sorted(days, key=when_told) == [days[1], days[0], days[2], days[3], None]
    for odd in ("0001-01-01T00:00:00+10:00", "9999-12-31T23:00:00-10:00", "2021-03-01Tnoon", "2021", ""):
        assert when_told(odd) <= when_told(None)


def test_a_wire_of_the_same_day_is_the_source_of_those_who_give_no_hour_or_no_day():
    texts = {"paper": WIRE, "page": WIRE, "wire": WIRE}
    found = find_reuse(texts, {"paper": "2021-03-01", "page": None, "wire": "2021-03-01T14:20:00+02:00"})
    assert {name: reuse.source for name, reuse in found.items()} == {"paper": "wire", "page": "wire"}
