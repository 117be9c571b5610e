"""The batch job: many reports on any number of processes, in order, interrupted or not."""

from dateline.serve.batch.chunks import Chunk, chunks_of, code_chunk, coded
from dateline.serve.batch.job import Tally, code_file

__all__ = ["Chunk", "Tally", "chunks_of", "code_chunk", "code_file", "coded"]
