"""Text reuse: copies have their source, however many there are; what is known need not be looked for again."""

from dateline.reconcile.reuse import HOLDERS, find_reuse

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
