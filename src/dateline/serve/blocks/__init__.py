"""Reconciliation by blocks: records in files, too many for one archive, on any engine.

What `dateline.store.reconciled` does for an archive is done here in steps, each of many tasks that do
not touch each other: stories week by week, pairs of tellings by who is in them and by week, origins
story by story, accounts by what is connected. Tasks hand on files, so a step can be done anywhere.
"""

from dateline.serve.blocks.job import reconcile_records

__all__ = ["reconcile_records"]
