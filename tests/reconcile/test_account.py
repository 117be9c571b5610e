"""Pairs that are compared: all of a block that are near in time, each once."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reconcile.account import candidates, near_in_time, plans_and_outcomes
from dateline.reconcile.match import NOWHERE


def block_by_block(mentions):
    """The same pairs, block by block."""
    blocks = defaultdict(list)
    for n, m in enumerate(mentions):
        if m.factuality not in NOWHERE:
            for key in m.keys:
                for block in m.blocks:
                    blocks[block, key].append(n)
    days = [m.day.toordinal() if m.day else 0 for m in mentions]
    found = set()
    for members in blocks.values():
        members.sort(key=lambda n: (days[n], mentions[n].key))
        pairs = chain(near_in_time(members, days, mentions), plans_and_outcomes(members, days, mentions))
        found.update((min(pair), max(pair)) for pair in pairs)
    return found


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_all_blocks_give_their_pairs_and_each_pair_comes_once(sample_mentions, data):
    mentions = []
    for n in range(data.draw(st.integers(2, 40))):
        m = data.draw(st.sampled_from(sample_mentions[:12]))
        shift = timedelta(data.draw(st.integers(0, 150)))
        begin = m.begin and m.begin + shift if data.draw(st.booleans()) else None
        stance = data.draw(st.sampled_from(["occurred", "planned", "possible", "general"]))
        published = m.published and m.published + shift if data.draw(st.integers(0, 9)) else None
        mentions.append(
            replace(
                m,
                key=(f"r{n}", "e1"),
                factuality=stance,
                begin=begin,
                end=begin and begin + timedelta(data.draw(st.integers(1, 40))),
                published=published,
            )
        )
    found = list(candidates(mentions))
    assert len(found) == len(set(found))
    assert set(found) == block_by_block(mentions)
