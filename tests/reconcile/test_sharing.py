"""Mentions that share what is the same in them are the same mentions."""

from dateline.reconcile.sharing import Sharing


def test_mentions_stay_what_they_are_and_hold_the_same_once(sample_mentions):
    sharing = Sharing()
    shared = [sharing.of(m) for m in sample_mentions]
    assert shared == sample_mentions
    assert [repr(m.key) for m in shared] == [repr(m.key) for m in sample_mentions]
    again = [sharing.of(m) for m in sample_mentions]
    for field in ("actors", "recipients", "names", "begin", "type", "who"):
        assert all(getattr(a, field) is getattr(b, field) for a, b in zip(shared, again, strict=True))
