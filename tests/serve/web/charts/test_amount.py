from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dateline.serve.web.charts.amount import STEPS, Steps


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=50))
def test_more_is_never_a_lower_step_and_the_legend_holds_every_amount_once(amounts):
    steps = Steps(amounts)
    found = [steps.of(n) for n in sorted(amounts)]
    assert found == sorted(found)
    assert found[-1] in (STEPS, max(amounts))
    legend = steps.legend()
    assert legend[0].least == 1
    assert legend[-1].most == max(amounts)
    assert all(a.most + 1 == b.least and a.step < b.step for a, b in pairwise(legend))
    assert all(any(s.step == steps.of(n) and s.least <= n <= s.most for s in legend) for n in amounts)


def test_none_has_no_step():
    assert Steps([]).of(0) == 0
    assert Steps([]).legend() == []
