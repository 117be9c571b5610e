"""Coding by shards: a large input is cut into shards, any engine codes them in any order, and each
shard's records are a part of the output that is whole or not there.
"""

from dateline.serve.shards.job import ENGINES, code_shards

__all__ = ["ENGINES", "code_shards"]
