"""What is near in time is found by key, no more than is asked for, in both databases."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.store.nearby import Entries, Entry, Wanted, block_code, enter, leave, nearest
from dateline.store.tables import word_blocks

ENTRIES = st.sets(st.builds(Entry, st.integers(-3, 3), st.integers(0, 30), st.integers(1, 9)), max_size=40)


def held(connection):
    return {Entry(*row) for row in connection.execute(word_blocks.select())}


def by_distance(entries, wanted, most):
    """The same by looking at all."""
    mine = [e for e in entries if e.block == wanted.block]
    after = sorted(e for e in mine if wanted.day <= e.day <= wanted.last)
    before = sorted((e for e in mine if wanted.first <= e.day < wanted.day), key=lambda e: (-e.day, e.report))
    return {*after[:most], *before[:most]}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(entries=ENTRIES, gone=ENTRIES, day=st.integers(0, 30), reach=st.integers(0, 12), most=st.integers(1, 4))
def test_the_nearest_on_either_side_are_found(archive, entries, gone, day, reach, most):
    wanted = [Wanted(block, max(day - reach, 0), day, day + reach) for block in (-3, 0, 2)]
    with archive.write() as connection:
        connection.execute(word_blocks.delete())
        enter(connection, word_blocks, entries)
        leave(connection, word_blocks, gone)
        left = entries - gone
        assert held(connection) == left
        found = set(nearest(connection, word_blocks, wanted, most))
    assert found == set().union(*(by_distance(left, w, most) for w in wanted))


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=ENTRIES, entries=ENTRIES)
def test_many_are_written_at_once(archive, before, entries):
    many = Entries()
    many.add(entries)
    with archive.write() as connection:
        connection.execute(word_blocks.delete())
        enter(connection, word_blocks, before)
        many.replace(connection, word_blocks)
        assert held(connection) == entries


def test_a_code_is_a_number_of_64_bits_whatever_the_words():
    codes = {block_code(*words) for words in (("a", "b"), ("ab",), ("", "ab"), ("\ud800",), ())}
    assert len(codes) == 5
    assert all(-(2**63) <= code < 2**63 for code in codes)
    assert block_code("ASSAULT", "RUS") == block_code("ASSAULT", "RUS")
