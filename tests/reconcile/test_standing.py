"""How well an account is supported: what counts as an origin of its own, and what does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.reconcile.account import find_accounts
from dateline.reconcile.mention import mentions_of
from dateline.reconcile.origin import origins_of
from dateline.reconcile.reuse import find_reuse
from dateline.reconcile.standing import Evidence, weigh

Weigh = Callable[..., Evidence]


@pytest.fixture
def weighed(read) -> Weigh:
    def run(word: str, *reports: tuple[str, str, str]) -> Evidence:
        """The evidence of the account that the first report tells of in this word; (publisher, day, text) each."""
        records = {
            f"r{k}": read(text, id=f"r{k}", publisher=publisher, published=day)
            for k, (publisher, day, text) in enumerate(reports)
        }
        mentions = [m for record in records.values() for m in mentions_of(record)]
        reuse = find_reuse(
            {name: r.report.text for name, r in records.items()}, {n: r.report.published for n, r in records.items()}
        )
        accounts = find_accounts(mentions, dict.fromkeys(records, "story"))
        account = next(a for a in accounts if any(m.key[0] == "r0" and m.trigger == word for m in a.mentions))
        origins = {
            (name, event): origin
            for name, record in records.items()
            for event, origin in origins_of(record, {e.id for e in record.events}, reuse, records).items()
        }
        return weigh(account, origins)

    return run


def test_two_sources_in_one_report_are_that_reports_word(weighed):
    text = (
        "Rebels shelled the Syrian town of Idlib on Monday, Turkey's foreign ministry said. Rebels shelled Idlib "
        "with rockets on Monday, Norwegian Foreign Minister Espen Barth Eide said."
    )
    evidence = weighed("shelled", ("BBC", "2024-05-07", text))
    assert len(evidence.origins) == 2
    assert evidence.standing == "single source"


def test_both_sides_of_an_event_in_one_report_corroborate_it(weighed):
    text = (
        "Israel attacked Iran on Monday, Iran's foreign ministry said. The Israeli defence ministry said that Israel "
        "had attacked Iran on Monday."
    )
    assert weighed("attacked", ("BBC", "2024-05-07", text)).standing == "corroborated"


def test_two_reports_with_a_source_each_corroborate(weighed):
    evidence = weighed(
        "shelled",
        ("BBC", "2024-05-07", "Rebels shelled the Syrian town of Idlib on Monday, Turkey's foreign ministry said."),
        ("AFP", "2024-05-07", "On Monday rebels shelled Idlib, a Syrian town, Norway's foreign ministry said."),
    )
    assert evidence.standing == "corroborated"


def test_a_copy_adds_nothing_whomever_it_quotes(weighed):
    text = (
        "Rebels shelled the Syrian town of Idlib on Monday, Turkey's foreign ministry said. Rebels shelled Idlib "
        "with rockets on Monday, Norwegian Foreign Minister Espen Barth Eide said in a statement from Oslo."
    )
    evidence = weighed("shelled", ("BBC", "2024-05-07", text), ("AFP", "2024-05-08", text))
    assert evidence.standing == "repeated"


def test_who_speaks_together_is_one_source(weighed):
    evidence = weighed(
        "shelled",
        ("BBC", "2024-05-07", "Rebels shelled the Syrian town of Idlib on Monday, Turkey and Norway said."),
        ("AFP", "2024-05-07", "On Monday rebels shelled Idlib, a Syrian town, Norway and Turkey said."),
    )
    assert [o.members for o in evidence.origins.values()] == [("NOR", "TUR")]
    assert evidence.standing == "repeated"


def test_recalling_an_event_days_later_is_no_source(weighed):
    evidence = weighed(
        "shelled",
        ("BBC", "2024-05-07", "Rebels shelled the Syrian town of Idlib on Monday, Turkey's foreign ministry said."),
        ("AFP", "2024-05-10", "Aid groups left the region. Rebels shelled the Syrian town of Idlib on May 6."),
    )
    assert evidence.background == ["r1"]
    assert evidence.standing == "repeated"
    assert any("recalled later in r1" in why for why in evidence.why)


def test_condemning_an_act_is_not_knowing_of_it(weighed):
    evidence = weighed(
        "attack",
        ("BBC", "2024-05-07", "Norway condemned Iran's attack on Israel on Monday."),
    )
    assert [o.name for o in evidence.origins.values()] == ["BBC"]


TOLLS = (
    "Russian missiles struck the Ukrainian city of Sumy on Monday and killed {} people, "
    "Ukraine's interior ministry said."
)


def test_a_source_that_gives_another_figure_on_a_later_day_corrects_itself(weighed):
    evidence = weighed(
        "struck",
        ("Reuters", "2024-05-06", TOLLS.format("four")),
        ("BBC", "2024-05-08", TOLLS.format("seven").replace("on Monday", "on May 6")),
    )
    assert evidence.conflicts == []
    assert evidence.standing == "repeated"
    assert any("four people first, later seven people" in why for why in evidence.why)


def test_two_sources_or_two_reports_of_one_day_differ(weighed):
    other = TOLLS.replace("Ukraine's interior ministry", "the Red Cross").replace("on Monday", "on May 6")
    evidence = weighed(
        "struck", ("Reuters", "2024-05-06", TOLLS.format("four")), ("BBC", "2024-05-08", other.format("seven"))
    )
    assert [c.what for c in evidence.conflicts] == ["people"]
    evidence = weighed(
        "struck",
        ("Reuters", "2024-05-06", TOLLS.format("four")),
        ("BBC", "2024-05-06", TOLLS.format("seven")),
    )
    assert evidence.standing == "disputed"
